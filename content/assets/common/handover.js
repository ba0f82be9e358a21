/** Handing a text over: as a file, or on the clipboard. */

import { h } from "./dom.js";

/**
 * Offer a text as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function download(name, text, type = "application/json") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/**
 * Copy a text to the clipboard. Without https, or where the reader forbids it, there is none.
 * @param {string} text
 * @param {string} label
 * @returns {Promise<HTMLTextAreaElement | undefined>} A field to copy from by hand, if need be.
 */
export async function copy(text, label) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return h("textarea", { readonly: true, "aria-label": label }, text);
  }
}
