/** Files of answers: reading and saving them, and what is said where one cannot be read. */

import { download } from "../common/handover.js";
import { LARGEST_FILE, UnreadableError, read, refuseNewer, write } from "../assessment/answers.js";

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
  const module = await import("./newer.js").catch(() => null);
  return module ? module.linkTo(error.values.version, names) : [];
}

/** Refuse to go on without a module that could not be loaded. @returns {never} @throws {UnreadableError} */
export function notLoaded() {
  throw new UnreadableError("not-loaded");
}

/**
 * Read a file of answers: as a page saves it, or a table of them.
 * @param {File} file
 * @param {Names} names
 * @param {import("../assessment/table.js").Texts} texts
 * @returns {Promise<{saved: Saved, dropped: number}>} `dropped`: entries that could not be read.
 * @throws {UnreadableError}
 */
export async function readFile(file, names, texts) {
  if (file.size > LARGEST_FILE) throw new UnreadableError("too-large");
  // A file that has gone away reads as an empty one.
  const text = await file.text().catch(() => "");
  const isTable = /\.(csv|tsv|txt)$/i.test(file.name);
  const answers = isTable
    ? (await import("../assessment/table.js").catch(notLoaded)).readTable(text, names, texts)
    : read(text);
  const { id, version, title } = answers.saved.framework;
  if (id !== names.questionnaire.framework.id)
    throw new UnreadableError("other-framework", { other: title || id, version });
  refuseNewer(names.questionnaire, version);
  return answers;
}

/** Offer an assessment as a file. @param {Saved} saved @returns {string} The file's name. */
export function saveFile(saved) {
  const text = JSON.stringify(JSON.parse(write(saved)), null, 1);
  const name = `${fileName(saved)}.json`;
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
