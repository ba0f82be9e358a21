/** Questions that wait for an answer. Loaded where there is one to ask. */

import { h } from "./dom.js";
import { button } from "./notices.js";

/** @typedef {{label: string, value: string, isMain?: boolean}} Choice */

/**
 * Ask, and wait for the answer.
 * @param {HTMLDialogElement} dialog
 * @param {string} title
 * @param {string} text
 * @param {Choice[]} choices
 * @returns {Promise<string>} The value of the choice; "" where the dialog was closed.
 */
export function ask(dialog, title, text, choices) {
  dialog.replaceChildren(
    h("h2", { id: "dialog-title" }, title),
    h("p", { id: "dialog-text" }, text),
    h(
      "p",
      { class: "mp-buttons" },
      choices.map(({ label, value, isMain }) => button(label, () => dialog.close(value), isMain)),
    ),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
