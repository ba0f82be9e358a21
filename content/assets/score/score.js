/**
 * `<maturity-score>`, the self-scoring page, and its desk: takes what the reader does to the session, and
 * shows what comes of it.
 */

import { define } from "../common/desk.js";
import { h, missing, pressed } from "../common/dom.js";
import { button } from "../common/notices.js";
import { ABOUT, isEmpty, noAnswer } from "../assessment/answers.js";
import { Session } from "../assessment/session.js";
import { fragmentOf, isShared } from "../assessment/link.js";
import { counts, stand } from "../assessment/standing.js";
import { AssessmentDesk } from "../parts/assessment-desk.js";
import { Form } from "./form.js";
import { panel } from "./panel.js";
import { Route } from "./route.js";

/**
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./form.js").Ask} Ask
 * @typedef {import("./form.js").Part} Part
 * @typedef {import("./exchange.js").Exchange} Exchange
 * @typedef {import("./quick.js").Quick} Quick
 * @typedef {import("./verdict.js").Verdict} Verdict
 * @typedef {import("./records.js").Records} Records
 */

/** Milliseconds without a change before a screen reader is told what changed. */
const PAUSE = 700;
/** The fragments of the result's address, and of the quick check's. */
const VERDICT = "verdict";
const QUICK = "quick";

