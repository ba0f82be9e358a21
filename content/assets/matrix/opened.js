/** Ideas out of the bytes of a file, whatever it is called. Pure. Loaded where a file is opened. */

import { decodeBytes, kindOf } from "../common/bytes.js";
import { record } from "../common/json.js";
import { shown, trace, unread } from "../common/json-source.js";
import { IdeasError, read } from "./ideas.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {import("./ideas.js").Fault} Fault
 *
 * @typedef {object} Opened
 * @property {Idea[]} ideas
 * @property {(Fault & {line: number, value: string})[]} faults What is wrong with ideas, with the line and value of it.
 * @property {{line: number, place: string, value: string}[]} unread What the file holds besides. An empty value is a key that
 *   stands there twice.
 * @property {("guessed" | "damaged")[]} remarks On its letters, as keys of the page's words.
 */

/**
 * Read ideas.
 * @param {Board} board
 * @param {Uint8Array} bytes
 * @returns {Opened}
 * @throws {IdeasError} Which says what the file is, where it holds no ideas.
 */
export function readBytes(board, bytes) {
  const { text, isGuessed } = decodeBytes(bytes);
  const kind = kindOf(bytes, text);
  if (kind === "empty" || kind === "conflict") throw new IdeasError(kind);
  if (kind !== "json") throw new IdeasError("kind", { kind });
  const traced = trace(text);
  const { ideas, faults } = sound(board, text, traced.isCut);
  const file = record(JSON.parse(text));
  const values = /** @type {unknown[]} */ (file.ideas);
  /** @type {Opened["remarks"]} */
  const remarks = [...(isGuessed ? [/** @type {const} */ ("guessed")] : []), ...(text.includes("\ufffd") ? [/** @type {const} */ ("damaged")] : [])];
  return {
    ideas,
    remarks,
    faults: faults.map((fault) => {
      const idea = record(values[fault.at - 1]);
      const key = fault.field || { twice: "id", shape: "" }[/** @type {string} */ (fault.code)] || fault.code;
      const isKey = Object.hasOwn(idea, key);
      return { ...fault, line: traced.lineOf(["ideas", String(fault.at), ...(isKey ? [key] : [])]), value: shown(isKey ? idea[key] : values[fault.at - 1]) };
    }),
    unread: [
      ...unread(file, faults.length ? file : { ...known(file), ideas }),
      ...traced.twice.map(({ path }) => ({ path, value: "" })),
    ].map(({ path, value }) => ({ line: traced.lineOf(path), place: path.join(" › "), value: shown(value) })),
  };
}

/** What a file says of its matrix. @param {Record<string, unknown>} file */
const known = ({ format, framework, matrix }) => ({ format, framework, matrix });

/** @param {Board} board @param {string} text @param {boolean} isCut */
function sound(board, text, isCut) {
  try {
    return read(board, text);
  } catch (error) {
    const code = error instanceof IdeasError ? error.code : "";
    if (code === "not-json" && !isCut) throw new IdeasError("bad-json");
    throw code === "not-ideas" && /"maturity-answers\//.test(text) ? new IdeasError("is-answers") : error;
  }
}
