/** Find shared answers in an address, before anything of them is read. Pure. */

/**
 * Return the fragment of an address, without its "#" and also where a program has escaped it. A text without a "#" before its answers
 * is taken for a fragment, and so is one with a "&#", as HTML writes characters.
 * @param {string} address
 */
export function fragmentOf(address) {
  const fragment = /^[^#]*answers[=%]|&(amp;)*#/i.test(address) ? address : address.slice(address.indexOf("#") + 1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Return whether a fragment leads to answers of others: to shared ones, or to the example. @param {string} fragment */
export const isShared = (fragment) => /answers(=|%)|^#?example$/i.test(fragment);