class ScoreDesk extends AssessmentDesk {
  // What the first question does not need is null until it is loaded.
  /** @type {Verdict | null} */
  #verdict = null;
  /** @type {Exchange | null} */
  #exchange = null;
  /** @type {Quick | null} */
  #quick = null;
  /** @type {Records | null} */
  #records = null;
  /** @type {typeof import("./early.js") | null} */
  #earlyModule = null;
  /** What was filled in before what is saved was, until it is entered. @type {ReturnType<typeof import("./early.js").early> | null} */
  #early = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    this.form = new Form(this.find("questions"), this.questionnaire, this.names);
    this.route = new Route(element, this.names, this.form);
    this.session = new Session(this.questionnaire, this.store);
    this.standing = this.#stand();
    element.addEventListener("input", ({ target }) => this.#input(target));
    element.addEventListener("change", ({ target }) => this.#choose(target));
    element.addEventListener("click", (event) => this.#click(event));
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    addEventListener("hashchange", () => this.#follow(), { signal });
    // The way back from an example, whose address has lost its fragment, changes none.
    addEventListener("popstate", () => !location.hash && this.session.mode === "shared" && this.#follow(), { signal });
    addEventListener("pagehide", () => this.#enterBeforeLeaving(), { signal });
    addEventListener("storage", (event) => this.#loadExchange().then((exchange) => exchange?.otherTab(event)), { signal });
  }

  open() {
    super.open();
    this.session.openLast();
    this.#begin();
    // By the time that a reader comes to these there may be no connection.
    this.#loadVerdict();
    this.#loadExchange();
    this.#loadQuick();
    this.#loadRecords();
  }

  /** Show what the address leads to; who comes for the quick check is not shown a whole level before it is there. */
  async #begin() {
    const fragment = fragmentOf(location.hash);
    if (fragment === QUICK || isShared(fragment)) await this.#loadQuick();
    // Whoever has answered already is shown at once what counts today.
    if (this.session.saved.assessment.answers.size) await this.#loadRecords();
    if (this.#isMarked) await this.#loadEarly();
    this.#takeEarly();
    this.#showAll();
    this.#follow();
    this.#enterEarly(true);
  }

  /** Whether anything was filled in before what is saved was. */
  get #isMarked() {
    return this.element.querySelector("[data-early]") !== null;
  }

  #takeEarly() {
    if (this.#isMarked) this.#early = this.#earlyModule?.early(this.element) ?? null;
  }

  /** Store what was filled in early, for whoever leaves while this still waits for code. */
  #enterBeforeLeaving() {
    if (this.element.dataset.view || !this.#isMarked || !this.#earlyModule) return;
    this.#takeEarly();
    this.#showAll();
    this.#enterEarly(true);
  }

  /**
   * Enter what was filled in early in the answers that are open; where they are to be looked at first, say that it waits.
   * @param {boolean} [atOnce] Whether these are the answers that were open then. In them it takes the place of what could not be
   *   seen, and the reader goes on there.
   */
  #enterEarly(atOnce = false) {
    const early = this.#early;
    if (!early) return;
    if (this.session.mode !== "own") return this.notices.show("early", [h("p", {}, this.say("early_waits"))]);
    this.#early = null;
    const left = early.enter(atOnce).map((entry) => h("p", {}, this.#nameEntry(entry)));
    if (left.length) this.notices.say("early", this.say("early_left"), ...left);
    else this.notices.show("early");
    if (atOnce) early.goOn((control) => this.#goOnIn(control));
  }

  /** Return a text, or an answer with the practice that it is of. @param {import("./early.js").Entry} entry @returns {string} */
  #nameEntry({ control, value }) {
    const ask = control.type === "radio" && this.form.askOf(control);
    return ask ? `${this.names.practice(ask.id)}: ${this.names.answer(value)}` : value;
  }

  /** Show the question of a control that is hidden. @param {Element} control */
  #goOnIn(control) {
    const ask = this.form.askOf(control);
    if (ask) this.#turn(() => this.route.goToQuestion(ask.id));
  }

  settle() {
    this.route.focus(false);
  }

  rescue() {
    return [button(this.find("save").textContent ?? "", () => this.#exchanging((exchange) => exchange.save()))];
  }

  // What the reader does

  /** A control was typed into, or chosen. @param {EventTarget | null} target */
  #input(target) {
    // What is saved is not filled in yet: see early.js.
    if (!this.element.dataset.view) return void this.#loadEarly();
    const control = /** @type {HTMLInputElement} */ (target);
    const question = this.form.askOf(target);
    if (question) this.#answer(question.id, (stored) => (this.#records ?? question).read(stored, target));
    else if (ABOUT.some((name) => name === control.name)) {
      const name = /** @type {typeof ABOUT[number]} */ (control.name);
      const value = control.validity.valid ? control.value : "";
      this.session.change((assessment) => (assessment[name] = value));
      this.showList();
      this.warn();
    }
  }

  /** A list, a way or a file was chosen. @param {EventTarget | null} target */
  #choose(target) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
    const saved = control.dataset.part === "list" && this.store.get(control.value);
    if (saved) {
      this.#exchanging((exchange) => exchange.trying(() => this.afresh(() => this.session.open(saved))));
      this.showList();
    } else if (control instanceof HTMLInputElement && control.files?.[0]) {
      const [file] = control.files;
      this.#exchanging((exchange) => exchange.open(file));
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
    this.#markPlace(event.target);
    const control = pressed(event.target, "button, [data-question]");
    if (!control) return;
    // What was said of something else is out of date.
    if (!control.closest(".mp-notice")) this.notices.show("file");
    const { do: action = "", question, level, dimension, by, id = "" } = control.dataset;
    const ask = this.form.askOf(control);
    if (ask && action) this.#doTo(ask, action);
    else if (question) {
      // A shared link stays in the address while it is read.
      if (this.session.mode !== "own") event.preventDefault();
      this.#turn(() => this.route.goToQuestion(question));
    } else if (level && dimension) this.#turn(() => this.route.goToCell(level, dimension));
    else if (by) this.#go({ by: /** @type {Part["by"]} */ (by), id });
    else this.#do(action, control);
  }

  /** Note the question from which the reader leaves by a link in its address, so that the way back leads to it. @param {EventTarget | null} target */
  #markPlace(target) {
    const ask = this.form.askOf(pressed(target, "a[href]"));
    if (ask && this.session.mode === "own" && this.element.dataset.view === "questions") history.replaceState(null, "", `#${ask.element.id}`);
  }

  /** Do what a button inside a question says. @param {Ask} ask @param {string} action */
  #doTo(ask, action) {
    this.#answer(ask.id, (stored) => ask.press(stored, action), action === "clear");
    if (action === "clear") ask.radios[0].focus();
    else if (action === "confirm") ask.element.focus();
  }

  /** Do what a button says. @param {string} action @param {Element} control The button. */
  #do(action, control) {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      new: () => this.afresh(() => this.session.start()),
      next_round: () => this.#exchanging((exchange) => exchange.nextRound()),
      save: () => this.#exchanging((exchange) => exchange.save(control)),
      save_round: () => this.#exchanging((exchange) => exchange.saveRound(/** @type {HTMLElement} */ (control))),
      open: () => this.find("file").click(),
      link: () => this.#exchanging((exchange) => exchange.copyLink(control)),
      about: () => this.#exchanging((exchange) => exchange.showAbout()),
      quick: () => this.#startQuick(),
      quick_next: () => this.#quick?.next(),
      quick_stop: () => this.#quick?.stop(),
      quick_back: () => this.#quick?.back(),
      full: () => this.#answerInFull(),
      delete: () => this.#exchanging((exchange) => exchange.delete()),
      delete_all: () => this.#exchanging((exchange) => exchange.deleteAll()),
      next_open: () => this.#turn(() => this.#records?.leadToOver() || this.route.nextOpen(this.#todo()) || this.#seeVerdict()),
      see_verdict: () => this.#seeVerdict(),
      seen_today: () => this.#records?.seenToday(),
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
    const isQuick = this.route.part?.by === QUICK;
    this.#announce([question?.status, !isQuick && question?.worth].map((part) => (part && part.textContent) || "").join(" ").trim());
  }

  /** Go to the result, by an address of its own, so that the way back leads back to it. */
  #seeVerdict() {
    this.#leadTo(VERDICT);
    this.#go(null);
  }

  /** Change the address, unless it holds shared answers. @param {string} fragment */
  #leadTo(fragment) {
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    if (this.session.mode === "own" && location.hash !== address) history.pushState(null, "", address);
  }

  /** Ask what the quick check asks next. @param {boolean} [focus] */
  async #startQuick(focus = true) {
    const quick = this.#quick ?? (await this.#loadQuick());
    if (!quick) return this.notices.say("file", this.say("error.not-loaded"));
    this.#leadTo(QUICK);
    quick.start(focus);
  }

