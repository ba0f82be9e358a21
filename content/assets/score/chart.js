/** The chart: how far each dimension has come, shown, claimed and possible, against the level. */

import { h, svg } from "./dom.js";

/**
 * @typedef {import("./verdict.js").Standing} Standing
 */

/** Size of a level and a row in the drawing's own units; the page stretches it to its width. */
const LEVEL = 100;
const ROW = 24;
/** With more levels than this, the axis has room for their numbers only. */
const MOST_NAMED = 6;

/**
 * @param {Standing} standing
 * @returns {HTMLElement}
 */
export function chart(standing) {
  const { names, result, questionnaire } = standing;
  const { say } = names.speaker;
  const rows = Object.keys(questionnaire.dimensions).flatMap((dimension) => [
    h(
      "div",
      { class: "mp-chart__name" },
      names.dimension(dimension),
      h("span", { "aria-hidden": "true" }, reading(names, result.claimed.progress[dimension])),
    ),
    bar(standing, dimension),
  ]);
  const hasRoom = names.levels.length <= MOST_NAMED;
  const axis = names.levels.map((id, index) =>
    h("span", { title: names.levelTitle(id) }, String(index + 1), hasRoom && h("span", {}, names.levelTitle(id))),
  );
  const key = ["shown", "claimed", "possible", "overall"].map((name) =>
    h("span", { class: `mp-chart__key mp-chart__key--${name}` }, say(`chart_${name}`)),
  );
  return h(
    "figure",
    { class: "mp-chart", style: `--mp-levels: ${names.levels.length}` },
    h("figcaption", {}, h("strong", {}, say("chart")), " ", say("chart_text")),
    h("div", { class: "mp-chart__rows" }, rows, h("div"), h("div", { class: "mp-chart__axis", "aria-hidden": "true" }, axis)),
    h("p", { class: "mp-chart__keys", "aria-hidden": "true" }, key),
    h("p", { class: "mp-unseen" }, say("chart_overall"), ": ", names.level(result.claimed.overall)),
  );
}

/** @param {Standing} standing @param {string} dimension */
function bar({ names, result }, dimension) {
  const { claimed, evidenced, possible } = result;
  const total = names.levels.length;
  /** @param {string} name @param {number} to */
  const stretch = (name, to) =>
    svg("rect", { class: `mp-bar mp-bar--${name}`, x: 0, y: 3, width: to * LEVEL, height: ROW - 6 });
  const steps = names.levels.map((_, index) =>
    svg("rect", { class: "mp-bar mp-bar--ground", x: index * LEVEL, y: 3, width: LEVEL, height: ROW - 6 }),
  );
  const overall = claimed.overall * LEVEL;
  return svg(
    "svg",
    {
      class: "mp-chart__bar",
      viewBox: `0 0 ${total * LEVEL} ${ROW}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": names.speaker.say("chart_row", {
        dimension_title: names.dimension(dimension),
        shown: reading(names, evidenced.progress[dimension]),
        claimed: reading(names, claimed.progress[dimension]),
        possible: reading(names, possible.progress[dimension]),
      }),
    },
    steps,
    stretch("possible", possible.progress[dimension]),
    stretch("claimed", claimed.progress[dimension]),
    stretch("shown", evidenced.progress[dimension]),
    svg("line", { class: "mp-bar__overall", x1: overall, x2: overall, y1: 0, y2: ROW }),
  );
}

/**
 * Progress in words, never rounded up.
 * @param {import("./words.js").Names} names
 * @param {number} progress
 */
function reading(names, progress) {
  const { say, percent } = names.speaker;
  const total = names.levels.length;
  const whole = Math.floor(progress);
  if (whole === total) return say("reading.done", { total });
  if (names.questionnaire.scoring.level_means === "working")
    return say("reading.working", {
      level_title: names.level(whole + 1),
      share: percent(progress - whole),
    });
  return say(progress > whole ? "reading.achieved_plus" : "reading.achieved", { n: whole, total });
}
