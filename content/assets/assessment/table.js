/**
 * Answers out of a table: a CSV file that the report, or the workbook's sheet of answers, was saved as. Pure.
 * Loaded where such a file is opened.
 */

import { SEPARATORS, lines, unguarded } from "../common/csv.js";
import { newId } from "../common/ids.js";
import { isId } from "../common/json.js";
import { unread } from "../common/json-source.js";
import { isVersion } from "../common/versions.js";
import { ABOUT, FINGERPRINT, FORMAT, NO_DAY, UnreadableError, read, write } from "./answers.js";
import { OTHER } from "./evidence.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {Record<"evidence" | "criteria", Record<string, string>>} Named What a practice's listed artifacts and criteria
 *   are, by id.
 * @typedef {(practice: string) => Named | undefined} Texts Undefined for a practice that is not known.
 * @typedef {{line: number, cells: Record<string, string>, others: [string, string][]}} Row The line of the file on which it
 *   begins, its cells by column, and what stands in columns that are not known, each with what the column is called.
 */

/** What is read of a table; the words of a column are said under `columns.ID`. */
const COLUMNS = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", ...ABOUT, "framework", "version", "criteria", "evidence_days", "until"];
/** What rows say of the whole table, or of where they belong. */
const ABOUT_ALL = ["practice", ...ABOUT, "framework", "version", "asked"];
/** What a table holds beside it, so that people can read it. */
const READ_BY_PEOPLE = ["level", "dimension", "title", "question"];
/** Columns of which the lines of one belong to those of the other: one that is empty keeps its place. */
const LINE_BY_LINE = ["evidence", "evidence_days"];
/** What stands in place of the day of evidence that nobody knows. */
const UNDATED = "?";
/** How many lines may stand above the names of the columns. */
const LINES_ABOVE = 20;

/**
 * Read a table of answers. Columns are known by their ids, or by what the site calls them; answers and practices likewise.
 * @param {string} text
 * @param {Names} names
 * @param {Texts} texts
 * @returns {{saved: import("./answers.js").Saved, faults: string[], remarks: string[]}} `faults`: what was left out, with its
 *   lines, in the page's words; `remarks`: what else is to be known.
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
  const assessment = { ...about, id: newId(), answers: Object.fromEntries(entries) };
  // What was read goes the way of every file, so that the same rules hold for it.
  const { saved } = read(JSON.stringify({ format: FORMAT, framework: { id: framework.id, version: table.version, title: framework.title }, assessment }));
  table.compare(assessment, saved);
  return { saved, faults: table.faults, remarks: table.remarks };
}

/** A table's rows, and what of them is not understood. */
class Table {
  /** @type {{line: number, text: string}[]} */
  #faults = [];
  /** @type {string[]} */
  remarks = [];

