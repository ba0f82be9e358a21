/**
 * The example that a page offers while it is empty: what a made-up company has answered, fetched when a reader asks for it.
 *
 * `#example` in the address opens it, on every page that has one; it is taken out of the address at once, so that the page
 * is the reader's own again when it is loaded the next time. The reader's own storage is neither read nor written while an
 * example is open.
 */

import { h } from "./dom.js";
import { button } from "./notices.js";

/** The fragment of an address that opens the example. */
export const EXAMPLE = "example";

/** Take the example out of the address. @returns {boolean} Whether it was asked for there. */
export function wasAskedFor() {
  if (location.hash !== `#${EXAMPLE}`) return false;
  history.replaceState(null, "", location.pathname + location.search);
  return true;
}

/**
 * Fetch the files of a page's example.
 * @param {HTMLElement} element Whose `data-example` names them.
 * @returns {Promise<string[]>} What they hold.
 * @throws {Error} Where one of them cannot be had.
 */
export async function fetchFiles({ dataset }) {
  /** @type {string[]} */
  const files = JSON.parse(dataset.example ?? "").files;
  return Promise.all(
    files.map(async (file) => {
      const response = await fetch(file);
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return response.text();
    }),
  );
}

/**
 * Make what stands above an example as long as it is open.
 * @param {HTMLElement} element Whose `data-example` names the company.
 * @param {import("./speaker.js").Speaker["say"]} say
 * @param {string} text The key of what is to be known.
 * @param {() => void} close
 * @returns {Node[]}
 */
export const banner = ({ dataset }, say, text, close) => [
  h("p", { class: "mp-sample" }, h("strong", {}, say("example_title", JSON.parse(dataset.example ?? ""))), " ", say(text)),
  button(say("example_close"), close, true),
];

/** A storage that lasts as long as the page: its entries are its own keys, as those of the browser's are. */
class PageStorage {
  /** @param {string} key @returns {string | null} */
  getItem(key) {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    Reflect.set(this, key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    Reflect.deleteProperty(this, key);
  }
}

/**
 * The example of a page that works on a store: while it is open, the page has another one.
 * @template {import("./desk.js").Keeper} S
 */
export class Example {
  /** The reader's own store while the example is open. @type {S | null} */
  #own = null;

  /**
   * @param {import("./desk.js").Desk<S>} desk
   * @param {(storage: import("./shelf.js").Entries, texts: string[]) => S} fill Makes a store of the files.
   * @param {() => void} show Shows what the desk's store holds, from the start.
   */
  constructor(desk, fill, show) {
    this.desk = desk;
    this.fill = fill;
    this.show = show;
    desk.element.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest('[data-do="example"]')) this.open();
    });
  }

  /** Open it if the address asks for it. */
  follow() {
    if (wasAskedFor()) this.open();
  }

  /** Open it, unless the reader has gone on to something else by the time that it is there. */
  async open() {
    const { element, notices, say, turns } = this.desk;
    if (!element.dataset.example) return;
    const isWanted = turns.watch();
    const store = await fetchFiles(element).then(
      (texts) => this.fill(new PageStorage(), texts),
      () => null,
    );
    if (this.#own || !isWanted()) return;
    if (!store) return notices.say("file", say("example_failed"));
    this.#own = this.desk.store;
    this.#turn(store, EXAMPLE);
    const content = banner(element, say, "example_text", () => this.close());
    this.desk.find("example").replaceChildren(h("div", { class: "mp-notice" }, content));
    this.desk.announceNow(content[0].textContent ?? "");
    // The button that was pressed is gone.
    this.desk.find("example").querySelector("button")?.focus({ preventScroll: true });
    this.desk.root.scrollIntoView();
  }

  /** Put the reader's own back in its place. */
  close() {
    const own = this.#own;
    if (!own) return;
    this.#own = null;
    this.#turn(own, "");
    this.desk.find("example").replaceChildren();
    this.desk.settle();
  }

  /** @param {S} store @param {string} fragment Where links to other tools lead to. */
  #turn(store, fragment) {
    const { element, notices, turns } = this.desk;
    turns.next();
    notices.show("file");
    this.desk.store = store;
    element.toggleAttribute("data-is-example", fragment !== "");
    for (const link of element.querySelectorAll("a.mp-tool")) /** @type {HTMLAnchorElement} */ (link).hash = fragment;
    this.show();
  }
}
