/**
 * The form: a new idea, or one that is being changed. What is typed while an idea is changed is kept at
 * once; what was begun of a new one waits meanwhile.
 */

import { h } from "../common/dom.js";
import { button } from "../common/notices.js";
import { newIdea, noted, tidy } from "./ideas.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {import("../common/speaker.js").Speaker["say"]} Say
 *
 * @typedef {Omit<Idea, "id">} Draft
 *
 * @typedef {object} Acts What the form leads to.
 * @property {(idea: Idea) => boolean} add Whether there was room for it.
 * @property {(id: string, draft: Draft) => void} change
 * @property {() => void} done
 */

/** What the names of the controls of marks begin with. */
const PREFIX = "mark-";

/** @returns {Draft} Places of 0 are not chosen yet. */
const nothing = () => ({ name: "", note: "", x: 0, y: 0, marks: {} });

/** The form of one idea. */
export class IdeaForm {
  /** The id of the idea that is being changed, or "". */
  editing = "";
  /** Marks and values that this version does not know, of the idea that is being changed. @type {Record<string, string>} */
  #foreign = {};
  #draft = nothing();

  /** @param {Board} board @param {Say} say @param {Acts} acts */
  constructor(board, say, acts) {
    this.board = board;
    this.say = say;
    this.acts = acts;
    this.title = h("h2", { class: "mp-idea__title", tabindex: -1 });
    this.name = h("input", { type: "text", name: "name", required: true, maxlength: board.longest.name, autocomplete: "off", placeholder: say("name_hint") });
    this.note = h("textarea", { name: "note", rows: 2, maxlength: board.longest.note, autocomplete: "off" });
    this.full = h("p", { class: "mp-idea__full", role: "status" });
    this.submit = h("button", { type: "submit", class: "mp-tool mp-tool--main" });
    this.element = h(
      "form",
      { class: "mp-idea", autocomplete: "off", submit: (/** @type {Event} */ event) => this.#submitted(event), input: () => this.#typed() },
      this.title,
      h("label", { class: "mp-field" }, h("span", {}, say("name")), this.name),
      this.#places("y"),
      this.#places("x"),
      Object.keys(board.marks).map((name) => this.#mark(name)),
      h("label", { class: "mp-field" }, h("span", {}, say("note")), this.note),
      this.full,
      h("p", { class: "mp-buttons" }, this.submit),
    );
    this.#fill(nothing());
  }

  /** Change an idea, or go back to the new one. @param {Idea | null} idea */
  edit(idea) {
    if (!this.editing) this.#draft = this.read();
    this.editing = idea?.id ?? "";
    this.#fill(idea ?? this.#draft);
  }

  /** Take over what happened to the idea elsewhere; what is being typed stays. @param {Idea} idea */
  follow(idea) {
    this.#foreign = this.#unknown(idea);
    for (const [field, value] of /** @type {const} */ ([[this.name, idea.name], [this.note, idea.note]]))
      if (field !== document.activeElement && field.value !== value) field.value = value;
    this.#choose("x", idea.x);
    this.#choose("y", idea.y);
    for (const name of Object.keys(this.board.marks)) this.#choose(PREFIX + name, noted(idea, name));
    this.#title();
  }

  /** Choose a place for the new idea. @param {number} x @param {number} y */
  place(x, y) {
    this.#choose("x", x);
    this.#choose("y", y);
    this.name.focus();
  }

  /** Return what stands in the form. @returns {Draft} */
  read() {
    const data = new FormData(this.element);
    const values = Object.keys(this.board.marks).map((name) => [name, String(data.get(PREFIX + name) ?? "")]);
    return {
      name: tidy(this.name.value),
      note: this.note.value,
      x: Number(data.get("x") ?? 0),
      y: Number(data.get("y") ?? 0),
      marks: { ...this.#foreign, ...Object.fromEntries(values.filter(([, value]) => value)) },
    };
  }

  /** @param {Draft} draft */
  #fill(draft) {
    this.name.value = draft.name;
    this.note.value = draft.note;
    this.#foreign = this.#unknown(draft);
    this.#choose("x", draft.x);
    this.#choose("y", draft.y);
    for (const name of Object.keys(this.board.marks)) this.#choose(PREFIX + name, noted({ id: "", ...draft }, name));
    this.submit.textContent = this.say(this.editing ? "done" : "add");
    this.full.textContent = "";
    this.#title();
  }

  #title() {
    this.title.textContent = this.editing ? this.say("edit_title", { name: tidy(this.name.value) }) : this.say("add_title");
  }

  /** What the form has no control for, and must not lose. @param {Draft} draft */
  #unknown({ marks }) {
    const all = Object.entries(this.board.marks);
    const shown = (/** @type {string} */ name, /** @type {string} */ value) =>
      all.some(([mark, { values }]) => mark === name && Object.hasOwn(values, value));
    return Object.fromEntries(Object.entries(marks).filter(([name, value]) => !shown(name, value)));
  }

