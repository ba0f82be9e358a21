/** Versions, by Semantic Versioning. */

import { LONGEST_ID, isText } from "./json.js";

/** Semantic Versioning 2.0.0, less build metadata; as in the schema. */
const VERSION =
  /^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?$/;

/**
 * Tell whether a value is a version of a framework.
 * @param {unknown} value
 * @returns {value is string}
 */
export const isVersion = (value) => isText(value, LONGEST_ID) && VERSION.test(value);

/**
 * Tell whether a version comes after another, by the precedence of semantic versions.
 * @param {string} version
 * @param {string} other
 */
export function comesAfter(version, other) {
  // A release comes after its pre-releases: "~" comes after every letter.
  const [ours, theirs] = [version, other].map((text) => (text.includes("-") ? text.replace("-", ".") : `${text}.~`).split("."));
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  const [mine, its] = [ours[at], theirs[at]];
  if (at < 0 || its === undefined) return at >= 0;
  const [isNumber, isToo] = [mine, its].map((part) => /^\d+$/.test(part));
  if (isNumber && isToo) return Number(mine) > Number(its);
  return isNumber === isToo ? mine > its : isToo;
}
