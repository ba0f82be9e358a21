/**
 * Practices as tasks for an issue tracker: Markdown for GitHub and GitLab, CSV for the importers of Jira and Linear.
 *
 * Jira Cloud's importer needs a column Summary; the reader maps the others to fields (support.atlassian.com,
 * "Prepare a CSV file for import"). Several labels are several columns of one name, as in Jira's own exports.
 * Linear's command line importer reads Title, Description and Labels, which it splits at ", ", and takes an
 * apostrophe in front of a formula off again (github.com/linear/linear, packages/import, LinearCsvImporter.ts).
 */

import { csv } from "../common/csv.js";
import { link, tasks as taskList, text } from "../common/markdown.js";

/**
 * @typedef {object} Task A practice as something to do; all of it is plain text.
 * @property {string} title
 * @property {string} question "" where nothing is asked.
 * @property {string[]} criteria
 * @property {string[]} [ticked] Those that are true already.
 * @property {string} owner The title of its role.
 * @property {string} level The title.
 * @property {string} dimension The title.
 * @property {string[]} labels What trackers group by.
 * @property {string} link The absolute address of its page.
 * @property {string} [due] A date as YYYY-MM-DD.
 * @property {string} [answer] What was answered.
 *
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 */

/** The longest summary that Jira takes. */
const LONGEST_SUMMARY = 255;

/** Render tasks to a task list in Markdown. @param {Task[]} list @param {Say} say */
export function tasksAsMarkdown(list, say) {
  const items = list.map((task) => ({
    text: [link(task.title, task.link), text(task.question)].filter(Boolean).join(": "),
    tasks: task.criteria.map((criterion) => ({ text: text(criterion), isDone: task.ticked?.includes(criterion) })),
    notes: [text(facts(task, say))],
  }));
  return taskList(items);
}

/** Render tasks to CSV for Jira. @param {Task[]} list @param {Say} say */
export function jira(list, say) {
  const labels = Math.max(0, ...list.map((task) => task.labels.length));
  const hasDue = list.some((task) => task.due);
  const head = ["Summary", "Description", ...Array(labels).fill("Labels"), ...(hasDue ? ["Due Date"] : [])];
  const rows = list.map((task) => [
    shortened(line(task.title)),
    paragraphs(
      task.question && wiki(say("question", { question: task.question })),
      [say("criteria"), ...task.criteria.map((criterion) => `* ${wiki(criterion)}`)].join("\n"),
      wiki(facts(task, say)),
      say("page", { address: task.link }),
    ),
    ...Array.from({ length: labels }, (_, index) => line(task.labels[index] ?? "").replaceAll(" ", "-")),
    ...(hasDue ? [task.due ?? ""] : []),
  ]);
  return csv([head, ...rows]);
}

/** Render tasks to CSV for Linear. @param {Task[]} list @param {Say} say */
export function linear(list, say) {
  // Linear shows the comments that keep references apart, and knows none of these references.
  /** @param {string} plain */
  const plainly = (plain) => text(plain, "");
  const rows = list.map((task) => [
    line(task.title),
    paragraphs(
      plainly(task.question),
      plainly(say("criteria")),
      taskList(task.criteria.map((criterion) => ({ text: plainly(criterion) }))).trimEnd(),
      plainly(facts(task, say)),
      link(say("read"), task.link, ""),
    ),
    task.labels.map((label) => line(label).replaceAll(",", "")).join(", "),
  ]);
  return csv([["Title", "Description", "Labels"], ...rows]);
}

/** Who, where, and how it stands. @param {Task} task @param {Say} say */
function facts({ owner, level, dimension, answer, due }, say) {
  return [
    owner && say("owner", { role_title: owner }),
    say("place", { level_title: level, dimension_title: dimension }),
    answer && say("answer", { answer }),
    due && say("due", { date: due }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string[]} parts */
const paragraphs = (...parts) => parts.filter(Boolean).join("\n\n");

/** @param {string} plain */
const line = (plain) => plain.replace(/[\s\p{Cc}]+/gu, " ").trim();

/** @param {string} summary */
function shortened(summary) {
  if (summary.length <= LONGEST_SUMMARY) return summary;
  return `${summary.slice(0, LONGEST_SUMMARY - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/**
 * A plain text in Jira's markup, so that no macro, link, mention, picture or table comes of it. Emphasis and the like is
 * escaped only where it has an end, since some importers show the backslashes. Not for the beginning of a line.
 * @param {string} plain
 */
const wiki = (plain) =>
  line(plain)
    // Two backslashes in a row would be a line break.
    .replace(/\\(?=[\\{}[\]|!*_+^~?-])/g, "\\ ")
    .replace(/[{}[\]|]|!(?=\S[^!]*!)|\?(?=\?)|(?<![\p{L}\p{N}])([*_+^~-])(?=\S.*?\1(?![\p{L}\p{N}]))/gu, "\\$&");
