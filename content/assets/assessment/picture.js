/** The picture of a result: where its marks stand on the staircase, and what they say. Knows no page. */

import { knownProgress } from "./scoring.js";

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./scoring.js").Result} Result
 *
 * @typedef {"claimed_and_shown" | "claimed" | "shown" | ""} Here How a level is the one that one is at; "" if it is not.
 *
 * @typedef {object} Mark A dimension on the staircase. Places are shares of its width, 0 to 1; null is not drawn.
 * @property {string} dimension
 * @property {number | null} claimed
 * @property {number | null} shown
 * @property {[number, number] | null} open The level in which a question is open.
 * @property {string} reading Both readings in a line, once where they are the same.
 *
 * @typedef {object} Picture
 * @property {{level: string, here: Here, isAhead: boolean}[]} steps From the lowest. `isAhead`: it is above the level claimed.
 * @property {Mark[]} marks
 * @property {string} label All that the marks say, for whoever does not see them.
 */

/**
 * Return where everything stands on the staircase.
 * @param {Names} names
 * @param {Result} result
 * @returns {Picture}
 */
export function picture(names, result) {
  const { claimed, evidenced } = result;
  const { say } = names.speaker;
  const dimensions = Object.keys(names.questionnaire.dimensions);
  const readings = dimensions.map((id) => ({
    dimension_title: names.dimension(id),
    claimed: names.progress(claimed, id),
    shown: names.progress(evidenced, id),
  }));
  return {
    steps: names.levels.map((level, index) => ({ level, here: hereOf(result, index + 1), isAhead: index + 1 > claimed.at })),
    marks: dimensions.map((id, index) => markOf(names, result, id, readings[index])),
    label: readings.map((one) => say("stairs_row", one)).join(" "),
  };
}

/** @param {Result} result @param {number} level @returns {Here} */
function hereOf({ claimed, evidenced }, level) {
  if (level === claimed.at) return level === evidenced.at ? "claimed_and_shown" : "claimed";
  return level === evidenced.at ? "shown" : "";
}

/**
 * @param {Names} names
 * @param {Result} result
 * @param {string} dimension
 * @param {{claimed: string, shown: string}} reading
 * @returns {Mark}
 */
function markOf(names, { claimed, evidenced }, dimension, reading) {
  const total = names.levels.length;
  const place = (/** @type {import("./scoring.js").View} */ view) => {
    const known = knownProgress(view, dimension);
    return known === null ? null : known / total;
  };
  const done = claimed.completed[dimension];
  return {
    dimension,
    claimed: place(claimed),
    shown: place(evidenced),
    open: claimed.answered[dimension] ? [done / total, (done + 1) / total] : null,
    reading: reading.claimed === reading.shown ? reading.claimed : names.speaker.say("both_readings", reading),
  };
}
