/** `<maturity-compare>`: two assessments side by side, and several over time. */

import { define } from "../common/desk.js";
import { folded, h } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { compare, dateOf, inOrder, present } from "../assessment/comparison.js";
import { changes } from "../assessment/report.js";
import { levelsElement } from "../parts/levels.js";
import { drawHistory, drawWay } from "./drawing.js";
import { Page } from "./page.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/comparison.js").Comparison} Comparison
 */

class Compare extends Page {
  /** The ids of those to compare; null before the reader has chosen. @type {Set<string> | null} */
  #chosen = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    element.addEventListener("change", ({ target }) => this.#choose(/** @type {HTMLInputElement} */ (target)));
    this.find("open").addEventListener("click", () => this.find("files").click());
  }

  refresh() {
    const all = inOrder(this.assessments);
    const chosen = this.#chosen ?? usual(all);
    this.element.dataset.stored = all.length ? "some" : "none";
    const had = /** @type {HTMLInputElement | null} */ (document.activeElement)?.value;
    this.find("choices").replaceChildren(...all.map((saved) => this.#choice(saved, chosen.has(saved.assessment.id))));
    if (had) /** @type {HTMLElement | null} */ (this.element.querySelector(`input[value="${CSS.escape(had)}"]`))?.focus();
    this.#show(all.filter(({ assessment }) => chosen.has(assessment.id)));
  }

  startOver() {
    this.#chosen = null;
    this.refresh();
  }

  /** @param {HTMLInputElement} control */
  async #choose(control) {
    const chosen = [...this.element.querySelectorAll('[data-part="choices"] input')].filter((one) => /** @type {HTMLInputElement} */ (one).checked);
    this.#chosen = new Set(chosen.map((one) => /** @type {HTMLInputElement} */ (one).value));
    if (control.files?.length) {
      const files = [...control.files];
      control.value = "";
      for (const saved of await this.read(files)) {
        const adopted = await this.adopt(saved);
        if (adopted) this.#chosen.add(adopted.assessment.id);
      }
    }
    this.refresh();
  }

  /** @param {Saved} saved @param {boolean} checked */
  #choice(saved, checked) {
    const { assessment } = saved;
    const who = [assessment.name, assessment.role].filter((one) => one.trim()).join(", ");
    return h(
      "label",
      { class: "mp-tick" },
      h("input", { type: "checkbox", value: assessment.id, checked, autocomplete: "off" }),
      h("span", {}, this.names.entry(saved), who && h("span", { class: "mp-small" }, ` · ${who}`)),
    );
  }

  /** @param {Saved[]} chosen In order of time. */
  #show(chosen) {
    const [first, last] = [chosen[0], chosen.at(-1)];
    const isPair = first !== undefined && last !== undefined && first !== last;
    this.find("result").hidden = !isPair;
    this.find("hint").hidden = isPair;
    if (!isPair) return;
    const comparison = compare(this.questionnaire, first, last);
    this.find("sides").replaceChildren(this.#side(comparison.before), this.#side(comparison.after));
    this.find("ways").replaceChildren(...this.#ways(comparison));
    this.find("changes").replaceChildren(...this.#changes(comparison));
    this.#showHistory(chosen);
  }

  /** @param {Standing} standing */
  #side(standing) {
    const { saved, result } = standing;
    const { remarks } = new Account(this.names, standing);
    return h(
      "section",
      {},
      h("h3", {}, this.names.entry(saved)),
      levelsElement(this.names, result),
      h("ul", { class: "mp-remarks" }, remarks.map((text) => h("li", {}, text))),
    );
  }

  /** @param {Comparison} comparison */
  #ways({ before, after }) {
    return Object.keys(this.questionnaire.dimensions).map((dimension) => {
      const [from, to] = [before, after].map(({ result }) => result.claimed.progress[dimension]);
      const values = {
        dimension_title: this.names.dimension(dimension),
        from: this.names.progress(before.result.claimed, dimension),
        to: this.names.progress(after.result.claimed, dimension),
      };
      const label = this.say("way", values);
      return h(
        "div",
        { class: "mp-way-row" },
        h("div", { class: "mp-chart__name" }, values.dimension_title, h("span", {}, this.say("way_short", values))),
        drawWay({ from, to, total: this.names.levels.length, label }),
      );
    });
  }

  /** @param {Comparison} comparison */
  #changes(comparison) {
    const lists = changes(this.names, this.texts, comparison).map(({ id, title, entries }) => {
      const items = entries.flatMap(({ texts }) => texts.map((text) => h("li", {}, this.linked(text))));
      return h("section", { class: `mp-change mp-change--${id}` }, h("h3", {}, title), folded("ul", items, this.say));
    });
    return [h("p", {}, this.say("same_answers", { n: comparison.same })), ...lists];
  }

  /** @param {Saved[]} chosen */
  #showHistory(chosen) {
    const dated = chosen.filter((saved) => dateOf(saved));
    this.find("history").hidden = dated.length < 3;
    if (dated.length < 3) return;
    const standings = dated.map((saved) => present(this.questionnaire, saved));
    const dimensions = Object.keys(this.questionnaire.dimensions);
    this.find("charts").replaceChildren(...dimensions.map((dimension) => this.#history(standings, dimension)));
    this.find("rows").replaceChildren(
      ...standings.map(({ saved, result }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, this.names.entry(saved)),
          dimensions.map((dimension) => h("td", {}, this.names.progress(result.claimed, dimension))),
        ),
      ),
    );
  }

  /** @param {Standing[]} standings @param {string} dimension */
  #history(standings, dimension) {
    const times = standings.map(({ saved }) => Date.parse(dateOf(saved)));
    const [start, whole] = [times[0], times[times.length - 1] - times[0]];
    const points = standings.map(({ result }, index) => ({
      // Assessments of one day stand side by side.
      time: whole ? (times[index] - start) / whole : index / (times.length - 1),
      claimed: result.claimed.progress[dimension],
      shown: result.evidenced.progress[dimension],
    }));
    const title = this.names.dimension(dimension);
    const read = standings.map(({ saved, result }) =>
      this.say("point", { entry: this.speaker.date(dateOf(saved)), text: this.names.progress(result.claimed, dimension) }),
    );
    const label = [title, ...read].join(". ");
    return h(
      "figure",
      { class: "mp-history" },
      h("figcaption", {}, title),
      drawHistory({ points, total: this.names.levels.length, label }),
    );
  }
}

/** What most readers want compared: the last assessment and those of the same unit. @param {Saved[]} all In order of time. */
function usual(all) {
  const unit = (/** @type {Saved | undefined} */ saved) => saved?.assessment.unit.trim().toLowerCase() ?? "";
  const last = all.at(-1);
  const same = all.filter((saved) => unit(saved) === unit(last));
  return new Set((same.length > 1 ? same : all.slice(-2)).map(({ assessment }) => assessment.id));
}

define("maturity-compare", Compare);
