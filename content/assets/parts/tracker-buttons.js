/** Buttons that take tasks to an issue tracker. */

import { h } from "../common/dom.js";
import { copy, download } from "../common/handover.js";
import { Turns } from "../common/turns.js";
import { jira, linear, tasksAsMarkdown } from "../assessment/tracker.js";

/**
 * @typedef {import("../assessment/tracker.js").Task} Task
 * @typedef {import("../assessment/tracker.js").Say} Say
 */

const FILES = { jira, linear };

/**
 * Make buttons that take tasks to an issue tracker.
 * @param {Say} say The words below `tracker.say`.
 * @param {() => Task[]} tasks Asked for when a button is pressed.
 * @param {string} name What the files are called.
 * @returns {HTMLElement[]} The buttons, and where it is said what they did.
 */
export function trackerButtons(say, tasks, name) {
  const status = h("p", { role: "status" });
  const byHand = h("div");
  /** @param {string} label @param {() => void} click */
  const button = (label, click) => h("button", { type: "button", class: "mp-tool", click }, label);
  const turns = new Turns();
  const copyTasks = async () => {
    turns.next();
    const isWanted = turns.watch();
    const list = tasks();
    const field = await copy(tasksAsMarkdown(list, say), say("by_hand"));
    if (!isWanted()) return;
    status.textContent = say(field ? "by_hand" : "copied", { n: list.length });
    byHand.replaceChildren(...(field ? [field] : []));
    field?.select();
  };
  /** @param {keyof typeof FILES} target */
  const save = (target) => {
    turns.next();
    const file = `${name}-${target}.csv`;
    download(file, FILES[target](tasks(), say), "text/csv");
    status.textContent = say("saved", { file });
    byHand.replaceChildren();
  };
  return [
    h(
      "p",
      { class: "mp-buttons" },
      button(say("copy"), copyTasks),
      button(say("jira"), () => save("jira")),
      button(say("linear"), () => save("linear")),
    ),
    status,
    byHand,
  ];
}
