/** What is asked where an assessment is here already with other answers. Loaded where it is. */

import { ask } from "../common/notices.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/names.js").Names} Names
 */

/**
 * Ask what becomes of an assessment that is here already with other answers: "both", "replace" or "".
 * @param {Names} names
 * @param {HTMLDialogElement} dialog
 * @param {Saved} mine
 * @param {Saved} theirs
 */
export function askAboutClash(names, dialog, mine, theirs) {
  const { say } = names.speaker;
  /** @param {Saved} saved */
  const when = ({ assessment }) => assessment.changed.slice(0, 16).replace("T", " ");
  const text = say("clash_text", { entry: names.entry(mine), mine: when(mine), theirs: when(theirs) });
  return ask(dialog, say("clash_title"), text, [
    { label: say("clash_both"), value: "both", isMain: true },
    { label: say("clash_replace"), value: "replace" },
    { label: say("cancel"), value: "" },
  ]);
}
