/** The page for missing addresses: shows its search, which needs scripts, and fills in what the address speaks of. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".mp-lost"));

/** The words of the last part of an address: `/practices/data-audti/` speaks of "data audti". @param {string} path */
function wordsOf(path) {
  const part = path.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(part).replace(/\.\w+$/, "").replace(/[-_+.\s]+/g, " ").trim();
  } catch {
    return ""; // an address that was cut off in the middle of a letter
  }
}

if (form) {
  const [field] = form.getElementsByTagName("input");
  if (field) field.value = wordsOf(location.pathname).slice(0, 80);
  form.hidden = false;
}

export {};
