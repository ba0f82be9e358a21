/** The desk of pages that work with whole assessments: the framework's questions, and what is kept of the answers. */

import { Desk } from "../common/desk.js";
import { h } from "../common/dom.js";
import { browserStorage } from "../common/storage.js";
import { Names } from "../assessment/names.js";
import { Store } from "../assessment/store.js";

/** @typedef {import("../assessment/answers.js").Saved} Saved */

/** The desk of a page with assessments. @extends {Desk<Store>} */
export class AssessmentDesk extends Desk {
  /** @param {HTMLElement} element */
  constructor(element) {
    /** @type {import("../assessment/scoring.js").Questionnaire} */
    const questionnaire = JSON.parse(element.dataset.questionnaire ?? "");
    super(element, new Store(browserStorage(), questionnaire.framework.id));
    this.questionnaire = questionnaire;
    this.names = new Names(questionnaire, this.speaker);
  }

  /**
   * Fill a list to choose an assessment from.
   * @param {string} list Its name on the page.
   * @param {Saved[]} all
   * @param {string} chosen The id of the one that is open.
   * @param {object} [how]
   * @param {(saved: Saved) => string} [how.label] What an assessment is called.
   * @param {string} [how.none] What stands in front, for none of them; without it nothing does.
   */
  fillList(list, all, chosen, { label = (saved) => this.names.entry(saved), none = "" } = {}) {
    const options = all.map((saved) => {
      const { id } = saved.assessment;
      return h("option", { value: id, selected: id === chosen }, label(saved));
    });
    this.find(list).replaceChildren(...(none ? [h("option", { value: "" }, none)] : []), ...options);
  }
}
