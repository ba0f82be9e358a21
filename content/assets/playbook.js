/** Loads the code of the elements that a page has, also after instant navigation. */

function load() {
  if (document.querySelector("maturity-score")) import("./score/score.js");
  if (document.querySelector("maturity-tracker")) import("./exports/checklist.js");
}

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
if (document$) document$.subscribe(load);
else load();
