/** Elements from data. A string always becomes text, never markup. */

/** @typedef {string | Node | null | undefined | false} Child */

/** Return the element that the page's template calls by a name. @param {Element} root @param {string} name */
export const part = (root, name) =>
  /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));

/**
 * Return what was pressed: the nearest element around a click that the selector names, or null.
 * @param {EventTarget | null} target
 * @param {string} [selector]
 */
export const pressed = (target, selector = "button[data-do]") =>
  target instanceof Element ? target.closest(/** @type {"button"} */ (selector)) : null;

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes] A function is a listener, named as its event;
 *   `true` is an attribute without a value; null, undefined and false leave it out.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function")
      element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) if (child) element.append(child);
  return element;
}

/**
 * Have the page say that code of it could not be loaded, and offer to load it anew: see `overrides/main.html`.
 * @returns {null} In place of the module.
 */
export const missing = () => {
  dispatchEvent(new Event("mp-missing"));
  return null;
};

/** How many entries of a list are shown before the rest is folded away. */
const UNFOLDED = 8;

/**
 * Make a list of which only the beginning is open.
 * @param {"ol" | "ul"} tag
 * @param {Node[]} items
 * @param {(key: string, values: {n: number}) => string} say
 * @param {number} [unfolded] How many entries are open.
 */
export function folded(tag, items, say, unfolded = UNFOLDED) {
  const rest = items.slice(unfolded);
  const start = tag === "ol" && unfolded + 1;
  return h(
    "div",
    {},
    h(tag, {}, items.slice(0, unfolded)),
    rest.length > 0 && h("details", {}, h("summary", {}, say("more", { n: rest.length })), h(tag, { start }, rest)),
  );
}
