/** Loads a component's code where a page has the component, also after instant navigation. */

const COMPONENTS = { "maturity-score": "./score/score.js" };

function load() {
  for (const [name, module] of Object.entries(COMPONENTS))
    if (document.querySelector(name) && !customElements.get(name)) import(module);
}

// Material's stream of documents: the first one, and one after each instant navigation.
const documents = /** @type {{document$?: {subscribe: (next: () => void) => void}}} */ (globalThis);
if (documents.document$) documents.document$.subscribe(load);
else load();
