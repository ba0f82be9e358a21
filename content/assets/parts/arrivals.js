/** What becomes of an assessment that is opened where it is here already. Loaded where a file is opened. */

import { newId } from "../common/ids.js";
import { ask } from "../common/ask.js";
import { twinOf } from "../assessment/twins.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/names.js").Names} Names
 */

/**
 * Return what to keep of an assessment, once the reader has said so where it is here already with other answers.
 * @param {Names} names
 * @param {import("../assessment/store.js").Store} store
 * @param {HTMLDialogElement} dialog
 * @param {Saved} saved
 * @returns {Promise<{saved: Saved, isHere: boolean} | null>} `isHere`: it is kept already, under another id, and is returned as
 *   it is kept. Null where the reader wants nothing of it.
 */
export async function arrive(names, store, dialog, saved) {
  const twin = twinOf(names.questionnaire, store, saved);
  if (!twin) return { saved, isHere: false };
  const { mine, isSame } = twin;
  if (isSame) return { saved: mine, isHere: true };
  const choice = await askAboutClash(names, dialog, mine, saved);
  if (!choice) return null;
  if (choice === "both") return { saved: copyOf(saved), isHere: false };
  const { id, start, raters, before } = mine.assessment;
  // A table holds none of these.
  const whole = id === saved.assessment.id ? {} : { id, start, raters, before };
  return { saved: { ...saved, assessment: { ...saved.assessment, ...whole } }, isHere: false };
}

/** Return an assessment as another one. @param {Saved} saved @returns {Saved} */
export const copyOf = (saved) => ({ ...saved, assessment: { ...saved.assessment, id: newId() } });

/**
 * Ask what becomes of an assessment that is here already with other answers: "both", "replace" or "".
 * @param {Names} names
 * @param {HTMLDialogElement} dialog
 * @param {Saved} mine
 * @param {Saved} theirs
 */
function askAboutClash(names, dialog, mine, theirs) {
  const { say } = names.speaker;
  /** @param {Saved} saved */
  const when = ({ assessment }) => assessment.changed.slice(0, 16).replace("T", " ");
  const key = when(theirs) ? "clash_text" : "clash_table";
  return ask(dialog, say("clash_title"), say(key, { entry: names.entry(mine), mine: when(mine), theirs: when(theirs) }), [
    { label: say("clash_both"), value: "both", isMain: true },
    { label: say("clash_replace"), value: "replace" },
    { label: say("cancel"), value: "" },
  ]);
}
