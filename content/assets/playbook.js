/** What pages do with a script, also after instant navigation: print, and load the code of their elements. */

import { missing } from "./common/dom.js";

/** Elements `<maturity-…>` and their code. Each address stands whole, as the build changes it with its file. */
const ELEMENTS = {
  map: () => import("./map/map.js"),
  units: () => import("./units/units.js"),
  matrix: () => import("./matrix/board.js"),
  score: () => import("./score/score.js"),
  team: () => import("./review/team.js"),
  compare: () => import("./review/compare.js"),
  report: () => import("./review/report-page.js"),
  tracker: () => import("./checklist/tracker.js"),
  posting: () => import("./checklist/posting.js"),
  invitation: () => import("./checklist/invitation.js"),
  markdown: () => import("./parts/copy-page.js"),
};

function load() {
  for (const [name, code] of Object.entries(ELEMENTS))
    if (document.querySelector(`maturity-${name}`)) code().catch(missing);
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
