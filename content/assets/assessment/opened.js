/** Answers out of the bytes of a file, whatever it is called: as a page saves them, or a table of them. Pure. */

import { decodeBytes, isYaml, kindOf } from "../common/bytes.js";
import { UnreadableError, read, refuseNewer } from "./answers.js";

/**
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./names.js").Names} Names
 * @typedef {(text: string, names: Names, texts: import("./table.js").Texts) => ReturnType<typeof import("./table.js").readTable>} TableReader
 *
 * @typedef {object} Opened
 * @property {Saved} saved
 * @property {number} dropped How many entries could not be read.
 * @property {string[]} faults What is known of them, each with its line and value, in the page's words.
 * @property {boolean} isGuessed Whether letters may be wrong: the bytes were not Unicode's.
 */

/**
 * Read answers.
 * @param {Uint8Array} bytes
 * @param {Names} names
 * @param {import("./table.js").Texts} texts
 * @param {() => Promise<TableReader>} tables Loads what reads tables.
 * @returns {Promise<Opened>}
 * @throws {UnreadableError} Which says what the file is, where it holds no answers.
 */
export async function readBytes(bytes, names, texts, tables) {
  const { text, isGuessed } = decodeBytes(bytes);
  const kind = kindOf(bytes, text);
  if (kind !== "json" && kind !== "text") throw new UnreadableError(kind);
  const answers = kind === "json" ? { ...read(text), faults: [] } : tableOf(text, await tables(), names, texts);
  const { id, version, title } = answers.saved.framework;
  if (id !== names.questionnaire.framework.id) throw new UnreadableError("other-framework", { other: title || id, version });
  refuseNewer(names.questionnaire, version);
  return { ...answers, isGuessed };
}

/** @param {string} text @param {TableReader} readTable @param {Names} names @param {import("./table.js").Texts} texts */
function tableOf(text, readTable, names, texts) {
  try {
    return readTable(text, names, texts);
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.code !== "not-table") throw error;
    if (/answers(=|%3D)/i.test(text)) throw new UnreadableError("is-link");
    throw isYaml(text) ? new UnreadableError("yaml") : error;
  }
}
