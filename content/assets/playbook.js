/** Loads the code of the elements that a page has, also after instant navigation. */

/** Elements with code of their own. @type {Record<string, () => unknown>} */
const ELEMENTS = {
  "maturity-score": () => import("./score/score.js"),
  "maturity-team": () => import("./review/team.js"),
  "maturity-compare": () => import("./review/compare.js"),
  "maturity-report": () => import("./review/report-page.js"),
  "maturity-tracker": () => import("./exports/checklist.js"),
};

function load() {
  for (const [name, get] of Object.entries(ELEMENTS)) if (document.querySelector(name)) get();
}

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
if (document$) document$.subscribe(load);
else load();
