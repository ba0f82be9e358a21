/**
 * Ageing: what of an assessment's evidence runs out, when, and which level falls with it. Pure. Loaded with the result.
 *
 * `hooks/maturity/framework/ageing.py` follows the same rules; `tests/scoring.yaml` holds both to the same cases.
 */

import { HORIZON, LAST, dayAfter, dayBefore, isDay, lastDay } from "../common/days.js";
import { compareTexts } from "../common/texts.js";
import { countedAnswers } from "./answers.js";
import { countsOn, isUndated, onDay, recordsOf } from "./evidence.js";
import { NOT_APPLICABLE, cellOf, countedFor, score, stateOf } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").View} View
 * @typedef {import("./answers.js").Sitting} Sitting
 * @typedef {import("./evidence.js").EvidenceRecord} EvidenceRecord
 *
 * @typedef {object} RunOut The day from which on nothing counts for a practice any more.
 * @property {string} day
 * @property {string} practice
 * @property {EvidenceRecord[]} records Those that counted until then; none where "not applicable" ended, after which the question is
 *   open.
 *
 * @typedef {object} Fall A day on which a level falls in one reading.
 * @property {string} day
 * @property {"shown" | "claimed"} reading
 * @property {string} dimension "" for the level one is at.
 * @property {number} before The number of the level one is at, 0 for none; of a dimension how many levels are completed in it.
 * @property {number} after
 * @property {string[]} because Practices for which nothing counts from that day on, of cells that were complete and counted.
 */

/** What becomes of an assessment's evidence from a day on, within two years. */
export class Ageing {
  /**
   * @param {Questionnaire} questionnaire
   * @param {Sitting} sitting Its answers are those to the practices of the questionnaire; others are left out.
   * @param {string} on A day.
   */
  constructor(questionnaire, sitting, on) {
    this.questionnaire = questionnaire;
    this.sitting = sitting;
    this.on = on;
    this.last = lastDay(on, HORIZON) ?? LAST;
    this.given = countedAnswers(questionnaire, sitting.answers);
    /** The records of answers that need evidence, by practice in the order of the file. @type {Map<string, EvidenceRecord[]>} */
    this.records = new Map();
    for (const [id, given] of this.given) {
      const isAnswered = stateOf(questionnaire.practices[id], given) === "answered";
      if (isAnswered && questionnaire.scale[countedFor(questionnaire, id, given)].needs_evidence)
        this.records.set(id, recordsOf(questionnaire, id, this.#stored(id), sitting.date));
    }
  }

  /** What runs out after the day, by day, then as in the file. @returns {RunOut[]} */
  get runsOut() {
    return byDay([...this.given.keys()].flatMap((id) => this.#ends(id)));
  }

  /** What ran out up to the day and nothing took the place of, by day: each practice once, with what ran out last. @returns {RunOut[]} */
  get renew() {
    const over = [...this.records].flatMap(([practice, records]) => {
      if (records.some((record) => countsOn(record, this.on))) return [];
      const end = records.map(({ until }) => until).filter((until) => until && until < this.on).sort().at(-1);
      return end ? [{ day: dayAfter(end) ?? LAST, practice, records: ending(records, end) }] : [];
    });
    return byDay(over);
  }

  /** Records that have a lifetime and no day from which on, by practice. @returns {Map<string, EvidenceRecord[]>} */
  get undated() {
    const all = [...this.records].map(([id, records]) => /** @type {const} */ ([id, records.filter(isUndated)]));
    return new Map(all.filter(([, records]) => records.length));
  }

  /** The days on which a level falls; of one day the level first, shown before claimed. @returns {Fall[]} */
  get falls() {
    const { runsOut } = this;
    return [...new Set(runsOut.map(({ day }) => day))].flatMap((day) => this.#falls(day, runsOut.filter((one) => one.day === day)));
  }

  /** Return what the answers come to on a day. @param {string} day */
  result(day) {
    const { answers, date, start } = this.sitting;
    return score(this.questionnaire, countedAnswers(this.questionnaire, answers, onDay(this.questionnaire, day, date)), start);
  }

  /** @param {string} day @param {RunOut[]} ends @returns {Fall[]} */
  #falls(day, ends) {
    const [before, after] = [this.result(dayBefore(day)), this.result(day)];
    const all = ends.map(({ practice }) => practice);
    // Evidence does not change what is claimed.
    const exempt = ends.filter(({ records }) => !records.length).map(({ practice }) => practice);
    return [
      ...this.#fallen(day, "shown", [before.evidenced, after.evidenced], all),
      ...this.#fallen(day, "claimed", [before.claimed, after.claimed], exempt),
    ];
  }

  /** @param {string} day @param {Fall["reading"]} reading @param {[View, View]} views @param {string[]} ended @returns {Fall[]} */
  #fallen(day, reading, [before, after], ended) {
    const levels = Object.keys(this.questionnaire.levels);
    const because = (/** @type {number} */ counted, /** @type {string} */ dimension) =>
      ended.filter((id) => {
        const practice = this.questionnaire.practices[id];
        const isOfIt = !dimension || practice.dimension === dimension;
        return isOfIt && levels.indexOf(practice.level) < counted && !cellOf(after, practice.level, practice.dimension).complete;
      });
    const level = { day, reading, dimension: "", before: before.at, after: after.at, because: because(before.overall, "") };
    const dimensions = Object.entries(before.completed).map(([dimension, was]) => {
      return { day, reading, dimension, before: was, after: after.completed[dimension], because: because(was, dimension) };
    });
    return [level, ...dimensions].filter((fall) => fall.after < fall.before);
  }

  /** Each day ahead from which on nothing counts for a practice. @param {string} practice @returns {RunOut[]} */
  #ends(practice) {
    const { until, answer } = this.#stored(practice);
    const isLeftOut = answer === NOT_APPLICABLE && stateOf(this.questionnaire.practices[practice], this.given.get(practice)) === "left-out";
    if (isLeftOut) return isDay(until) && this.#isAhead(until) ? [{ day: dayAfter(until) ?? LAST, practice, records: [] }] : [];
    const records = this.records.get(practice) ?? [];
    return [...new Set(records.map((one) => one.until))].flatMap((end) => {
      const day = end && this.#isAhead(end) ? dayAfter(end) : null;
      return day && !records.some((record) => countsOn(record, day)) ? [{ day, practice, records: ending(records, end) }] : [];
    });
  }

  /** Whether the day after a last day is one that anybody looks at. @param {string} end */
  #isAhead(end) {
    return this.on <= end && end < this.last;
  }

  /** @param {string} id */
  #stored(id) {
    return /** @type {import("./answers.js").StoredAnswer} */ (this.sitting.answers.get(id));
  }
}

/** @param {RunOut[]} ends As in the file. */
const byDay = (ends) => ends.sort((a, b) => compareTexts(a.day, b.day));

/** @param {EvidenceRecord[]} records @param {string} end */
const ending = (records, end) => records.filter(({ until }) => until === end);
