/** What pages do with a script, also after instant navigation: print, and load the self-scoring page's code. */

function load() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => print());
  }
  if (document.querySelector("maturity-score")) import("./score/score.js");
}

// Material's stream of documents: the first one, and one after each instant navigation.
const { document$ } = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (
  /** @type {unknown} */ (globalThis)
);
if (document$) document$.subscribe(load);
else load();
