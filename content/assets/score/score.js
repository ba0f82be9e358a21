/**
 * `<maturity-score>`, the self-scoring page, and its desk: takes what the reader does to the session, and
 * shows what comes of it.
 */

import { h, part } from "../common/dom.js";
import { download } from "../common/handover.js";
import { Notices, ask, button } from "../common/notices.js";
import { browserStorage } from "../common/storage.js";
import { counts, stand } from "../assessment/account.js";
import { ABOUT, isEmpty, noAnswer } from "../assessment/answers.js";
import { Names, speaker } from "../assessment/names.js";
import { Session } from "../assessment/session.js";
import { Store } from "../assessment/store.js";
import { Exchange } from "../parts/exchange.js";
import { Form } from "./form.js";
import { Route } from "./route.js";
import { Verdict, panel } from "./verdict.js";

/**
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./form.js").Part} Part
 */

/** Milliseconds without a change before a screen reader is told what changed. */
const PAUSE = 700;
/** The address of the verdict on its page. */
const VERDICT = "#verdict";

class Desk {
  #listening = new AbortController();
  #announcing = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    const { dataset } = element;
    /** @type {import("../assessment/scoring.js").Questionnaire} */
    this.questionnaire = JSON.parse(dataset.questionnaire ?? "");
    this.speaker = speaker(JSON.parse(dataset.words ?? ""), document.documentElement.lang || "en");
    this.names = new Names(this.questionnaire, this.speaker);
    this.form = new Form(this.#find("questions"), this.questionnaire, this.names);
    this.route = new Route(element, this.names, this.form);
    this.verdict = new Verdict(this.#find("verdict"), this.names, dataset, (level) => this.form.summary(level));
    this.store = new Store(browserStorage(), this.questionnaire.framework.id);
    this.session = new Session(this.questionnaire, this.store);
    this.notices = new Notices(this.#find("notices"), this.#find("said"), this.speaker.say("dismiss"), () => this.route.focus(false));
    this.dialog = /** @type {HTMLDialogElement} */ (this.#find("dialog"));
    this.exchange = new Exchange(this.names, this.session, this.notices, this.dialog, (change) => this.afresh(change), (practice) => this.form.artifacts(practice));
    this.standing = this.#stand();
    // On a small screen the first question comes first.
    if (matchMedia("(width<60em)").matches) this.#find("about").removeAttribute("open");
    element.addEventListener("input", ({ target }) => this.#input(target));
    element.addEventListener("change", ({ target }) => this.#choose(target));
    element.addEventListener("click", (event) => this.#click(event));
  }

  /** Begin, also after the page was left and came back. */
  open() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener("hashchange", () => this.#follow(), { signal });
    addEventListener("storage", (event) => this.#otherTab(event), { signal });
    this.session.openLast();
    this.#showAll();
    this.#follow();
  }

  close() {
    this.#listening.abort();
    clearTimeout(this.#announcing);
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
      this.#warn();
    }
  }

  /** A list, a way or a file was chosen. @param {EventTarget | null} target */
  #choose(target) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
    const { value } = control;
    const saved = control.dataset.part === "list" && this.store.get(value);
    if (saved) {
      this.exchange.trying(() => this.afresh(() => this.session.open(saved)));
      this.#showList();
    } else if (control instanceof HTMLInputElement && control.files?.[0]) {
      this.exchange.open(control.files[0]);
      control.value = "";
    } else if (control.name === "walk") this.#turn(() => this.route.turn());
    else if (control.name === "start") {
      this.session.change((assessment) => (assessment.start = value));
      this.#find("start-hint").hidden = value === "";
      this.#go({ by: "level", id: value || this.names.levels[0] }, false);
      this.#update();
    }
  }

  /** @param {Event} event */
  #click(event) {
    const { target } = event;
    const pressed = target instanceof Element ? target.closest(/** @type {"button"} */ ("button, [data-question]")) : null;
    if (!pressed) return;
    const { dataset } = pressed;
    const question = this.form.askOf(pressed);
    if (dataset.do === "clear" && question) {
      this.#answer(question.id, (stored) => (stored.answer = stored.asked = ""), true);
      question.radios[0].focus();
    } else if (dataset.do === "confirm" && question) {
      this.#answer(question.id, (stored) => (stored.asked = question.practice.asked));
      question.element.focus();
    }
    else if (dataset.question) {
      // A shared link stays in the address while it is read.
      if (this.session.mode !== "own") event.preventDefault();
      this.#turn(() => this.route.goToQuestion(dataset.question ?? ""));
    }
    else if (dataset.level && dataset.dimension)
      this.#turn(() => this.route.goToCell(dataset.level ?? "", dataset.dimension ?? ""));
    else if (dataset.by) this.#go({ by: /** @type {Part["by"]} */ (dataset.by), id: dataset.id ?? "" });
    else if (dataset.do) this.#do(dataset.do);
  }

  /** @param {string} action */
  #do(action) {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      new: () => this.afresh(() => this.session.start()),
      save: () => this.exchange.save(),
      open: () => this.#find("file").click(),
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
    this.#warn();
    this.#update();
    this.#announce(question?.status.textContent ?? "");
  }

  async #delete() {
    const { say } = this.speaker;
    const text = say("delete_text", { entry: this.names.entry(this.session.saved) });
    await this.#confirm(say("delete_title"), text, () => this.session.remove());
  }

  async #deleteAll() {
    const { say } = this.speaker;
    const { saved, broken } = this.store.all();
    const n = saved.length + broken.length;
    if (n) await this.#confirm(say("delete_all_title"), say("delete_all_text", { n }), () => this.session.clear());
    else this.notices.say("file", say("delete_none"));
  }

  /** Delete, if the reader says so. @param {string} title @param {string} text @param {() => void} remove */
  async #confirm(title, text, remove) {
    const { say } = this.speaker;
    const choice = await ask(this.dialog, title, text, [
      { label: say("cancel"), value: "", isMain: true },
      { label: say("delete_do"), value: "delete" },
    ]);
    if (choice !== "delete") return;
    this.afresh(remove);
    this.notices.say("file", say("deleted", { entry: this.names.entry(this.session.saved) }));
  }

  /** Go to the verdict, by an address of its own, so that the way back leads back to it. */
  #seeVerdict() {
    if (this.session.mode === "own" && location.hash !== VERDICT) history.pushState(null, "", VERDICT);
    this.#go(null);
  }

