/** Loads the self-scoring page's code where a page has it, also after instant navigation. */

function load() {
  if (document.querySelector("maturity-score")) import("./score/score.js");
}

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
if (document$) document$.subscribe(load);
else load();
