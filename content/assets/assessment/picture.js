/** The picture of a result: where its marks stand on the staircase, and what they say. Knows no page. */

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").View} View
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
    marks: dimensions.map((id) => markOf(names, result, id)),
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
 * @returns {Mark}
 */
function markOf(names, { claimed, evidenced }, dimension) {
  const total = names.levels.length;
  const place = (/** @type {View} */ view) => {
    const known = knownProgress(view, dimension);
    return known === null ? null : known / total;
  };
  const done = claimed.completed[dimension];
  return {
    dimension,
    claimed: place(claimed),
    shown: place(evidenced),
    open: claimed.answered[dimension] ? [done / total, (done + 1) / total] : null,
    reading: bothReadings(names, claimed, evidenced, dimension),
  };
}

/** Both readings in a line. @param {Names} names @param {View} claimed @param {View} shown @param {string} dimension */
function bothReadings(names, claimed, shown, dimension) {
  const { say, percent } = names.speaker;
  const readings = { claimed: names.progress(claimed, dimension), shown: names.progress(shown, dimension) };
  if (readings.claimed === readings.shown) return readings.claimed;
  const [done, ...others] = [claimed, shown].map(({ completed }) => completed[dimension]);
  const isShares = names.questionnaire.scoring.level_means === "working" && ![claimed, shown].some(({ answered }) => answered[dimension]);
  if (!isShares || others[0] !== done) return say("both_readings", readings);
  const [mine, proven] = [claimed, shown].map(({ progress }) => percent(progress[dimension] - done));
  return say("both_shares", { level_title: names.level(done + 1), claimed: mine, shown: proven });
}

/**
 * Return how far a dimension is known to have come, for drawings: in levels, without the share of one in which a question is open.
 * @param {View} view
 * @param {string} dimension
 * @returns {number | null} null where nothing of it is known, which is not zero.
 */
export const knownProgress = ({ completed, progress, answered }, dimension) =>
  answered[dimension] ? completed[dimension] || null : progress[dimension];
