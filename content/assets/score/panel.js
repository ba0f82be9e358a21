/** The panel beside the questions: where one stands by now. */

import { h } from "../common/dom.js";
import { counts } from "../assessment/standing.js";
import { levelsElement } from "../parts/levels.js";

/**
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/names.js").Names} Names
 */

/** Render what stands beside the questions. @param {Names} names @param {Standing} standing */
export function panel(names, standing) {
  const { result } = standing;
  const { say } = names.speaker;
  const { answered, total, open, assumed } = counts(standing);
  const mayRise = answered > 0 && !result.settled;
  const end = open ? result.mayStop && "may_stop" : assumed ? "rest_assumed" : "all_answered";
  return [
    answered ? levelsElement(names, result) : h("p", {}, say("nothing_yet")),
    mayRise &&
      h("p", { class: "mp-panel__range" }, say("could_be"), " ", h("strong", {}, names.level(result.possible.at))),
    h("p", {}, say("answered", { n: answered, total })),
    h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${answered / total}` }),
    end && h("p", { class: "mp-panel__stop" }, say(end)),
  ].filter((part) => part !== false);
}
