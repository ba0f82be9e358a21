/** What the bytes of a file are: their text, and its kind, whatever the file is called. Pure. Loaded where a file is opened. */

/** How the bytes of files begin that are no text, in hexadecimal digits. */
const BEGINNINGS = /** @type {const} */ ([
  ["pdf", /^25504446/],
  ["archive", /^(504b0304|1f8b|377abcaf|52617221)/],
  ["workbook", /^d0cf11e0/],
  ["archive", /^7b5c727466/],
  ["image", /^(89504e47|ffd8ff|47494638|52494646.{8}57454250)/],
]);
/** What a merge leaves in a file where two versions of it differ: a line of each. */
const CONFLICT = [/^<{7}( |$)/m, /^={7}$/m, /^>{7}( |$)/m];
/** What a spreadsheet holds under this name inside its archive, of either kind. */
const SHEETS = /xl\/workbook|xl\/worksheets|opendocument\.spreadsheet/;

/**
 * Decode bytes: by their mark, else as UTF-16 where every second one is zero, else as UTF-8, else as windows-1252.
 * @param {Uint8Array} bytes
 * @returns {{text: string, isGuessed: boolean}} `isGuessed`: it was none of Unicode's, so that letters may be wrong.
 */
export function decodeBytes(bytes) {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : unmarked(bytes);
  if (wide) return { text: bare(new TextDecoder(wide).decode(bytes)), isGuessed: false };
  try {
    return { text: bare(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), isGuessed: false };
  } catch {
    return { text: bare(new TextDecoder("windows-1252").decode(bytes)), isGuessed: true };
  }
}

/** Return a text without what cannot be seen around it; its lines keep their numbers. @param {string} text */
const bare = (text) => text.replace(/^[\s\p{Cf}]+/u, (blank) => blank.replace(/[^\r\n]/g, "")).replace(/\p{Cf}+\s*$/u, "");

/** Return which UTF-16 bytes without a mark are in; "" for none. @param {Uint8Array} bytes */
function unmarked(bytes) {
  const start = bytes.subarray(0, 200);
  if (start.length < 4 || bytes.length % 2) return "";
  const zeros = [0, 0];
  start.forEach((byte, index) => (zeros[index % 2] += byte ? 0 : 1));
  const most = start.length / 2;
  if (!zeros[0] && zeros[1] > 0.6 * most) return "utf-16le";
  return !zeros[1] && zeros[0] > 0.6 * most ? "utf-16be" : "";
}

/**
 * Return what a file is that may hold JSON or a table.
 * @param {Uint8Array} bytes
 * @param {string} text As they are decoded.
 * @returns {"empty" | "pdf" | "workbook" | "archive" | "image" | "binary" | "html" | "conflict" | "json" | "text"} "json" is
 *   what begins like it, whole or not; "conflict" is a text in which a merge has left its marks.
 */
export function kindOf(bytes, text) {
  const start = [...bytes.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const [kind = ""] = BEGINNINGS.find(([, beginning]) => beginning.test(start)) ?? [];
  if (kind === "archive") return SHEETS.test(new TextDecoder("windows-1252").decode(bytes)) ? "workbook" : kind;
  if (kind) return kind;
  const seen = text.trimStart();
  if (!seen) return "empty";
  if (seen.includes("\0")) return "binary";
  if (CONFLICT.every((mark) => mark.test(text))) return "conflict";
  if (/^<\?xml[^>]*>\s*(<\?[^>]*>\s*)*<(\w+:)?Workbook/i.test(seen)) return "workbook";
  if (/^<(!doctype html|html|head|body|!--)/i.test(seen)) return "html";
  if (/^<(\?xml[^>]*>\s*<)?svg/i.test(seen)) return "image";
  // A letter behind a bracket is that of a title, such as "[Draft] Answers", or of settings.
  const isTitle = /^\[\p{L}/u.test(seen) && !/^\[(null|true|false)\b/.test(seen);
  return /^([{[]|(null|true|false)\s*$)/.test(seen) && !isTitle ? "json" : "text";
}

/** Tell whether a text is YAML rather than a table: most of its lines are a key or an entry. @param {string} text */
export function isYaml(text) {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() && !/^\s*#/.test(line));
  const keyed = lines.filter((line) => /^(---|\s*(- )?[^\s,;:"][^,;:\t]*:(\s|$)|\s*- )/.test(line));
  return keyed.length > 0 && keyed.length > lines.length / 2;
}
