/** The browser's own storage, where there is one that may be used. */

/** An entry that is written for a moment, to see whether storage may be used. */
const PROBE = "maturity-probe";

/** Return the browser's storage, or null where it may not be used. */
export function browserStorage() {
  try {
    localStorage.setItem(PROBE, "");
    localStorage.removeItem(PROBE);
    return localStorage;
  } catch (error) {
    // A full storage can still be read, and may have room again later.
    return error instanceof DOMException && error.name === "QuotaExceededError" ? localStorage : null;
  }
}
