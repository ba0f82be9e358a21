/**
 * Stakes: on which practices the level hangs, where several answers were said of each. Knows no page; the rule stands on the
 * site's page "How it works".
 */

import { reaches } from "../common/numbers.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/** @typedef {import("./scoring.js").Questionnaire} Questionnaire */

/**
 * Return the practices that can change the level, with the best answer that was said of each: there are answers among those said of the
 * other practices with which a level is completed by this answer, and not by another one that was said. What has no answer
 * counts in full, as it may still be answered so.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, string[]>} said What answers count for, by practice, each once.
 * @returns {Map<string, string>}
 */
export function stakes(questionnaire, said) {
  /** @type {Map<string, string>} */
  const deciding = new Map();
  for (const level of Object.keys(questionnaire.levels)) {
    const cells = Object.keys(questionnaire.dimensions).map((dimension) => cellAt(questionnaire, said, level, dimension));
    // A level that stays incomplete, or a later one, changes nothing.
    if (!cells.every(canBeComplete)) break;
    for (const cell of cells)
      cell.forEach((practice) => {
        if (hangsOn(practice, cell.filter((other) => other !== practice))) deciding.set(practice.id, practice.best.answer);
      });
  }
  return deciding;
}

/**
 * @typedef {object} Choice
 * @property {string} id
 * @property {{answer: string, margin: number}} best The answer that does most for its cell; it fails if `margin` is -Infinity.
 * @property {number[]} margins What each answer that does not fail adds to the mean of its cell beyond the threshold.
 * @property {boolean} mayFail Whether the practice is essential and an answer below `passing` was said.
 */

/**
 * The practices of a cell, each with what its answers do for the cell: it is complete if none fails and their margins sum up to 0.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, string[]>} said
 * @param {string} level
 * @param {string} dimension
 * @returns {Choice[]}
 */
function cellAt({ practices, scale, scoring }, said, level, dimension) {
  const ids = Object.keys(practices).filter((id) => practices[id].level === level && practices[id].dimension === dimension);
  return ids.map((id) => {
    const { essential, offered } = practices[id];
    const answers = said.get(id)?.length ? (said.get(id) ?? []) : offered.slice(-1);
    const options = answers.map((answer) => {
      // What is left out of the mean moves it neither way.
      if (answer === NOT_APPLICABLE) return { answer, margin: 0 };
      const credit = answer === UNKNOWN ? 0 : scale[answer].value;
      return { answer, margin: essential && !reaches(credit, scoring.passing) ? -Infinity : credit - scoring.threshold };
    });
    const best = options.reduce((one, other) => (other.margin > one.margin ? other : one));
    const margins = options.map(({ margin }) => margin).filter(Number.isFinite);
    return { id, best, margins, mayFail: margins.length < options.length };
  });
}

/** @param {Choice[]} cell */
const canBeComplete = (cell) => reaches(cell.reduce((sum, { best }) => sum + best.margin, 0), 0);

/**
 * Whether a cell that can be complete is so with one answer of a practice and not with another, for some answers of the others.
 * @param {Choice} practice
 * @param {Choice[]} others
 */
function hangsOn({ best, margins, mayFail }, others) {
  if (mayFail) return true;
  if (margins.length < 2) return false;
  const worst = Math.min(...margins);
  return sumsOf(others).some((sum) => reaches(sum + best.margin, 0) && !reaches(sum + worst, 0));
}

/** All sums of margins, one of each practice; sums that differ by rounding alone are one. @param {Choice[]} cell */
function sumsOf(cell) {
  let sums = [0];
  for (const { margins } of cell)
    sums = [...new Set(sums.flatMap((sum) => margins.map((margin) => Number((sum + margin).toFixed(9)))))];
  return sums;
}
