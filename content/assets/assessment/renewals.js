/**
 * What of an assessment's evidence has run out, what will and when, in words. Knows no page, so that the screen, the
 * report, its Markdown, calendars and issue trackers say the same. Its rules are those of `ageing.js`.
 */

import { dayBefore, lastDay } from "../common/days.js";
import { Ageing } from "./ageing.js";
import { OTHER } from "./evidence.js";

/**
 * @typedef {import("../common/speaker.js").Piece} Piece
 * @typedef {import("../common/speaker.js").Reference} Reference
 * @typedef {import("./ageing.js").RunOut} RunOut
 * @typedef {import("./ageing.js").Fall} Fall
 * @typedef {import("./answers.js").Sitting} Sitting
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./texts.js").Texts} Texts
 *
 * @typedef {object} Renewal What is to be renewed for one practice.
 * @property {string} day From which on nothing counts.
 * @property {string} until The last day on which something does.
 * @property {Reference} practice
 * @property {string[]} what The evidence that counted last; or that "not applicable" ends.
 * @property {string} owner A person who has taken it on, or the role that owns the practice, or "".
 */

/** How far ahead whoever plans looks. */
export const SOON = "90 days";

/** What there is to say of an assessment's evidence over time. */
export class Renewals {
  /**
   * @param {Names} names
   * @param {Texts} texts
   * @param {Sitting} sitting With answers to the practices of the present version.
   * @param {string} on The day from which on one looks.
   */
  constructor(names, texts, sitting, on) {
    this.names = names;
    this.texts = texts;
    this.sitting = sitting;
    this.on = on;
    this.ageing = new Ageing(names.questionnaire, sitting, on);
  }

  /** What has run out already, the longest ago first. @returns {Renewal[]} */
  get over() {
    return this.ageing.renew.map((one) => this.#renewal(one));
  }

  /** What runs out within two years, by day. @returns {Renewal[]} */
  get ahead() {
    return this.ageing.runsOut.map((one) => this.#renewal(one));
  }

  /** What has run out, and what will in the next 90 days. @returns {Renewal[]} */
  get soon() {
    const last = lastDay(this.on, SOON) ?? this.on;
    return [...this.over, ...this.ahead.filter(({ day }) => day <= last)];
  }

  /** The days on which the level falls, each with why: as shown, and as claimed where "not applicable" ends. @returns {Piece[][]} */
  get falls() {
    return this.ageing.falls.filter(({ dimension }) => !dimension).map((fall) => this.fall(fall));
  }

  /** How many records have no day although they run out; "" where that is none. */
  get undated() {
    const n = [...this.ageing.undated.values()].flat().length;
    return n ? this.names.speaker.say("undated_records", { n }) : "";
  }

  /** Say that a level falls, and why. @param {Fall} fall */
  fall({ day, reading, before, after, because }) {
    const list = because.flatMap((id, index) => [index ? ", " : "", this.#practice(id)]);
    return this.names.speaker.pieces(`falls.${reading}`, {
      date: this.names.speaker.date(dayBefore(day)),
      before: this.names.level(before),
      after: this.names.level(after),
      n: because.length,
      list,
    });
  }

  /** @param {RunOut} end @returns {Renewal} */
  #renewal({ day, practice, records }) {
    const { answers } = this.sitting;
    const { questionnaire } = this.names;
    const role = questionnaire.practices[practice].owner;
    const named = records.map(({ artifact }) =>
      artifact === OTHER ? oneLine(answers.get(practice)?.proof ?? "") : this.texts[practice].evidence[artifact],
    );
    return {
      day,
      until: dayBefore(day),
      practice: this.#practice(practice),
      what: records.length ? named : [this.names.speaker.say("exempt_until")],
      owner: answers.get(practice)?.owner.trim() || (role ? questionnaire.roles[role].title : ""),
    };
  }

  /** @param {string} id @returns {Reference} */
  #practice(id) {
    return { to: "practice", id, label: this.names.practice(id) };
  }
}

/** @param {string} typed */
const oneLine = (typed) => typed.trim().split(/\s*\n\s*/).join("; ");
