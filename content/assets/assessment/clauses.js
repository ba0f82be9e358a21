/**
 * Clauses of laws and standards: which of them an assessment touches, by evidence, by claims alone or not at all. Pure. Loaded with
 * a report, where there are standards.
 *
 * `hooks/maturity/assessments/clauses.py` follows the same rules.
 */

import { dateOf } from "./comparison.js";
import { countsOn, recordsOf } from "./evidence.js";

/**
 * @typedef {import("./standing.js").Standing} Standing
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./report.js").Section} Section
 *
 * @typedef {object} Standard
 * @property {string} title
 * @property {[code: string, practices: string[]][]} clauses Each with the practices that serve it.
 *
 * @typedef {object} Touched The codes of a standard's clauses, each in one of four lists.
 * @property {string[]} shown Some practice that serves it is claimed, and evidence of it counts.
 * @property {string[]} claimed Some practice that serves it is claimed, and no evidence of any counts.
 * @property {string[]} none No practice that serves it is claimed.
 * @property {string[]} unserved No practice serves it.
 */

/**
 * Tell which clauses of a standard a set of answers touches. A practice is claimed if its answer counts for more than nothing; what is
 * only assumed is no answer.
 * @param {Questionnaire} questionnaire
 * @param {Standard} standard
 * @param {Standing} standing
 * @param {string} [day] The day on which evidence has to count; "" for any.
 * @returns {Touched}
 */
export function touchedClauses(questionnaire, standard, { saved: { assessment }, result }, day = "") {
  const isClaimed = (/** @type {string} */ id) => result.states.get(id) === "answered" && result.claimed.credit(id) > 0;
  const isShown = (/** @type {string} */ id) => {
    const stored = assessment.answers.get(id);
    return isClaimed(id) && !!stored && recordsOf(questionnaire, id, stored, assessment.date).some((record) => !day || countsOn(record, day));
  };
  /** @type {Touched} */
  const touched = { shown: [], claimed: [], none: [], unserved: [] };
  for (const [code, practices] of standard.clauses) {
    const [first, second] = [practices.some(isShown), practices.some(isClaimed)];
    const part = first ? "shown" : second ? "claimed" : practices.length ? "none" : "unserved";
    touched[part].push(code);
  }
  return touched;
}

/**
 * Return the section of a report on clauses, by standard.
 * @param {(key: string, values?: Record<string, string | number>) => string} say
 * @param {Questionnaire} questionnaire
 * @param {Standard[]} standards
 * @param {Standing} standing
 * @param {string} [day] The day on which evidence has to count, by default that of the assessment; "" for any.
 * @returns {Section}
 */
export function clausesSection(say, questionnaire, standards, standing, day = dateOf(standing.saved)) {
  const entries = standards.map((standard) => {
    const touched = touchedClauses(questionnaire, standard, standing, day);
    const parts = Object.entries(touched).filter(([, codes]) => codes.length);
    return {
      title: standard.title,
      texts: parts.map(([part, codes]) => [say(`clauses.${part}`, { n: codes.length, list: listed(codes) })]),
    };
  });
  return { id: "clauses", title: say("clauses.title"), paragraphs: [[say("clauses.meaning")]], entries };
}

/** Codes in one line; what a code has in common with the one before, such as "Article", is not said again. @param {string[]} codes */
function listed(codes) {
  const parts = codes.map((code) => /^(?<start>.+ )?(?<number>\S*\d\S*)$/.exec(code)?.groups);
  return codes.map((code, index) => {
    const [start, number] = [parts[index]?.start, parts[index]?.number];
    return start && number && start === parts[index - 1]?.start ? number : code;
  }).join(", ");
}
