/** The element `<maturity-tracker>`: a checklist's practices as tasks for an issue tracker. */

import { part } from "../common/dom.js";
import { speakerOf } from "../common/words.js";
import { trackerButtons } from "../parts/tracker-buttons.js";

/** @typedef {import("../assessment/tracker.js").Task} Task */

class MaturityTracker extends HTMLElement {
  connectedCallback() {
    const { tasks = "[]", words, name = "" } = this.dataset;
    const { say } = speakerOf(words);
    /** @param {Task} task @returns {Task} */
    const absolute = (task) => ({ ...task, link: new URL(task.link, location.href).href });
    const list = () => JSON.parse(tasks).map(absolute);
    part(this, "buttons").replaceChildren(...trackerButtons(say, list, name));
  }
}

customElements.define("maturity-tracker", MaturityTracker);
