/** Figures of a result, filled into the drawings that a page has already: the chart and the map. */

import { reaches } from "../common/numbers.js";
import { knownProgress } from "../assessment/picture.js";
import { cellOf } from "../assessment/scoring.js";

/**
 * @typedef {import("../assessment/scoring.js").Result} Result
 * @typedef {import("../assessment/names.js").Names} Names
 */

/**
 * Draw how far each dimension has come; one level is one unit of width.
 * @param {Element} root
 * @param {Names} names
 * @param {Result} result
 */
export function drawChart(root, names, { claimed, evidenced, possible }) {
  for (const bar of root.querySelectorAll("svg[data-dimension]")) {
    const dimension = bar.getAttribute("data-dimension") ?? "";
    /** @type {Record<string, string>} */
    const values = { dimension_title: names.dimension(dimension) };
    for (const [name, view] of Object.entries({ possible, claimed, shown: evidenced })) {
      bar.querySelector(`.mp-bar--${name}`)?.setAttribute("width", String(knownProgress(view, dimension) ?? 0));
      values[name] = names.progress(view, dimension);
    }
    for (const line of bar.querySelectorAll("line"))
      for (const end of ["x1", "x2"]) line.setAttribute(end, String(claimed.overall));
    bar.setAttribute("aria-label", names.speaker.say("chart_row", values));
    const text = bar.previousElementSibling?.lastElementChild;
    if (text) text.textContent = values.claimed;
  }
}

/**
 * Fill in how each cell stands.
 * @param {Element} root
 * @param {Names} names
 * @param {Result} result
 */
export function drawMap(root, names, result) {
  const { say, percent } = names.speaker;
  const threshold = percent(names.questionnaire.scoring.threshold);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".mp-heat__cell"))) {
    const { level = "", dimension = "" } = place.dataset;
    const cell = cellOf(result.claimed, level, dimension);
    const state = stateOf(result, cell);
    const total = cell.practices.length;
    const values = { n: total - cell.open.length, total, share: percent(cell.mean), threshold };
    place.className = `mp-heat__cell mp-heat__cell--${state}`;
    // The mean suffices, and an essential answer does not.
    const isGateOnly = state === "mean" && reaches(cell.mean, names.questionnaire.scoring.threshold);
    /** @type {Element} */ (place.lastElementChild).textContent = say(`state.${isGateOnly ? "essential" : state}`, values);
  }
}

/** @param {Result} result @param {import("../assessment/scoring.js").Cell} cell */
function stateOf(result, cell) {
  if (cell.practices.some((id) => result.states.get(id) === "assumed")) return "assumed";
  if (cell.open.length) return "open";
  if (!cell.complete) return "mean";
  return cellOf(result.evidenced, cell.level, cell.dimension).complete ? "complete" : "claimed";
}
