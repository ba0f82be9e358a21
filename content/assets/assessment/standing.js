/** The standing: a set of answers with what they come to. */

import { countedAnswers, reworded, unconfirmed } from "./answers.js";
import { score } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./answers.js").Saved} Saved
 *
 * @typedef {object} Standing All that there is to say of one set of answers.
 * @property {Saved} saved
 * @property {Result} result
 * @property {string[]} toConfirm Practices reworded since they were answered.
 * @property {string[]} unconfirmed Practices answered in the round before, and not looked at in this one.
 */

/**
 * Score a set of answers.
 * @param {Questionnaire} questionnaire
 * @param {Saved} saved
 * @param {import("./evidence.js").Aging} [aging] What counts on a day; without it no evidence runs out.
 * @returns {Standing}
 */
export function stand(questionnaire, saved, aging) {
  const { answers, start } = saved.assessment;
  const result = score(questionnaire, countedAnswers(questionnaire, answers, aging), start);
  return { saved, result, toConfirm: reworded(questionnaire, answers), unconfirmed: unconfirmed(questionnaire, answers) };
}

/**
 * Count the questions: all, and those by how they stand. Open and assumed ones are not answered.
 * @param {Standing} standing
 */
export function counts({ result }) {
  const states = [...result.states.values()];
  /** @param {string} wanted */
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const [open, assumed] = [count("open"), count("assumed")];
  return { total: states.length, open, assumed, answered: states.length - open - assumed };
}