  /** @param {string} text @param {Names} names @param {Texts} texts @throws {UnreadableError} */
  constructor(text, names, texts) {
    const { framework, practices } = names.questionnaire;
    this.names = names;
    this.texts = texts;
    this.labels = answers(names);
    const { above, rows } = records(text, names);
    this.rows = rows;
    for (const { line, value } of above) this.#report("line", { line, value });
    const version = this.only("version");
    this.version = isVersion(version) ? version : framework.version;
    // A spreadsheet may have made a date of a version.
    const [odd] = this.rows.filter(({ cells }) => cells.version);
    if (odd && version !== this.version) this.#leave(odd, "version");
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
    const days = [...new Set(this.rows.flatMap((row) => (row.cells.date ? (this.#date(row, "date") || []) : [])))].sort();
    const last = days.at(-1) ?? "";
    if (days.length > 1) this.remarks.push(this.names.speaker.say("several_days", { days: days.slice(0, -1).join(", "), last }));
    return last;
  }

  /** Return the practices with what their rows say; those that are said twice, and differently, are left out. */
  entries() {
    /** @type {Map<string, Row[]>} */
    const rows = new Map();
    for (const row of this.rows) {
      for (const [column, value] of row.others) this.#report("value", { line: row.line, id: row.cells.practice || "–", column, value });
      const id = this.#practice(row);
      if (id && !rows.get(id)?.push(row)) rows.set(id, [row]);
    }
    return [...rows].flatMap(([id, all]) => {
      const variants = all.map((row) => this.#entry(id, row));
      if (new Set(variants.map((entry) => JSON.stringify(entry))).size > 1) {
        const value = all.map((row) => ownOf(row).join(" | ") || "–").join(" / ");
        this.#report("twice", { lines: all.map(({ line }) => line).join(", "), id, value });
        return [];
      }
      return Object.values(variants[0]).some((value) => (typeof value === "string" || Array.isArray(value)) && value.length) ? [[id, variants[0]]] : [];
    });
  }

  /** Return the id of a row's practice; "" for none that is known. @param {Row} row */
  #practice({ line, cells }) {
    if (!cells.practice) {
      // What is said of the whole table may stand in a row of its own.
      const value = ownOf({ line, cells, others: [] }).join(" | ");
      if (value) this.#report("line", { line, value });
      return "";
    }
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
    if (cells.asked && asked !== cells.asked) this.#leave(row, "asked");
    const due = cells.due && this.#date(row, "due");
    const until = cells.until && this.#date(row, "until");
    const known = this.texts(id);
    const { ids: evidence, rest } = named(cells.evidence, known?.evidence);
    const proof = rest.trim();
    // What the label says holds: whoever changes it in a spreadsheet may leave the criteria as they were.
    const ticked = named(cells.criteria, known?.criteria);
    const criteria = isPartly ? partOf(ticked.ids, known?.criteria) : null;
    if (ticked.rest || ticked.ids.length > (criteria?.length ?? 0)) this.#leave(row, "criteria");
    const { reason, note, owner } = cells;
    return { answer, asked: answer && asked, criteria, evidence, proof, ...this.#days(row, known?.evidence), reason, note, owner, due, until };
  }

  /**
   * Return what is known of the evidence of a row: one day for all of it, or a line for each of its lines; of text of several lines
   * the first one's.
   * @param {Row} row
   * @param {Record<string, string>} [texts] Of the listed artifacts, by id.
   */
  #days(row, texts) {
    const { evidence, evidence_days } = row.cells;
    const lines = evidence.split("\n").map((line) => (line.trim() ? (named(line, texts).ids[0] ?? OTHER) : null));
    const written = evidence_days.split("\n").map((day) => day.trim());
    const isOne = written.length === 1;
    const dayOf = (/** @type {number} */ line) => written[isOne ? 0 : line] ?? "";
    const read = (/** @type {string} */ text) => (text === UNDATED ? NO_DAY : dayIn(text));
    const first = new Map(lines.map((name, line) => /** @type {const} */ ([name, line])).reverse());
    const known = [...first].flatMap(([name, line]) => (name !== null && read(dayOf(line)) ? [/** @type {const} */ ([name, { on: read(dayOf(line)) }])] : []));
    const isRead = written.every((day, line) => !day || (read(day) && (isOne ? evidence.trim() : first.get(lines[line] ?? null) === line)));
    if (!isRead) this.#leave(row, "evidence_days");
    const records = known.filter(([name]) => name !== OTHER);
    return { records: Object.fromEntries(records), proof_record: known.find(([name]) => name === OTHER)?.[1] ?? null };
  }

  /** Name what the rules of files do not take. @param {object} assessment As the table says it. @param {import("./answers.js").Saved} saved */
  compare(assessment, saved) {
    for (const { path: [part, id, column], value } of unread(assessment, JSON.parse(write(saved)).assessment)) {
      const row = this.rows.find(({ cells }) => (part === "answers" ? (this.practices.get(folded(cells.practice)) ?? cells.practice) === id : cells[part]));
      if (row) this.#report("value", { line: row.line, id: row.cells.practice || "–", column: this.#column(column ?? part), value: String(value) });
    }
  }

  /** Return a day of a row; "" where it is none. @param {Row} row @param {string} column */
  #date(row, column) {
    const day = dayIn(row.cells[column]);
    if (!day) this.#leave(row, column);
    return day;
  }

  /** Say of a value that it is not understood. @param {Row} row @param {string} column */
  #leave({ line, cells }, column) {
    this.#report("value", { line, id: cells.practice, column: this.#column(column), value: cells[column] });
  }

  /** @param {string} kind @param {Record<string, string | number>} values */
  #report(kind, values) {
    const line = parseInt(String(values.line ?? values.lines), 10);
    this.#faults.push({ line, text: this.names.speaker.say(`fault.${kind}`, values) });
  }

  /** What is not understood, line by line. */
  get faults() {
    return this.#faults.sort((a, b) => a.line - b.line).map(({ text }) => text);
  }

  /** @param {string} id */
  #column(id) {
    return this.names.speaker.say(`columns.${id}`);
  }
}

/** Return what a row says of its practice alone. @param {Row} row */
const ownOf = ({ cells }) => COLUMNS.flatMap((id) => (cells[id] && !ABOUT_ALL.includes(id) ? [cells[id]] : []));

/**
 * Return a day that has one meaning, as 2026-11-24; "" for all else.
 * @param {string} text As a spreadsheet may have written it: 2026/11/24, 2026年11月24日, 24. 11. 2026 with or without a time, or 24/11/2026 and 11/24/2026 where only
 *   one of both numbers can be a month.
 */
function dayIn(text) {
  const [, year, month, day] = /^(\d{4})[-/.年] ?(\d\d?)[-/.月] ?(\d\d?)[.日]?(?:[T ].*)?$/.exec(text) ?? [];
  if (year) return real(year, month, day);
  const [, first, mark, second, last] = /^(\d\d?)([./-]) ?(\d\d?)\2 ?(\d{4})(?: \d.*)?$/.exec(text) ?? [];
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
 * The rows below the names of the columns, under the separator with which a line has these, and the lines above them.
 * @param {string} text
 * @param {Names} names
 * @returns {{above: {line: number, value: string}[], rows: Row[]}}
 * @throws {UnreadableError}
 */
function records(text, names) {
  const ids = [...COLUMNS, ...READ_BY_PEOPLE];
  const known = new Map(ids.flatMap((id) => [[folded(names.speaker.say(`columns.${id}`)), id], [id, id]]));
  for (const separator of SEPARATORS) {
    const all = lines(text, separator).map((row) => ({ ...row, cells: row.cells.map(unguarded) }));
    const heads = all.slice(0, LINES_ABOVE + 1).map(({ cells }) => cells.map((cell) => known.get(folded(cell)) ?? ""));
    const at = heads.findIndex((head) => head.includes("practice") && head.includes("answer"));
    if (at < 0) continue;
    const { line, isOpen = false } = all[all.length - 1];
    if (isOpen) throw new UnreadableError("unclosed", { line: String(line) });
    const above = all.slice(0, at).map((row) => ({ line: row.line, value: row.cells.map((cell) => cell.trim()).filter(Boolean).join(" | ") }));
    const rows = all.slice(at + 1).map((row) => recordOf(row, heads[at], all[at].cells));
    return { above: above.filter(({ value }) => value && !/^sep=.?$/i.test(value)), rows };
  }
  throw new UnreadableError("not-table");
}

/**
 * A row by its columns. A column that stands twice is read where both say the same, or one says nothing.
 * @param {{line: number, cells: string[]}} row
 * @param {string[]} head The ids of the columns, "" for one that is not known.
 * @param {string[]} titles What the file calls them.
 * @returns {Row}
 */
function recordOf({ line, cells }, head, titles) {
  const record = Object.fromEntries(COLUMNS.map((id) => [id, ""]));
  /** @type {Row["others"]} */
  const others = [];
  cells.forEach((whole, index) => {
    const id = head[index] ?? "";
    const cell = LINE_BY_LINE.includes(id) ? whole.replace(/^\s+$/, "") : whole.trim();
    if (!cell || READ_BY_PEOPLE.includes(id)) return;
    if (id && (!record[id] || record[id] === cell)) record[id] = cell;
    else others.push([titles[index]?.trim() || String(index + 1), cell]);
  });
  return { line, cells: record, others };
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
