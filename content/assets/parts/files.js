/** Files of answers: reading and saving them, and what is said where one cannot be read. */

import { download, listToCopy } from "../common/handover.js";
import { missing } from "../common/dom.js";
import { LARGEST_FILE, UnreadableError, write } from "../assessment/answers.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/names.js").Names} Names
 */

/**
 * Return the link to where answers of a newer version can be opened: nothing if it is not known, or if another
 * error than "newer-version" is given.
 * @param {UnreadableError} error
 * @param {Names} names
 * @returns {Promise<Node[]>}
 */
export async function linkToNewer(error, names) {
  if (error.code !== "newer-version") return [];
  const module = await import("./newer.js").catch(missing);
  return module ? module.linkTo(error.values.version, names) : [];
}

/** Refuse to go on without a module that could not be loaded. @returns {never} @throws {UnreadableError} */
export function notLoaded() {
  missing();
  throw new UnreadableError("not-loaded");
}

/**
 * Read a file of answers: as a page saves it, or a table of them, whatever the file is called.
 * @param {File} file
 * @param {Names} names
 * @param {import("../assessment/table.js").Texts} texts
 * @returns {Promise<import("../assessment/opened.js").Opened>}
 * @throws {UnreadableError}
 */
export async function readFile(file, names, texts) {
  if (file.size > LARGEST_FILE) throw new UnreadableError("too-large");
  // A file that has gone away reads as an empty one.
  const bytes = new Uint8Array(await file.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const { readBytes } = await import("../assessment/opened.js").catch(notLoaded);
  const tables = async () => (await import("../assessment/table.js").catch(notLoaded)).readTable;
  return readBytes(bytes, names, texts, tables);
}

/**
 * Return what to say of a file that was opened, beside what is in it: what could not be read, what does not count, and fields with
 * each of these, to be copied. Nothing where all is well.
 * @param {import("../assessment/opened.js").Opened} opened
 * @param {Names} names
 * @returns {{text: string, list: Node[]}}
 */
export function remarksOn({ faults, uncounted, remarks }, { speaker: { say } }) {
  const counted = (/** @type {string} */ key, /** @type {string[]} */ lines) => (lines.length ? say(key, { n: lines.length }) : "");
  const text = [counted("dropped", faults), counted("uncounted", uncounted), ...remarks].filter(Boolean).join(" ");
  return { text, list: [...listToCopy(say("not_read"), faults), ...listToCopy(say("not_counted"), uncounted)] };
}

/**
 * Return the answers of a link that belong to practices which nothing is known of, a line each.
 * @param {import("../assessment/link-reader.js").Shared} shared
 * @param {Names} names
 */
export const linesOf = ({ lost }, names) => lost.map(({ practice, answer }) => `${practice}: ${names.answer(answer)}`);

/**
 * Offer an assessment as a file.
 * @param {Saved} saved
 * @param {string} [name]
 * @returns {string} The file's name.
 */
export function saveFile(saved, name = `${fileName(saved)}.json`) {
  const text = JSON.stringify(JSON.parse(write(saved)), null, 1);
  download(name, `${text}\n`);
  return name;
}

/**
 * Return what a file about an assessment is called, without its ending; at most 80 characters. Unit and person come first, the
 * day last, so that people are told apart and rounds stand in their order. What a group agreed on says so in place of a
 * person; who gives neither name nor role goes by the beginning of the assessment's id.
 * @param {Saved} saved
 */
export function fileName({ framework, assessment }) {
  const { unit, name, role, id, date, raters } = assessment;
  const person = raters.length ? "agreed" : name.trim() || role.trim() || id.slice(0, 4);
  const who = [framework.id, unit, person].map(plain).filter(Boolean).join("-");
  return [who.slice(0, 69), date].filter(Boolean).join("-");
}

/** Letters and digits only, with hyphens between them. @param {string} text */
const plain = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join("-") ?? "";
