/** Texts of the catalog, filled in. */

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
 * @param {Record<string, string>} texts By key; a key with a number `n` has `.one` and `.other`.
 * @param {string} language
 * @returns {Speaker}
 */
export function speaker(texts, language) {
  const shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  /** @type {Say} */
  const pieces = (key, values = {}) => {
    const form = key in texts ? key : `${key}.${values.n === 1 ? "one" : "other"}`;
    return (texts[form] ?? key).split(/\{(\w+)\}/).flatMap((piece, index) => {
      if (index % 2 === 0) return piece ? [piece] : [];
      const value = values[piece] ?? "";
      return typeof value === "number" ? [String(value)] : value;
    });
  };
  return {
    pieces,
    say: (key, values) => pieces(key, values).join(""),
    percent: (share) => shares.format(Math.floor(share * 100 + 1e-9) / 100),
    date: (date) => (Number.isNaN(Date.parse(date)) ? date : dates.format(new Date(date))),
  };
}
