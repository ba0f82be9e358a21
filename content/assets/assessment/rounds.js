/**
 * Rounds: the next assessment made from an earlier one, and the one that it was made from. Pure. Loaded where it is asked for.
 *
 * The round before travels inside the assessment that was made from it, as raters do, but not the rounds before that. So the
 * comparison is there in every browser and file, whatever became of the earlier file.
 */

import { underOtherDate } from "./evidence.js";
import { newId } from "../common/ids.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Saved} Saved
 */

/**
 * Make the next round from an assessment: every answer is kept with all that stands beside it, and is to be confirmed. Whose
 * answers a group agreed from stays with the round before.
 * @param {Saved} saved Of any version; one of an earlier version is carried over like any other.
 * @param {string} date Of the new round, as 2026-11-24.
 * @returns {Saved} With an id of its own. Nothing of `saved` is changed.
 */
export function nextRound({ framework, assessment }, date) {
  const { raters, before, ...sitting } = assessment;
  const answers = [...assessment.answers].map(([id, stored]) => {
    return /** @type {const} */ ([id, { ...underOtherDate(stored, assessment.date), confirm: stored.answer !== "" }]);
  });
  return {
    framework: { ...framework },
    assessment: {
      ...sitting,
      id: newId(),
      date,
      changed: "",
      answers: new Map(answers),
      raters: [],
      before: { ...sitting, answers: new Map(assessment.answers), version: framework.version },
    },
  };
}

/**
 * Return the round that an assessment was made from, to be compared with it.
 * @param {Saved} saved
 * @returns {Saved | null} Null where it was made from none. An earlier round of an unknown version counts as one of this one's.
 */
export function roundBefore({ framework, assessment: { before } }) {
  if (!before) return null;
  const { version, ...sitting } = before;
  return {
    framework: { ...framework, version: version || framework.version },
    assessment: { ...sitting, raters: [], before: null },
  };
}
