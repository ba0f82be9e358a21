/** Notices above the questions, and questions that wait for an answer. */

import { h } from "./dom.js";

/** @typedef {{label: string, value: string, isMain?: boolean}} Choice */

/**
 * Make a button.
 * @param {string} label
 * @param {() => void} click
 * @param {boolean} [isMain]
 */
export const button = (label, click, isMain = false) =>
  h("button", { type: "button", class: `mp-tool${isMain ? " mp-tool--main" : ""}`, click }, label);

/** The notices of a page, each with a key. */
export class Notices {
  /** @type {Map<string, Element>} */
  #shown = new Map();

  /**
   * @param {Element} list
   * @param {(text: string) => void} tell Tells a screen reader a text.
   * @param {string} dismiss The label of the button that closes a notice.
   * @param {() => void} settle Finds the focus a place when the notice that had it is gone.
   */
  constructor(list, tell, dismiss, settle) {
    this.list = list;
    this.tell = tell;
    this.dismiss = dismiss;
    this.settle = settle;
  }

  /** Show a notice in the place of any with its key, or take that away. @param {string} key @param {Node[]} [content] */
  show(key, content = []) {
    const present = this.#shown.get(key);
    const hadFocus = present?.contains(document.activeElement);
    present?.remove();
    this.#shown.delete(key);
    if (content.length) {
      const notice = h("div", { class: "mp-notice", "data-notice": key }, content);
      this.list.append(notice);
      this.#shown.set(key, notice);
      const text = notice.querySelector("p")?.textContent ?? "";
      if (hadFocus) notice.querySelector("button")?.focus();
      if (text !== present?.querySelector("p")?.textContent) this.tell(text);
    } else if (hadFocus) this.settle();
  }

  /** Move a notice behind an element, or leave it where it is. @param {string} key @param {Element | null} [before] */
  move(key, before) {
    const notice = this.#shown.get(key);
    const focused = notice?.contains(document.activeElement) ? document.activeElement : null;
    if (notice) before?.after(notice);
    if (focused instanceof HTMLElement) focused.focus();
  }

  /** Show a text that the reader can close. @param {string} key @param {string} text @param {...Node} more */
  say(key, text, ...more) {
    this.show(key, [h("p", {}, text), ...more, button(this.dismiss, () => this.show(key))]);
  }
}

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
