/** A button that copies a text, and the line beside it that says whether that went well. */

import { h } from "../common/dom.js";
import { copy } from "../common/handover.js";

/**
 * Make the button and its line.
 * @param {() => string | Promise<string>} text What to copy, asked for when the button is pressed.
 * @param {(key: string) => string} say The words `copy`, `copied` and `by_hand`; and `failed`, if the text may not come.
 * @returns {HTMLElement[]} Both, to be put side by side; a field to copy from by hand comes after them if need be.
 */
export function copyButton(text, say) {
  const status = h("p", { role: "status" });
  const click = async () => {
    status.nextElementSibling?.remove();
    const content = await Promise.resolve(text()).catch(() => undefined);
    if (content === undefined) return status.replaceChildren(say("failed"));
    const field = await copy(content, say("by_hand"));
    status.replaceChildren(say(field ? "by_hand" : "copied"));
    if (field) status.after(field);
    field?.select();
  };
  return [h("button", { type: "button", class: "md-button", click }, say("copy")), status];
}
