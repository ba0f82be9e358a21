/** The route: which part of the questions, or the verdict, is on view, and the ways from one to the next. */

import { h, part as partOf } from "../common/dom.js";

/**
 * @typedef {import("./form.js").Form} Form
 * @typedef {import("./form.js").Part} Part
 * @typedef {import("../assessment/names.js").Names} Names
 * @typedef {Map<string, import("../assessment/scoring.js").State>} States
 */

/** What counts as answered. @param {import("../assessment/scoring.js").State | undefined} state */
const isAnswered = (state) => state !== "open" && state !== "assumed";

/** Where the reader is in the questions. */
export class Route {
  /** The part on view; null is the verdict. @type {Part | null} */
  part = null;

  /**
   * @param {HTMLElement} element The whole page.
   * @param {Names} names
   * @param {Form} form
   */
  constructor(element, names, form) {
    this.element = element;
    this.names = names;
    this.form = form;
    this.practices = names.questionnaire.practices;
  }

  /** Whether questions go by level or by dimension. @returns {"level" | "dimension"} */
  get by() {
    const chosen = this.element.querySelector('[name="walk"]:checked');
    return /** @type {"level" | "dimension"} */ (/** @type {HTMLInputElement | null} */ (chosen)?.value ?? "level");
  }

  /** The parts in order, the verdict last. @returns {(Part | null)[]} */
  get parts() {
    const { by, names } = this;
    const ids = by === "level" ? names.levels : Object.keys(names.questionnaire.dimensions);
    return [...ids.map((id) => ({ by, id })), null];
  }

  /** Show a part, or the verdict. @param {Part | null} part */
  go(part) {
    const isQuick = part?.by === "quick";
    for (const way of this.element.querySelectorAll('[name="walk"]')) {
      const radio = /** @type {HTMLInputElement} */ (way);
      if (part && !isQuick) radio.checked = radio.value === part.by;
    }
    this.part = part;
    this.element.dataset.view = isQuick ? "quick" : part ? "questions" : "verdict";
    this.form.show(part ? this.ids(part) : []);
    partOf(this.element, "verdict").hidden = part !== null;
    if (!isQuick) this.#showOnward();
  }

  /** Begin at the first part that has something to do. @param {Set<string>} todo Practices. */
  goToOpen(todo) {
    this.go(this.parts.find((part) => part && this.ids(part).some((id) => todo.has(id))) ?? null);
  }

  /** Show a question, and give it the focus. @param {string} id */
  goToQuestion(id) {
    const { by } = this;
    this.go({ by, id: this.practices[id][by] });
    const ask = this.form.asks.get(id);
    // Whoever is led to an answer that needs evidence is led to it to name some.
    if (ask?.element.dataset.evidence === "true") ask.evidence.open = true;
    focusOn(ask?.element);
  }

  /** Show the questions of a cell. @param {string} level @param {string} dimension */
  goToCell(level, dimension) {
    const { by } = this;
    this.go({ by, id: by === "level" ? level : dimension });
    focusOn(this.element.querySelector(`[id="${level}-${dimension}"]`));
  }

  /** Put the focus at the beginning of what is on view. @param {boolean} [scroll] */
  focus(scroll = true) {
    const tops = { questions: "section[data-level]:not([hidden]) > h2", quick: "fieldset[data-practice]:not([hidden]), .mp-quick h2", verdict: "#verdict" };
    const top = this.element.querySelector(tops[/** @type {keyof typeof tops} */ (this.element.dataset.view)]);
    focusOn(top, scroll);
    // What stands above the question of the quick check says how far it is.
    if (scroll && this.part?.by === "quick") scrollTo(0, 0);
  }

  /** Go through the questions the other way, from the same place. */
  turn() {
    const here = this.part ? this.ids(this.part)[0] : Object.keys(this.practices)[0];
    this.go({ by: this.by, id: this.practices[here][this.by] });
  }

  /**
   * Go to the next question that has something to do, from where the reader is.
   * @param {Set<string>} todo Practices.
   * @returns {boolean} Whether there is one.
   */
  nextOpen(todo) {
    const order = this.parts.flatMap((part) => (part ? this.ids(part) : []));
    const focused = this.form.askOf(document.activeElement)?.id;
    const first = this.part ? this.ids(this.part)[0] : order[0];
    const from = focused ? order.indexOf(focused) + 1 : order.indexOf(first);
    const next = [...order.slice(from), ...order].find((id) => todo.has(id));
    if (next) this.goToQuestion(next);
    return next !== undefined;
  }

  /** Show the parts, how much of each is answered, and which is on view. @param {States} states */
  show(states) {
    const list = partOf(this.element, "steps");
    const { by, parts } = this;
    if (list.dataset.by !== by) list.replaceChildren(...parts.map((part) => h("li", {}, this.#button(part))));
    list.dataset.by = by;
    parts.forEach((part, index) => {
      const pressed = /** @type {Element} */ (list.children[index].firstElementChild);
      if (part?.id === this.part?.id) pressed.setAttribute("aria-current", "step");
      else pressed.removeAttribute("aria-current");
      if (!part || !pressed.lastElementChild) return;
      pressed.lastElementChild.textContent = this.names.speaker.say("answered", this.count(part, states));
    });
  }

  /** Return how many questions of a part there are, and how many are answered. @param {Part} part @param {States} states */
  count(part, states) {
    const ids = this.ids(part);
    return { n: ids.filter((id) => isAnswered(states.get(id))).length, total: ids.length };
  }

  /** Return what a part is called. @param {Part | null} part */
  title(part) {
    if (!part) return this.names.speaker.say("verdict");
    return part.by === "level"
      ? this.names.level(this.names.levels.indexOf(part.id) + 1)
      : this.names.dimension(part.id);
  }

  /** Return the practices of a part. @param {Part} part */
  ids({ by, id }) {
    if (by === "quick") return [id];
    return Object.keys(this.practices).filter((name) => this.practices[name][by] === id);
  }

  /** @param {Part | null} part @param {string} [label] @param {string} [look] */
  #button(part, label = this.title(part), look = "mp-part-button") {
    const attributes = part ? { "data-by": part.by, "data-id": part.id } : { "data-do": "see_verdict" };
    return h("button", { type: "button", class: look, ...attributes }, label, " ", part && h("span"));
  }

  /** The ways on and back at the end of a part. */
  #showOnward() {
    const { parts } = this;
    const index = parts.findIndex((part) => part?.id === this.part?.id);
    /** @param {string} key @param {Part | null | undefined} part @param {string} look */
    const lead = (key, part, look) =>
      part === undefined ? "" : this.#button(part, this.names.speaker.say(key, { title: this.title(part) }), look);
    partOf(this.element, "onward").replaceChildren(
      // The result has the parts themselves before it.
      this.part ? lead("back", parts[index - 1], "mp-tool") : "",
      " ",
      lead("next", parts[index + 1], "mp-tool mp-tool--main"),
    );
  }
}

/** @param {Element | null | undefined} element @param {boolean} [scroll] */
function focusOn(element, scroll = true) {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  if (scroll) element?.scrollIntoView({ block: "start" });
}