  /** Go on with every question, from the first that is open. */
  #answerInFull() {
    this.#leadTo("");
    this.#turn(() => this.route.goToOpen(this.#todo()));
    this.route.focus();
  }

  /** The practices that have something to do: those that are open, and those whose answer is to be looked at again. */
  #todo() {
    const { result, unconfirmed } = this.standing;
    return new Set([...unconfirmed, ...[...result.states].filter(([, state]) => state === "open").map(([id]) => id)]);
  }

  /** Follow the address: to shared answers, a level or a question. */
  #follow() {
    const fragment = fragmentOf(location.hash);
    if (isShared(fragment)) return this.#exchanging((exchange) => exchange.follow(fragment));
    if (this.session.mode === "shared") this.afresh(() => this.session.openLast());
    const [, kind, id] = /^(level|practice)-(.+)$/.exec(fragment) ?? [];
    if (kind === "level" && this.names.levels.includes(id)) this.#go({ by: "level", id });
    if (kind === "practice" && this.form.asks.has(id)) this.#turn(() => this.route.goToQuestion(id));
    if (fragment === VERDICT && this.route.part) this.#go(null);
    if (fragment === QUICK && this.route.part?.by !== "quick") this.#startQuick(this.element.contains(document.activeElement));
    if (!fragment && this.element.dataset.view !== "questions") this.#turn(() => this.route.goToOpen(this.#todo()));
  }

  // What is shown

  /** Show a part, or the result. @param {Part | null} part @param {boolean} [focus] */
  #go(part, focus = true) {
    this.#turn(() => this.route.go(part));
    if (focus) this.route.focus();
  }

  /** Show a question of the quick check, or what comes of it. @param {string} id "" for what comes of it. @param {boolean} [focus] */
  goQuick(id, focus = true) {
    this.#go({ by: "quick", id }, focus);
  }

  /** @param {() => void} turn What changes the part on view. */
  #turn(turn) {
    turn();
    this.#showPart();
  }

  /** Show what stands around the questions on view, or the result. */
  #showPart() {
    const { part } = this.route;
    this.route.show(this.standing.result.states);
    if (!part) this.#showVerdict();
    else if (part.by === "quick") this.#quick?.show(part.id);
    else {
      const here = { title: this.route.title(part), ...this.route.count(part, this.standing.result.states) };
      this.find("standing").replaceChildren(...panel(this.names, this.standing, here));
    }
  }

  /** Make shared answers the reader's own, and stay at what they come to. */
  keepCopy() {
    const isQuick = this.route.part?.by === QUICK;
    this.afresh(() => this.session.keep());
    if (isQuick) {
      this.#leadTo(QUICK);
      this.#quick?.stop();
    } else this.#seeVerdict();
    this.notices.say("file", this.say("copy_kept"));
  }

  /** Lead to the answers of the round before whose evidence has run out. @returns {number} How many there are. */
  renewFirst() {
    if (this.#records) this.#turn(() => this.#records?.leadToOver());
    return this.#records?.over.length ?? 0;
  }

  /** Open other answers, and show them from the start. @param {() => void} change */
  afresh(change) {
    this.hush();
    change();
    this.notices.show("removed");
    this.#leave();
    this.#showAll();
    this.#enterEarly();
  }

  /** Take what was said of a file, and a link, out of the page, once something else is opened. */
  #leave() {
    this.turns.next();
    for (const notice of ["file", "shared", "old"]) this.notices.show(notice);
    if (this.session.mode !== "shared" && isShared(location.hash))
      history.replaceState(null, "", location.pathname + location.search);
  }

  #showAll() {
    const hadFocus = this.element.contains(document.activeElement);
    this.#fill();
    this.#showCarryover();
    this.showBroken();
    this.warn();
    this.standing = this.#stand();
    const { mode } = this.session;
    if (mode === "shared") this.route.go(this.#quick?.isAll ? { by: QUICK, id: "" } : null);
    else this.route.goToOpen(this.#todo());
    this.#update();
    this.#loadExchange().then((exchange) => exchange?.greet());
    if (mode === "shared" || hadFocus) this.route.focus(false);
  }

  #fill() {
    const { saved, mode } = this.session;
    const { assessment } = saved;
    this.element.dataset.mode = mode;
    for (const control of this.element.querySelectorAll(".mp-fields input, .mp-start select")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const value = assessment[/** @type {typeof ABOUT[number]} */ (field.name)];
      if (field.value !== value) field.value = value;
      field.disabled = mode !== "own";
    }
    this.form.fill(assessment.answers);
    this.form.lock(mode !== "own");
    this.find("start-hint").hidden = this.names.levels.indexOf(assessment.start) < 1;
    this.showList();
  }

  /** Show what changes with every answer. */
  #update() {
    this.standing = this.#stand();
    const todo = this.#todo();
    this.element.dataset.open = todo.size ? "some" : "none";
    // Whoever may stop is led to the result first.
    const mayStop = !todo.size || (this.standing.result.mayStop && !this.standing.unconfirmed.length);
    for (const action of this.element.querySelectorAll(".mp-panel button"))
      action.classList.toggle("mp-tool--main", mayStop === (action.getAttribute("data-do") === "see_verdict"));
    this.#showPart();
  }

  #stand() {
    return stand(this.questionnaire, this.session.saved, this.#records?.aging);
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
    const module = await import("./verdict.js").catch(missing);
    const { dataset } = this.element;
    if (module) this.#verdict ??= new module.Verdict(this.find("verdict"), this.names, dataset, this.form);
    return this.#verdict;
  }

  async #loadExchange() {
    const module = await import("./exchange.js").catch(missing);
    if (module) this.#exchange ??= new module.Exchange(this);
    return this.#exchange;
  }

  async #loadQuick() {
    const module = await import("./quick.js").catch(missing);
    if (module) this.#quick ??= new module.Quick(this, this.find("quick"));
    return this.#quick;
  }

  async #loadRecords() {
    const module = await import("./records.js").catch(missing);
    if (module) this.#records ??= new module.Records(this);
  }

  async #loadEarly() {
    this.#earlyModule ??= await import("./early.js").catch(missing);
  }

  /** Do something with files and links, once the code for it is loaded. @param {(exchange: Exchange) => unknown} work */
  async #exchanging(work) {
    const exchange = this.#exchange ?? (await this.#loadExchange());
    if (exchange) work(exchange);
    else this.notices.say("file", this.say("error.not-loaded"));
  }

  /** Show the reader's assessments. */
  showList() {
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
    const module = await import("./carryover.js").catch(missing);
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
