/** The canvas: ideas as numbered markers that a mouse, a finger or arrow keys move. */

import { h } from "../common/dom.js";
import { nearestStep, quadrantOf } from "./ideas.js";
import { named, spread } from "./placing.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {import("./ideas.js").Ranked} Ranked
 * @typedef {import("../common/speaker.js").Speaker["say"]} Say
 * @typedef {{x: number, y: number}} Place
 *
 * @typedef {object} Acts What the canvas leads to.
 * @property {(id: string, place: Place) => void} move
 * @property {(id: string) => void} choose
 * @property {(id: string) => void} remove
 * @property {(place: Place) => void} begin
 *
 * @typedef {object} Drag
 * @property {HTMLButtonElement} marker
 * @property {string} id
 * @property {{x: number, y: number}} from Where the pointer went down.
 * @property {Place | null} to Where the idea would go; null while the pointer has not moved.
 */

/** How far a pointer moves before it drags, in pixels. */
const SLACK = 5;
/** A plot on paper, on its side, in pixels: smaller than any that comes out of a printer. */
const PAPER = { width: 900, height: 320 };
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The markers on the matrix. */
export class Canvas {
  /** @type {Map<string, HTMLButtonElement>} */
  #markers = new Map();
  /** @type {Ranked[]} */
  #shown = [];
  /** @type {Drag | null} */
  #drag = null;
  /** Whether the click that follows belongs to a drag. */
  #dragged = false;

