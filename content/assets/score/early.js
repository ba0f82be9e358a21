/**
 * What was filled in before the script had come: on a slow network the form can be answered without it. The page marks
 * each such control until what is saved is filled in (see main.html).
 */

import { LONGEST_ENTRY } from "../assessment/answers.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{control: Control, value: string}} Entry What stood in a control. */

/**
 * Read what stands in the marked controls, and take their marks away; there has to be one.
 * @param {Element} element Holds them.
 * @returns {{enter: (replaces: boolean) => Entry[], goOn: (show: (control: Element) => void) => void}} `enter` enters all of
 *   it once more, as the reader did, when what is saved has been filled in, and returns what stays out: texts that there is no
 *   room for, and where `replaces` is false, whatever would take the place of something else. `goOn` lets the reader go on in
 *   the last control, which `show` shows if it is hidden by then.
 */
export function early(element) {
  const entries = [.../** @type {NodeListOf<Control>} */ (element.querySelectorAll("[data-early]"))].map((control) => {
    const { early = "" } = control.dataset;
    delete control.dataset.early;
    return { control, value: isBox(control) && !control.checked ? "" : control.value, at: Number(early) };
  });
  const last = entries.reduce((one, other) => (other.at < one.at ? one : other));
  // Of answers to one question the last is the reader's. Whoever has taken back what was entered has said nothing.
  const said = entries.filter(({ value }) => value.trim());
  return {
    enter: (replaces) => said.filter(({ control, value }) => !enter(control, value, replaces)),
    goOn: (show) => goOn(last.control, show),
  };
}

/**
 * Enter something once more. A text goes below the one that is saved, which could not be seen.
 * @param {Control} control
 * @param {string} value
 * @param {boolean} replaces Whether it may take the place of something else.
 * @returns {boolean} Whether there was room for it.
 */
function enter(control, value, replaces) {
  const saved = savedIn(control);
  const isText = control instanceof HTMLTextAreaElement;
  const text = isText && saved ? `${saved}\n${value}` : value;
  if (text.length > LONGEST_ENTRY || (!isText && !replaces && saved && saved !== value)) return false;
  if (isBox(control)) control.checked = true;
  else control.value = text;
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

/** Return what the control, or another one that excludes it, stands for now. @param {Control} control */
function savedIn(control) {
  if (!isBox(control)) return control.value;
  const chosen = control.closest("fieldset")?.querySelector(`[type=radio][name="${control.name}"]:checked`);
  return chosen instanceof HTMLInputElement ? chosen.value : "";
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

/** Tell whether a control is chosen or ticked. @param {Control} control @returns {control is HTMLInputElement} */
const isBox = (control) => control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);
