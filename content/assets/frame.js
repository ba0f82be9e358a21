/** What the theme's frame lacks for the keyboard and for screen readers. Its menu, the parts of the menu and, on
    a narrow screen, the search open by labels of hidden boxes: each gets a button, which is what a label cannot be.
    And tables that a narrow screen shows as blocks say that they are tables, as some browsers forget it then. */

/** Where the theme shows the menu beside the page, and the field of the search in the header. */
const BESIDE = matchMedia("(min-width: 76.25em)");
const FIELD = matchMedia("(min-width: 60em)");

const [drawer, search] = ["drawer", "search"].map((name) => /** @type {HTMLInputElement} */ (document.querySelector(`[data-md-toggle="${name}"]`)));
const query = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-component=search-query]"));

/** @template {Element} T @param {string} selector @param {new () => T} type @returns {T[]} */
const all = (selector, type) => [...document.querySelectorAll(selector)].filter(/** @return {one is T} */ (one) => one instanceof type);

/** The button of a label: the part of it that is there to be pressed. @param {HTMLLabelElement} label */
function button(label) {
  const part = label.querySelector(":scope > :is(span.mp-press, .md-ellipsis, .md-nav__icon)");
  if (part) return part;
  const span = document.createElement("span");
  span.className = "mp-press";
  span.append(...label.childNodes);
  label.append(span);
  return span;
}

/** The button that opens what a box stands for. @param {HTMLInputElement} box */
function opener(box) {
  const [label] = all(`label[for="${box.id}"]:is(.md-header__button, .md-nav__link)`, HTMLLabelElement);
  return label && /** @type {HTMLElement} */ (button(label));
}

/** What a button is called, where its own text does not say it. @param {HTMLLabelElement} label */
function name(label) {
  if (label === opener(search)?.parentElement) return query?.getAttribute("aria-label");
  if (label.matches(".md-header__button")) return document.querySelector(".md-nav--primary")?.getAttribute("aria-label");
  return (label.matches(".md-nav__container > label") ? label.previousElementSibling : label)?.textContent?.trim();
}

/** @type {Record<string, string>} */
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", col: "columnheader", row: "rowheader" };

/** Every part of a table says what it is. @param {Element} table */
function declare(table) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")])
    set(part, "role", ROLES[part.getAttribute("scope") ?? part.localName]);
}

/** Make the buttons that the width of the window asks for. */
function mend() {
  for (const label of all(".md-header__inner > label, .md-sidebar--primary label", HTMLLabelElement)) {
    const box = /** @type {HTMLInputElement | null} */ (label.control);
    // A part of the menu can be closed also beside the page, where the theme makes a stop of its label.
    const closes = label.dataset.stop ?? (label.dataset.stop = label.getAttribute("tabindex") || "");
    label.removeAttribute("tabindex");
    const pressed = box && (closes || !BESIDE.matches);
    const part = button(label);
    set(part, "role", pressed && "button");
    set(part, "tabindex", pressed && "0");
    set(part, "aria-label", pressed && name(label));
    set(part, "aria-expanded", pressed && !label.matches(".md-nav__title") && `${box.checked}`);
  }
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", query?.getAttribute("aria-label") ?? "");
  // The theme takes a title away to show it as a tip, and the name goes with it.
  for (const icon of document.querySelectorAll(".md-content__button[title]")) set(icon, "aria-label", icon.getAttribute("title"));
  if (query) query.tabIndex = FIELD.matches || search.checked ? 0 : -1;
}

/** @param {Element} element @param {string} attribute @param {string | false | null | undefined} value */
function set(element, attribute, value) {
  if (value) element.setAttribute(attribute, value);
  else element.removeAttribute(attribute);
}

/** @param {Element} element */
const isVisible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

/** Whoever opens a part of the menu by keyboard goes on in it, and comes back to where it was opened.
    @param {HTMLInputElement} box */
function follow(box) {
  if (BESIDE.matches || !document.activeElement?.matches("label [role=button]")) return;
  const seen = all(".md-sidebar--primary .md-nav__title > span", HTMLElement).filter(isVisible);
  (box.checked ? seen.at(-1) : opener(box))?.focus({ preventScroll: true });
}

addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement && target.matches(".md-toggle"))) return;
  if (target !== search) follow(target);
  else if (!search.checked && !FIELD.matches && document.activeElement === query) opener(search)?.focus();
  mend();
});

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if ((key === " " || key === "Enter") && target instanceof HTMLElement && target.matches("label [role=button]")) {
    event.preventDefault();
    target.click();
  }
  if (key === "Escape" && drawer.checked && !BESIDE.matches) {
    drawer.click();
    opener(drawer)?.focus();
  }
});

// Firefox leaves a stop of the keyboard as it is where a part of it is in view.
addEventListener("keyup", ({ key }) => {
  if (key === "Tab" && document.activeElement !== document.body) document.activeElement?.scrollIntoView({ block: "nearest" });
});

// The theme takes the focus from the field of the search, and Safari would go on at the page's beginning, for ever.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.target !== query) return;
  event.stopPropagation();
  if (search.checked) search.click();
});

// Single letters lead to the next page or into the search there, whatever the reader is at: a slip, a word said to the
// machine or a presenter's remote would leave the page, and what is on it (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isPlain && ".,/fnps".includes(event.key) && !search.checked) event.stopPropagation();
});

// Browsers differ in whether a label hears of a button inside it. The search opens by itself when its field is reached.
addEventListener("click", (event) => {
  const part = event.target instanceof Element && event.target.closest("label [role=button]");
  const label = part && part.closest("label");
  if (!label) return;
  event.preventDefault();
  if (label.control !== search) label.control?.click();
});

// Beyond its last link the menu covers what comes next.
addEventListener("focusin", ({ target }) => {
  const outside = target instanceof Element && !target.closest(".md-sidebar--primary, [for=__drawer]");
  if (outside && drawer.checked && !BESIDE.matches) drawer.click();
});

for (const width of [BESIDE, FIELD]) width.addEventListener("change", mend);

const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
document$?.subscribe(mend);
document$?.subscribe(() => document.querySelectorAll("table[data-blocks]").forEach(declare));

export {};
