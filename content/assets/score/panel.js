/** The panel beside the questions: where one stands by now. */

import { h } from "../common/dom.js";
import { counts } from "../assessment/standing.js";
import { levelsElement } from "../parts/levels.js";

/**
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/names.js").Names} Names
 */

/**
 * Render what stands beside the questions.
 * @param {Names} names
 * @param {Standing} standing
 * @param {{title: string, n: number, total: number}} here What is asked on view, and how much of it is answered.
 */
export function panel(names, standing, here) {
  const { result, unconfirmed } = standing;
  const { say } = names.speaker;
  const { answered, open, assumed } = counts(standing);
  const mayRise = answered > 0 && !result.settled;
  const end = !unconfirmed.length && (open ? result.mayStop && "may_stop" : assumed ? "rest_assumed" : "all_answered");
  return [
    answered ? levelsElement(names, result) : h("p", { class: "mp-panel__hint" }, say("nothing_yet")),
    mayRise &&
      h("p", { class: "mp-panel__range" }, say("could_be"), " ", h("strong", {}, names.level(result.possible.at))),
    h("p", {}, h("span", { class: "mp-panel__part" }, here.title, ": "), say("answered", here)),
    h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${here.n / here.total}` }),
    unconfirmed.length > 0 && h("p", {}, say("to_look_at", { n: unconfirmed.length })),
    end && h("p", { class: "mp-panel__stop" }, say(end)),
  ].filter((part) => part !== false);
}
