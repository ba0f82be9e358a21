/** `<maturity-score>`: the self-scoring page, as an element that is made where a page has it. */

import { Desk } from "./desk.js";

class MaturityScore extends HTMLElement {
  /** @type {Desk | null} */
  desk = null;

  connectedCallback() {
    this.desk ??= new Desk(this);
    this.desk.open();
  }

  disconnectedCallback() {
    this.desk?.close();
  }
}

customElements.define("maturity-score", MaturityScore);
