/**
 * Scoring: from answers to levels. Knows no page, no storage, no words.
 *
 * The rules stand on the site's page "How it works". Everything is read three ways by the same
 * rules: as claimed, as far as evidence goes, and with every open question at full credit.
 */

import { reaches } from "../common/numbers.js";

/**
 * @typedef {{label: string, value: number, needs_criteria: boolean, needs_evidence: boolean}} Answer
 *
 * @typedef {object} Practice
 * @property {string} level
 * @property {string} dimension
 * @property {string} title
 * @property {boolean} essential
 * @property {number} value What it brings, 1 to 3.
 * @property {number} effort What it costs, 1 to 3.
 * @property {string[]} requires Practices that come first.
 * @property {string | null} owner
 * @property {string[]} formerly Ids that it had before.
 * @property {string[]} offered Its answers, lowest first.
 * @property {string[]} criteria Their ids, in order.
 * @property {string[]} evidence Ids of its listed artifacts.
 * @property {Record<string, string>} [lasts] Lifetimes of those that have one, such as "90 days" or "12 months", by their ids.
 * @property {boolean} may_be_not_applicable
 * @property {string} asked The fingerprint of what it asks.
 *
 * @typedef {object} Questionnaire
 * @property {{id: string, title: string, version: string}} framework
 * @property {Record<string, {title: string, formerly?: string[]}>} levels In order.
 * @property {Record<string, {title: string}>} dimensions In order.
 * @property {Record<string, {title: string}>} roles
 * @property {Record<string, Answer>} scale In order.
 * @property {{threshold: number, passing: number, level_means: "working" | "achieved", evidence_lasts?: string}} scoring
 * @property {Record<string, Practice>} practices In order.
 *
 * @typedef {object} Given What counts of an answer.
 * @property {string} answer
 * @property {boolean} proven Whether there is evidence for it.
 * @property {boolean} reasoned Whether "not applicable" has its reason, and has not ended.
 * @property {boolean} [lacking] Whether a criterion of the practice is not ticked.
 *
 * @typedef {"answered" | "unknown" | "left-out" | "assumed" | "open"} State
 *
 * @typedef {object} Cell One dimension at one level.
 * @property {string} level
 * @property {string} dimension
 * @property {string[]} practices Less those that are not applicable.
 * @property {string[]} open
 * @property {string[]} failing Essential practices with an answer below `passing`.
 * @property {number} mean Of the credits, 0 to 1; 1 where no practice is left.
 * @property {boolean} complete
 *
 * @typedef {object} View The answers read in one way.
 * @property {(practice: string) => number} credit 0 to 1.
 * @property {Map<string, Map<string, Cell>>} cells By level, then dimension.
 * @property {Record<string, number>} completed Levels completed, by dimension.
 * @property {Record<string, number>} progress Levels completed and the share of the next one.
 * @property {Record<string, {n: number, total: number} | null>} answered Where a question of the next level is open: how many
 *   of its questions are answered, and of how many. The share counts open ones as nothing then. By dimension; null where none is.
 * @property {number} overall Levels completed in every dimension.
 * @property {number} at The level one is at, from 1; 0 before the first one is achieved.
 *
 * @typedef {object} Result
 * @property {Map<string, State>} states By practice.
 * @property {View} claimed
 * @property {View} evidenced
 * @property {View} possible
 * @property {string[]} waiting Practices whose answer needs evidence and has none.
 * @property {string[]} lacking Practices whose answer counts for less, as a criterion is not ticked.
 * @property {boolean} settled Whether open questions cannot change the level.
 * @property {boolean} mayStop Whether, besides, all that decides the level is answered.
 * @property {string | null} deciding The lowest incomplete level.
 */

export const UNKNOWN = "unknown";
export const NOT_APPLICABLE = "not-applicable";

/** The most that an incomplete level adds to progress, so that it never reads as complete. The workbook has the same figure. */
const NEARLY = 0.99;

/**
 * Score a set of answers.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, Given>} answers By practice.
 * @param {string} [start] The level at which the answering began; earlier ones are assumed.
 * @returns {Result}
 */
