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
 * Return a field with lines, to be copied; nothing where there are none.
 * @param {string} label
 * @param {string[]} lines
 * @returns {Node[]}
 */
export function listToCopy(label, lines) {
  if (!lines.length) return [];
  const rows = String(Math.min(lines.length, 8));
  return [h("label", { class: "mp-not-read" }, h("span", {}, label), h("textarea", { readonly: "", rows }, lines.join("\n")))];
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
