/** Comparing and rounding numbers that are sums of decimal fractions, such as 0.1 + 0.2. */

/** Numbers that differ by less are the same. The workbook has the same figure. */
const TOLERANCE = 1e-9;

/** Return whether `value` reaches `limit`. @param {number} value @param {number} limit */
export const reaches = (value, limit) => value >= limit - TOLERANCE;

/** Return the greatest integer that a number reaches. @param {number} value */
export const roundedDown = (value) => Math.floor(value + TOLERANCE);
