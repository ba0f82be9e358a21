/** One card at a time, large enough to be read from the back of a room. */

import { h, part } from "../common/dom.js";

/** @typedef {{id: string, element: HTMLElement}} Slide */

/** How many sizes of text the style sheet has for a card, less the smallest. */
const LARGEST = 3;

/** The dialog that shows one card at a time. */
export class Large {
  /** @type {Slide[]} */
  #slides = [];
  #at = 0;
  /** Stands where the card on view comes from. */
  #place = h("span", { hidden: true });
  /** The folds that were open there. @type {HTMLDetailsElement[]} */
  #open = [];

  /** @param {HTMLElement} dialog @param {(id: string) => string} place How far one has come. */
  constructor(dialog, place) {
    this.dialog = /** @type {HTMLDialogElement} */ (dialog);
    this.place = place;
    this.card = part(dialog, "large-card");
    dialog.addEventListener("close", () => this.#putBack(true));
    dialog.addEventListener("keydown", (event) => this.#turn(event));
    // A fold does not say up the tree that it was opened.
    dialog.addEventListener("toggle", () => this.fit(), true);
    new ResizeObserver(() => this.fit()).observe(dialog);
    part(dialog, "large-back").addEventListener("click", () => this.#go(-1));
    part(dialog, "large-on").addEventListener("click", () => this.#go(1));
    part(dialog, "large-close").addEventListener("click", () => this.dialog.close());
  }

  /** Whether it is on view. */
  get isOpen() {
    return this.dialog.open;
  }

  /** Show cards, one at a time. @param {Slide[]} slides @param {string} first The id of the one to begin with. */
  open(slides, first) {
    if (!slides.length) return;
    this.#slides = slides;
    this.#at = Math.max(0, slides.findIndex(({ id }) => id === first));
    this.dialog.showModal();
    this.#show();
  }

  /** Show the card in the largest size in which all of it is in sight, or in the smallest. */
  fit() {
    if (!this.isOpen) return;
    for (let size = LARGEST; size >= 0; size--) {
      this.dialog.dataset.size = String(size);
      if (this.card.scrollHeight <= this.card.clientHeight) return;
    }
  }

  /** @param {number} step */
  #go(step) {
    this.#putBack();
    this.#at = Math.min(this.#slides.length - 1, Math.max(0, this.#at + step));
    this.#show();
  }

  #show() {
    const { id, element } = this.#slides[this.#at];
    element.replaceWith(this.#place);
    this.#open = [...element.querySelectorAll("details")].filter((fold) => fold.open);
    for (const fold of this.#open) fold.open = false;
    this.card.replaceChildren(element);
    part(this.dialog, "large-place").textContent = this.place(id);
    /** @type {HTMLButtonElement} */ (part(this.dialog, "large-back")).disabled = this.#at === 0;
    /** @type {HTMLButtonElement} */ (part(this.dialog, "large-on")).disabled = this.#at === this.#slides.length - 1;
    this.card.scrollTop = 0;
    this.fit();
    element.querySelector("h3")?.focus();
  }

  /** Put the card back where it was. @param {boolean} [focus] */
  #putBack(focus = false) {
    const card = this.card.firstElementChild;
    if (!card) return;
    this.#place.replaceWith(card);
    for (const fold of this.#open) fold.open = true;
    if (!focus) return;
    card.closest("details")?.setAttribute("open", "");
    card.querySelector("h3")?.focus();
  }

  /** A presenter's remote control sends the keys that turn a page. @param {KeyboardEvent} event */
  #turn(event) {
    const isInField = event.target instanceof Element && event.target.matches("input, textarea");
    const step = { PageDown: 1, PageUp: -1, ...(isInField ? {} : { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#go(step);
  }
}
