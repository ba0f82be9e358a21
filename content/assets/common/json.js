/** What is read from JSON that may come from anywhere: its types and limits, as JSON Schema counts them. */

import { ID } from "./ids.js";

/** The longest id; as in the schemas. */
export const LONGEST_ID = 80;
/** The longest title of a definition, in characters; as in the schema. */
export const LONGEST_TITLE = 20_000;

/**
 * Return `value` if it is a record, or else an empty one.
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
export const record = (value) => (isRecord(value) ? value : {});

/**
 * Tell a record from lists, null and all else.
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Tell whether a value is a text of at most so many characters: code points, not units of UTF-16.
 * @param {unknown} value
 * @param {number} longest
 * @returns {value is string}
 */
export const isText = (value, longest) =>
  typeof value === "string" && (value.length <= longest || (value.length <= 2 * longest && [...value].length <= longest));

/**
 * Tell whether a value is an id, as authors name the entries of a definition.
 * @param {unknown} value
 * @returns {value is string}
 */
export const isId = (value) => isText(value, LONGEST_ID) && ID.test(value);
