/** The two levels of a result, as the self-scoring page and the pages that review answers show them. */

import { h } from "../common/dom.js";

/** @typedef {import("../assessment/names.js").Names} Names */

/**
 * Return an element with the level claimed and the level shown, or with one level where both are the same.
 * @param {Names} names
 * @param {import("../assessment/scoring.js").Result} result
 */
export function levelsElement(names, { claimed, evidenced }) {
  const { say } = names.speaker;
  /** @param {string} key @param {number} at */
  const level = (key, at) =>
    h(
      "div",
      { class: "mp-stand", style: `--mp-position: ${Math.max(0, at - 1) / (names.levels.length - 1)}` },
      h("span", { class: "mp-stand__label" }, say(key)),
      " ",
      h("strong", { class: "mp-stand__level", "data-zero": at === 0 }, names.level(at)),
    );
  const same = claimed.at === evidenced.at;
  return h(
    "div",
    { class: "mp-levels" },
    level(same ? "you_say_and_show" : "you_say", claimed.at),
    !same && level("you_show", evidenced.at),
  );
}
