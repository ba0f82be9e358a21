/** What the pages share that work with whole assessments: their data, words, store and notices. */

import { h, part } from "../common/dom.js";
import { newId } from "../common/ids.js";
import { Notices, ask } from "../common/notices.js";
import { speaker } from "../common/speaker.js";
import { browserStorage } from "../common/storage.js";
import { ABOUT, UnreadableError, comesAfter } from "../assessment/answers.js";
import { Names } from "../assessment/names.js";
import { People } from "../assessment/people.js";
import { clash } from "../assessment/session.js";
import { Store } from "../assessment/store.js";
import { askAboutClash } from "../parts/clash.js";
import { readFile, wayOn } from "../parts/exchange.js";

/**
 * @typedef {import("../assessment/account.js").Piece} Piece
 * @typedef {import("../assessment/account.js").Reference} Reference
 * @typedef {import("../assessment/answers.js").Saved} Saved
 */

export class Page {
  #listening = new AbortController();

  /** @param {HTMLElement} element */
  constructor(element) {
    const { dataset } = element;
    this.element = element;
    /** @type {import("../assessment/scoring.js").Questionnaire} */
    this.questionnaire = JSON.parse(dataset.questionnaire ?? "");
    /** @type {import("../assessment/texts.js").Texts} */
    this.texts = JSON.parse(dataset.texts ?? "{}");
    this.speaker = speaker(JSON.parse(dataset.words ?? ""), document.documentElement.lang || "en");
    this.say = this.speaker.say;
    this.names = new Names(this.questionnaire, this.speaker);
    this.people = new People(this.names);
    this.store = new Store(browserStorage(), this.questionnaire.framework.id);
    this.dialog = /** @type {HTMLDialogElement} */ (this.find("dialog"));
    this.notices = new Notices(this.find("notices"), this.find("announced"), this.say("dismiss"), () => this.find("top").focus());
  }

  /** Begin, also after the page was left and came back. */
  open() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener("storage", () => this.refresh(), { signal });
    addEventListener("hashchange", () => this.refresh(), { signal });
    this.refresh();
    this.warn();
  }

  close() {
    this.#listening.abort();
  }

  /** Show what is kept by now; each page says how. */
  refresh() {}

  /** The element that the template calls by a name. @param {string} name */
  find(name) {
    return part(this.element, name);
  }

  // Files

  /**
   * Read files of answers; say which of them could not be read.
   * @param {Iterable<File>} files
   * @returns {Promise<Saved[]>}
   */
  async read(files) {
    /** @type {Saved[]} */
    const found = [];
    /** @type {string[]} */
    const said = [];
    /** @type {Node[]} */
    let way = [];
    for (const file of files) {
      try {
        const { saved, dropped } = await readFile(file, this.names, (practice) => this.texts[practice]?.evidence ?? {});
        found.push(saved);
        if (dropped) said.push(this.say("in_file", { file: file.name, text: this.say("dropped", { n: dropped }) }));
      } catch (error) {
        const { text, link } = await this.unreadable(error);
        said.push(this.say("in_file", { file: file.name, text }));
        way = link.length ? link : way;
      }
    }
    this.tell(said, way);
    return found;
  }

  /** What to say of something that could not be read, and where it can be. @param {unknown} error */
  async unreadable(error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { text: this.say(`error.${error.code}`, error.values), link: await wayOn(error, this.names) };
  }

  /** Say something that the reader can close. @param {string[]} texts @param {Node[]} [more] */
  tell(texts, more = []) {
    this.notices.show("file");
    if (texts.length) this.notices.say("file", texts[0], ...texts.slice(1).map((text) => h("p", {}, text)), ...more);
  }

  /** What is kept in this browser, less what was given to a newer version: that is opened there. */
  get kept() {
    const { version } = this.questionnaire.framework;
    return this.store.all().saved.filter(({ framework }) => !comesAfter(framework.version, version));
  }

  /**
   * Keep an assessment that came from elsewhere; what is here is replaced only if the reader says so.
   * @param {Saved} saved
   * @returns {Promise<Saved | null>} As it is kept now.
   */
  async adopt(saved) {
    const mine = clash(this.store, saved);
    const choice = mine ? await askAboutClash(this.names, this.dialog, mine, saved) : "replace";
    if (!choice) return null;
    const kept = choice === "both" ? { ...saved, assessment: { ...saved.assessment, id: newId() } } : saved;
    this.store.put(kept);
    this.warn();
    return kept;
  }

  /** Delete an assessment, if the reader says so. @param {Saved} saved @returns {Promise<boolean>} */
  async remove(saved) {
    const text = this.say("delete_text", { entry: this.names.entry(saved) });
    const choice = await ask(this.dialog, this.say("delete_title"), text, [
      { label: this.say("cancel"), value: "", isMain: true },
      { label: this.say("delete_do"), value: "delete" },
    ]);
    if (choice) this.store.remove(saved.assessment.id);
    return choice !== "";
  }

  /** Say what the reader has to know of the storage. */
  warn() {
    const isWell = this.store.storage && this.store.stored;
    const text = this.say(this.store.storage ? "storage_full" : "storage_none");
    this.notices.show("storage", isWell ? [] : [h("p", {}, text)]);
  }

  // What is shown

  /** The fields about an assessment. @param {Saved} saved */
  fillAbout({ assessment }) {
    for (const name of ABOUT) {
      const field = /** @type {HTMLInputElement | null} */ (this.element.querySelector(`.mp-about [name="${name}"]`));
      if (field && field.value !== assessment[name]) field.value = assessment[name];
    }
  }

  /**
   * Assessments to choose from.
   * @param {string} name Of the list on the page.
   * @param {Saved[]} all
   * @param {string} chosen The id of the one that is open.
   * @param {string} [none] What stands for none of them.
   */
  fillList(name, all, chosen, none) {
    const options = all.map((saved) => {
      const { id } = saved.assessment;
      return h("option", { value: id, selected: id === chosen }, this.names.entry(saved));
    });
    this.find(name).replaceChildren(...(none ? [h("option", { value: "" }, none)] : []), ...options);
  }

  /** Where a piece of text points, as seen from this page. @param {Reference} reference */
  address({ to, id }) {
    const { practices, roles, score } = this.element.dataset;
    if (to === "question") return `${score}#practice-${id}`;
    return `${to === "role" ? roles : practices}${id}/`;
  }

  /** Where a piece of text points, from anywhere. @param {Reference} reference */
  absolute(reference) {
    return new URL(this.address(reference), location.href).href;
  }

  /** A text whose pieces lead to where they point. @param {Piece[]} text */
  linked(text) {
    return text.map((piece) => (typeof piece === "string" ? piece : h("a", { href: this.address(piece) }, piece.label)));
  }

  /** A level and a dimension in a line. @param {string} practice */
  place(practice) {
    const { level, dimension } = this.questionnaire.practices[practice];
    const number = this.names.levels.indexOf(level) + 1;
    return `${this.names.level(number)} · ${this.names.dimension(dimension)}`;
  }
}

/**
 * Make a page's custom element.
 * @param {string} tag
 * @param {new (element: HTMLElement) => Page} Kind
 */
export function define(tag, Kind) {
  customElements.define(
    tag,
    class extends HTMLElement {
      /** @type {Page | null} */
      page = null;

      connectedCallback() {
        this.page ??= new Kind(this);
        this.page.open();
      }

      disconnectedCallback() {
        this.page?.close();
      }
    },
  );
}
