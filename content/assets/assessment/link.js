/** Find shared answers in an address, before anything of them is read. Pure. */

/** Return what stands after the "#" of an address, or the address, however wrapped and escaped. @param {string} address */
export function fragmentOf(address) {
  let [text, before] = [address, ""];
  for (let n = 0; n < 8 && text !== before; n += 1) {
    before = text;
    text = text.replace(/(%[0-9a-f]{2})+/gi, decoded);
  }
  const at = text.search(/answers=/i);
  return text.slice(at < 0 ? text.indexOf("#") + 1 : at);
}

/** @param {string} escapes */
function decoded(escapes) {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

/** Return whether a fragment leads to answers of others: to shared ones, or to the example. @param {string} fragment */
export const isShared = (fragment) => /answers(=|%)|^#?example$/i.test(fragment);