  /** @param {string} name @param {string | number} value */
  #choose(name, value) {
    const list = /** @type {HTMLSelectElement | null} */ (this.element.querySelector(`select[name="${name}"]`));
    if (list) list.value = Object.hasOwn(this.board.marks[name.slice(PREFIX.length)].values, value) ? String(value) : "";
    for (const radio of this.element.querySelectorAll(/** @type {"input"} */ (`input[name="${name}"]`)))
      radio.checked = radio.value === String(value || "");
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    if (this.editing) return this.acts.done();
    const draft = this.read();
    if (!draft.name) {
      this.name.value = "";
      this.name.reportValidity();
    } else if (this.acts.add(newIdea(draft))) {
      this.#fill((this.#draft = nothing()));
      this.name.focus();
    }
  }

  #typed() {
    const { say } = this;
    const at = [this.name, this.note].find((field) => field.value.length >= field.maxLength);
    this.full.textContent = at ? say("longest", { n: at.maxLength }) : "";
    const draft = this.read();
    if (!this.editing || !draft.name) return;
    this.acts.change(this.editing, draft);
    this.#title();
  }

  /** The places on an axis, as radio buttons in a row. @param {"x" | "y"} name */
  #places(name) {
    const { title, low, high, question } = this.board[name];
    const places = Array.from({ length: this.board.steps }, (_, index) => index + 1);
    const ends = /** @type {Record<number, string>} */ ({ 1: low, [this.board.steps]: high });
    return h(
      "fieldset",
      { class: "mp-places" },
      h("legend", {}, title),
      question && h("p", { class: "mp-idea__hint" }, question),
      h(
        "div",
        { class: "mp-places__row" },
        places.map((place) =>
          h(
            "label",
            {},
            h("input", { type: "radio", name, value: place, required: true, autocomplete: "off" }),
            h("span", {}, String(place), ends[place] && h("span", { class: "mp-unseen" }, ` ${ends[place]}`)),
          ),
        ),
      ),
      h("p", { class: "mp-places__ends", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high)),
    );
  }

  /** The values of a mark, and none of them. @param {string} name */
  #mark(name) {
    const { title, question, values } = this.board.marks[name];
    const choices = [["", this.say("not_noted")], ...Object.entries(values)];
    const id = `hint-${name}`;
    return h(
      "label",
      { class: "mp-field" },
      h("span", {}, title),
      h("span", { class: "mp-idea__hint", id }, question),
      h("select", { name: PREFIX + name, "aria-label": title, "aria-describedby": id, autocomplete: "off" }, choices.map(([value, text]) => h("option", { value }, text))),
    );
  }
}

/** Make a button of the list about one idea, named for those who hear it alone. @param {string} label @param {string} name @param {() => void} click */
export function ideaButton(label, name, click) {
  const control = button(label, click);
  control.setAttribute("aria-label", `${label}: ${name}`);
  return control;
}
