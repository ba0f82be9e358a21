/** The element `<maturity-invitation>`: copies the invitation that stands before it, for a mail, a chat or a calendar. */

import { speakerOf } from "../common/words.js";
import { copyButton } from "../parts/copy-button.js";

/**
 * Render an invitation to plain text: its paragraphs and the items of its list, each link with its whole address.
 * @param {Element} invitation
 * @returns {string}
 */
export function plainText(invitation) {
  const pieces = [...invitation.querySelectorAll("p, li")].map((one) => {
    const words = /** @type {Element} */ (one.cloneNode(true));
    for (const link of words.querySelectorAll("a")) link.append(` <${link.href}>`);
    return { isItem: one.tagName === "LI", words: (words.textContent ?? "").replace(/\s+/g, " ").trim() };
  });
  return pieces.map(({ isItem, words }, index) => `${isItem ? "- " : ""}${words}${isItem && pieces[index + 1]?.isItem ? "\n" : "\n\n"}`).join("").trimEnd();
}

class MaturityInvitation extends HTMLElement {
  connectedCallback() {
    const { say } = speakerOf(this.dataset.words);
    const invitation = this.parentElement?.querySelector(".mp-invitation__text");
    if (invitation) this.replaceChildren(...copyButton(() => `${plainText(invitation)}\n`, say));
  }
}

customElements.define("maturity-invitation", MaturityInvitation);
