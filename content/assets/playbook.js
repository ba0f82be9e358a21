/** Loads the code of the elements that a page has, also after instant navigation. */

/** Elements `<maturity-…>` and their code. */
const ELEMENTS = {
  score: "./score/score.js",
  team: "./review/team.js",
  compare: "./review/compare.js",
  report: "./review/report-page.js",
  tracker: "./exports/checklist.js",
};

function load() {
  for (const [name, code] of Object.entries(ELEMENTS))
    if (document.querySelector(`maturity-${name}`)) import(code);
}

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
if (document$) document$.subscribe(load);
else load();
