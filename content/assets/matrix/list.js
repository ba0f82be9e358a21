/** The ranked list: a part for each quadrant that has ideas, with its advice. */

import { h } from "../common/dom.js";
import { valueText } from "./exchange.js";
import { ideaButton } from "./form.js";
import { noted } from "./ideas.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Ranked} Ranked
 * @typedef {import("../common/speaker.js").Speaker["say"]} Say
 * @typedef {{edit: (id: string) => void, remove: (id: string) => void}} Acts
 */

/** The ideas in their order. */
export class RankedList {
  /**
   * @param {HTMLElement} element
   * @param {Board} board
   * @param {Say} say
   * @param {(quadrant: string) => Node[]} advice What the page says of a quadrant, to show once more.
   * @param {Acts} acts
   */
  constructor(element, board, say, advice, acts) {
    this.element = element;
    this.board = board;
    this.say = say;
    this.advice = advice;
    this.acts = acts;
  }

  /** Show ranked ideas. @param {Ranked[]} all */
  show(all) {
    const parts = Object.entries(this.board.quadrants).flatMap(([id, { title }]) => {
      const entries = all.filter(({ quadrant }) => quadrant === id);
      return entries.length ? [this.#part(id, title, entries)] : [];
    });
    this.element.replaceChildren(...parts);
  }

  /** @param {string} id @param {string} title @param {Ranked[]} entries */
  #part(id, title, entries) {
    const items = entries.map((entry) => this.#item(entry));
    return h(
      "section",
      { class: "mp-ranked" },
      h("header", { class: "mp-ranked__head" }, h("h3", {}, title), this.advice(id)),
      h("ol", { role: "list", start: entries[0].rank }, items),
    );
  }

  /** @param {Ranked} entry */
  #item({ idea, rank, held }) {
    const { x, y, marks, steps } = this.board;
    const { say } = this;
    const values = Object.entries(marks).map(([name, { title, values: texts }]) => [title, valueText(texts, noted(idea, name))]);
    const facts = values.filter(([, text]) => text).map(([title, text]) => h("div", {}, h("dt", {}, title), h("dd", {}, text)));
    return h(
      "li",
      { value: rank, "data-idea": idea.id },
      h("span", { class: "mp-marker mp-marker--still", "data-held": held.length > 0, "aria-hidden": "true" }, String(rank)),
      h(
        "div",
        { class: "mp-ranked__what" },
        h("p", { class: "mp-ranked__name" }, h("strong", {}, idea.name), held.map((text) => h("span", { class: "mp-held" }, text))),
        h("p", { class: "mp-ranked__place" }, say("place", { x_title: x.title, x: idea.x, y_title: y.title, y: idea.y, steps })),
        idea.note.trim() && h("p", { class: "mp-ranked__note" }, idea.note),
      ),
      facts.length > 0 && h("dl", {}, facts),
      h(
        "p",
        { class: "mp-ranked__do mp-noprint" },
        ideaButton(say("edit"), idea.name, () => this.acts.edit(idea.id)),
        ideaButton(say("remove"), idea.name, () => this.acts.remove(idea.id)),
      ),
    );
  }
}
