/** The element `<maturity-markdown>` at the end of a page: copies the page as Markdown, from the file that its link leads to. */

import { speakerOf } from "../common/words.js";
import { copyButton } from "./copy-button.js";

class MaturityMarkdown extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    // Without a server the browser lets nothing be read; the link still opens the file.
    if (!link || location.protocol === "file:" || this.querySelector("button")) return;
    const text = async () => {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(`${link.href}: ${answer.status}`);
      return answer.text();
    };
    this.append(...copyButton(text, speakerOf(this.dataset.words).say));
  }
}

customElements.define("maturity-markdown", MaturityMarkdown);
