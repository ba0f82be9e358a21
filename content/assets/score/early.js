/**
 * What was filled in before the script had come: on a slow network the form can be answered without it. The page marks
 * each such control (see main.html).
 */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * Read what stands in the marked controls, and take their marks away.
 * @param {Element} element Holds them.
 * @returns {() => void} Enters all of it once more, as the reader did; called when what is saved has been filled in.
 */
export function early(element) {
  const entries = [.../** @type {NodeListOf<Control>} */ (element.querySelectorAll("[data-early]"))].map((control) => {
    delete control.dataset.early;
    return { control, entry: entryOf(control) };
  });
  return () => {
    for (const { control, entry } of entries) {
      // Of answers to one question the last is the reader's.
      if (control.type === "radio" && !entry.checked) continue;
      if (control.type !== "file") Object.assign(control, entry);
      for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
    }
  };
}

/** @param {Control} control @returns {{checked?: boolean, value?: string}} What of it can be set once more. */
const entryOf = (control) =>
  control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)
    ? { checked: control.checked }
    : { value: control.value };
