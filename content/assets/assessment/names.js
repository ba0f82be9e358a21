/** The page's words: texts of the catalog, filled in, and what things are called. */

import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

export { speaker } from "../common/speaker.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("../common/speaker.js").Speaker} Speaker
 */

/** What levels, answers, assessments and the like are called. */
export class Names {
  /** @param {Questionnaire} questionnaire @param {Speaker} speaker */
  constructor(questionnaire, speaker) {
    this.questionnaire = questionnaire;
    this.speaker = speaker;
    this.levels = Object.keys(questionnaire.levels);
  }

  /** Return what a level is called, with its number; 0 is before the first. @param {number} n */
  level(n) {
    const { say } = this.speaker;
    if (n === 0) return say("before_first");
    return say("level", { n, title: this.levelTitle(this.levels[n - 1]) });
  }

  /** Return what a level is called, without its number. @param {string} id */
  levelTitle(id) {
    return this.questionnaire.levels[id].title;
  }

  /** Return what a dimension is called. @param {string} id */
  dimension(id) {
    return this.questionnaire.dimensions[id].title;
  }

  /** Return what a level of a dimension is called. @param {string} level @param {string} dimension */
  cell(level, dimension) {
    return this.speaker.say("cell", {
      level_title: this.levelTitle(level),
      dimension_title: this.dimension(dimension),
    });
  }

  /** Return what a practice is called; one of another version by its id. @param {string} id */
  practice(id) {
    const { practices } = this.questionnaire;
    return Object.hasOwn(practices, id) ? practices[id].title : id;
  }

  /**
   * Return what an answer is called; one of another version by its id.
   * @param {string} answer An id, or "".
   * @param {boolean} [isPartly] Whether not all criteria are ticked, as tables and the workbook say it.
   * @returns {string}
   */
  answer(answer, isPartly = false) {
    const { scale } = this.questionnaire;
    if (isPartly) return this.speaker.say("partly", { answer: this.answer(answer) });
    if (Object.hasOwn(scale, answer)) return scale[answer].label;
    if (answer === UNKNOWN || answer === NOT_APPLICABLE) return this.speaker.say(answer);
    return answer || this.speaker.say("none");
  }

  /** Return what an answer is called that counts as another one, unless it counts as itself. @param {string} answer @param {string} counted */
  answerCounted(answer, counted) {
    if (answer === counted) return this.answer(answer);
    return this.speaker.say("counts_as", { answer: this.answer(answer), counted: this.answer(counted) });
  }

  /**
   * Return progress in one dimension in words, never rounded up, and without a share while questions of the level are open.
   * @param {import("./scoring.js").View} view
   * @param {string} dimension
   */
  progress(view, dimension) {
    const { say, percent } = this.speaker;
    const total = this.levels.length;
    const [progress, n, answered] = [view.progress[dimension], view.completed[dimension], view.answered[dimension]];
    if (n === total) return say("reading.done", { total });
    if (answered) return say(`reading.${answered.n ? "partly" : "open"}`, { ...answered, level_title: this.level(n + 1) });
    if (this.questionnaire.scoring.level_means === "working")
      return say("reading.working", { level_title: this.level(n + 1), share: percent(progress - n) });
    return say(progress > n ? "reading.achieved_plus" : "reading.achieved", { n, total });
  }

  /** Return what an assessment is called in a list. @param {Saved} saved */
  entry({ framework, assessment }) {
    const { say, date } = this.speaker;
    const isPresent = framework.version === this.questionnaire.framework.version;
    const n = assessment.raters.length;
    const entry = say(isPresent ? "entry" : "entry_version", {
      unit: assessment.unit.trim() || say("untitled"),
      date: date(assessment.date || assessment.changed.slice(0, 10)),
      version: framework.version,
    });
    return n ? say("entry_agreed", { entry, n }) : entry;
  }
}
