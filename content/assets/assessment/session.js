/**
 * The session: which answers are open, and what may be done with them. Knows no page.
 *
 * Answers are the reader's own, or shared ones to read only, or own ones of another version that
 * wait for the reader's word. Nothing is written before a change or that word.
 */

import { today } from "../common/dates.js";
import { newId } from "../common/ids.js";
import { comesAfter } from "../common/versions.js";
import { blank, carry, mustReview, refuseNewer } from "./answers.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Assessment} Assessment
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./answers.js").Carried} Carried
 * @typedef {import("./link-reader.js").Shared} Shared
 * @typedef {import("./store.js").Store} Store
 */

/** The answers that are open. */
export class Session {
  /** @type {"own" | "shared" | "carry"} */
  mode = "own";
  /** What is on view. @type {Saved} */
  saved;
  /** What it was before it was carried over. @type {Saved} */
  original;
  /** @type {Carried} */
  carried;
  /** @type {Map<string, string>} */
  #picks = new Map();

  /**
   * @param {Questionnaire} questionnaire
   * @param {Store} store
   */
  constructor(questionnaire, store) {
    this.questionnaire = questionnaire;
    this.store = store;
    this.saved = this.original = this.#blank();
    this.carried = carry(questionnaire, new Map());
  }

  /** Whether what is on view was given to another version, and is to be looked at. */
  get isPast() {
    const { version } = this.original.framework;
    return this.mode === "carry" || (this.mode === "shared" && version !== this.questionnaire.framework.version);
  }

  /** Open what was open last, of this version if there is any, or a new assessment. */
  openLast() {
    const { version } = this.questionnaire.framework;
    const saved = this.store.all().saved.filter(({ framework }) => !comesAfter(framework.version, version));
    const current = saved.find(({ assessment }) => assessment.id === this.store.current);
    const last = [current, ...saved].find((item) => item?.framework.version === version) ?? current ?? saved[0];
    if (last) this.open(last);
    else this.start();
  }

  /** Begin a new assessment; it is stored with its first change. */
  start() {
    this.mode = "own";
    this.saved = this.#blank();
  }

  /** Open an assessment; one of another version waits for the reader's word. @param {Saved} saved @throws {UnreadableError} */
  open(saved) {
    refuseNewer(this.questionnaire, saved.framework.version);
    this.#take(saved);
    const isPresent = saved.framework.version === this.questionnaire.framework.version;
    this.mode = mustReview(this.carried, isPresent) ? "carry" : "own";
    if (this.mode === "own") this.store.current = saved.assessment.id;
  }

  /** Show shared answers. @param {Shared} shared */
  show({ framework, start, unit, answers }) {
    const { assessment } = this.#blank("");
    this.#take({ framework, assessment: { ...assessment, start, unit, answers } });
    this.mode = "shared";
  }

  /** Choose among the answers that a practice has from several former ones; "" takes none. @param {string} to @param {string} from */
  pick(to, from) {
    this.#picks.set(to, from);
    this.#carry();
  }

  /** Make what is on view the reader's own: a copy, under the present version. */
  keep() {
    const copy = { ...this.saved.assessment, id: newId() };
    this.mode = "own";
    this.saved = { framework: this.questionnaire.framework, assessment: copy };
    if (!copy.date) copy.date = today();
    this.change(() => {});
  }

  /** Change what is open and store it, if it is the reader's own. @param {(assessment: Assessment) => void} change */
  change(change) {
    if (this.mode !== "own") return;
    const { id, version, title } = this.questionnaire.framework;
    this.saved = this.store.update(this.saved, (saved) => {
      saved.framework = { id, version, title };
      change(saved.assessment);
    });
    this.store.current = this.saved.assessment.id;
  }

  /** Take over what another tab has stored. @returns {boolean} Whether it is stored still. */
  reload() {
    const stored = this.store.get(this.saved.assessment.id);
    if (stored) this.saved = stored;
    return stored !== null;
  }

  /** Delete an assessment, and open the last of the others. @param {string} id */
  remove(id) {
    this.store.remove(id);
    this.openLast();
  }

  /** Delete everything of this framework. */
  clear() {
    this.store.clear();
    this.start();
  }

  /** Store an assessment that came from elsewhere, in place of any with its id. @param {Saved} saved */
  adopt(saved) {
    this.open(saved);
    if (this.mode === "own") this.change((assessment) => Object.assign(assessment, saved.assessment));
    else this.saved.assessment.id = this.original.assessment.id = newId();
  }

  /** @param {Saved} saved */
  #take(saved) {
    this.original = saved;
    this.#picks = new Map();
    this.#carry();
  }

  #carry() {
    const { framework, assessment } = this.original;
    this.carried = carry(this.questionnaire, assessment.answers, this.#picks);
    const levels = Object.entries(this.questionnaire.levels);
    const start = levels.find(([, level]) => level.formerly?.includes(assessment.start))?.[0] ?? assessment.start;
    this.saved = { framework, assessment: { ...assessment, start, answers: this.carried.answers } };
  }

  /** @param {string} [date] */
  #blank(date = today()) {
    return blank(this.questionnaire, date);
  }
}
