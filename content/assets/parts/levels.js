/** The levels of a result, as the self-scoring page and the pages that review answers show them. */

import { h } from "../common/dom.js";

/** @typedef {import("../assessment/names.js").Names} Names */

/**
 * Return an element with the level claimed and the level shown, or with one level where both are the same.
 * @param {Names} names
 * @param {import("../assessment/scoring.js").Result} result
 */
export function levelsElement(names, { claimed, evidenced }) {
  const same = claimed.at === evidenced.at;
  return h(
    "div",
    { class: "mp-levels" },
    levelElement(names, same ? "claimed_and_shown" : "claimed", claimed.at),
    !same && levelElement(names, "shown", evidenced.at),
  );
}

/**
 * Return an element with one level.
 * @param {Names} names
 * @param {string} key Of the words for how it is meant.
 * @param {number} at Its number; 0 is before the first.
 * @param {...Node} more What stands below it.
 */
export const levelElement = (names, key, at, ...more) =>
  h(
    "div",
    { class: "mp-stand", style: `--mp-position: ${Math.max(0, at - 1) / (names.levels.length - 1)}` },
    h("span", { class: "mp-stand__label" }, names.speaker.say(key)),
    " ",
    h("strong", { class: "mp-stand__level", "data-zero": at === 0 }, names.level(at)),
    more,
  );
