/**
 * The result: fills what the answers come to into the headings, chart and map that the page has already.
 */

import { today } from "../common/dates.js";
import { dayBefore } from "../common/days.js";
import { folded, h, missing } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { counts } from "../assessment/standing.js";
import { Renewals } from "../assessment/renewals.js";
import { drawChart, drawMap } from "../parts/figures.js";
import { levelElement } from "../parts/levels.js";
import { Items } from "./items.js";
import { textsOf } from "./texts.js";

/**
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/account.js").Entry} Entry
 * @typedef {import("../assessment/names.js").Names} Names
 */

/** How many entries of the lists that stand first are not folded away. */
const FIRST = 3;
/** How many of those that run out are not. */
const SOON = 10;

/** The result on its page. */
export class Verdict {
  /**
   * @param {HTMLElement} root
   * @param {Names} names
   * @param {DOMStringMap} addresses Where the pages of practices and roles lie.
   * @param {import("./form.js").Form} form
   */
  constructor(root, names, addresses, form) {
    this.root = root;
    this.names = names;
    this.say = names.speaker.say;
    this.items = new Items(names, addresses);
    this.form = form;
  }

  /** Fill in what answers come to. @param {Standing} standing */
  show(standing) {
    const account = new Account(this.names, standing);
    const { advice, result, why } = account;
    const { assessment } = standing.saved;
    const isEmpty = !counts(standing).answered;
    this.root.toggleAttribute("data-empty", isEmpty);
    this.#fill("headline", isEmpty ? [h("p", {}, this.say("nothing_yet"))] : this.#headline(account));
    this.#fill("sentence", isEmpty ? [] : [account.sentences.join(" ")]);
    this.#fill("remarks", [account.meaning, ...account.remarks].map((text) => h("li", {}, text)));
    this.#fill("why", why ? [
      h("h3", {}, why.title),
      h("ul", { class: "mp-why" }, why.entries.map((entry) => this.#reason(entry))),
      ...(why.complete ? [h("p", {}, why.complete)] : []),
    ] : []);
    this.#firstLists(account);
    this.#list("answer_first", advice.answerFirst.map((step) => this.items.step(account, step)));
    this.#list("find_out", advice.findOut.map((step) => this.items.step(account, step, "ask")));
    this.#list("confirm", standing.toConfirm.map((id) => this.items.item(id)));
    this.#list("look_at", standing.unconfirmed.map((id) => this.items.item(id)));
    this.#list("further", account.furtherSteps.map((step) => this.items.step(account, step, "owner")));
    this.#list("left_out", advice.notApplicable.map((id) => this.items.item(id, [assessment.answers.get(id)?.reason ?? ""])));
    this.#part("lists").hidden = !this.root.querySelector('[data-part="lists"] > section:not([hidden])');
    this.#part("whose").hidden = assessment.unit.trim() !== "";
    this.#part("next-round").hidden = assessment.date === today();
    drawChart(this.root, this.names, result);
    drawMap(this.root, this.names, result);
    this.#showEnds(account);
    this.#showChanges(standing);
  }

