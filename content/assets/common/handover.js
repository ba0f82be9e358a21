/** Handing something over: as a file, or a text on the clipboard. */

import { h } from "./dom.js";

/**
 * Offer a text, or bytes, as a file.
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} [type]
 */
export function download(name, content, type = "application/json") {
  const address = URL.createObjectURL(new Blob([content], { type }));
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
