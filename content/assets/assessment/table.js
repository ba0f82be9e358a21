/**
 * Answers out of a table: a CSV file that the report, or the workbook's sheet of answers, was saved as. Pure.
 * Loaded where such a file is opened.
 */

import { SEPARATORS, lines, unguarded } from "../common/csv.js";
import { newId } from "../common/ids.js";
import { isId } from "../common/json.js";
import { isVersion } from "../common/versions.js";
import { ABOUT, FINGERPRINT, FORMAT, UnreadableError, read } from "./answers.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {Record<"evidence" | "criteria", Record<string, string>>} Named What a practice's listed artifacts and criteria
 *   are, by id.
 * @typedef {(practice: string) => Named | undefined} Texts Undefined for a practice that is not known.
 * @typedef {{line: number, cells: Record<string, string>}} Row The line of the file on which it begins, and its cells by
 *   column; columns that are not known are left out.
 */

/** What is read of a table; the words of a column are said under `columns.ID`. */
const COLUMNS = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", ...ABOUT, "framework", "version", "criteria"];
/** How many lines may stand above the names of the columns. */
const LINES_ABOVE = 20;

/**
 * Read a table of answers. Columns are known by their ids, or by what the site calls them; answers and practices likewise.
 * @param {string} text
 * @param {Names} names
 * @param {Texts} texts
 * @returns {ReturnType<typeof read> & {faults: string[]}} `faults`: what was left out, with its lines, in the page's words.
 * @throws {UnreadableError}
 */
export function readTable(text, names, texts) {
  const table = new Table(text, names, texts);
  const { framework } = names.questionnaire;
  const other = table.only("framework");
  if (other && other !== framework.id) throw new UnreadableError("other-framework", { other, version: table.only("version") });
  const entries = table.entries();
  const about = Object.fromEntries(ABOUT.map((name) => [name, name === "date" ? table.day() : table.only(name)]));
  if (!entries.length && !table.faults.length) throw new UnreadableError("no-rows");
  // What was read goes the way of every file, so that the same rules hold for it.
  const { saved, dropped } = read(
    JSON.stringify({
      format: FORMAT,
      framework: { id: framework.id, version: table.version, title: framework.title },
      assessment: { ...about, id: newId(), answers: Object.fromEntries(entries) },
    }),
  );
  return { saved, dropped: dropped + table.faults.length, faults: table.faults };
}

/** A table's rows, and what of them is not understood. */
class Table {
  /** @type {string[]} */
  faults = [];

  /** @param {string} text @param {Names} names @param {Texts} texts @throws {UnreadableError} */
  constructor(text, names, texts) {
    const { framework, practices } = names.questionnaire;
    this.names = names;
    this.texts = texts;
    this.labels = answers(names);
    this.rows = records(text, names);
    // A spreadsheet may have made a date of a version.
    const version = this.only("version");
    this.version = isVersion(version) ? version : framework.version;
    this.isPresent = this.version === framework.version;
    const ids = Object.entries(practices).flatMap(([id, { formerly }]) => [id, ...formerly]);
    /** @type {Map<string, string>} */
    this.practices = new Map(Object.keys(practices).map((id) => [folded(names.practice(id)), id]));
    for (const id of ids) this.practices.set(id, id);
  }

