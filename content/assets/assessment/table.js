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
 * @typedef {Record<string, string>} Row Cells by column; columns that are not known are left out.
 */

/** What is read of a table; the words of a column are said under `columns.ID`. */
const COLUMNS = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", ...ABOUT, "framework", "version"];
/** How many lines may stand above the names of the columns. */
const LINES_ABOVE = 20;

/**
 * Read a table of answers. Columns are known by their ids, or by what the site calls them; answers likewise.
 * @param {string} text
 * @param {Names} names
 * @param {(practice: string) => Record<string, string>} artifacts What a practice's listed artifacts are, by id.
 * @returns {ReturnType<typeof read>}
 * @throws {UnreadableError}
 */
export function readTable(text, names, artifacts) {
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
    const answer = labels.get(folded(row.answer)) ?? "";
    if (row.answer && !answer) unread += 1;
    const present = version === framework.version ? (practices[row.practice]?.asked ?? "") : "";
    const asked = FINGERPRINT.test(row.asked) ? row.asked : present;
    const due = DATE.test(row.due) ? row.due : "";
    const { evidence, proof } = proofs(row.evidence, artifacts(row.practice));
    const { reason, note, owner } = row;
    return [row.practice, { answer, asked: answer && asked, evidence, proof, reason, note, owner, due }];
  });
  const about = Object.fromEntries(ABOUT.map((name) => [name, first(name)]));
  if (!DATE.test(about.date)) about.date = "";
  const answered = entries.filter(([, entry]) => Object.values(entry).some((value) => value.length));
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

/** Answers by their ids and labels. @param {Names} names */
const answers = (names) =>
  new Map(
    [...Object.keys(names.questionnaire.scale), UNKNOWN, NOT_APPLICABLE].flatMap((id) => [
      [id, id],
      [folded(unguarded(names.answer(id))), id],
    ]),
  );

/**
 * Lines that name a listed artifact tick it; the rest is other evidence.
 * @param {string} cell
 * @param {Record<string, string>} artifacts
 */
function proofs(cell, artifacts) {
  const ids = new Map(Object.entries(artifacts).map(([id, text]) => [folded(text), id]));
  const lines = cell.split("\n");
  const evidence = lines.flatMap((line) => ids.get(folded(line)) ?? []);
  const proof = lines.filter((line) => !ids.has(folded(line))).join("\n");
  return { evidence, proof };
}

/** @param {string} text */
const folded = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
