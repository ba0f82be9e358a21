/** Find shared answers in an address, before anything of them is read. Pure. */

/**
 * Return the fragment of an address, without its "#" and also where a program has escaped it. A text without a "#" is
 * taken for a fragment; that of a character as HTML writes it, such as "&#126;", is none.
 * @param {string} address
 */
export function fragmentOf(address) {
  const [before] = /^(?:&#x?[0-9a-f]+;|[^#])*#?/i.exec(address) ?? [""];
  const fragment = before.endsWith("#") ? address.slice(before.length) : address;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Return whether a fragment leads to answers of others: to shared ones, or to the example. @param {string} fragment */
export const isShared = (fragment) => /answers(=|%)|^#?example$/i.test(fragment);
