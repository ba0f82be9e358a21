/** Headline: what a comparison comes to in one sentence, and what to know before one relies on it. Knows no page. */

import { reaches, roundedDown } from "../common/numbers.js";
import { knownProgress } from "./picture.js";

/**
 * @typedef {import("./comparison.js").Comparison} Comparison
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./scoring.js").View} View
 * @typedef {import("./standing.js").Standing} Standing
 *
 * @typedef {object} Way How far a dimension came in two assessments, as claimed.
 * @property {string} dimension
 * @property {number | null} from Levels completed and the share of the next one, or what is known of that; null where nothing is.
 * @property {number | null} to
 * @property {string} fromText
 * @property {string} toText
 * @property {number} size How far it moved, in levels; 0 where a question of the level in hand is open in one of the two.
 */

/**
 * Return how far each dimension came, in the order of the framework.
 * @param {Names} names
 * @param {Comparison} comparison
 * @returns {Way[]}
 */
export const waysOf = (names, comparison) =>
  Object.keys(names.questionnaire.dimensions).map((dimension) => {
    const views = [comparison.before, comparison.after].map(({ result }) => result.claimed);
    const [from, to] = views.map((view) => knownProgress(view, dimension));
    const [fromText, toText] = sharesOf(names, views, dimension) ?? views.map((view) => names.progress(view, dimension));
    const isAnswered = views.every(({ answered }) => !answered[dimension]);
    return { dimension, from, to, fromText, toText, size: isAnswered ? (to ?? 0) - (from ?? 0) : 0 };
  });

/** Two readings as shares alone, where both are of the same level and all of it is answered; else null. @param {Names} names @param {View[]} views @param {string} dimension */
function sharesOf({ questionnaire, levels, speaker }, views, dimension) {
  const level = views[0].completed[dimension];
  const isSame = views.every(({ completed, answered }) => completed[dimension] === level && !answered[dimension]);
  if (!isSame || level === levels.length || questionnaire.scoring.level_means !== "working") return null;
  return views.map(({ progress }) => speaker.percent(progress[dimension] - level));
}

/**
 * Return the levels between which all ways lie, as an axis that they fill: at least one level.
 * @param {Way[]} ways
 * @param {number} total How many levels there are.
 * @returns {{low: number, high: number}}
 */
export function axisOf(ways, total) {
  const places = ways.flatMap(({ from, to }) => [from, to]).filter((one) => one !== null);
  if (!places.length) return { low: 0, high: total };
  const low = Math.min(total - 1, ...places.map(roundedDown));
  return { low, high: Math.max(low + 1, ...places.map(Math.ceil)) };
}

/**
 * Return what a comparison comes to.
 * @param {Names} names
 * @param {Comparison} comparison
 * @returns {{sentence: string, cautions: string[]}}
 */
export function headline(names, comparison) {
  const { say } = names.speaker;
  const kind = isOneUnit(comparison) ? "time" : "units";
  const clauses = [level(names, comparison, kind), way(names, comparison, kind), ...answers(names, comparison, kind)].filter(Boolean);
  return { sentence: say("headline.sentence", { list: clauses.join(say("headline.between")) }), cautions: cautions(names, comparison) };
}

/** Return whether both assessments are of the same unit. @param {Comparison} comparison */
export const isOneUnit = ({ before, after }) => unitOf(before) === unitOf(after);

/** @param {Standing} standing */
const unitOf = ({ saved }) => saved.assessment.unit.trim().toLowerCase();

/** What each of the two is called. @param {Names} names @param {Comparison} comparison */
const entries = (names, { before, after }) => ({ before: names.entry(before.saved), after: names.entry(after.saved) });

/** @param {Names} names @param {Comparison} comparison @param {"time" | "units"} kind */
function level(names, comparison, kind) {
  const [from, to] = [comparison.before, comparison.after].map(({ result }) => result.claimed.at);
  const move = from === to ? "same" : to > from ? "rose" : "fell";
  return names.speaker.say(`headline.${kind}.${move}`, { from: names.level(from), to: names.level(to), ...entries(names, comparison) });
}

/** The dimension that moved the most. @param {Names} names @param {Comparison} comparison @param {"time" | "units"} kind */
function way(names, comparison, kind) {
  const ways = waysOf(names, comparison);
  const farthest = ways.reduce((one, other) => (Math.abs(other.size) > Math.abs(one.size) ? other : one));
  if (reaches(0, Math.abs(farthest.size))) return "";
  const { dimension, fromText, toText } = farthest;
  const views = [comparison.before, comparison.after].map(({ result }) => result.claimed);
  const isNear = sharesOf(names, views, dimension) !== null;
  const [from, to] = isNear ? [fromText, toText] : views.map((view) => reading(names, view, dimension));
  return names.speaker.say(`headline.${kind}.${isNear ? "way" : "way_far"}`, { dimension_title: names.dimension(dimension), from, to });
}

/** A place in a sentence. @param {Names} names @param {View} view @param {string} dimension */
function reading(names, view, dimension) {
  const { levels, questionnaire, speaker } = names;
  const [level, progress] = [view.completed[dimension], view.progress[dimension]];
  if (level === levels.length || questionnaire.scoring.level_means !== "working") return names.progress(view, dimension);
  return speaker.say("headline.share_of", { share: speaker.percent(progress - level), level_title: names.levelTitle(levels[level]) });
}

/** How many answers moved, each way. @param {Names} names @param {Comparison} comparison @param {"time" | "units"} kind */
function answers(names, comparison, kind) {
  const { rose, fell } = comparison;
  const count = (/** @type {string} */ key, /** @type {unknown[]} */ all) =>
    all.length ? [names.speaker.say(`headline.${kind}.answers_${key}`, { n: all.length, ...entries(names, comparison) })] : [];
  const moved = [...count("rose", rose), ...count("fell", fell)];
  return moved.length ? moved : [names.speaker.say(`headline.${kind}.answers_same`, {})];
}

/** What to know before one relies on it. @param {Names} names @param {Comparison} comparison */
function cautions(names, comparison) {
  const { before, after, fresh, withdrawn, expired, left } = comparison;
  const { say } = names.speaker;
  const unsettled = [before, after].filter(({ result }) => !result.settled).map(({ saved }) => names.entry(saved));
  const reworded = new Set([...before.toConfirm, ...after.toConfirm]).size;
  const oneSided = fresh.length + withdrawn.length;
  return [
    ...unsettled.map((entry) => say("headline.unsettled", { entry })),
    expired.length > 0 && say("headline.expired", { n: expired.length, entry: names.entry(after.saved) }),
    oneSided > 0 && say("headline.one_sided", { n: oneSided }),
    reworded > 0 && say("headline.reworded", { n: reworded }),
    left > 0 && say("headline.left", { n: left }),
  ].filter((one) => one !== false);
}
