/**
 * Comparison: what changed from one set of answers to another, and how several went over time. Pure.
 */

import { isDay } from "../common/days.js";
import { compareTexts } from "../common/texts.js";
import { Ageing } from "./ageing.js";
import { carry } from "./answers.js";
import { onDay } from "./evidence.js";
import { NOT_APPLICABLE, UNKNOWN, countedFor } from "./scoring.js";
import { stand } from "./standing.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./standing.js").Standing} Standing
 * @typedef {import("./ageing.js").RunOut} RunOut
 *
 * @typedef {object} Change
 * @property {string} practice
 * @property {string} from What an answer counted for; "" where there was none.
 * @property {string} to
 * @property {number} size How far the value moved, -1 to 1.
 *
 * @typedef {object} Proof Evidence that one set of answers has and the other has not.
 * @property {string} practice
 * @property {string[]} artifacts Ids of listed artifacts.
 * @property {string} text Other evidence.
 *
 * @typedef {object} Comparison
 * @property {Standing} before
 * @property {Standing} after
 * @property {Change[]} rose The largest change first, like `fell`.
 * @property {Change[]} fell
 * @property {Change[]} fresh Answered now and not before.
 * @property {Change[]} withdrawn Answered before and not now.
 * @property {Change[]} otherwise Into, out of or between answers that cannot be compared.
 * @property {Proof[]} gained
 * @property {Proof[]} lost
 * @property {RunOut[]} expired What still counted on the day of the first and had run out on that of the second.
 * @property {number} same How many answers are the same.
 * @property {number} left How many answers of the two are left out, as their practices are gone or became one with others.
 */

/**
 * Compare two sets of answers. Both are carried over to the present version of the framework first.
 * @param {Questionnaire} questionnaire
 * @param {Saved} first The earlier one.
 * @param {Saved} second
 * @returns {Comparison}
 */
export function compare(questionnaire, first, second) {
  const before = present(questionnaire, first);
  const after = present(questionnaire, second);
  const changes = Object.keys(questionnaire.practices).map((practice) =>
    change(questionnaire, practice, counted(questionnaire, before, practice), counted(questionnaire, after, practice)),
  );
  const both = changes.filter(({ from, to }) => from && to && from !== to);
  const comparable = both.filter(({ from, to, size }) => ![from, to].includes(NOT_APPLICABLE) && size !== 0);
  /** @param {(size: number) => boolean} wanted */
  const moved = (wanted) =>
    comparable.filter(({ size }) => wanted(size)).sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
  return {
    before,
    after,
    rose: moved((size) => size > 0),
    fell: moved((size) => size < 0),
    fresh: changes.filter(({ from, to }) => !from && to),
    withdrawn: changes.filter(({ from, to }) => from && !to),
    otherwise: both.filter((one) => !comparable.includes(one)),
    gained: proofs(questionnaire, before, after),
    lost: proofs(questionnaire, after, before),
    expired: expired(questionnaire, before, after),
    same: changes.filter(({ from, to }) => from && from === to).length,
    left: leftOut(questionnaire, first) + leftOut(questionnaire, second),
  };
}

/**
 * Score a set of answers under the present version of the framework, by the evidence that counted on its day.
 * @param {Questionnaire} questionnaire
 * @param {Saved} saved
 * @returns {Standing}
 */
export function present(questionnaire, { framework, assessment }) {
  const { answers } = carry(questionnaire, assessment.answers);
  const saved = { framework, assessment: { ...assessment, answers } };
  const day = dateOf(saved);
  return stand(questionnaire, saved, day ? onDay(questionnaire, day, assessment.date) : undefined);
}

/** How many answers of an assessment have no place in the present version. @param {Questionnaire} questionnaire @param {Saved} saved */
function leftOut(questionnaire, { assessment }) {
  const { gone, choices } = carry(questionnaire, assessment.answers);
  return gone.length + choices.filter(({ to, from }) => from[0] !== to).length;
}

/**
 * Sort assessments from the earliest to the latest.
 * @param {Saved[]} all
 * @returns {Saved[]}
 */
export const inOrder = (all) =>
  [...all].sort((a, b) => compareTexts(dateOf(a), dateOf(b)) || compareTexts(a.assessment.changed, b.assessment.changed));

/**
 * Return the earlier round that an assessment is usually compared with: the last one of its unit from a day before its own.
 * @param {Saved} saved
 * @param {Saved[]} all
 * @returns {Saved | undefined} Never what somebody answered in the same round, for a group to agree on.
 */
export function earlierRound(saved, all) {
  const unit = (/** @type {Saved} */ { assessment }) => assessment.unit.trim().toLowerCase();
  const members = all.map(({ assessment: { id, raters } }) => [id, ...raters.map((rater) => rater.id)]);
  const sameRound = new Set(members.filter((ids) => ids.includes(saved.assessment.id)).flat());
  return inOrder(all).findLast(
    (other) => unit(other) === unit(saved) && dateOf(other) < dateOf(saved) && !sameRound.has(other.assessment.id),
  );
}

/** Return the day of an assessment, as 2026-11-24, or "". @param {Saved} saved */
export const dateOf = ({ assessment }) => assessment.date || assessment.changed.slice(0, 10);

/** Tell whether the calendar has the day of an assessment, so that a place in time can be drawn. @param {Saved} saved */
export const hasDay = (saved) => isDay(dateOf(saved));

/** What an answer counts for, or "". @param {Questionnaire} questionnaire @param {Standing} standing @param {string} practice */
function counted(questionnaire, { saved, result }, practice) {
  const state = result.states.get(practice);
  const answer = saved.assessment.answers.get(practice)?.answer ?? "";
  if (state === "open" || state === "assumed") return "";
  return result.lacking.includes(practice) ? countedFor(questionnaire, practice, { answer, lacking: true }) : answer;
}

/** @param {Questionnaire} questionnaire @param {string} answer */
const valueOf = ({ scale }, answer) => (answer === UNKNOWN ? 0 : (scale[answer]?.value ?? 0));

/** @param {Questionnaire} questionnaire @param {string} practice @param {string} from @param {string} to @returns {Change} */
const change = (questionnaire, practice, from, to) => ({
  practice,
  from,
  to,
  size: valueOf(questionnaire, to) - valueOf(questionnaire, from),
});

/** @param {Questionnaire} questionnaire @param {Standing} before @param {Standing} after @returns {RunOut[]} */
function expired(questionnaire, before, after) {
  const [first, second] = [before, after].map(({ saved }) => new Ageing(questionnaire, saved.assessment, dateOf(saved)).renew);
  return second.filter(({ practice }) => !first.some((one) => one.practice === practice));
}

/**
 * The evidence that one standing has and another has not.
 * @param {Questionnaire} questionnaire
 * @param {Standing} without
 * @param {Standing} having
 * @returns {Proof[]}
 */
function proofs({ practices }, without, having) {
  return Object.entries(practices).flatMap(([practice, { evidence }]) => {
    const stored = having.saved.assessment.answers.get(practice);
    const other = without.saved.assessment.answers.get(practice);
    const artifacts = evidence.filter((name) => stored?.evidence.includes(name) && !other?.evidence.includes(name));
    const text = other?.proof.trim() ? "" : (stored?.proof.trim() ?? "");
    return artifacts.length || text ? [{ practice, artifacts, text }] : [];
  });
}
