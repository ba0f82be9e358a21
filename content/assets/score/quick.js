/** The quick check on its page: one essential question at a time, and what can be said by then. */

import { folded, h, part } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { quickCheck } from "../assessment/quick.js";
import { levelElement } from "../parts/levels.js";
import { Items } from "./items.js";

/**
 * @typedef {import("../assessment/quick.js").QuickCheck} QuickCheck
 *
 * @typedef {object} Desk What the page lets this module use.
 * @property {HTMLElement} element
 * @property {import("../assessment/names.js").Names} names
 * @property {import("./form.js").Form} form
 * @property {import("./route.js").Route} route
 * @property {import("../assessment/standing.js").Standing} standing
 * @property {(id: string, focus?: boolean) => void} goQuick Shows a question, or what comes of all: "".
 * @property {(text: string) => void} announceNow Tells a screen reader something.
 */

/** How many of the steps are not folded away. */
const FIRST = 3;

/** The quick check. */
export class Quick {
  /** @param {Desk} desk @param {HTMLElement} root */
  constructor(desk, root) {
    this.desk = desk;
    this.root = root;
    this.names = desk.names;
    this.say = desk.names.speaker.say;
    this.items = new Items(desk.names, desk.element.dataset);
  }

  /** How far it has come. The page offers it only where there is one. */
  get check() {
    return /** @type {QuickCheck} */ (quickCheck(this.names.questionnaire, this.desk.standing.result));
  }

  /** Ask what is to be asked next, or show what came of it. @param {boolean} focus */
  start(focus) {
    this.desk.goQuick(this.check.next ?? "", focus);
  }

  /** Go on from the question on view, once it is answered. */
  next() {
    const { asked, next } = this.check;
    const id = this.desk.route.part?.id ?? "";
    const ask = this.desk.form.asks.get(id);
    if (ask?.element.dataset.answered === "false") {
      ask.radios[0].focus();
      return this.desk.announceNow(this.say("quick_choose"));
    }
    this.desk.goQuick(asked[asked.indexOf(id) + 1] ?? next ?? "");
  }

  /** Go back to the question before; from what came of it to the last one. */
  back() {
    const { asked } = this.check;
    const place = asked.indexOf(this.desk.route.part?.id ?? "");
    this.desk.goQuick(asked[(place < 0 ? asked.length : place) - 1] ?? asked[0]);
  }

  /** Show what stands around a question, or what came of all. @param {string} id The practice on view, or "". */
  show(id) {
    const { check } = this;
    const place = check.asked.indexOf(id);
    if (id) this.#showPlace(id, check.asked);
    part(this.root, "quick-bar").hidden = id === "";
    const result = part(this.root, "quick-result");
    result.hidden = id !== "";
    result.replaceChildren(...(id ? [] : this.#result(check)));
    part(this.desk.element, "onward").replaceChildren(
      place === 0 ? "" : this.#button("quick_back", false),
      " ",
      id ? this.#button("quick_next", true) : "",
    );
  }

  /** Show which level a question is of, and its place among the level's questions. @param {string} id @param {string[]} asked */
  #showPlace(id, asked) {
    const { levels, questionnaire } = this.names;
    const { level } = questionnaire.practices[id];
    const together = asked.filter((other) => questionnaire.practices[other].level === level);
    const values = { n: together.indexOf(id) + 1, total: together.length };
    part(this.root, "quick-level").textContent = this.names.level(levels.indexOf(level) + 1);
    part(this.root, "quick-place").textContent = this.say("quick_place", values);
    part(this.root, "quick-bar").style.setProperty("--mp-share", String(values.n / values.total));
  }

  /** What can honestly be said by now. @param {QuickCheck} check */
  #result({ at, because, steps }) {
    const account = new Account(this.names, this.desk.standing);
    return [
      h("h2", { tabindex: "-1" }, this.say("quick_result")),
      h("div", { class: "mp-levels" }, levelElement(this.names, "at_most", at)),
      h("p", {}, because.length ? this.say("quick_because", { n: because.length }) : this.say("quick_nothing")),
      ...(steps.length
        ? [h("h3", {}, this.say("quick_steps")), folded("ol", steps.map((step) => this.items.step(account, step, "owner")), this.say, FIRST)]
        : []),
      h("p", { class: "mp-buttons" }, this.#button("full", true), h("button", { type: "button", class: "mp-tool", "data-do": "link" }, this.say("copy_link"))),
    ];
  }

  /** @param {string} action @param {boolean} isMain */
  #button(action, isMain) {
    return h("button", { type: "button", class: `mp-tool${isMain ? " mp-tool--main" : ""}`, "data-do": action }, this.say(action));
  }
}
