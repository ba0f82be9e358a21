/**
 * `<maturity-score>`, the self-scoring page, and its desk: takes what the reader does to the session, and
 * shows what comes of it.
 */

import { define } from "../common/desk.js";
import { h, pressed } from "../common/dom.js";
import { button } from "../common/notices.js";
import { ABOUT, isEmpty, noAnswer } from "../assessment/answers.js";
import { Session } from "../assessment/session.js";
import { fragmentOf } from "../assessment/link.js";
import { counts, stand } from "../assessment/standing.js";
import { AssessmentDesk } from "../parts/assessment-desk.js";
import { Exchange } from "./exchange.js";
import { Form } from "./form.js";
import { panel } from "./panel.js";
import { Route } from "./route.js";

/**
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./form.js").Ask} Ask
 * @typedef {import("./form.js").Part} Part
 * @typedef {import("./verdict.js").Verdict} Verdict
 */

/** Milliseconds without a change before a screen reader is told what changed. */
const PAUSE = 700;
/** The fragment of the verdict's address. */
const VERDICT = "verdict";

class ScoreDesk extends AssessmentDesk {
  /** Null until it is loaded. @type {Verdict | null} */
  #verdict = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    this.form = new Form(this.find("questions"), this.questionnaire, this.names);
    this.route = new Route(element, this.names, this.form);
    this.session = new Session(this.questionnaire, this.store);
    this.exchange = new Exchange(this);
    this.standing = this.#stand();
    // On a small screen the first question comes first.
    if (matchMedia("(width<60em)").matches) this.find("about").removeAttribute("open");
    element.addEventListener("input", ({ target }) => this.#input(target));
    element.addEventListener("change", ({ target }) => this.#choose(target));
    element.addEventListener("click", (event) => this.#click(event));
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    addEventListener("hashchange", () => this.#follow(), { signal });
    addEventListener("storage", (event) => this.#otherTab(event), { signal });
  }

  open() {
    super.open();
    this.session.openLast();
    this.#showAll();
    this.#follow();
    // By the time that a reader comes to the verdict there may be no connection.
    this.#loadVerdict();
    this.exchange.prepare();
  }

  settle() {
    this.route.focus(false);
  }

  rescue() {
    return [button(this.find("save").textContent ?? "", () => this.exchange.save())];
  }

  // What the reader does

  /** A control was typed into, or chosen. @param {EventTarget | null} target */
  #input(target) {
    const control = /** @type {HTMLInputElement} */ (target);
    const question = this.form.askOf(target);
    if (question) this.#answer(question.id, (stored) => question.read(stored, target));
    else if (ABOUT.some((name) => name === control.name)) {
      const name = /** @type {typeof ABOUT[number]} */ (control.name);
      const value = control.validity.valid ? control.value : "";
      this.session.change((assessment) => (assessment[name] = value));
      this.#showList();
      this.warn();
    }
  }

  /** A list, a way or a file was chosen. @param {EventTarget | null} target */
  #choose(target) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
    const saved = control.dataset.part === "list" && this.store.get(control.value);
    if (saved) {
      this.exchange.trying(() => this.afresh(() => this.session.open(saved)));
      this.#showList();
    } else if (control instanceof HTMLInputElement && control.files?.[0]) {
      this.exchange.open(control.files[0]);
      control.value = "";
    } else if (control.name === "walk") this.#turn(() => this.route.turn());
    else if (control.name === "start") this.#start(control.value);
  }

  /** Begin at a level; earlier ones are assumed. @param {string} level An id, or "" for the first. */
  #start(level) {
    this.session.change((assessment) => (assessment.start = level));
    this.find("start-hint").hidden = level === "";
    this.#go({ by: "level", id: level || this.names.levels[0] }, false);
    this.#update();
  }

  /** A button, or a link to a question, was pressed. @param {Event} event */
  #click(event) {
    const control = pressed(event.target, "button, [data-question]");
    if (!control) return;
    const { do: action = "", question, level, dimension, by, id = "" } = control.dataset;
    const ask = this.form.askOf(control);
    if (ask && action) this.#doTo(ask, action);
    else if (question) {
      // A shared link stays in the address while it is read.
      if (this.session.mode !== "own") event.preventDefault();
      this.#turn(() => this.route.goToQuestion(question));
    } else if (level && dimension) this.#turn(() => this.route.goToCell(level, dimension));
    else if (by) this.#go({ by: /** @type {Part["by"]} */ (by), id });
    else this.#do(action);
  }