  /** Follow the address: to shared answers, a level or a question. */
  #follow() {
    const fragment = readableFragment();
    if (this.exchange.follow(fragment)) return;
    if (this.session.mode === "shared") this.afresh(() => this.session.openLast());
    const [, kind, id] = /^#(level|practice)-(.+)$/.exec(fragment) ?? [];
    if (kind === "level" && this.names.levels.includes(id)) this.#go({ by: "level", id });
    if (kind === "practice" && this.form.asks.has(id)) this.#turn(() => this.route.goToQuestion(id));
    if (fragment === VERDICT && this.route.part) this.#go(null);
  }

  /** @param {StorageEvent} event */
  #otherTab(event) {
    const { mode, saved } = this.session;
    this.store.retry();
    this.#showList();
    this.#warn();
    if (mode === "shared" || !this.store.concerns(event, saved.assessment.id)) return;
    const stored = this.store.get(saved.assessment.id);
    if (mode === "carry") {
      if (stored) this.afresh(() => this.session.open(stored));
    } else if (this.session.reload()) this.notices.show("removed");
    else this.notices.say("removed", this.speaker.say("removed_elsewhere"));
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
    clearTimeout(this.#announcing);
    change();
    this.notices.show("removed");
    this.exchange.leave();
    this.#showAll();
  }

  #showAll() {
    const hadFocus = this.element.contains(document.activeElement);
    this.#fill();
    this.#showCarryover();
    this.#showBroken();
    this.#warn();
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
    this.#find("start-hint").hidden = this.names.levels.indexOf(assessment.start) < 1;
    this.#showList();
  }

  /** Show what changes with every answer. */
  #update() {
    this.standing = this.#stand();
    const { open } = counts(this.standing);
    this.element.dataset.open = open ? "some" : "none";
    this.#find("standing").replaceChildren(...panel(this.names, this.standing));
    this.route.show(this.standing.result.states);
    if (!this.route.part) this.#showVerdict();
  }

  #stand() {
    return stand(this.questionnaire, this.session.saved);
  }

  #showVerdict() {
    this.verdict.show(this.standing);
  }

  /** The reader's assessments. */
  #showList() {
    const { saved, mode } = this.session;
    const all = this.store.all().saved;
    const { id } = saved.assessment;
    const isListed = all.some((item) => item.assessment.id === id);
    const options = (isListed ? all : [saved, ...all]).map((item) =>
      h(
        "option",
        { value: item.assessment.id, selected: item.assessment.id === id },
        item === saved && mode === "shared" ? this.speaker.say("shared_entry") : this.names.entry(item),
      ),
    );
    this.#find("list").replaceChildren(...options);
  }

  /** What becomes of answers of another version, if such are on view. */
  async #showCarryover() {
    if (!this.session.isPast) return this.notices.show("carry");
    await import("./carryover.js").then(
      ({ carryover }) => carryover(this),
      () => this.notices.show("carry", [h("p", {}, this.speaker.say("carry_failed"))]),
    );
  }

  /** Show what stands in the session now. */
  refresh() {
    this.#fill();
    this.#update();
  }

  /** Offer what of the store could not be read. */
  #showBroken() {
    const { say } = this.speaker;
    const { broken } = this.store.all();
    const items = broken.flatMap(({ key, raw }) => [
      button(say("download"), () => download("damaged.json", raw)),
      button(say("forget"), () => {
        this.store.removeKey(key);
        this.#showBroken();
      }),
    ]);
    const text = h("p", {}, say("broken", { n: broken.length }));
    this.notices.show("broken", items.length ? [text, ...items] : []);
  }

  /** Say what the reader has to know of the storage. */
  #warn() {
    const { say } = this.speaker;
    const text = this.store.storage ? "storage_full" : "storage_none";
    const isWell = this.store.storage && this.store.stored;
    this.notices.show("storage", isWell ? [] : [h("p", {}, say(text)), button(this.#find("save").textContent ?? "", () => this.exchange.save())]);
  }

  /** Tell a screen reader what an answer did, once the reader pauses. @param {string} remark */
  #announce(remark) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const { answered, total } = counts(this.standing);
      const standing = this.#find("standing").querySelector(".mp-levels")?.textContent;
      const count = this.speaker.say("answered", { n: answered, total });
      this.#find("said").textContent = [remark, standing, count].filter(Boolean).join(" · ");
    }, PAUSE);
  }

  /** @param {string} name */
  #find(name) {
    return part(this.element, name);
  }
}

/** The address's fragment, also where a program has escaped it. */
function readableFragment() {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return location.hash;
  }
}

class MaturityScore extends HTMLElement {
  /** @type {Desk | null} */
  desk = null;

  connectedCallback() {
    this.desk ??= new Desk(this);
    this.desk.open();
  }

  disconnectedCallback() {
    this.desk?.close();
  }
}

customElements.define("maturity-score", MaturityScore);