export function score(questionnaire, answers, start = "") {
  const states = statesOf(questionnaire, answers, start);
  const counted = countedAs(questionnaire, states, answers);
  /** @param {string} id Of an answered practice. */
  const answerOf = (id) => /** @type {Given} */ (answers.get(id));
  /** @param {string} id Of an answered practice. */
  const shown = (id) => (answerOf(id).proven ? counted[id] : withoutEvidence(questionnaire, id, counted[id]));
  const valueOf = (/** @type {string} */ answer) => questionnaire.scale[answer].value;
  const claimed = view(questionnaire, states, (id) => {
    const state = states.get(id);
    return state === "assumed" ? 1 : state === "answered" ? valueOf(counted[id]) : 0;
  });
  const evidenced = view(
    questionnaire,
    states,
    (id) => (states.get(id) === "answered" ? valueOf(shown(id)) : 0),
    (state) => state === "open" || state === "assumed",
  );
  const possible = view(
    questionnaire,
    states,
    (id) => (states.get(id) === "open" ? 1 : claimed.credit(id)),
    () => false,
  );
  const levels = Object.keys(questionnaire.levels);
  const deciding = levels[claimed.overall] ?? null;
  const settled = claimed.at === possible.at;
  const answered = Object.keys(counted);
  return {
    states,
    claimed,
    evidenced,
    possible,
    waiting: answered.filter((id) => !answerOf(id).proven && questionnaire.scale[counted[id]].needs_evidence),
    lacking: answered.filter((id) => counted[id] !== answerOf(id).answer),
    settled,
    mayStop: settled && !(deciding && hasOpen(claimed, deciding)),
    deciding,
  };
}

/**
 * What each answer of the scale counts for by its criteria, by practice.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, State>} states
 * @param {Map<string, Given>} answers
 * @returns {Record<string, string>}
 */
function countedAs(questionnaire, states, answers) {
  /** @type {Record<string, string>} */
  const counted = {};
  for (const [id, state] of states) {
    const given = answers.get(id);
    if (given && state === "answered") counted[id] = countedFor(questionnaire, id, given);
  }
  return counted;
}

/**
 * Return the cell of a level and a dimension.
 * @param {View} view
 * @param {string} level
 * @param {string} dimension
 * @returns {Cell}
 */
export const cellOf = (view, level, dimension) =>
  /** @type {Cell} */ (view.cells.get(level)?.get(dimension));

/**
 * @param {Questionnaire} questionnaire
 * @param {Map<string, Given>} answers
 * @param {string} start
 * @returns {Map<string, State>}
 */
function statesOf(questionnaire, answers, start) {
  const levels = Object.keys(questionnaire.levels);
  const first = levels.indexOf(start);
  const assumed = new Set(levels.slice(0, Math.max(0, first)));
  return new Map(
    Object.entries(questionnaire.practices).map(([id, practice]) => {
      const state = stateOf(practice, answers.get(id));
      return [id, state === "open" && assumed.has(practice.level) ? "assumed" : state];
    }),
  );
}

/**
 * Return how a question stands; what is not applicable without its reason is open.
 * @param {Practice} practice
 * @param {Given | undefined} answer
 * @returns {State}
 */
export function stateOf(practice, answer) {
  if (answer?.answer === UNKNOWN) return "unknown";
  if (answer?.answer === NOT_APPLICABLE)
    return practice.may_be_not_applicable && answer.reasoned ? "left-out" : "open";
  return answer && practice.offered.includes(answer.answer) ? "answered" : "open";
}

/**
 * Return what an answer counts for by its criteria: itself, or with one of them not ticked the highest lower answer that
 * needs none, among those that the practice offers.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {Pick<Given, "answer" | "lacking">} given An answer of the scale.
 * @returns {string}
 */
export const countedFor = (questionnaire, id, { answer, lacking }) =>
  lacking && questionnaire.scale[answer].needs_criteria
    ? lower(questionnaire, id, answer, ({ needs_criteria }) => needs_criteria)
    : answer;

/**
 * Return what an answer counts for while it has no evidence: itself where it needs none, or the highest lower answer that
 * needs neither evidence nor criteria, among those that the practice offers.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {string} answer
 * @returns {string}
 */
