/** What is done where code cannot be loaded. */

/**
 * Have the page say that a part of it is missing, and offer to load it anew: see `overrides/main.html`.
 * @returns {null} So it can stand in for the module.
 */
export function missing() {
  dispatchEvent(new Event("mp-missing"));
  return null;
}