  /** @param {HTMLElement} matrix @param {Board} board @param {Say} say @param {Acts} acts */
  constructor(matrix, board, say, acts) {
    this.matrix = matrix;
    this.board = board;
    this.say = say;
    this.acts = acts;
    this.plot = h("ol", { class: "mp-plot", role: "list", "aria-label": say("plot") });
    this.key = h("p", { class: "mp-key" });
    const hint = h("p", { class: "mp-key mp-key--hint mp-noprint", id: "canvas-hint" }, say("hint"));
    matrix.append(this.plot, h("div", { class: "mp-keys" }, this.key, hint));
    matrix.addEventListener("pointerdown", (event) => this.#press(event));
    matrix.addEventListener("pointermove", (event) => this.#pull(event));
    matrix.addEventListener("pointerup", () => this.#drop(true));
    matrix.addEventListener("pointercancel", () => this.#drop(false));
    matrix.addEventListener("keydown", (event) => this.#key(event));
    matrix.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#layOut()).observe(this.plot);
  }

  /** Show ideas as markers. @param {Idea[]} ideas @param {Ranked[]} all The same, ranked. */
  show(ideas, all) {
    this.#shown = all;
    const present = new Set(ideas.map(({ id }) => id));
    for (const [id, marker] of this.#markers)
      if (!present.has(id)) {
        marker.parentElement?.remove();
        this.#markers.delete(id);
      }
    // In the order of entry: what has the focus keeps it, and its place among the others.
    ideas.forEach(({ id }, index) => {
      const item = (this.#markers.get(id) ?? this.#marker(id)).parentElement;
      if (item && this.plot.children[index] !== item) this.plot.insertBefore(item, this.plot.children[index] ?? null);
    });
    for (const entry of all) this.#fill(entry);
    const held = [...new Set(all.flatMap((entry) => entry.held))];
    this.key.replaceChildren(...(held.length ? [h("span", { class: "mp-marker mp-marker--key", "data-held": true }), held.join(" · ")] : []));
    this.#layOut();
  }

  /** Give the focus to the marker of an idea. @param {string} id */
  focus(id) {
    this.#markers.get(id)?.focus();
  }

  /** Mark the idea that the form is about. @param {string} id */
  mark(id) {
    for (const [name, marker] of this.#markers) marker.toggleAttribute("data-open", name === id);
  }

  /** Return where an idea lies, in words. @param {{name: string} & Place} idea @param {number} [rank] */
  described({ name, x, y }, rank) {
    const { x: across, y: up, steps, quadrants } = this.board;
    const quadrant = quadrants[quadrantOf(this.board, { x, y })].title;
    const at = { name, x_title: across.title, x, y_title: up.title, y, steps, quadrant };
    return rank ? this.say("at_rank", { ...at, rank }) : this.say("at", at);
  }

  /** @param {string} id */
  #marker(id) {
    const marker = h(
      "button",
      { type: "button", class: "mp-marker", "data-idea": id, "aria-describedby": "canvas-hint" },
      h("span", { class: "mp-marker__rank" }),
      h("span", { class: "mp-marker__name" }),
    );
    this.plot.append(h("li", {}, marker));
    this.#markers.set(id, marker);
    return marker;
  }

  /** @param {Ranked} entry */
  #fill({ idea, rank, held }) {
    const marker = /** @type {HTMLButtonElement} */ (this.#markers.get(idea.id));
    marker.children[0].textContent = String(rank);
    marker.children[1].textContent = idea.name;
    marker.setAttribute("aria-label", [`${rank}. ${this.described(idea)}`, ...held].join(" "));
    marker.toggleAttribute("data-held", held.length > 0);
  }

  /** Lay out for paper, or for the screen again. @param {boolean} isPaper */
  print(isPaper) {
    this.#layOut(isPaper ? PAPER : undefined);
  }

  /** Give markers and names places where they can be seen. @param {import("./placing.js").Size} [plot] */
  #layOut(plot = { width: this.plot.clientWidth, height: this.plot.clientHeight }) {
    const titles = this.matrix.querySelectorAll(".mp-quadrant > p:first-child");
    const strip = Math.max(0, ...Array.from(titles, (title) => title.clientHeight));
    this.matrix.style.setProperty("--mp-strip", `${strip}px`);
    if (!plot.width || !plot.height || this.#drag?.to) return;
    const markers = this.#shown.map(({ idea }) => /** @type {HTMLButtonElement} */ (this.#markers.get(idea.id)));
    const size = markers[0]?.offsetWidth ?? 0;
    const points = spread(this.#shown.map(({ idea }) => this.#point(idea, plot)), size, plot);
    const sizes = markers.map((marker) => {
      const name = /** @type {HTMLElement} */ (marker.children[1]);
      return { width: name.offsetWidth, height: name.offsetHeight };
    });
    const sides = named(points, sizes, size, plot);
    markers.forEach((marker, index) => {
      this.#put(marker, points[index], plot);
      marker.dataset.name = sides[index];
      marker.dataset.half = points[index].x > plot.width / 2 ? "right" : "left";
    });
  }

  /** The middle of a place. @param {Place} place @param {{width: number, height: number}} plot */
  #point({ x, y }, { width, height }) {
    const { steps } = this.board;
    return { x: ((x - 0.5) / steps) * width, y: ((steps - y + 0.5) / steps) * height };
  }

  /** In shares of the plot, so that paper of another size has them at the same places. @param {HTMLElement} marker @param {Place} point @param {{width: number, height: number}} plot */
  #put(marker, point, { width, height }) {
    marker.style.left = `${(point.x / width) * 100}%`;
    marker.style.top = `${(point.y / height) * 100}%`;
  }

  /** The place under a pointer. @param {MouseEvent} event @returns {Place} */
  #placeAt({ clientX, clientY }) {
    const { left, bottom, width, height } = this.plot.getBoundingClientRect();
    const { board } = this;
    const at = (/** @type {number} */ share) => nearestStep(board, Math.ceil(share * board.steps));
    return { x: at((clientX - left) / width), y: at((bottom - clientY) / height) };
  }

  // Mouse and finger

  /** @param {PointerEvent} event */
  #press(event) {
    const marker = markerOf(event);
    this.#dragged = false;
    if (!marker || event.button !== 0 || !event.isPrimary) return;
    this.#drag = { marker, id: marker.dataset.idea ?? "", from: { x: event.clientX, y: event.clientY }, to: null };
  }

  /** @param {PointerEvent} event */
  #pull(event) {
    const drag = this.#drag;
    if (!drag || !event.isPrimary) return;
    const way = Math.hypot(event.clientX - drag.from.x, event.clientY - drag.from.y);
    if (!drag.to && way < SLACK) return;
    if (!drag.to) drag.marker.setPointerCapture(event.pointerId);
    drag.to = this.#placeAt(event);
    drag.marker.toggleAttribute("data-dragged", true);
    drag.marker.dataset.name = drag.to.x > this.board.steps / 2 ? "left" : "right";
    const plot = { width: this.plot.clientWidth, height: this.plot.clientHeight };
    this.#put(drag.marker, this.#point(drag.to, plot), plot);
    this.matrix.dataset.over = quadrantOf(this.board, drag.to);
  }

  /** @param {boolean} isMeant */
  #drop(isMeant) {
    const drag = this.#drag;
    this.#drag = null;
    delete this.matrix.dataset.over;
    if (!drag?.to) return;
    drag.marker.removeAttribute("data-dragged");
    this.#dragged = true;
    if (isMeant) this.acts.move(drag.id, drag.to);
    this.#layOut();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const marker = markerOf(event);
    if (marker && !this.#dragged) this.acts.choose(marker.dataset.idea ?? "");
    // A click on free ground begins an idea there; a finger that scrolls must not.
    else if (!this.#dragged && event.target === this.plot && /** @type {PointerEvent} */ (event).pointerType === "mouse")
      this.acts.begin(this.#placeAt(event));
    this.#dragged = false;
  }

  // Keyboard

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.#drag) this.#drop(false);
    const id = markerOf(event)?.dataset.idea;
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const idea = this.#shown.find((entry) => entry.idea.id === id)?.idea;
    if (step && idea) {
      event.preventDefault();
      this.acts.move(id, { x: nearestStep(this.board, idea.x + step[0]), y: nearestStep(this.board, idea.y + step[1]) });
    } else if (event.key === "Delete") this.acts.remove(id);
  }
}

/** @param {Event} event */
const markerOf = ({ target }) =>
  target instanceof Element ? /** @type {HTMLButtonElement | null} */ (target.closest("button.mp-marker")) : null;
