/** `<maturity-compare>`: two assessments side by side, and several over time. */

import { define } from "../common/desk.js";
import { folded, h } from "../common/dom.js";
import { Account } from "../assessment/account.js";
import { compare, dateOf, hasDay, inOrder, present } from "../assessment/comparison.js";
import { axisOf, headline, waysOf } from "../assessment/headline.js";
import { changes } from "../assessment/report.js";
import { levelsElement } from "../parts/levels.js";
import { drawHistory, drawWay } from "./drawing.js";
import { Page } from "./page.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/comparison.js").Comparison} Comparison
 */

/** How many levels an axis has room to name. */
const MOST_TITLES = 6;

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
    const { sentence, cautions } = headline(this.names, comparison);
    this.find("headline").replaceChildren(h("p", { class: "mp-gist" }, sentence), ...cautions.map((text) => h("p", { class: "mp-small" }, text)));
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

  /** A row for each dimension, below an axis that shows only the levels in which anything lies. @param {Comparison} comparison */
  #ways(comparison) {
    const ways = waysOf(this.names, comparison);
    const axis = axisOf(ways, this.names.levels.length);
    const key = (/** @type {"from" | "to"} */ name, /** @type {Standing} */ { saved }) => h("span", { class: `mp-ways__key mp-ways__key--${name}` }, this.names.entry(saved));
    return [
      h("p", { class: "mp-ways__keys" }, key("from", comparison.before), " ", key("to", comparison.after)),
      ...ways.map((way) => this.#way(way, axis)),
      this.#axis(axis),
    ];
  }

  /** @param {import("../assessment/headline.js").Way} way @param {{low: number, high: number}} axis */
  #way({ dimension, from, to, fromText, toText }, axis) {
    const values = { dimension_title: this.names.dimension(dimension), from: fromText, to: toText };
    return h(
      "div",
      { class: "mp-way-row" },
      h("div", { class: "mp-chart__name" }, values.dimension_title, h("span", {}, this.say("way_short", values))),
      drawWay({ from, to, ...axis, label: this.say("way", values) }),
    );
  }

  /** The names of the levels between the ticks. @param {{low: number, high: number}} axis */
  #axis({ low, high }) {
    const levels = this.names.levels.slice(low, high);
    const titled = levels.length <= MOST_TITLES;
    return h(
      "div",
      { class: "mp-ways__axis mp-chart__axis", style: `--mp-levels: ${levels.length}`, "aria-hidden": "true" },
      levels.map((id, index) => h("span", {}, String(low + index + 1), titled && h("span", {}, this.names.levelTitle(id)))),
    );
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
    const dated = chosen.filter(hasDay);
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
