/** What is asked before answers are deleted. */

import { ask } from "../common/ask.js";

/**
 * Ask whether something may be deleted.
 * @param {{dialog: HTMLDialogElement, names: import("../assessment/names.js").Names}} desk Of the page.
 * @param {string} title
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function mayDelete({ dialog, names }, title, text) {
  const { say } = names.speaker;
  const choice = await ask(dialog, title, text, [
    { label: say("cancel"), value: "", isMain: true },
    { label: say("delete_do"), value: "delete" },
  ]);
  return choice === "delete";
}
