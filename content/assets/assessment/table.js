/**
 * Answers out of a table: a CSV file that the report, or the workbook's sheet of answers, was saved as. Pure.
 * Loaded where such a file is opened.
 */

import { parse, unguarded } from "../common/csv.js";
import { DATE } from "../common/dates.js";
import { newId } from "../common/ids.js";
import { isVersion } from "../common/versions.js";
import { ABOUT, FINGERPRINT, FORMAT, UnreadableError, read } from "./answers.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {Record<"evidence" | "criteria", Record<string, string>>} Named What a practice's listed artifacts and criteria
 *   are, by id.
 * @typedef {(practice: string) => Named | undefined} Texts Undefined for a practice that is not known.
 * @typedef {Record<string, string>} Row Cells by column; columns that are not known are left out.
 */

/** What is read of a table; the words of a column are said under `columns.ID`. */
const COLUMNS = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", ...ABOUT, "framework", "version", "criteria"];
/** How many lines may stand above the names of the columns. */
const LINES_ABOVE = 20;

/**
 * Read a table of answers. Columns are known by their ids, or by what the site calls them; answers likewise.
 * @param {string} text
 * @param {Names} names
 * @param {Texts} texts
 * @returns {ReturnType<typeof read>}
 * @throws {UnreadableError}
 */
export function readTable(text, names, texts) {
  const rows = records(text, names);
  const { framework, practices } = names.questionnaire;
  const first = (/** @type {string} */ column) => rows.find((row) => row[column])?.[column] ?? "";
  const other = first("framework");
  if (other && other !== framework.id) throw new UnreadableError("other-framework", { other, version: first("version") });
  // A spreadsheet may have made a date of a version.
  const version = isVersion(first("version")) ? first("version") : framework.version;
  const labels = answers(names);
  let unread = 0;
  const entries = rows.map((row) => {
    const { answer, isPartly } = labels.get(folded(row.answer)) ?? { answer: "", isPartly: false };
    if (row.answer && !answer) unread += 1;
    const present = version === framework.version ? (practices[row.practice]?.asked ?? "") : "";
    const asked = FINGERPRINT.test(row.asked) ? row.asked : present;
    const due = DATE.test(row.due) ? row.due : "";
    const known = texts(row.practice);
    const { ids: evidence, rest: proof } = named(row.evidence, known?.evidence);
    // What the label says holds: whoever changes it in a spreadsheet may leave the criteria as they were.
    const criteria = isPartly ? partOf(named(row.criteria, known?.criteria).ids, known?.criteria) : null;
    const { reason, note, owner } = row;
    return [row.practice, { answer, asked: answer && asked, criteria, evidence, proof, reason, note, owner, due }];
  });
  const about = Object.fromEntries(ABOUT.map((name) => [name, first(name)]));
  if (!DATE.test(about.date)) about.date = "";
  const answered = entries.filter(([, entry]) => Object.values(entry).some((value) => value?.length));
  // What was read goes the way of every file, so that the same rules hold for it.
  const { saved, dropped } = read(
    JSON.stringify({
      format: FORMAT,
      framework: { id: framework.id, version, title: framework.title },
      assessment: { ...about, id: newId(), answers: Object.fromEntries(answered) },
    }),
  );
  return { saved, dropped: dropped + unread };
}

/**
 * The rows below the names of the columns.
 * @param {string} text
 * @param {Names} names
 * @returns {Row[]}
 */
function records(text, names) {
  const known = new Map(COLUMNS.flatMap((id) => [[folded(names.speaker.say(`columns.${id}`)), id], [id, id]]));
  const lines = parse(text).map((line) => line.map((cell) => unguarded(cell).trim()));
  const heads = lines.slice(0, LINES_ABOVE).map((line) => line.map((cell) => known.get(folded(cell)) ?? ""));
  const at = heads.findIndex((head) => head.includes("practice") && head.includes("answer"));
  if (at < 0) throw new UnreadableError("not-table");
  const blank = Object.fromEntries(COLUMNS.map((id) => [id, ""]));
  return lines.slice(at + 1).flatMap((line) => {
    const cells = line.flatMap((cell, index) => (heads[at][index] ? [[heads[at][index], cell]] : []));
    const row = { ...blank, ...Object.fromEntries(cells) };
    return row.practice ? [row] : [];
  });
}

/**
 * Answers by their ids and labels, also by those which say that not all criteria are ticked.
 * @param {Names} names
 * @returns {Map<string, {answer: string, isPartly: boolean}>}
 */
function answers(names) {
  const { scale } = names.questionnaire;
  const labels = new Map();
  const add = (/** @type {string} */ label, /** @type {string} */ answer, isPartly = false) =>
    labels.set(folded(unguarded(label)), { answer, isPartly });
  for (const id of Object.keys(scale)) if (scale[id].needs_criteria) add(names.answer(id, true), id, true);
  for (const id of [...Object.keys(scale), UNKNOWN, NOT_APPLICABLE]) {
    add(names.answer(id), id);
    add(id, id);
  }
  return labels;
}

/**
 * The ids of what lines name, and the lines that name nothing.
 * @param {string} cell
 * @param {Record<string, string>} [texts] By id.
 */
function named(cell, texts = {}) {
  const known = new Map(Object.entries(texts).map(([id, text]) => [folded(text), id]));
  const lines = cell.split("\n");
  const ids = lines.flatMap((line) => known.get(folded(line)) ?? []);
  const rest = lines.filter((line) => !known.has(folded(line))).join("\n");
  return { ids, rest };
}

/** Ids, or none of them where they are all there are. @param {string[]} ids @param {Record<string, string>} [texts] */
const partOf = (ids, texts = {}) => (Object.keys(texts).every((id) => ids.includes(id)) ? [] : ids);

/** @param {string} text */
const folded = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
