/** The page's words: texts of the catalog, filled in, and what things are called. */

import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./account.js").Piece} Piece
 *
 * @callback Say
 * @param {string} key
 * @param {Record<string, number | Piece | Piece[]>} [values]
 * @returns {Piece[]} The text in pieces, so that a value may point somewhere.
 *
 * @typedef {object} Speaker
 * @property {Say} pieces
 * @property {(key: string, values?: Record<string, string | number>) => string} say
 * @property {(share: number) => string} percent Never rounded up.
 * @property {(date: string) => string} date An ISO date as people write it.
 */

/**
 * @param {Record<string, string>} texts By key; a key with a number `n` has `.one` and `.other`.
 * @param {string} language
 * @returns {Speaker}
 */
export function speaker(texts, language) {
  const shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  /** @type {Say} */
  const pieces = (key, values = {}) => {
    const form = key in texts ? key : `${key}.${values.n === 1 ? "one" : "other"}`;
    return (texts[form] ?? key).split(/\{(\w+)\}/).flatMap((piece, index) => {
      if (index % 2 === 0) return piece ? [piece] : [];
      const value = values[piece] ?? "";
      return typeof value === "number" ? [String(value)] : value;
    });
  };
  return {
    pieces,
    say: (key, values) => pieces(key, values).join(""),
    percent: (share) => shares.format(Math.floor(share * 100 + 1e-9) / 100),
    date: (date) => (Number.isNaN(Date.parse(date)) ? date : dates.format(new Date(date))),
  };
}


/** What levels, answers, assessments and the like are called. */
export class Names {
  /** @param {Questionnaire} questionnaire @param {Speaker} speaker */
  constructor(questionnaire, speaker) {
    this.questionnaire = questionnaire;
    this.speaker = speaker;
    this.levels = Object.keys(questionnaire.levels);
  }

  /** A level by its number from 1, with the number; 0 is before the first. @param {number} n */
  level(n) {
    const { say } = this.speaker;
    if (n === 0) return say("before_first");
    return say("level", { n, title: this.levelTitle(this.levels[n - 1]) });
  }

  /** @param {string} id */
  levelTitle(id) {
    return this.questionnaire.levels[id].title;
  }

  /** @param {string} id */
  dimension(id) {
    return this.questionnaire.dimensions[id].title;
  }

  /** @param {string} level @param {string} dimension */
  cell(level, dimension) {
    return this.speaker.say("cell", {
      level_title: this.levelTitle(level),
      dimension_title: this.dimension(dimension),
    });
  }

  /** A practice of this version or, by its id, of another one. @param {string} id */
  practice(id) {
    const { practices } = this.questionnaire;
    return Object.hasOwn(practices, id) ? practices[id].title : id;
  }

  /** @param {string} answer */
  answer(answer) {
    const { scale } = this.questionnaire;
    if (Object.hasOwn(scale, answer)) return scale[answer].label;
    if (answer === UNKNOWN || answer === NOT_APPLICABLE) return this.speaker.say(answer);
    return answer || this.speaker.say("none");
  }

  /** Progress in one dimension, never rounded up. @param {number} progress */
  progress(progress) {
    const { say, percent } = this.speaker;
    const total = this.levels.length;
    const n = Math.floor(progress);
    if (n === total) return say("reading.done", { total });
    if (this.questionnaire.scoring.level_means === "working")
      return say("reading.working", { level_title: this.level(n + 1), share: percent(progress - n) });
    return say(progress > n ? "reading.achieved_plus" : "reading.achieved", { n, total });
  }

  /** An assessment in a list. @param {Saved} saved */
  entry({ framework, assessment }) {
    const { say, date } = this.speaker;
    const isPresent = framework.version === this.questionnaire.framework.version;
    return say(isPresent ? "entry" : "entry_version", {
      unit: assessment.unit.trim() || say("untitled"),
      date: date(assessment.date || assessment.changed.slice(0, 10)),
      version: framework.version,
    });
  }
}
