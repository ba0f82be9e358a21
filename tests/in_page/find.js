// Return the first visible element of a role whose name begins so, in an element or in the page.
const [role, name, inside] = arguments;
const KINDS = {
  button: "button, summary, [role=button]",
  link: "a[href]",
  heading: "h1, h2, h3, h4",
  radio: "input[type=radio]",
  checkbox: "input[type=checkbox]",
  list: "select",
  group: "fieldset",
  field: "input:not([type=radio], [type=checkbox], [type=file]), textarea",
  status: "[role=status]",
};
const text = (one) => one?.innerText || one?.textContent || "";
const labels = (one) => (one.getAttribute("aria-labelledby") ?? "").split(" ");
const names = (one) =>
  [
    one.getAttribute("aria-label"),
    labels(one).map((id) => text(document.getElementById(id))).join(" "),
    ...[...(one.labels ?? [])].map(text),
    text(one.querySelector(":scope > legend")),
    one.matches("input, select, textarea, fieldset") ? "" : text(one),
  ].map((own) => (own ?? "").replace(/\s+/g, " ").trim());
const isVisible = (one) =>
  one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
return (
  [...(inside ?? document).querySelectorAll(KINDS[role])].find(
    (one) => isVisible(one) && names(one).some((own) => own.startsWith(name) && (own || !name)),
  ) ?? null
);
