/** What the page shows around files, links and other versions: notices, questions, downloads. */

import { h } from "./dom.js";

/**
 * @typedef {import("./answers.js").Carried} Carried
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./names.js").Names} Names
 * @typedef {{label: string, value: string, isMain?: boolean}} Choice
 */

/**
 * Offer a text as a file.
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/**
 * A button that does something.
 * @param {string} label
 * @param {() => void} click
 */
export const button = (label, click) => h("button", { type: "button", class: "mp-tool", click }, label);

/**
 * Ask, and wait for the answer.
 * @param {HTMLDialogElement} dialog
 * @param {{title: string, text: string, choices: Choice[]}} question
 * @returns {Promise<string>} The value of the choice; "" where the dialog was closed.
 */
export function ask(dialog, { title, text, choices }) {
  const buttons = choices.map(({ label, value, isMain }) =>
    h(
      "button",
      { type: "button", class: `mp-tool${isMain ? " mp-tool--main" : ""}`, click: () => dialog.close(value) },
      label,
    ),
  );
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(
    h("h2", { id: "dialog-title" }, title),
    h("p", {}, text),
    h("p", { class: "mp-dialog__buttons" }, buttons),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/**
 * What becomes of answers under the present version, and what the reader may do about it.
 * @param {Names} names
 * @param {Carried} carried
 * @param {Map<string, StoredAnswer>} original The answers that are carried over.
 * @param {{from: string, to: string}} versions
 * @param {(to: string, from: string) => void} pick
 * @param {Node[]} buttons
 */
export function carryList(names, carried, original, versions, pick, buttons) {
  const { say } = names.speaker;
  /** @param {string} key @param {(string | Node)[]} items */
  const list = (key, items) =>
    items.length > 0 && [h("p", {}, say(key)), h("ul", {}, items.map((item) => h("li", {}, item)))];
  const followed = carried.followed.map(({ from, to }) =>
    say("carry_arrow", { from, to: names.practice(to) }),
  );
  return h(
    "div",
    {},
    h("strong", {}, say("carry", versions)),
    h("p", {}, say("carry_text", versions)),
    h("p", {}, say("carry_kept", { n: carried.kept.length })),
    list("carry_reworded", carried.reworded.map((id) => names.practice(id))),
    list("carry_followed", followed),
    list("carry_choices", carried.choices.map((choice) => picker(names, carried, original, choice, pick))),
    list("carry_gone", carried.gone),
    h("p", {}, buttons),
  );
}

/**
 * @param {Names} names
 * @param {Carried} carried
 * @param {Map<string, StoredAnswer>} original
 * @param {{to: string, from: string[]}} choice
 * @param {(to: string, from: string) => void} pick
 */
function picker(names, carried, original, { to, from }, pick) {
  const options = from.map((id) => ({ id, text: `${id}: ${names.answer(original.get(id)?.answer ?? "")}` }));
  const chosen = carried.followed.find((item) => item.to === to)?.from ?? "";
  return h(
    "label",
    { class: "mp-field" },
    h("span", {}, names.practice(to)),
    h(
      "select",
      { change: (/** @type {Event} */ event) => pick(to, /** @type {HTMLSelectElement} */ (event.target).value) },
      [{ id: "", text: names.speaker.say("carry_pick_none") }, ...options].map(({ id, text }) =>
        h("option", { value: id, selected: id === chosen }, text),
      ),
    ),
  );
}
