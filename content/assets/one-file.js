/** The page of the one file: it unpacks what it holds, shows the questions or the report, and follows the reader's colors. */

import { textsOf } from "./score/asked.js";

/** The fragment of the report's address; each other one is the self-scoring's. */
const REPORT = "#report";
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Bring what is packed into the page, in place of the plain questions. */
async function unpack() {
  const packed = /** @type {HTMLElement} */ (document.getElementById("packed"));
  const bytes = Uint8Array.from(atob(packed.textContent ?? ""), (sign) => sign.charCodeAt(0));
  const { body } = /** @type {{body: ReadableStream<BufferSource>}} */ (new Response(bytes));
  const text = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
  const inside = new DOMParser().parseFromString(text, "text/html");
  const [score, report] = ["score", "report"].map((name) => /** @type {HTMLElement} */ (inside.querySelector(`maturity-${name}`)));
  tell(report, score);
  document.head.append(...inside.querySelectorAll("style"));
  document.getElementById("plain")?.replaceWith(...inside.body.children);
  packed.remove();
  document.getElementById("parts")?.removeAttribute("hidden");
  show();
}

/** Give the report what stands in the self-scoring already. @param {HTMLElement} report @param {HTMLElement} score */
function tell(report, score) {
  const { questionnaire = "" } = score.dataset;
  const { practices } = JSON.parse(questionnaire);
  const asks = /** @type {HTMLElement[]} */ ([...score.querySelectorAll("fieldset[data-practice]")]);
  const texts = asks.map((ask) => [ask.dataset.practice, textsOf(ask, practices[ask.dataset.practice ?? ""].title)]);
  Object.assign(report.dataset, { questionnaire, texts: JSON.stringify(Object.fromEntries(texts)) });
}

/** Show the part that the address names. */
function show() {
  const name = location.hash === REPORT ? "report" : "score";
  for (const part of document.querySelectorAll("[data-view-of]"))
    part.toggleAttribute("hidden", part.getAttribute("data-view-of") !== name);
  for (const link of document.querySelectorAll("[data-leads-to]")) {
    if (link.getAttribute("data-leads-to") === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function paint() {
  document.body.dataset.mdColorScheme = DARK.matches ? "slate" : "default";
}

addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-print]")) print();
});

paint();
DARK.addEventListener("change", paint);
addEventListener("hashchange", show);
// Whatever keeps it from unpacking leaves the plain questions, and what they say of browsers.
unpack().then(() => Promise.all([import("./score/score.js"), import("./review/report-page.js")]));
