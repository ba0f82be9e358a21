/** What `JSON.parse` does not tell of a text: where its values stand, what stands twice, what was not read. Pure. Loaded where a file is opened. */

import { isRecord } from "./json.js";

/**
 * @typedef {{path: string[], value: unknown}} Unread A value and the keys, and numbers of items from 1, that lead to it.
 *
 * @typedef {object} Traced
 * @property {(path: string[]) => number} lineOf The line, from 1, on which a value or what it stands in begins.
 * @property {{path: string[], line: number}[]} twice Keys that stand again in the same map: all but the last are lost.
 * @property {boolean} isCut Whether the text ends before its brackets and quotes are closed.
 */

/** Deeper values get the line of what they stand in: no file of the site's is so deep. */
const DEEPEST = 12;
/** Lists and maps that say nothing: to leave them out loses nothing. */
const NOTHING = ["", "null", "false", "[]", "{}", '""'];

/**
 * Find the values of a text that begins like JSON. The work is in proportion to the text.
 * @param {string} text
 * @returns {Traced}
 */
export function trace(text) {
  const tracer = new Tracer(text);
  const isCut = !tracer.walk();
  return { lineOf: (path) => tracer.lineOf(path), twice: tracer.twice, isCut };
}

/** Walks through a text from mark to mark. */
class Tracer {
  /** @type {Map<string, number>} */
  #lines = new Map();
  /** The maps and lists that are open, the innermost last: `n` counts items, `isBefore` is true before a key. @type {{path: string[], keys: Set<string> | null, key: string, n: number, isBefore: boolean}[]} */
  #open = [];
  #line = 1;
  /** @type {Traced["twice"]} */
  twice = [];

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /** Go to the end. @returns {boolean} Whether every quote and bracket is closed there. */
  walk() {
    const marks = /["{}[\],\n]|\r\n?|[^\s"{}[\],:]+/g;
    for (let mark = marks.exec(this.text); mark; mark = marks.exec(this.text)) {
      const [sign] = mark;
      if (sign === '"') {
        const end = endOf(this.text, mark.index);
        if (end < 0) return false;
        this.#string(this.text.slice(mark.index, end));
        marks.lastIndex = end;
      } else if (sign === "{" || sign === "[") this.#begin(sign === "{");
      else if (sign === "}" || sign === "]") this.#open.pop();
      else if (sign === ",") this.#next();
      else if (sign.trim()) this.#note();
      else this.#line += 1;
    }
    return !this.#open.length;
  }

  /** @param {string[]} path */
  lineOf(path) {
    for (let n = path.length; n > 0; n -= 1) {
      const known = this.#lines.get(JSON.stringify(path.slice(0, n)));
      if (known) return known;
    }
    return 1;
  }

  /** Note on which line a value begins. @returns {string[]} Its path. */
  #note() {
    const top = this.#open.at(-1);
    const path = !top || this.#open.length > DEEPEST ? (top?.path ?? []) : [...top.path, top.keys ? top.key : String(top.n)];
    this.#lines.set(JSON.stringify(path), this.#line);
    return path;
  }

  /** @param {string} string With its quotes: a key or a value. */
  #string(string) {
    const top = this.#open.at(-1);
    const isKey = top?.keys && top.isBefore;
    if (isKey) Object.assign(top, { key: plain(string), isBefore: false });
    const path = this.#note();
    if (!isKey) return;
    if (top.keys?.has(top.key)) this.twice.push({ path, line: this.#line });
    top.keys?.add(top.key);
  }

  /** @param {boolean} isMap */
  #begin(isMap) {
    this.#open.push({ path: this.#note(), keys: isMap ? new Set() : null, key: "", n: 1, isBefore: true });
  }

  #next() {
    const top = this.#open.at(-1);
    if (!top) return;
    top.n += 1;
    top.isBefore = true;
  }
}

/** Return where a string ends that begins at a quote, behind its last one; -1 where it does not. @param {string} text @param {number} at */
function endOf(text, at) {
  for (let end = text.indexOf('"', at + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text[before - 1] === "\\") before -= 1;
    if ((end - before) % 2 === 0) return end + 1;
  }
  return -1;
}

/** @param {string} string With its quotes. @returns {string} */
function plain(string) {
  try {
    return JSON.parse(string);
  } catch {
    return string;
  }
}

/**
 * Return the values of JSON that were not taken: those that stand otherwise, or not at all, in what was read of it. White space
 * does not count, nor does what says nothing.
 * @param {unknown} source
 * @param {unknown} taken JSON too.
 * @param {string[]} [path] Of the source.
 * @returns {Unread[]}
 */
export function unread(source, taken, path = []) {
  if (isRecord(source) && isRecord(taken))
    return Object.entries(source).flatMap(([key, value]) => unread(value, Object.hasOwn(taken, key) ? taken[key] : undefined, [...path, key]));
  if (Array.isArray(source) && Array.isArray(taken)) {
    const records = taken.filter(isRecord).values();
    const plains = new Set(taken.map(shown));
    return source.flatMap((item, index) => {
      const at = [...path, String(index + 1)];
      if (isRecord(item)) return unread(item, records.next().value, at);
      return plains.has(shown(item)) ? [] : [{ path: at, value: item }];
    });
  }
  return shown(source) === shown(taken) || NOTHING.includes(shown(source)) ? [] : [{ path, value: source }];
}

/** Return a value as a text to compare, and to show in a line: without white space around it. @param {unknown} value @returns {string} */
export const shown = (value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).trim().replace(/\s+/g, " ");
