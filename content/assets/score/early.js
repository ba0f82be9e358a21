/**
 * What was filled in before the script had come: on a slow network the form can be answered without it. The page marks
 * each such control (see main.html).
 */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * Read what stands in the marked controls, and take their marks away.
 * @param {Element} element Holds them.
 * @returns {(show: (control: Element) => void) => void} Enters all of it once more, as the reader did; called when what is saved
 *   has been filled in. The last one, where the reader goes on, is shown by `show` if it is hidden by then.
 */
export function early(element) {
  const entries = [.../** @type {NodeListOf<Control>} */ (element.querySelectorAll("[data-early]"))].map((control) => {
    const { early = "" } = control.dataset;
    delete control.dataset.early;
    return { control, entry: entryOf(control), at: Number(early) };
  });
  const last = entries.reduce((one, other) => (other.at < one.at ? one : other));
  return (show) => {
    for (const { control, entry } of entries) {
      // Of answers to one question the last is the reader's.
      if (control.type === "radio" && !entry.checked) continue;
      if (control.type !== "file") Object.assign(control, entry);
      for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
    }
    goOn(last.control, show);
  };
}

/** Let the reader go on in a control, unless the focus is elsewhere. @param {Control} control @param {(control: Element) => void} show */
function goOn(control, show) {
  const { activeElement, body } = document;
  // Headings get the focus from the page, not from the reader.
  if (activeElement !== control && activeElement !== body && !activeElement?.matches('[tabindex="-1"]')) return;
  if (!control.getClientRects().length) show(control);
  control.closest("details")?.setAttribute("open", "");
  control.focus();
}

/** @param {Control} control @returns {{checked?: boolean, value?: string}} What of it can be set once more. */
const entryOf = (control) =>
  control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)
    ? { checked: control.checked }
    : { value: control.value };
