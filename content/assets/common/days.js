/**
 * Days of the calendar, as texts such as 2026-11-24: no times, and so no time zones. Pure.
 *
 * `hooks/maturity/framework/days.py` follows the same rules; `tests/scoring.yaml` holds both to the same cases.
 */

/** How far ahead anybody looks for what runs out. */
export const HORIZON = "24 months";
/** The last day of the calendar. */
export const LAST = "9999-12-31";

/**
 * Return the day of a year that a month, counted from 0, and a number lie at; both may be beyond their ends. UTC has no other days.
 * @param {number} year @param {number} month @param {number} number
 */
function dayAt(year, month, number) {
  const time = new Date(0);
  time.setUTCFullYear(year, month, number);
  return time.getUTCFullYear() > 9999 ? null : time.toISOString().slice(0, 10);
}

/** @param {string} day @returns {[number, number, number]} Its year, month from 0, and number. */
const partsOf = (day) => [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))];

/** Tell whether a text is a day that the calendar has. @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith("0000") && dayAt(...partsOf(text)) === text;

/**
 * Return the last day of what lasts a lifetime from a day on. Months end on the same day of another month, or on the last one of a
 * shorter month.
 * @param {string} on
 * @param {string} lifetime Such as "90 days" or "12 months".
 * @returns {string | null} Null where the calendar ends before, after the year 9999.
 */
export function lastDay(on, lifetime) {
  const [year, month, number] = partsOf(on);
  const [count, unit] = lifetime.split(" ");
  if (unit.startsWith("day")) return dayAt(year, month, number + Number(count));
  const target = month + Number(count);
  const same = dayAt(year, target, number);
  // The day 0 of a month is the last one of the month before it.
  const end = dayAt(year, target + 1, 0);
  return same && end && (same < end ? same : end);
}

/** Return the day after a day; null after the last one of the calendar. @param {string} day */
export const dayAfter = (day) => lastDay(day, "1 day");

/** Return the day before a day. @param {string} day */
export const dayBefore = (day) => lastDay(day, "-1 day") ?? day;
