/** The element `<maturity-posting>`: what a page says of a job, as Markdown for a job ad. */

import { text } from "../common/markdown.js";
import { speakerOf } from "../common/words.js";
import { copyButton } from "../parts/copy-button.js";

/** What goes before a piece of text. @type {Record<string, string>} */
const MARKS = { H1: "# ", H2: "## ", LI: "- " };

/**
 * Render what a page says of a job to Markdown.
 * @param {Element} posting Its titles, paragraphs and lists, but for what is about the page.
 * @returns {string}
 */
export function markdown(posting) {
  const pieces = [...posting.querySelectorAll("h1, h2, p, li")].filter(
    (one) => !one.closest(".mp-glance, .mp-noprint, .mp-noposting") && !one.querySelector(".mp-tag"),
  );
  return pieces
    .map((one, index) => {
      const words = /** @type {Element} */ (one.cloneNode(true));
      for (const sign of words.querySelectorAll(".headerlink")) sign.remove();
      const isNext = one.tagName === "LI" && pieces[index + 1]?.tagName === "LI";
      return `${MARKS[one.tagName] ?? ""}${text(words.textContent ?? "", "")}\n${isNext ? "" : "\n"}`;
    })
    .join("")
    .trimEnd();
}

class MaturityPosting extends HTMLElement {
  connectedCallback() {
    const { say } = speakerOf(this.dataset.words);
    const posting = this.closest(".mp-posting");
    if (posting) this.replaceChildren(...copyButton(() => `${markdown(posting)}\n`, say));
  }
}

customElements.define("maturity-posting", MaturityPosting);