export const withoutEvidence = (questionnaire, id, answer) =>
  questionnaire.scale[answer].needs_evidence
    ? lower(questionnaire, id, answer, ({ needs_criteria, needs_evidence }) => needs_criteria || needs_evidence)
    : answer;

/**
 * The highest answer below one of those that a practice offers, or its first where every lower one asks too much.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {string} answer
 * @param {(answer: Answer) => boolean} asksTooMuch
 */
function lower({ practices, scale }, id, answer, asksTooMuch) {
  const { offered } = practices[id];
  const below = offered.slice(0, Math.max(0, offered.indexOf(answer)));
  return below.findLast((name) => !asksTooMuch(scale[name])) ?? offered[0];
}

/**
 * @param {View} view
 * @param {string} level
 */
const hasOpen = (view, level) =>
  [...(view.cells.get(level)?.values() ?? [])].some((cell) => cell.open.length > 0);

/**
 * Read the answers in one way.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, State>} states
 * @param {(practice: string) => number} credit
 * @param {(state: State | undefined) => boolean} isOpen Whether a state counts as no answer.
 * @returns {View}
 */
function view(questionnaire, states, credit, isOpen = (state) => state === "open") {
  const { scoring, practices } = questionnaire;
  const levels = Object.keys(questionnaire.levels);
  const cells = new Map();
  for (const [level, row] of layout(questionnaire)) {
    const seen = new Map();
    for (const [dimension, ids] of row) {
      const left = ids.filter((id) => states.get(id) !== "left-out");
      const open = left.filter((id) => isOpen(states.get(id)));
      const failing = left.filter(
        (id) =>
          practices[id].essential &&
          !isOpen(states.get(id)) &&
          !reaches(credit(id), scoring.passing),
      );
      const mean = left.length ? left.reduce((sum, id) => sum + credit(id), 0) / left.length : 1;
      const complete = !open.length && !failing.length && reaches(mean, scoring.threshold);
      seen.set(dimension, { level, dimension, practices: left, open, failing, mean, complete });
    }
    cells.set(level, seen);
  }
  return { credit, cells, ...levelsOf(questionnaire, levels, cells) };
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string[]} levels
 * @param {Map<string, Map<string, Cell>>} cells
 */
function levelsOf(questionnaire, levels, cells) {
  /** @type {Record<string, number>} */
  const completed = {};
  /** @type {Record<string, number>} */
  const progress = {};
  /** @type {Record<string, {n: number, total: number} | null>} */
  const answered = {};
  for (const dimension of Object.keys(questionnaire.dimensions)) {
    const column = levels.map((level) => /** @type {Cell} */ (cells.get(level)?.get(dimension)));
    const gap = column.findIndex((cell) => !cell.complete);
    completed[dimension] = gap < 0 ? levels.length : gap;
    progress[dimension] = gap < 0 ? levels.length : gap + Math.min(NEARLY, column[gap].mean);
    answered[dimension] = answeredIn(column[gap]);
  }
  const overall = Math.min(...Object.values(completed));
  const working = questionnaire.scoring.level_means === "working";
  return { completed, progress, answered, overall, at: working ? Math.min(overall + 1, levels.length) : overall };
}

/** @param {Cell | undefined} cell */
function answeredIn(cell) {
  if (!cell?.open.length) return null;
  const total = cell.practices.length;
  return { n: total - cell.open.length, total };
}

/** @type {WeakMap<Questionnaire, Map<string, Map<string, string[]>>>} */
const layouts = new WeakMap();

/**
 * The practices of every level and dimension.
 * @param {Questionnaire} questionnaire
 */
function layout(questionnaire) {
  let rows = layouts.get(questionnaire);
  if (!rows) {
    const dimensions = Object.keys(questionnaire.dimensions);
    rows = new Map(
      Object.keys(questionnaire.levels).map((level) => [
        level,
        new Map(dimensions.map((dimension) => [dimension, /** @type {string[]} */ ([])])),
      ]),
    );
    for (const [id, { level, dimension }] of Object.entries(questionnaire.practices))
      rows.get(level)?.get(dimension)?.push(id);
    layouts.set(questionnaire, rows);
  }
  return rows;
}
