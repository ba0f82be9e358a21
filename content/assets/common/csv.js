/** CSV, written so that a spreadsheet takes text for text, and read in the forms that programs write it. */

/**
 * A text that is a formula to a spreadsheet, or becomes one once white space is taken off. What the site writes itself
 * has the same rule in `outputs/formula_guard.py`; `tests/formulas.yaml` holds both to it.
 */
const FORMULA = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * Render rows of plain text to CSV (RFC 4180): every cell in quotes, every line ended with CRLF. A text that a
 * spreadsheet would take for a formula gets an apostrophe in front; `unguarded` takes it off again.
 * @param {string[][]} rows
 */
export const csv = (rows) => rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");

/** @param {string} text */
function quoted(text) {
  const guard = FORMULA.test(text) ? "'" : "";
  return `"${guard}${text.replaceAll('"', '""')}"`;
}

/**
 * Return the text that `csv` was called with for a cell: without the apostrophe that guards it.
 * @param {string} cell Without its quotes, as `parse` returns it.
 */
export function unguarded(cell) {
  // Apostrophes in front of a formula are guarded too, so that the one taken off is always ours.
  const text = cell.slice(1);
  return cell.startsWith("'") && FORMULA.test(text) ? text : cell;
}

/** What may separate the cells of a line. */
export const SEPARATORS = [",", ";", "\t", "|"];

/**
 * Parse a CSV file into its cells, as they stand there. Lines may end in CRLF, LF or CR; blank lines are left out.
 * A file that is no good CSV is read as far as it goes. The work is in proportion to the text.
 * @param {string} text
 * @param {string} [separator] Of the cells.
 * @returns {string[][]}
 */
export const parse = (text, separator) => lines(text, separator).map(({ cells }) => cells);

/**
 * Parse a CSV file like `parse`, and return with each row the line of the file, from 1, on which it begins. `isOpen` is true
 * for a last row with a quote that is never closed: all that comes after it is one cell.
 * @param {string} text
 * @param {string} [separator] Of the cells.
 * @returns {{line: number, cells: string[], isOpen?: boolean}[]}
 */
export function lines(text, separator = ",") {
  /** @type {{line: number, cells: string[], isOpen?: boolean}[]} */
  const rows = [];
  /** @type {string[]} */
  let cells = [];
  let [cell, line, start, last] = ["", 1, 1, ""];
  /** @type {"start" | "plain" | "quoted" | "closed"} */
  let state = "start";
  const endCell = () => {
    cells.push(cell);
    cell = "";
    state = "start";
  };
  const endRow = () => {
    if (cells.length || state !== "start") endCell();
    if (cells.length) rows.push({ line: start, cells });
    cells = [];
    start = line;
  };
  for (const char of text.replace(/^\uFEFF/, "")) {
    if (char === "\r" || (char === "\n" && last !== "\r")) line += 1;
    last = char;
    if (state === "quoted") {
      if (char === '"') state = "closed";
      else cell += char;
    } else if (char === '"' && state !== "plain") {
      if (state === "closed") cell += char;
      state = "quoted";
    } else if (char === separator) endCell();
    else if (char === "\r" || char === "\n") endRow();
    else {
      cell += char;
      state = "plain";
    }
  }
  const isOpen = state === "quoted";
  endRow();
  if (isOpen) rows[rows.length - 1].isOpen = true;
  return rows;
}
