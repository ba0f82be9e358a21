/**
 * The quick check: the essential practices only, level by level, and what can honestly be said by then. Knows no page.
 *
 * Its answers are the answers: whoever goes on to answer in full goes on with them. Loaded where it is asked for.
 */

import { reaches } from "../common/numbers.js";
import { advise } from "./advice.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").Cell} Cell
 * @typedef {import("./advice.js").Step} Step
 *
 * @typedef {object} QuickCheck
 * @property {string[]} practices All essential ones, level by level, and within a level as in the file.
 * @property {string[]} asked Those of the levels up to the one that is asked now, or at which it stopped.
 * @property {number} answered How many of `asked` have an answer.
 * @property {string | null} next The practice to ask next; null once it is over.
 * @property {string} level The level that is asked now, or at which it stopped.
 * @property {boolean} isOver
 * @property {number} passed How many levels, from the first, are all asked and can be complete.
 * @property {number} at The number of the highest level that one can be at, whatever else is answered; 0 is before the first.
 * @property {string[]} because What keeps one from going higher, level by level: essential practices below what passes, then
 *   others whose answers hold down the mean of their cell. Empty where nothing does.
 * @property {Step[]} steps The same practices, in the order of next steps.
 */

/**
 * Return how far the quick check has come. It is over after the first level that can't be completed any more, whatever else
 * is answered, or after the last one.
 * @param {Questionnaire} questionnaire
 * @param {Result} result Of all answers given so far.
 * @returns {QuickCheck | null} Null where no practice is essential.
 */
export function quickCheck(questionnaire, result) {
  const levels = Object.keys(questionnaire.levels);
  const essential = Object.keys(questionnaire.practices).filter((id) => questionnaire.practices[id].essential);
  if (!essential.length) return null;
  const byLevel = levels.map((level) => essential.filter((id) => questionnaire.practices[id].level === level));
  const isOpen = (/** @type {string} */ id) => ["open", "assumed"].includes(result.states.get(id) ?? "open");
  const firstOpen = byLevel.findIndex((ids) => ids.some(isOpen));
  const { overall, at } = result.possible;
  // Nothing above the first level that stays incomplete can make the result better.
  const isOver = firstOpen < 0 || firstOpen > overall;
  const last = isOver ? Math.min(overall, levels.length - 1) : firstOpen;
  const asked = byLevel.slice(0, last + 1).flat();
  const because = inTheWay(questionnaire, result, levels[overall]);
  return {
    practices: byLevel.flat(),
    asked,
    answered: asked.filter((id) => !isOpen(id)).length,
    next: isOver ? null : (byLevel[firstOpen].find(isOpen) ?? null),
    level: levels[last],
    isOver,
    passed: firstOpen < 0 ? overall : Math.min(firstOpen, overall),
    at,
    because,
    steps: stepsOf(questionnaire, result, levels[overall]).filter(({ practice }) => because.includes(practice)),
  };
}

/**
 * Return whether answers are those of a quick check: of essential practices only, and not of every practice.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 */
export function isQuickCheck({ practices }, { states }) {
  const answered = [...states].filter(([, state]) => state !== "open" && state !== "assumed");
  return answered.length > 0 && answered.length < states.size && answered.every(([id]) => practices[id].essential);
}

/**
 * What keeps a level incomplete even with every open question at full credit.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {string | undefined} level Undefined where nothing does.
 */
function inTheWay({ practices, scoring }, { possible }, level) {
  const cells = [...(possible.cells.get(level ?? "")?.values() ?? [])];
  const failing = cells.flatMap((cell) => cell.failing);
  const low = cells.filter(({ mean }) => !reaches(mean, scoring.threshold));
  const dragging = low.flatMap((cell) => cell.practices.filter((id) => !reaches(possible.credit(id), scoring.threshold)));
  const named = new Set([...failing, ...dragging]);
  const inOrder = Object.keys(practices).filter((id) => named.has(id));
  return [...inOrder.filter((id) => failing.includes(id)), ...inOrder.filter((id) => !failing.includes(id))];
}

/**
 * The next steps as they are while open questions are taken to have the top answer: nothing is a step that nobody has answered.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {string | undefined} deciding The level that they complete.
 * @returns {Step[]}
 */
function stepsOf(questionnaire, result, deciding) {
  if (!deciding) return [];
  return advise(questionnaire, { ...result, claimed: result.possible, deciding }).walk;
}
