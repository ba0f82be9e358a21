/** Comparing texts, the same in every language. */

/** Return -1, 0 or 1, as `a` comes before `b`, is the same, or comes after it, by code units. @param {string} a @param {string} b */
export const compareTexts = (a, b) => (a < b ? -1 : Number(a > b));
