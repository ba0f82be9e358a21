/** What pages do with a script, also after instant navigation: print, and load the code of their elements. */

/** Elements `<maturity-…>` and their code. */
const ELEMENTS = {
  map: "map/map",
  matrix: "matrix/board",
  score: "score/score",
  team: "review/team",
  compare: "review/compare",
  report: "review/report-page",
  tracker: "checklist/tracker",
  posting: "checklist/posting",
  invitation: "checklist/invitation",
  markdown: "parts/copy-page",
};

function load() {
  for (const [name, code] of Object.entries(ELEMENTS))
    if (document.querySelector(`maturity-${name}`)) import(`./${code}.js`);
}

addEventListener("click", ({ target }) => {
  if (/** @type {Element} */ (target).closest?.("[data-print]")) print();
});

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => object}}} */ (
  /** @type {unknown} */ (globalThis)
);
document$?.subscribe(load) ?? load();

export {};
