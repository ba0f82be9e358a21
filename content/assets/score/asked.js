/** What the questions of the form say, for what has no form of its own. */

/**
 * Return what a question says.
 * @param {Element} element Its fieldset.
 * @param {string} title What asks where no question is written out.
 * @returns {import("../assessment/texts.js").PracticeTexts}
 */
export function textsOf(element, title) {
  const all = (/** @type {string} */ selector) => /** @type {HTMLElement[]} */ ([...element.querySelectorAll(selector)]);
  const text = (/** @type {Element | null} */ part) => part?.textContent ?? "";
  const named = (/** @type {string} */ selector, /** @type {(label: HTMLElement) => string} */ says) =>
    Object.fromEntries(all(selector).map((label) => [/** @type {HTMLInputElement} */ (label.querySelector("input")).value, says(label)]));
  return {
    question: text(all(".mp-ask__question")[0]) || title,
    criteria: all(".mp-ask__criteria .mp-tick > span, .mp-ask__means li").map(text),
    // Where the page leaves out what repeats the label, the whole text stands beside it.
    options: named(".mp-option:not(.mp-option--other)", (label) => label.dataset.says ?? text(label.querySelector("span > :last-child"))),
    evidence: named(".mp-ask__evidence .mp-tick", (label) => text(label.querySelector("span"))),
  };
}