  /** Return what a column holds: one value at most. @param {string} column @throws {UnreadableError} */
  only(column) {
    const values = new Map(this.rows.flatMap(({ cells }) => (cells[column] ? [[folded(cells[column]), cells[column]]] : [])));
    if (values.size < 2) return [...values.values()][0] ?? "";
    const shown = [...values.values()].slice(0, 5).join(", ");
    throw new UnreadableError("several", { column: this.#column(column), values: shown });
  }

  /** Return the day of the assessment: the last one that a row gives, "" for none. */
  day() {
    const days = this.rows.flatMap((row) => (row.cells.date ? (this.#date(row, "date") || []) : []));
    return days.sort().at(-1) ?? "";
  }

  /** Return the practices with what their rows say; those that are said twice, and differently, are left out. */
  entries() {
    /** @type {Map<string, Row[]>} */
    const rows = new Map();
    for (const row of this.rows) {
      const id = this.#practice(row);
      if (id) rows.set(id, [...(rows.get(id) ?? []), row]);
    }
    return [...rows].flatMap(([id, all]) => {
      const variants = all.map((row) => this.#entry(id, row));
      if (new Set(variants.map((entry) => JSON.stringify(entry))).size > 1) {
        const value = all.map(({ cells }) => cells.answer || "–").join(" / ");
        this.#report("twice", { lines: all.map(({ line }) => line).join(", "), practice: id, value });
        return [];
      }
      return Object.values(variants[0]).some((value) => value?.length) ? [[id, variants[0]]] : [];
    });
  }

  /** Return the id of a row's practice; "" for none that is known. @param {Row} row */
  #practice({ line, cells }) {
    const id = this.practices.get(folded(cells.practice)) ?? cells.practice;
    // What earlier versions asked is carried over, and accounted for, by its id.
    if (isId(id) && (this.practices.has(id) || !this.isPresent)) return id;
    this.#report("practice", { line, value: cells.practice });
    return "";
  }

  /** @param {string} id @param {Row} row */
  #entry(id, row) {
    const { cells } = row;
    const { answer, isPartly } = this.labels.get(folded(cells.answer)) ?? { answer: "", isPartly: false };
    if (cells.answer && !answer) this.#leave(row, "answer");
    const { practices } = this.names.questionnaire;
    const present = this.isPresent && Object.hasOwn(practices, id) ? practices[id].asked : "";
    const asked = FINGERPRINT.test(cells.asked) ? cells.asked : present;
    const due = cells.due && this.#date(row, "due");
    const known = this.texts(id);
    const { ids: evidence, rest: proof } = named(cells.evidence, known?.evidence);
    // What the label says holds: whoever changes it in a spreadsheet may leave the criteria as they were.
    const criteria = isPartly ? partOf(named(cells.criteria, known?.criteria).ids, known?.criteria) : null;
    const { reason, note, owner } = cells;
    return { answer, asked: answer && asked, criteria, evidence, proof, reason, note, owner, due };
  }

  /** Return a day of a row; "" where it is none. @param {Row} row @param {string} column */
  #date(row, column) {
    const day = dayIn(row.cells[column]);
    if (!day) this.#leave(row, column);
    return day;
  }

  /** Say of a value that it is not understood. @param {Row} row @param {string} column */
  #leave({ line, cells }, column) {
    this.#report("value", { line, practice: cells.practice, column: this.#column(column), value: cells[column] });
  }

  /** @param {string} kind @param {Record<string, string | number>} values */
  #report(kind, values) {
    this.faults.push(this.names.speaker.say(`fault.${kind}`, values));
  }

  /** @param {string} id */
  #column(id) {
    return this.names.speaker.say(`columns.${id}`);
  }
}

/**
 * Return a day that has one meaning, as 2026-11-24; "" for all else.
 * @param {string} text As a spreadsheet may have written it: 2026/11/24, 24.11.2026, or 24/11/2026 and 11/24/2026 where only
 *   one of both numbers can be a month.
 */
function dayIn(text) {
  const [, year, month, day] = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?$/.exec(text) ?? [];
  if (year) return real(year, month, day);
  const [, first, mark, second, last] = /^(\d\d?)([./-])(\d\d?)\2(\d{4})$/.exec(text) ?? [];
  if (!last) return "";
  if (mark === "." || first === second) return real(last, second, first);
  return Number(first) > 12 ? real(last, second, first) : Number(second) > 12 ? real(last, first, second) : "";
}

/** Return a day, "" where the calendar has none. @param {string} year @param {string} month @param {string} day */
function real(year, month, day) {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return time && new Date(time).toISOString().startsWith(text) ? text : "";
}

/**
 * The rows below the names of the columns, under the separator with which a line has these.
 * @param {string} text
 * @param {Names} names
 * @returns {Row[]}
 * @throws {UnreadableError}
 */
function records(text, names) {
  const known = new Map(COLUMNS.flatMap((id) => [[folded(names.speaker.say(`columns.${id}`)), id], [id, id]]));
  for (const separator of SEPARATORS) {
    const all = lines(text, separator).map(({ line, cells }) => ({ line, cells: cells.map((cell) => unguarded(cell).trim()) }));
    const heads = all.slice(0, LINES_ABOVE + 1).map(({ cells }) => cells.map((cell) => known.get(folded(cell)) ?? ""));
    const at = heads.findIndex((head) => head.includes("practice") && head.includes("answer"));
    if (at >= 0) return all.slice(at + 1).flatMap((row) => recordOf(row, heads[at]));
  }
  throw new UnreadableError("not-table");
}

/** A row by its columns; nothing where it names no practice. @param {{line: number, cells: string[]}} row @param {string[]} head */
function recordOf({ line, cells }, head) {
  const blank = Object.fromEntries(COLUMNS.map((id) => [id, ""]));
  const record = { ...blank, ...Object.fromEntries(cells.flatMap((cell, index) => (head[index] ? [[head[index], cell]] : []))) };
  return record.practice ? [{ line, cells: record }] : [];
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

/** What a text is known by: without its case, and without what cannot be seen or what programs put in its place. @param {string} text */
const folded = (text) =>
  text.normalize("NFKC").replace(/\p{Cf}/gu, "").replace(/[‘’]/g, "'").replace(/[‐‑–]/g, "-").trim().replace(/\s+/g, " ").toLowerCase();
