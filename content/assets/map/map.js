/**
 * The map's filters: what does not match is hidden, and the choice stands in the address, so that
 * a filtered map can be sent to somebody. Without this script the map shows everything.
 */

/** Names of the filters, in the address as in the form. */
const FILTERS = ["text", "role", "standard", "effort", "essential"];

/** @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Whether a practice matches what is chosen; what is not chosen matches everything.
 *
 * @param {HTMLElement} practice
 * @param {Record<string, string>} chosen
 */
function matches(practice, { text = "", role, standard, effort, essential }) {
  const title = folded(practice.textContent ?? "");
  return (
    folded(text).split(/\s+/).every((word) => title.includes(word)) &&
    (!role || (practice.dataset.roles ?? "").split(" ").includes(role)) &&
    (!standard || (practice.dataset.serves ?? "").split(" ").includes(standard)) &&
    (!effort || Number(practice.dataset.effort) <= Number(effort)) &&
    (!essential || "essential" in practice.dataset)
  );
}

class MaturityMap extends HTMLElement {
  connectedCallback() {
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    const status = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    /** @type {HTMLElement[]} */
    const practices = [...this.querySelectorAll("li")];

    const show = () => {
      const chosen = this.#chosen(form);
      for (const practice of practices) practice.hidden = !matches(practice, chosen);
      const n = practices.filter((practice) => !practice.hidden).length;
      status.textContent = (this.dataset.status ?? "")
        .replace("{n}", String(n))
        .replace("{total}", String(practices.length));
      status.hidden = !Object.keys(chosen).length;
    };
    const change = () => {
      show();
      const query = new URLSearchParams(this.#chosen(form)).toString();
      history.replaceState(history.state, "", `${query ? `?${query}` : location.pathname}${location.hash}`);
    };

    for (const [name, value] of new URLSearchParams(location.search)) this.#choose(form, name, value);
    form.addEventListener("input", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(change)); // the fields are empty only after it
    form.hidden = false;
    show();
  }

  /**
   * What is chosen, by filter; nothing for a filter that is not used.
   *
   * @param {HTMLFormElement} form
   * @returns {Record<string, string>}
   */
  #chosen(form) {
    const values = new FormData(form);
    const used = FILTERS.map((name) => [name, String(values.get(name) ?? "").trim()]);
    return Object.fromEntries(used.filter(([, value]) => value));
  }

  /**
   * Choose what an address asks for; a value that is not on offer chooses nothing.
   *
   * @param {HTMLFormElement} form @param {string} name @param {string} value
   */
  #choose(form, name, value) {
    const field = FILTERS.includes(name) ? form.elements.namedItem(name) : null;
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === field.value;
    else if (field instanceof HTMLInputElement) field.value = value.slice(0, 100);
    else if (field instanceof HTMLSelectElement) {
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
  }
}

customElements.define("maturity-map", MaturityMap);

export {};
