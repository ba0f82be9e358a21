/** The staircase that a page has (`overrides/pages/blocks/stairs.md`), with a result on it. */

/** @typedef {import("../assessment/picture.js").Picture} Picture */

/**
 * Place the marks of a result, and write what they say.
 * @param {Element} drawing
 * @param {Picture} picture
 * @param {(key: string) => string} say
 */
export function drawStairs(drawing, { steps, marks, label }, say) {
  drawing.setAttribute("aria-label", label);
  for (const { level, here, isAhead } of steps) {
    const step = inside(drawing, `[data-level="${level}"]`);
    step.setAttribute("data-here", here);
    step.toggleAttribute("data-ahead", isAhead);
    inside(step, ".mp-stairs__flag text").textContent = here && say(here);
  }
  for (const { dimension, claimed, shown, open, reading } of marks) {
    const track = inside(drawing, `[data-dimension="${dimension}"]`);
    inside(track, ".mp-stairs__reading").textContent = reading;
    place(track, "claimed", claimed);
    place(track, "shown", shown);
    const line = inside(track, '[data-line="open"]');
    line.toggleAttribute("data-open", open !== null);
    display(line, open !== null);
    line.setAttribute("x1", across(open?.[0] ?? 0));
    line.setAttribute("x2", across(open?.[1] ?? 0));
  }
}

/** @param {Element} track @param {"claimed" | "shown"} kind @param {number | null} share */
function place(track, kind, share) {
  inside(track, `[data-line="${kind}"]`).setAttribute("x2", across(share ?? 0));
  const mark = inside(track, `[data-mark="${kind}"]`);
  mark.setAttribute("x", across(share ?? 0));
  display(mark, share !== null);
}

/** @param {Element} element @param {boolean} isShown */
function display(element, isShown) {
  if (isShown) element.removeAttribute("display");
  else element.setAttribute("display", "none");
}

/** @param {Element} element @param {string} selector */
const inside = (element, selector) => /** @type {Element} */ (element.querySelector(selector));

/** @param {number} share */
const across = (share) => `${Math.round(share * 1e5) / 1e3}%`;