  /** What of the evidence has run out, what will and when, and how long the level is shown. @param {Account} account */
  #showEnds({ standing }) {
    const texts = textsOf(this.form);
    const renewals = new Renewals(this.names, texts, standing.saved.assessment, today());
    const { falls, over, ahead, undated } = renewals;
    const first = renewals.ageing.falls.find(({ dimension, reading }) => !dimension && reading === "shown");
    if (first && first.because.length <= FIRST) this.#part("sentence").append(" ", ...this.items.linked(renewals.fall(first)));
    else if (first) this.#part("sentence").append(" ", this.#shownUntil(first));
    const part = this.#part("ends");
    part.hidden = !(over.length || ahead.length || undated);
    const row = (/** @type {import("../assessment/renewals.js").Renewal} */ { practice, until, what, owner }, isOver = false) => {
      const date = this.names.speaker.date(until);
      return this.items.item(practice.id, [isOver ? this.say("is_over", { date }) : `${this.say("counts_until")} ${date}`], [what.join("; ")], [owner && this.say("is_owner", { owner })]);
    };
    this.#fill("ends-list", [
      ...falls.map((text) => h("p", {}, this.items.linked(text))),
      folded("ul", [...over.map((one) => row(one, true)), ...ahead.map((one) => row(one))], this.say, SOON),
      ...(undated ? [h("p", {}, undated)] : []),
    ]);
  }

  /** Until when a level is shown, where many pieces of evidence run out at once. @param {import("../assessment/ageing.js").Fall} fall */
  #shownUntil({ day, before, after, because }) {
    const date = this.names.speaker.date(dayBefore(day));
    return this.say("shown_until", { n: because.length, date, before: this.names.level(before), after: this.names.level(after) });
  }

  /** The level claimed and the level shown, one where they agree, each with how much of the next one is done. @param {Account} account */
  #headline(account) {
    const { claimed, evidenced } = account.result;
    const views = /** @type {const} */ ([["claimed", claimed], ["shown", evidenced]]);
    const [mine, shown] = views.map(([, view]) => account.share(view));
    /** @param {string} key @param {{share: number | null, text: string}} part */
    const line = (key, { share, text }) => h("p", { class: "mp-stand__share" }, share === null ? text : `${this.say(`gloss.${key}`)} · ${text}`);
    /** @param {number | null} share */
    const meter = (share) => (share === null ? [] : [h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${share}` })]);
    const both = mine.text === shown.text ? [line("claimed_and_shown", mine)] : [line("claimed", mine), line("shown", shown)];
    const levels =
      claimed.at === evidenced.at
        ? levelElement(this.names, "claimed_and_shown", claimed.at, ...meter(mine.share), ...both)
        : views.map(([key, view]) => {
            const part = account.share(view);
            return levelElement(this.names, key, view.at, ...meter(part.share), line(key, part));
          });
    return [h("div", { class: "mp-levels" }, levels)];
  }

  /** What to do first; where less is shown than claimed, that is to name evidence. @param {Account} account */
  #firstLists(account) {
    const { advice, result, steps: needed } = account;
    const first = this.#part("first");
    const show = /** @type {Element} */ (first.querySelector('[data-list="show"]'));
    if (result.claimed.at === result.evidenced.at) first.append(show);
    else first.prepend(show);
    const steps = needed.map((step) => this.items.step(account, step, "owner"));
    this.#list("steps", result.deciding && !steps.length ? [h("li", {}, this.say("no_steps"))] : steps, "ol", FIRST);
    this.#list("show", advice.showEvidence.map((id) => this.items.item(id)), "ul", FIRST);
  }

  /** What a dimension still asks for, and by which rule. @param {Entry} entry */
  #reason({ title, texts, rules }) {
    return h(
      "li",
      {},
      h("strong", {}, title),
      texts.map((text) => h("p", {}, this.items.linked(text))),
      h("details", {}, h("summary", {}, this.say("by_rule")), h("ul", {}, rules.map((text) => h("li", {}, this.items.linked(text))))),
    );
  }

  /** What changed since the round before, if these answers were made from one. @param {Standing} standing */
  async #showChanges({ saved }) {
    if (!saved.assessment.before) return this.#fill("since", []);
    const modules = await import("./since.js").catch(missing);
    this.#fill("since", modules ? modules.changesSince(this.names, saved, this.form, this.items) : []);
  }

  // Into the page

  /** @param {string} part @param {(Node | string)[]} content */
  #fill(part, content) {
    this.#part(part).replaceChildren(...content);
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-part="${name}"]`));
  }

  /**
   * Fill one of the page's lists, which is hidden while it is empty.
   * @param {string} name
   * @param {Node[]} items
   * @param {"ol" | "ul"} [tag]
   * @param {number} [unfolded] How many of them are not folded away.
   */
  #list(name, items, tag = "ul", unfolded) {
    const list = /** @type {HTMLElement} */ (this.root.querySelector(`[data-list="${name}"]`));
    list.hidden = !items.length;
    list.lastElementChild?.replaceWith(folded(tag, items, this.say, unfolded));
  }
}
