/**
 * What becomes of answers of another version, for the reader to look at. Loaded where it is needed:
 * few readers ever see it.
 */

import { h } from "./dom.js";
import { button } from "./notices.js";

/**
 * @typedef {import("./answers.js").Carried} Carried
 * @typedef {import("./words.js").Names} Names
 * @typedef {import("./session.js").Session} Session
 */

/**
 * What becomes of answers under the present version, for the reader to look at.
 * @param {Names} names
 * @param {Session} session
 * @param {() => void} picked Called when the reader has picked one of several answers.
 * @param {import("./exchange.js").Afresh} afresh
 * @returns {Node[]}
 */
export function carryover(names, session, picked, afresh) {
  const { say } = names.speaker;
  const { carried, original, questionnaire } = session;
  const versions = { from: original.framework.version, to: questionnaire.framework.version };
  /** @param {string} key @param {(string | Node)[]} items */
  const list = (key, items) =>
    items.length ? [h("p", {}, say(key)), h("ul", {}, items.map((item) => h("li", {}, item)))] : [];
  const followed = carried.followed.map(({ from, to }) =>
    say("carry_arrow", { from, to: names.practice(to) }),
  );
  return [
    h("strong", {}, say("carry", versions)),
    h("p", {}, say("carry_text", versions)),
    h("p", {}, say("carry_kept", { n: carried.kept.length })),
    ...list("carry_reworded", carried.reworded.map((id) => names.practice(id))),
    ...list("carry_followed", followed),
    ...list("carry_choices", carried.choices.map((choice) => picker(names, session, choice, picked))),
    ...list("carry_gone", carried.gone),
    button(say("carry_do"), () => afresh(() => session.keep()), true),
    button(say("carry_not"), () => afresh(() => session.start())),
  ];
}

/**
 * @param {Names} names
 * @param {Session} session
 * @param {Carried["choices"][number]} choice
 * @param {() => void} picked
 */
function picker(names, session, { to, from }, picked) {
  const { answers } = session.original.assessment;
  const chosen = session.carried.followed.find((item) => item.to === to)?.from;
  const options = from.map((id) =>
    h("option", { value: id, selected: id === chosen }, `${id}: ${names.answer(answers.get(id)?.answer ?? "")}`),
  );
  const change = (/** @type {Event} */ event) => {
    session.pick(to, /** @type {HTMLSelectElement} */ (event.target).value);
    picked();
  };
  const none = h("option", { value: "" }, names.speaker.say("carry_pick_none"));
  return h(
    "label",
    { class: "mp-field" },
    h("span", {}, names.practice(to)),
    h("select", { change }, none, options),
  );
}
