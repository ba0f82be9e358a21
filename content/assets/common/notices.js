/** Notices above the questions. */

import { h } from "./dom.js";

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
