/** The answers of an example company, opened as those of a made-up one. */

import { read } from "../assessment/answers.js";

/** @typedef {import("../assessment/answers.js").Saved} Saved */

/**
 * Parse the files of an example. Its unit says on whatever is made of it that it is one.
 * @param {string[]} texts
 * @param {import("../common/speaker.js").Speaker["say"]} say
 * @returns {Saved[]}
 */
export function readExample(texts, say) {
  return texts.map((text) => {
    const { saved } = read(text);
    saved.assessment.unit = say("example_unit", { unit: saved.assessment.unit });
    return saved;
  });
}
