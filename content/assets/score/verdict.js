/**
 * The verdict: fills what the answers come to into the headings, chart and map that the page has already.
 */

import { folded, h } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { counts } from "../assessment/standing.js";
import { drawChart, drawMap } from "../parts/figures.js";
import { levelsElement } from "../parts/levels.js";

/**
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/account.js").Piece} Piece
 * @typedef {import("../assessment/account.js").Entry} Entry
 * @typedef {import("../assessment/advice.js").Step} Step
 * @typedef {import("../assessment/names.js").Names} Names
 */

/** The verdict on its page. */
export class Verdict {
  /**
   * @param {HTMLElement} root
   * @param {Names} names
   * @param {DOMStringMap} addresses Where the pages of practices and roles lie.
   * @param {(level: string) => string} summary What a level is about.
   */
  constructor(root, names, addresses, summary) {
    this.root = root;
    this.names = names;
    this.say = names.speaker.say;
    this.addresses = addresses;
    this.summary = summary;
  }

  /** Fill in what answers come to. @param {Standing} standing */
  show(standing) {
    const account = new Account(this.names, standing);
    const { advice, result, why, distance } = account;
    this.root.toggleAttribute("data-empty", !counts(standing).answered);
    this.#fill("headline", this.#headline(account));
    this.#fill("remarks", account.remarks.map((text) => h("li", {}, text)));
    this.#fill("why", why ? [
      h("h3", {}, why.title),
      this.#entries(why.entries),
      ...(why.complete ? [h("p", {}, why.complete)] : []),
    ] : []);
    this.#fill("distance", distance ? [
      h("h3", {}, distance.title),
      h("p", {}, this.say("distance_text")),
      this.#entries(distance.entries),
    ] : []);
    const steps = advice.steps.map((step) => this.#step(account, step, "owner"));
    this.#list("steps", result.deciding && !steps.length ? [h("li", {}, this.say("no_steps"))] : steps);
    this.#list("answer_first", advice.answerFirst.map((step) => this.#step(account, step)));
    this.#list("find_out", advice.findOut.map((step) => this.#step(account, step, "ask")));
    this.#list("confirm", standing.toConfirm.map((id) => this.#item(id)));
    this.#list("look_at", standing.unconfirmed.map((id) => this.#item(id)));
    this.#list("show", advice.showEvidence.map((id) => this.#item(id)));
    const { answers } = standing.saved.assessment;
    this.#list("left_out", advice.notApplicable.map((id) => this.#item(id, [answers.get(id)?.reason ?? ""])));
    drawChart(this.root, this.names, result);
    drawMap(this.root, this.names, result);
  }

  /** @param {Account} account */
  #headline({ standing, result, meaning }) {
    const { at } = result.claimed;
    if (!counts(standing).answered) return [h("p", {}, this.say("nothing_yet"))];
    return [
      levelsElement(this.names, result),
      h("p", {}, meaning),
      ...(at ? [h("p", { class: "mp-small" }, this.summary(this.names.levels[at - 1]))] : []),
    ];
  }

  /** @param {Entry[]} entries */
  #entries(entries) {
    const items = entries.map(({ title, texts }) =>
      h("li", {}, h("strong", {}, title), folded("ul", texts.map((text) => h("li", {}, this.#linked(text))), this.say)),
    );
    return h("ul", { class: "mp-why" }, items);
  }

  /**
   * @param {Account} account
   * @param {Step} step
   * @param {"owner" | "ask" | ""} [whose] How its owner is named.
   */
  #step(account, step, whose = "") {
    const { practice } = step;
    const owner = account.owner(practice);
    return this.#item(
      practice,
      [account.because(step)],
      whose && owner ? this.names.speaker.pieces(whose, { role_title: owner }) : [],
      whose === "owner" ? [this.say("answered_as", { answer: account.answer(practice) })] : [],
    );
  }

  /** A practice with its page, its question, and what there is to say of it. @param {string} id @param {...Piece[]} facts */
  #item(id, ...facts) {
    const label = this.names.practice(id);
    const pieces = facts.filter((fact) => fact.join("")).flatMap((fact, index) => (index ? [" · ", ...fact] : fact));
    const change = this.say("to_question");
    return h(
      "li",
      { class: "mp-step-item" },
      this.#linked([{ to: "practice", id, label }]),
      " ",
      h("a", { href: `#practice-${id}`, "data-question": id, "aria-label": `${change}: ${label}` }, change),
      pieces.length > 0 && h("p", { class: "mp-small" }, this.#linked(pieces)),
    );
  }

  /** A text whose pieces lead to where they point. @param {Piece[]} text */
  #linked(text) {
    return text.map((piece) => {
      if (typeof piece === "string") return piece;
      const { to, id, label } = piece;
      if (to === "question") return h("a", { href: `#practice-${id}`, "data-question": id }, label);
      return h("a", { href: `${this.addresses[`${to}s`]}${id}/` }, label);
    });
  }

  // Into the page

  /** @param {string} part @param {Node[]} content */
  #fill(part, content) {
    this.root.querySelector(`[data-part="${part}"]`)?.replaceChildren(...content);
  }

  /** Fill one of the page's lists, which is hidden while it is empty. @param {string} name @param {Node[]} items */
  #list(name, items) {
    const list = /** @type {HTMLElement} */ (this.root.querySelector(`[data-list="${name}"]`));
    list.hidden = !items.length;
    list.lastElementChild?.replaceWith(folded(name === "steps" ? "ol" : "ul", items, this.say));
  }
}
