/** The quick check on its page: one essential question at a time, and what can be said by then. */

import { folded, h, part } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { isQuickCheck, quickCheck } from "../assessment/quick.js";
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
 * @property {import("../assessment/session.js").Session} session
 * @property {(id: string, focus?: boolean) => void} goQuick Shows a question, or what comes of all: "".
 * @property {(text: string) => void} announceNow Tells a screen reader something.
 */

/** How many of the steps are not folded away. */
const FIRST = 3;

/** The quick check. */
export class Quick {
  /** The level just passed, while that is said; "" otherwise. */
  #passed = "";
  /** The question left without an answer, or "". */
  #skipped = "";

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

  /** Whether the answers on view are those of a quick check, and no others. */
  get isAll() {
    return isQuickCheck(this.names.questionnaire, this.desk.standing.result);
  }

  /** Ask what is to be asked next, or show what came of it. @param {boolean} [focus] */
  start(focus = true) {
    this.#go(this.check.next ?? "", focus);
  }

  /** Show what came of it so far. */
  stop() {
    this.#go("");
  }

  /** Go on from the question on view, once it is answered; from the last of a level to what that level came to. */
  next() {
    const { asked, next } = this.check;
    const id = this.desk.route.part?.id ?? "";
    const ask = this.desk.form.asks.get(id);
    if (ask?.element.dataset.answered === "false") {
      this.#skipped = id;
      this.show(id);
      ask.radios[0].focus();
      return this.desk.announceNow(this.say("quick_choose"));
    }
    const following = asked[asked.indexOf(id) + 1] ?? next ?? "";
    if (following && following === next && this.#levelOf(following) !== this.#levelOf(id)) {
      this.#passed = this.#levelOf(id);
      this.desk.goQuick("");
    } else this.#go(following);
  }

  /** Go back to the question before; from what came of it to the last one answered. */
  back() {
    const { asked, next } = this.check;
    const place = asked.indexOf(this.desk.route.part?.id || (next ?? ""));
    this.#go(asked[(place < 0 ? asked.length : place) - 1] ?? asked[0]);
  }

  /** Show what stands around a question, or what came of all. @param {string} id The practice on view, or "". */
  show(id) {
    const { check } = this;
    if (id || this.#isShared) this.#passed = "";
    if (id) this.#showPlace(id, check.asked);
    part(this.root, "quick-bar").hidden = id === "";
    const result = part(this.root, "quick-result");
    result.hidden = id !== "";
    result.replaceChildren(...(id ? [] : this.#passed ? this.#pause(check) : this.#result(check)));
    const isSkipped = id !== "" && id === this.#skipped && this.desk.form.asks.get(id)?.element.dataset.answered === "false";
    const back = check.asked.indexOf(id) !== 0 && !this.#isShared;
    part(this.desk.element, "onward").replaceChildren(
      h("span", {}, back && this.#button("quick_back")),
      h("span", { class: "mp-remark mp-remark--warn" }, isSkipped && this.say("quick_choose")),
      h("span", {}, id && this.#button("quick_next", true)),
    );
  }

  get #isShared() {
    return this.desk.session.mode === "shared";
  }

  /** @param {string} id "" for what came of it. @param {boolean} [focus] */
  #go(id, focus) {
    this.#passed = "";
    this.desk.goQuick(id, focus);
  }

  /** @param {string} id */
  #levelOf(id) {
    return this.names.questionnaire.practices[id].level;
  }

  /** Show which level a question is of, its place among the level's questions, and how many are answered. @param {string} id @param {string[]} asked */
  #showPlace(id, asked) {
    const level = this.#levelOf(id);
    const together = asked.filter((other) => this.#levelOf(other) === level);
    const { form } = this.desk;
    const answered = together.filter((other) => form.asks.get(other)?.element.dataset.answered === "true");
    part(this.root, "quick-level").textContent = this.names.level(this.names.levels.indexOf(level) + 1);
    part(this.root, "quick-place").textContent = this.say("quick_place", { n: together.indexOf(id) + 1, total: together.length });
    part(this.root, "quick-bar").style.setProperty("--mp-share", String(answered.length / together.length));
  }

  /** Say that a level is passed, and offer the next one. @param {QuickCheck} check */
  #pause({ practices, level }) {
    const n = practices.filter((id) => this.#levelOf(id) === level).length;
    const on = this.say("quick_on", { n, level_title: this.names.levelTitle(level) });
    return [
      h("h2", { tabindex: "-1" }, this.say("quick_passed", { level_title: this.names.levelTitle(this.#passed) })),
      h("p", { class: "mp-buttons" }, this.#button("quick", true, on), this.#button("quick_stop")),
    ];
  }

  /** What can honestly be said by now. @param {QuickCheck} check */
  #result(check) {
    const { at, passed, because, steps } = check;
    const account = new Account(this.names, this.desk.standing);
    const isPassed = !check.isOver && passed > 0 && !because.length;
    return [
      h("h2", { tabindex: "-1" }, this.say("quick_result")),
      h("div", { class: "mp-levels" }, levelElement(this.names, isPassed ? "quick_level" : "at_most", isPassed ? passed : at)),
      h("p", {}, this.#why(check)),
      ...(steps.length
        ? [h("h3", {}, this.say("quick_steps")), folded("ol", steps.map((step) => this.items.step(account, step, "owner")), this.say, FIRST)]
        : []),
      h(
        "p",
        { class: "mp-buttons" },
        this.#isShared ? this.#button("see_verdict", false, this.say("quick_rest")) : [this.#button("full", true), this.#button("link", false, this.say("copy_link"))],
      ),
    ];
  }

  /** @param {QuickCheck} check */
  #why({ because, isOver, practices }) {
    if (because.length) return this.say("quick_because", { n: because.length });
    if (isOver) return this.say("quick_nothing");
    const { states } = this.desk.standing.result;
    const n = practices.filter((id) => !["open", "assumed"].includes(states.get(id) ?? "open")).length;
    return this.say("quick_so_far", { n, total: practices.length });
  }

  /** @param {string} action @param {boolean} [isMain] @param {string} [label] */
  #button(action, isMain = false, label = this.say(action)) {
    return h("button", { type: "button", class: `mp-tool${isMain ? " mp-tool--main" : ""}`, "data-do": action }, label);
  }
}
