// Shows another page of the site in the place of the one that is open, as instant navigation does:
// its content with its style sheets, of which the scripts hear as of a new document.
async (address) => {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // An address of a sheet is relative to its own page.
  const sheets = (all, base) =>
    [...all.querySelectorAll("head > link[rel=stylesheet]")].map((sheet) => {
      sheet.href = new URL(sheet.getAttribute("href"), base).href;
      return sheet;
    });
  const old = sheets(document, location.href);
  const wanted = sheets(page, answer.url);
  const has = (some, sheet) => some.some(({ href }) => href === sheet.href);
  for (const sheet of old) if (!has(wanted, sheet)) sheet.remove();
  const coming = wanted
    .filter((sheet) => !has(old, sheet))
    .map((sheet) => document.head.appendChild(document.adoptNode(sheet)))
    .map((sheet) => new Promise((resolve) => sheet.addEventListener("load", resolve)));
  history.replaceState(null, "", answer.url);
  document.querySelector(".md-container").replaceWith(page.querySelector(".md-container"));
  await Promise.all(coming);
  document$.next(document);
}
