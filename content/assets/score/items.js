/** Items of lists about practices: what each is called, where it leads, and what there is to say of it. */

import { h } from "../common/dom.js";

/**
 * @typedef {import("../assessment/account.js").Account} Account
 * @typedef {import("../assessment/account.js").Piece} Piece
 * @typedef {import("../assessment/advice.js").Step} Step
 * @typedef {import("../assessment/names.js").Names} Names
 */

/** Renders items. */
export class Items {
  /**
   * @param {Names} names
   * @param {DOMStringMap} addresses Where the pages of practices and roles lie.
   */
  constructor(names, addresses) {
    this.names = names;
    this.say = names.speaker.say;
    this.addresses = addresses;
  }

  /**
   * Render a step: why it is there, and who brings it further.
   * @param {Account} account
   * @param {Step} step
   * @param {"owner" | "ask" | ""} [whose] How its owner is named.
   */
  step(account, step, whose = "") {
    const { practice } = step;
    const owner = account.owner(practice);
    return this.item(
      practice,
      whose && owner ? this.names.speaker.pieces(whose, { role_title: owner }) : [],
      [account.because(step)],
      whose === "owner" ? [this.say("answered_as", { answer: account.answer(practice) })] : [],
    );
  }

  /** Render a practice with its page, its question, and what there is to say of it. @param {string} id @param {...Piece[]} facts */
  item(id, ...facts) {
    const label = this.names.practice(id);
    const change = this.say("to_question");
    const question = h("a", { href: `#practice-${id}`, "data-question": id, "aria-label": `${change}: ${label}` }, change);
    return h(
      "li",
      { class: "mp-step-item" },
      this.linked([{ to: "practice", id, label }]),
      h(
        "p",
        { class: "mp-small" },
        facts.filter((fact) => fact.join("")).flatMap((fact) => [h("span", {}, this.linked(fact)), " "]),
        question,
      ),
    );
  }

  /** Render a text whose pieces lead to where they point. @param {Piece[]} text */
  linked(text) {
    return text.map((piece) => {
      if (typeof piece === "string") return piece;
      const { to, id, label } = piece;
      if (to === "question") return h("a", { href: `#practice-${id}`, "data-question": id }, label);
      const folder = this.addresses[`${to}s`];
      return folder ? h("a", { href: `${folder}${id}/` }, label) : label;
    });
  }
}
