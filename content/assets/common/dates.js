/** Dates as text, as 2026-11-24. */

export const DATE = /^\d{4}-\d\d-\d\d$/;

/** Return today's date where the reader is. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
