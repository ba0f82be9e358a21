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

/**
 * Parse a CSV file into its cells, as they stand there. Lines may end in CRLF, LF or CR; blank lines are left out.
 * A file that is no good CSV is read as far as it goes. The work is in proportion to the text.
 * @param {string} text
 * @returns {string[][]}
 */
export function parse(text) {
  const source = text.replace(/^\uFEFF/, "");
  const separator = separatorOf(source);
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = "";
  /** @type {"start" | "plain" | "quoted" | "closed"} */
  let state = "start";
  const endCell = () => {
    row.push(cell);
    cell = "";
    state = "start";
  };
  const endRow = () => {
    if (!row.length && state === "start") return;
    endCell();
    rows.push(row);
    row = [];
  };
  for (const char of source) {
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
  endRow();
  return rows;
}

/**
 * Return what separates the cells: of comma, semicolon and tab the one that the first line has most of, outside quotes.
 * @param {string} text
 */
function separatorOf(text) {
  const counts = new Map([",", ";", "\t"].map((char) => [char, 0]));
  let isQuoted = false;
  let mayQuote = true;
  for (const char of text.replace(/^[\r\n]+/, "")) {
    if (char === '"' && (isQuoted || mayQuote)) {
      isQuoted = !isQuoted;
      mayQuote = true;
    } else if (!isQuoted) {
      if (char === "\r" || char === "\n") break;
      const count = counts.get(char);
      mayQuote = count !== undefined;
      if (count !== undefined) counts.set(char, count + 1);
    }
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}
