/**
 * Texts of the catalog, filled in, in the form that a number takes. In Python `framework/catalog.py` does
 * the same with `framework/plurals.py`, and `Phrases.say_counted` in the workbook.
 */

import { roundedDown } from "./numbers.js";

/**
 * @typedef {{to: "practice" | "question" | "role", id: string, label: string}} Reference A page or question that a
 *   piece of text points to.
 * @typedef {string | Reference} Piece
 *
 * @callback Say
 * @param {string} key
 * @param {Record<string, number | Piece | Piece[]>} [values]
 * @returns {Piece[]} The text in pieces, so that a value may point somewhere.
 *
 * @typedef {object} Speaker
 * @property {Say} pieces
 * @property {(key: string, values?: Record<string, string | number>) => string} say
 * @property {(share: number) => string} percent Never rounded up.
 * @property {(date: string) => string} date An ISO date as people write it.
 */

/**
 * Return what fills in texts of the catalog.
 * @param {Record<string, string>} texts By key. A text that depends on a number `n` has forms below its key: `other`,
 *   and those that its language tells apart. `KEY.language` says which language that is, where it is not the page's.
 * @param {string} language
 * @returns {Speaker}
 */
export function speaker(texts, language) {
  const shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  /** The key of the form that a number takes. @param {string} key @param {unknown} n */
  const formed = (key, n) => {
    const form = `${key}.${pluralForm(texts[`${key}.language`] ?? language, Number(n))}`;
    return form in texts ? form : `${key}.other`;
  };
  /** @type {Say} */
  const pieces = (key, values = {}) => {
    const text = texts[key in texts ? key : formed(key, values.n)];
    return (text ?? key).split(/\{(\w+)\}/).flatMap((piece, index) => {
      if (index % 2 === 0) return piece ? [piece] : [];
      const value = values[piece] ?? "";
      return typeof value === "number" ? [String(value)] : value;
    });
  };
  return {
    pieces,
    say: (key, values) => pieces(key, values).join(""),
    percent: (share) => shares.format(roundedDown(share * 100) / 100),
    date: (date) => (Number.isNaN(Date.parse(date)) ? date : dates.format(new Date(date))),
  };
}

/** @type {Map<string, Intl.PluralRules>} */
const rules = new Map();

/**
 * Return the form that a number takes in a language, by CLDR: "zero", "one", "two", "few", "many" or "other".
 * A language that the browser does not know follows the rules of English.
 * @param {string} language
 * @param {number} number
 */
export function pluralForm(language, number) {
  const known = Intl.PluralRules.supportedLocalesOf([language]).length ? language : "en";
  if (!rules.has(known)) rules.set(known, new Intl.PluralRules(known));
  return /** @type {Intl.PluralRules} */ (rules.get(known)).select(number);
}
