/** Pages that are opened from a drive, where browsers load no modules: all of them come in one script, and links lead to files. */

/** Let a link to a folder lead to the page in it. @param {HTMLAnchorElement | HTMLAreaElement} link */
function leadToFile(link) {
  if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}

for (const link of document.links) leadToFile(link);
// Some links are made later.
addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest("a");
  if (link) leadToFile(link);
}, true);

// Nothing can be read from a drive: no example, and no index of the search.
for (const offer of document.querySelectorAll(".mp-example-offer, .mp-kit__example, .mp-home-examples")) offer.setAttribute("hidden", "");
const { driveWords } = /** @type {{driveWords: {search: string}}} */ (/** @type {unknown} */ (globalThis));
document.querySelector(".md-search-result__meta")?.replaceChildren(driveWords.search);

import("./frame.js");
import("./playbook.js");

export {};
