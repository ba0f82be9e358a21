/**
 * The desk: what pages share on which readers keep something of their own. It finds the parts of the page, listens
 * while the page is on view, and says what has to be known of the storage.
 */

import { h, missing, part } from "./dom.js";
import { Notices, button } from "./notices.js";
import { Turns } from "./turns.js";
import { speakerOf } from "./words.js";

/**
 * @typedef {object} Keeper What a desk needs of its store.
 * @property {import("./shelf.js").Entries | null} storage
 * @property {boolean} stored Whether every change has been stored.
 * @property {() => {key: string, raw: string}[]} broken Entries that could not be read.
 * @property {(key: string) => void} forget Removes such an entry.
 */

/**
 * The desk of a page.
 * @template {Keeper} S The kind of its store.
 */
export class Desk {
  #listening = new AbortController();
  #announcing = 0;
  /** A turn ends when the reader opens something else, or leaves. */
  turns = new Turns();

  /**
   * @param {HTMLElement} element
   * @param {S} store
   * @param {HTMLElement} [root] Holds all parts of the page.
   */
  constructor(element, store, root = element) {
    this.element = element;
    this.store = store;
    this.root = root;
    this.speaker = speakerOf(element.dataset.words);
    this.say = this.speaker.say;
    this.dialog = /** @type {HTMLDialogElement} */ (this.find("dialog"));
    this.notices = new Notices(
      this.find("notices"),
      (text) => this.announceNow(text),
      this.say("dismiss"),
      () => this.settle(),
    );
  }

  // What each page has of its own

  /** What a screen reader is told goes here. */
  get announcer() {
    return this.find("said");
  }

  /** Give the focus a place when what had it is gone. */
  settle() {}

  /** Listen to the window while the page is on view. @param {AbortSignal} _signal Aborted when the page is left. */
  listen(_signal) {}

  /** Return buttons that save what the storage does not take. @returns {Node[]} */
  rescue() {
    return [];
  }

  // The life of the page

  /** Begin, also after the page was left and came back. */
  open() {
    this.#listening = new AbortController();
    this.listen(this.#listening.signal);
  }

  /** Leave the page. */
  close() {
    this.#listening.abort();
    this.hush();
    this.turns.next();
  }

  /** Return the part of the page that the template calls by a name. @param {string} name */
  find(name) {
    return part(this.root, name);
  }

  // What is said

  /**
   * Tell a screen reader something, once the reader pauses.
   * @param {number} pause Milliseconds without another call.
   * @param {() => string} text Asked for after the pause; "" says nothing.
   */
  announce(pause, text) {
    this.hush();
    this.#announcing = setTimeout(() => {
      const words = text();
      if (words) this.announceNow(words);
    }, pause);
  }

  /** Tell a screen reader something now, in place of what was about to be announced. @param {string} text */
  announceNow(text) {
    this.hush();
    this.announcer.textContent = text;
  }

  /** Take back what was about to be announced. */
  hush() {
    clearTimeout(this.#announcing);
  }

  /** Offer what of the store could not be read. */
  showBroken() {
    const { say } = this;
    const broken = this.store.broken();
    const items = broken.flatMap(({ key, raw }) => [
      // Few readers ever need it, and none before the first question.
      button(say("download"), async () => (await import("./handover.js").catch(missing))?.download("damaged.json", raw)),
      button(say("forget"), () => {
        this.store.forget(key);
        this.showBroken();
      }),
    ]);
    this.notices.show("broken", items.length ? [h("p", {}, say("broken", { n: broken.length })), ...items] : []);
  }

  /** Say what the reader has to know of the storage. */
  warn() {
    const { storage, stored } = this.store;
    const text = storage ? "storage_full" : "storage_none";
    this.notices.show("storage", storage && stored ? [] : [h("p", {}, this.say(text)), ...this.rescue()]);
  }
}

/**
 * Define a page's element, which gets its desk once it is on view.
 * @param {string} tag
 * @param {new (element: HTMLElement) => {open: () => void, close: () => void}} Kind
 */
export function define(tag, Kind) {
  customElements.define(
    tag,
    class extends HTMLElement {
      /** @type {InstanceType<typeof Kind> | null} */
      desk = null;

      connectedCallback() {
        this.desk ??= new Kind(this);
        this.desk.open();
      }

      disconnectedCallback() {
        this.desk?.close();
      }
    },
  );
}
