/**
 * Advice: from scored answers to what to do next. Pure; its texts are those of `account.js`.
 *
 * The rules stand on the site's page "How it works". The workbook computes the same distance by formulas
 * (`outputs/workbook/computation.py`), dimension by dimension, in the same order as
 * `nextStepOrder`; the order across dimensions is only here.
 */

import { reaches } from "../common/numbers.js";
import { cellOf } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").Cell} Cell
 *
 * @typedef {"essential" | "distance" | "more" | "required"} Reason
 *   `essential`: the gate stays closed without it; `distance`: it is among the fewest that
 *   complete its cell; `more`: its cell is incomplete; `required`: another one comes after it.
 *
 * @typedef {object} Step
 * @property {string} practice
 * @property {Reason} reason
 * @property {string | null} before The practice that it comes before, where that is the reason.
 *
 * @typedef {object} Advice
 * @property {Record<string, string[]>} distance The fewest practices that complete the deciding
 *   level, by dimension.
 * @property {number} count How many these are.
 * @property {Set<string>} needed These, and what has to come before them.
 * @property {Step[]} walk Everything below the top answer that is to be done, in order; `steps`, `answerFirst` and `findOut`
 *   are its parts.
 * @property {Step[]} steps
 * @property {Step[]} answerFirst
 * @property {Step[]} findOut
 * @property {string[]} showEvidence
 * @property {string[]} notApplicable
 */

/**
 * Return what to do next, by the answers as claimed.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @returns {Advice}
 */
export function advise(questionnaire, result) {
  const order = nextStepOrder(questionnaire);
  /** @type {Record<string, string[]>} */
  const distance = {};
  if (result.deciding)
    for (const dimension of Object.keys(questionnaire.dimensions)) {
      const cell = cellOf(result.claimed, result.deciding, dimension);
      distance[dimension] = distanceOf(questionnaire, result, cell, order);
    }
  const nearest = new Set(Object.values(distance).flat());
  const steps = walk(questionnaire, result, candidates(result, nearest, order), nearest);
  /** @param {(state: string | undefined) => boolean} chosen */
  const those = (chosen) => steps.filter((step) => chosen(result.states.get(step.practice)));
  return {
    distance,
    count: nearest.size,
    needed: withWhatComesBefore(nearest, steps),
    walk: steps,
    steps: those((state) => state === "answered"),
    answerFirst: those((state) => state === "open"),
    findOut: those((state) => state === "unknown"),
    showEvidence: byLevel(questionnaire, result.waiting, order),
    notApplicable: [...result.states.keys()].filter((id) => result.states.get(id) === "left-out"),
  };
}

/**
 * Essential first, then what brings most for its effort, then as in the file.
 * @param {Questionnaire} questionnaire
 * @returns {(a: string, b: string) => number}
 */
function nextStepOrder({ practices }) {
  const place = new Map(Object.keys(practices).map((id, index) => [id, index]));
  /** @param {string} id */
  const worth = (id) => practices[id].value / practices[id].effort;
  return (a, b) =>
    Number(practices[b].essential) - Number(practices[a].essential) ||
    worth(b) - worth(a) ||
    Number(place.get(a)) - Number(place.get(b));
}

/**
 * The fewest practices to bring to full credit so that a cell is complete.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {Cell} cell
 * @param {(a: string, b: string) => number} order
 */
function distanceOf(questionnaire, { claimed }, cell, order) {
  if (cell.complete) return [];
  const { threshold } = questionnaire.scoring;
  const needed = new Set([...cell.open, ...cell.failing]);
  const others = cell.practices
    .filter((id) => !needed.has(id))
    .sort((a, b) => claimed.credit(a) - claimed.credit(b) || order(a, b));
  let sum = needed.size + others.reduce((total, id) => total + claimed.credit(id), 0);
  for (const id of others) {
    if (reaches(sum / cell.practices.length, threshold)) break;
    sum += 1 - claimed.credit(id);
    needed.add(id);
  }
  return [...needed].sort(order);
}

/**
 * What could be raised at the deciding level, the nearest first.
 * @param {Result} result
 * @param {Set<string>} nearest
 * @param {(a: string, b: string) => number} order
 */
function candidates({ claimed, deciding }, nearest, order) {
  const cells = deciding ? [...(claimed.cells.get(deciding)?.values() ?? [])] : [];
  return cells
    .filter((cell) => !cell.complete)
    .flatMap((cell) => cell.practices.filter((id) => !reaches(claimed.credit(id), 1)))
    .sort((a, b) => Number(nearest.has(b)) - Number(nearest.has(a)) || order(a, b));
}

/**
 * The candidates, each after what it requires.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {string[]} wanted
 * @param {Set<string>} nearest
 * @returns {Step[]}
 */
function walk({ practices, scoring }, { claimed, states }, wanted, nearest) {
  const own = new Set(wanted);
  /** @type {Map<string, Step>} */
  const steps = new Map();
  /** @param {string} id @returns {Reason} */
  const reason = (id) => {
    if (!own.has(id)) return "required";
    if (practices[id].essential && !reaches(claimed.credit(id), scoring.passing))
      return "essential";
    return nearest.has(id) ? "distance" : "more";
  };
  const visited = new Set();
  /** @param {string} id @param {string | null} before */
  const visit = (id, before) => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const other of practices[id].requires)
      if (states.get(other) !== "left-out" && !reaches(claimed.credit(other), scoring.passing))
        visit(other, id);
    steps.set(id, { practice: id, reason: reason(id), before });
  };
  for (const id of wanted) visit(id, null);
  return [...steps.values()];
}

/**
 * Return practices and those of the steps that come before one of them.
 * @param {Set<string>} practices
 * @param {Step[]} steps Each after what it requires.
 */
function withWhatComesBefore(practices, steps) {
  const all = new Set(practices);
  for (const { practice, before } of [...steps].reverse()) if (before && all.has(before)) all.add(practice);
  return all;
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string[]} ids
 * @param {(a: string, b: string) => number} order
 */
function byLevel({ levels, practices }, ids, order) {
  const number = new Map(Object.keys(levels).map((level, index) => [level, index]));
  /** @param {string} id */
  const place = (id) => Number(number.get(practices[id].level));
  return [...ids].sort((a, b) => place(a) - place(b) || order(a, b));
}
