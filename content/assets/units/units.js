/**
 * The filter of units by what they belong to: rows of other units are hidden, and the choice stands in the address. Without
 * this script the table shows every unit.
 */

/** The filter's name in the address and in the form. */
const FILTER = "part-of";

class MaturityUnits extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return; // no unit belongs to another
    const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(FILTER));
    const asked = new URLSearchParams(location.search).get(FILTER) ?? "";
    if ([...select.options].some(({ value }) => value === asked)) select.value = asked;
    form.addEventListener("change", () => {
      this.#show(select.value);
      const query = select.value ? `?${new URLSearchParams({ [FILTER]: select.value })}` : location.pathname;
      history.replaceState(history.state, "", `${query}${location.hash}`);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    this.#show(select.value);
  }

  /** Show the units that belong to one, and it; all of them for "". @param {string} group */
  #show(group) {
    const rows = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("tr[data-within]")]);
    for (const row of rows) row.hidden = group !== "" && !(row.dataset.within ?? "").split(" ").includes(group);
    const n = rows.filter(({ hidden }) => !hidden).length;
    const status = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    const text = (this.dataset.status ?? "").replace("{n}", String(n)).replace("{total}", String(rows.length));
    status.textContent = group ? text : "";
  }
}

customElements.define("maturity-units", MaturityUnits);

export {};
