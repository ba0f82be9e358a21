/** What the theme's frame lacks for the keyboard and for screen readers. Its menu, the parts of the menu and, on
    a narrow screen, the search are opened by labels of hidden boxes: here they become buttons. */

/** Where the theme shows the menu beside the page, and the field of the search in the header. */
const BESIDE = matchMedia("(min-width: 76.25em)");
const FIELD = matchMedia("(min-width: 60em)");

const [drawer, search] = ["drawer", "search"].map((name) => /** @type {HTMLInputElement} */ (document.querySelector(`[data-md-toggle="${name}"]`)));
const query = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-component=search-query]"));

/** What the theme says of a label's place among the stops of the keyboard. @type {WeakMap<Element, string | null>} */
const theirs = new WeakMap();

/** @param {string} selector @returns {HTMLLabelElement[]} */
const labels = (selector) => [...document.querySelectorAll(selector)].filter((one) => one instanceof HTMLLabelElement);

/** The label that opens what a box stands for. @param {HTMLInputElement} box */
const opener = (box) => labels(`.md-header__inner > [for="${box.id}"], .md-nav__link[for="${box.id}"], .md-nav__container > [for="${box.id}"]`)[0];

/** Make buttons of the labels that are there to be pressed, as the width of the window has it. */
function mend() {
  const name = document.querySelector(".md-nav--primary")?.getAttribute("aria-label");
  const said = query?.getAttribute("aria-label");
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", said ?? "");
  for (const label of labels(".md-header__inner > label, .md-sidebar--primary label")) {
    if (!theirs.has(label)) theirs.set(label, label.getAttribute("tabindex"));
    const { control } = label;
    const pressed = control instanceof HTMLInputElement && (!BESIDE.matches || theirs.get(label) === "0");
    set(label, "role", pressed && "button");
    set(label, "tabindex", pressed && "0");
    set(label, "aria-expanded", pressed && !label.matches(".md-nav__title") && `${control.checked}`);
    if (label.htmlFor === "__drawer" && label.matches(".md-header__button")) set(label, "aria-label", name);
    if (label.htmlFor === "__search") set(label, "aria-label", said);
    if (label.matches(".md-nav__container > label")) set(label, "aria-label", label.previousElementSibling?.textContent?.trim());
  }
  // The theme takes a title away to show it as a tip, and the name goes with it.
  for (const button of document.querySelectorAll(".md-content__button[title]")) set(button, "aria-label", button.getAttribute("title"));
  if (query) query.tabIndex = FIELD.matches || search.checked ? 0 : -1;
}

/** @param {Element} element @param {string} name @param {string | false | null | undefined} value */
function set(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/** Whoever opens a part of the menu by keyboard goes on in it, and comes back to where it was opened.
    @param {HTMLInputElement} box */
function follow(box) {
  if (BESIDE.matches || !(document.activeElement instanceof HTMLLabelElement)) return;
  const seen = labels(".md-sidebar--primary .md-nav__title").filter((title) => title.checkVisibility({ visibilityProperty: true }));
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
  if (key === " " && target instanceof HTMLLabelElement && target.matches("[role=button]")) {
    event.preventDefault();
    target.click();
  }
  if (key === "Escape" && drawer.checked && !BESIDE.matches) {
    drawer.click();
    opener(drawer)?.focus();
  }
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

export {};