  /** Do what a button inside a question says. @param {Ask} ask @param {string} action */
  #doTo(ask, action) {
    this.#answer(ask.id, (stored) => ask.press(stored, action), action === "clear");
    if (action === "clear") ask.radios[0].focus();
    else if (action === "confirm") ask.element.focus();
  }

  /** Do what a button says. @param {string} action */
  #do(action) {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      new: () => this.afresh(() => this.session.start()),
      save: () => this.exchange.save(),
      open: () => this.find("file").click(),
      link: () => this.exchange.copyLink(),
      delete: () => this.#delete(),
      delete_all: () => this.#deleteAll(),
      next_open: () => this.#turn(() => this.route.nextOpen(this.standing.result.states) || this.#seeVerdict()),
      see_verdict: () => this.#seeVerdict(),
    };
    actions[action]?.();
  }

  /**
   * Change one answer, where it is stored and on the page.
   * @param {string} id
   * @param {(stored: StoredAnswer) => unknown} change
   * @param {boolean} [refill] Whether the controls have to follow.
   */
  #answer(id, change, refill = false) {
    this.session.change(({ answers }) => {
      const stored = answers.get(id) ?? noAnswer();
      change(stored);
      if (isEmpty(stored)) answers.delete(id);
      else answers.set(id, stored);
    });
    const stored = this.session.saved.assessment.answers.get(id) ?? noAnswer();
    const question = this.form.asks.get(id);
    if (refill) question?.fill(stored);
    else question?.tell(stored);
    this.warn();
    this.#update();
    this.#announce(question?.status.textContent ?? "");
  }

  async #delete() {
    // Something else may be open once the reader has decided.
    const { saved } = this.session;
    const text = this.say("delete_text", { entry: this.names.entry(saved) });
    await this.#confirm(this.say("delete_title"), text, () => this.session.remove(saved.assessment.id));
  }

  async #deleteAll() {
    const { saved, broken } = this.store.all();
    const n = saved.length + broken.length;
    if (n) await this.#confirm(this.say("delete_all_title"), this.say("delete_all_text", { n }), () => this.session.clear());
    else this.notices.say("file", this.say("delete_none"));
  }

  /** Delete, if the reader says so. @param {string} title @param {string} text @param {() => void} remove */
  async #confirm(title, text, remove) {
    if (!(await this.mayDelete(title, text))) return;
    this.afresh(remove);
    this.notices.say("file", this.say("deleted", { entry: this.names.entry(this.session.saved) }));
  }

  /** Go to the verdict, by an address of its own, so that the way back leads back to it. */
  #seeVerdict() {
    if (this.session.mode === "own" && location.hash !== `#${VERDICT}`) history.pushState(null, "", `#${VERDICT}`);
    this.#go(null);
  }

  /** Follow the address: to shared answers, a level or a question. */
  #follow() {
    const fragment = fragmentOf(location.hash);
    if (this.exchange.follow(fragment)) return;
    if (this.session.mode === "shared") this.afresh(() => this.session.openLast());
    const [, kind, id] = /^(level|practice)-(.+)$/.exec(fragment) ?? [];
    if (kind === "level" && this.names.levels.includes(id)) this.#go({ by: "level", id });
    if (kind === "practice" && this.form.asks.has(id)) this.#turn(() => this.route.goToQuestion(id));
    if (fragment === VERDICT && this.route.part) this.#go(null);
  }

  /** @param {StorageEvent} event */
  #otherTab(event) {
    const { mode, saved } = this.session;
    this.store.retry();
    this.#showList();
    this.warn();
    if (mode === "shared" || !this.store.concerns(event, saved.assessment.id)) return;
    const stored = this.store.get(saved.assessment.id);
    if (mode === "carry") {
      if (stored) this.afresh(() => this.session.open(stored));
    } else if (this.session.reload()) this.notices.show("removed");
    else this.notices.say("removed", this.say("removed_elsewhere"));
    this.refresh();
  }

  // What is shown

  /** Show a part, or the verdict. @param {Part | null} part @param {boolean} [focus] */
  #go(part, focus = true) {
    this.#turn(() => this.route.go(part));
    if (focus) this.route.focus();
  }

  /** @param {() => void} turn What changes the part on view. */
  #turn(turn) {
    turn();
    this.route.show(this.standing.result.states);
    if (!this.route.part) this.#showVerdict();
  }

  /** Open other answers, and show them from the start. @param {() => void} change */
  afresh(change) {
    this.hush();
    change();
    this.notices.show("removed");
    this.exchange.leave();
    this.#showAll();
  }

  #showAll() {
    const hadFocus = this.element.contains(document.activeElement);
    this.#fill();
    this.#showCarryover();
    this.showBroken();
    this.warn();
    this.standing = this.#stand();
    const isShared = this.session.mode === "shared";
    if (isShared) this.route.go(null);
    else this.route.goToOpen(this.standing.result.states);
    this.#update();
    if (isShared || hadFocus) this.route.focus(isShared);
  }

  #fill() {
    const { saved, mode } = this.session;
    const { assessment } = saved;
    this.element.dataset.mode = mode;
    for (const control of this.element.querySelectorAll(".mp-about input[name], .mp-start select")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const value = assessment[/** @type {typeof ABOUT[number]} */ (field.name)];
      if (field.value !== value) field.value = value;
      field.disabled = mode !== "own";
    }
    this.form.fill(assessment.answers);
    this.form.lock(mode !== "own");
    this.find("start-hint").hidden = this.names.levels.indexOf(assessment.start) < 1;
    this.#showList();
  }

  /** Show what changes with every answer. */
  #update() {
    this.standing = this.#stand();
    const { open } = counts(this.standing);
    this.element.dataset.open = open ? "some" : "none";
    this.find("standing").replaceChildren(...panel(this.names, this.standing));
    this.route.show(this.standing.result.states);
    if (!this.route.part) this.#showVerdict();
  }

  #stand() {
    return stand(this.questionnaire, this.session.saved);
  }

  /** Fill in the verdict, once it is loaded. */
  async #showVerdict() {
    const verdict = this.#verdict ?? (await this.#loadVerdict());
    // By now the reader may have gone back to the questions.
    if (this.route.part) return;
    if (verdict) verdict.show(this.standing);
    this.notices.show("verdict", verdict ? [] : [h("p", {}, this.say("error.not-loaded"))]);
  }

  /** Load what shows the verdict. @returns {Promise<Verdict | null>} Null where it cannot be had. */
  async #loadVerdict() {
    const module = await import("./verdict.js").catch(() => null);
    const { dataset } = this.element;
    if (module) this.#verdict ??= new module.Verdict(this.find("verdict"), this.names, dataset, (level) => this.form.summary(level));
    return this.#verdict;
  }

  /** The reader's assessments. */
  #showList() {
    const { saved, mode } = this.session;
    const all = this.store.all().saved;
    const { id } = saved.assessment;
    const isListed = all.some((item) => item.assessment.id === id);
    /** @param {import("../assessment/answers.js").Saved} item */
    const label = (item) => (item === saved && mode === "shared" ? this.say("shared_entry") : this.names.entry(item));
    this.fillList("list", isListed ? all : [saved, ...all], id, { label });
  }

  /** Show what becomes of answers of another version, if such are on view. */
  async #showCarryover() {
    const { session } = this;
    if (!session.isPast) return this.notices.show("carry");
    const { original } = session;
    const module = await import("./carryover.js").catch(() => null);
    if (session.original !== original || !session.isPast) return;
    if (module) await module.carryover(this);
    else this.notices.show("carry", [h("p", {}, this.say("carry_failed"))]);
  }

  /** Show what stands in the session now. */
  refresh() {
    this.#fill();
    this.#update();
  }

  /** Tell a screen reader what an answer did. @param {string} remark */
  #announce(remark) {
    this.announce(PAUSE, () => {
      const { answered, total } = counts(this.standing);
      const standing = this.find("standing").querySelector(".mp-levels")?.textContent;
      return [remark, standing, this.say("answered", { n: answered, total })].filter(Boolean).join(" · ");
    });
  }
}

define("maturity-score", ScoreDesk);
