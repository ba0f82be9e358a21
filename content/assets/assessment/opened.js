/** Answers out of the bytes of a file, whatever it is called: as a page saves them, or a table of them. Pure. */

import { decodeBytes, isYaml, kindOf } from "../common/bytes.js";
import { newId } from "../common/ids.js";
import { shown, trace, unread } from "../common/json-source.js";
import { UnreadableError, isOffered, read, refuseNewer, write } from "./answers.js";

/**
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./names.js").Names} Names
 * @typedef {(text: string, names: Names, texts: import("./table.js").Texts) => ReturnType<typeof import("./table.js").readTable>} TableReader
 *
 * @typedef {object} Opened
 * @property {Saved} saved
 * @property {string[]} faults What was left out, each with its line and value, in the page's words.
 * @property {string[]} uncounted Answers that are kept and do not count, likewise.
 * @property {string[]} remarks What else is to be known of the file: sentences.
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
  const answers = kind === "json" ? fileOf(text, names) : tableOf(text, await tables(), names, texts);
  const { id, version, title } = answers.saved.framework;
  if (id !== names.questionnaire.framework.id) throw new UnreadableError("other-framework", { other: title || id, version });
  refuseNewer(names.questionnaire, version);
  const { say } = names.speaker;
  const remarks = [...answers.remarks, isGuessed ? say("guessed") : "", text.includes("\ufffd") ? say("damaged") : ""].filter(Boolean);
  return { ...answers, remarks, uncounted: uncountedIn(answers.saved, names) };
}

/** @param {string} text @param {Names} names */
function fileOf(text, names) {
  const { lineOf, twice, isCut } = trace(text);
  try {
    const { saved } = read(text);
    const { say } = names.speaker;
    const faults = [
      ...unread(JSON.parse(text), JSON.parse(write(saved))).map(({ path, value }) => ({ path, line: lineOf(path), value: shown(value) })),
      ...twice.map((one) => ({ ...one, value: say("fault.again") })),
    ].sort((a, b) => a.line - b.line);
    // Each person is told apart by an id: to take out one must not take out others.
    const ids = new Set();
    for (const rater of saved.assessment.raters) ids.add((rater.id = ids.has(rater.id) ? newId() : rater.id));
    return { saved, faults: faults.map(({ path, line, value }) => say("fault.entry", { line, place: path.join(" › "), value })), remarks: [] };
  } catch (error) {
    const code = error instanceof UnreadableError ? error.code : "";
    if (code === "not-answers" && /"maturity-ideas\//.test(text)) throw new UnreadableError("is-ideas");
    if (code !== "not-json") throw error;
    throw isCut ? error : new UnreadableError("bad-json");
  }
}

/** @param {string} text @param {TableReader} readTable @param {Names} names @param {import("./table.js").Texts} texts */
function tableOf(text, readTable, names, texts) {
  try {
    return readTable(text, names, texts);
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.code !== "not-table") throw error;
    if (/"maturity-answers\//.test(text)) throw new UnreadableError("around");
    if (/answers(=|%3D)/i.test(text)) throw new UnreadableError("is-link");
    throw isYaml(text) ? new UnreadableError("yaml") : error;
  }
}

/**
 * Return the answers of this version that are kept and do not count: to practices that it does not have, and those that a
 * practice does not offer. What becomes of answers of an earlier version is told where they are carried over.
 * @param {Saved} saved
 * @param {Names} names
 */
function uncountedIn({ framework, assessment }, names) {
  const { practices } = names.questionnaire;
  if (framework.version !== names.questionnaire.framework.version) return [];
  const known = new Set(Object.entries(practices).flatMap(([id, { formerly }]) => [id, ...formerly]));
  const counts = (/** @type {string} */ id, /** @type {string} */ answer) =>
    Object.hasOwn(practices, id) ? isOffered(names.questionnaire, id, answer) : known.has(id);
  return [assessment, ...assessment.raters].flatMap(({ answers }) =>
    [...answers].flatMap(([id, { answer }]) => (answer && !counts(id, answer) ? [`${names.practice(id)}: ${names.answer(answer)}`] : [])),
  );
}
