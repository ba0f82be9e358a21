/** What the pages share that work with whole assessments: their data, words, store and notices. */

import { h } from "../common/dom.js";
import { button } from "../common/notices.js";
import { comesAfter } from "../common/versions.js";
import { Example } from "../common/example.js";
import { ABOUT, UnreadableError } from "../assessment/answers.js";
import { People } from "../assessment/people.js";
import { Store } from "../assessment/store.js";
import { mayDelete } from "../parts/deleting.js";
import { AssessmentDesk } from "../parts/assessment-desk.js";
import { arrive, copyOf } from "../parts/arrivals.js";
import { readExample } from "../parts/example.js";
import { linkToNewer, readFile, remarksOn } from "../parts/files.js";

/**
 * @typedef {import("../assessment/account.js").Piece} Piece
 * @typedef {import("../assessment/account.js").Reference} Reference
 * @typedef {import("../assessment/answers.js").Saved} Saved
 */

/** The desk of the pages that review assessments. */
export class Page extends AssessmentDesk {
  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    /** @type {import("../assessment/texts.js").Texts} */
    this.texts = JSON.parse(element.dataset.texts ?? "{}");
    this.people = new People(this.names);
    this.example = new Example(this, (storage, texts) => this.#storeOf(storage, texts), () => this.startOver());
  }

  get announcer() {
    return this.find("announced");
  }

  settle() {
    this.find("top").focus();
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    addEventListener("storage", () => this.refresh(), { signal });
    addEventListener("hashchange", () => this.refresh(), { signal });
    addEventListener("hashchange", () => this.example.follow(), { signal });
  }

  open() {
    super.open();
    this.refresh();
    this.warn();
    this.example.follow();
  }

  close() {
    super.close();
    this.example.close();
  }

  /** Show what is kept by now; each page says how. */
  refresh() {}

  /** Show what is kept, and nothing of what was on view. */
  startOver() {
    this.refresh();
  }

  /** Return what an example keeps of its files. @param {Saved[]} files @returns {Saved[]} */
  exampleOf(files) {
    return files;
  }

  /** @param {import("../common/shelf.js").Entries} storage @param {string[]} texts */
  #storeOf(storage, texts) {
    const store = new Store(storage, this.questionnaire.framework.id, new Map());
    const assessments = this.exampleOf(readExample(texts, this.say));
    for (const saved of assessments) store.put(saved);
    // The last is the one that the page is about.
    store.current = assessments.at(-1)?.assessment.id ?? "";
    return store;
  }

  // Files

  /**
   * Read files of answers; say which of them could not be read.
   * @param {Iterable<File>} files
   * @returns {Promise<Saved[]>} Those that could; none if the reader has opened something else meanwhile.
   */
  async read(files) {
    const isWanted = this.turns.watch();
    /** @type {Saved[]} */
    const assessments = [];
    /** @type {string[]} */
    const remarks = [];
    /** @type {Node[]} */
    const lists = [];
    /** @type {Node[]} */
    let way = [];
    for (const file of files) {
      try {
        const opened = await readFile(file, this.names, (practice) => this.#named(practice));
        assessments.push(opened.saved);
        const { text, list } = remarksOn(opened, this.names);
        if (text) remarks.push(this.say("in_file", { file: file.name, text }));
        lists.push(...list);
      } catch (error) {
        const { text, link } = await this.unreadable(error);
        remarks.push(this.say("in_file", { file: file.name, text }));
        way = link.length ? link : way;
      }
    }
    if (!isWanted()) return [];
    this.tell(remarks, [...lists, ...way]);
    return assessments;
  }

  /** What a practice's listed artifacts and criteria are, by id. @param {string} practice */
  #named(practice) {
    if (!Object.hasOwn(this.texts, practice)) return undefined;
    const { evidence, criteria } = this.texts[practice];
    const ids = this.questionnaire.practices[practice].criteria;
    return { evidence, criteria: Object.fromEntries(ids.map((id, index) => [id, criteria[index]])) };
  }

  /** Return what to say of something that could not be read, and where it can be. @param {unknown} error */
  async unreadable(error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { text: this.say(`error.${error.code}`, error.values), link: await linkToNewer(error, this.names) };
  }

  /** Say something that the reader can close. @param {string[]} texts @param {Node[]} [more] @param {string} [key] Of the notice. */
  tell(texts, more = [], key = "file") {
    this.notices.show(key);
    if (texts.length) this.notices.say(key, texts[0], ...texts.slice(1).map((text) => h("p", {}, text)), ...more);
  }

  /** What is kept in this browser, less what was given to a newer version: that is opened there. */
  get assessments() {
    const { version } = this.questionnaire.framework;
    return this.store.all().saved.filter(({ framework }) => !comesAfter(framework.version, version));
  }

  /**
   * Keep an assessment that came from elsewhere; what is here is replaced only if the reader says so.
   * @param {Saved} saved
   * @returns {Promise<Saved | null>} As it is kept now.
   */
  async adopt(saved) {
    const arrived = await arrive(this.names, this.store, this.dialog, saved);
    if (!arrived) return null;
    if (arrived.isHere) this.#sayHere(arrived.saved, saved);
    else this.store.put(arrived.saved);
    this.warn();
    return arrived.saved;
  }

  /** Say that an assessment is kept already, and offer to keep it twice. @param {Saved} mine @param {Saved} theirs */
  #sayHere(mine, theirs) {
    const key = `here-${mine.assessment.id}`;
    const both = button(this.say("clash_both"), () => {
      this.store.put(copyOf(theirs));
      this.notices.show(key);
      this.refresh();
    });
    this.notices.say(key, this.say("here_own", { entry: this.names.entry(mine) }), both);
  }

  /** Delete an assessment, if the reader says so. @param {Saved} saved @returns {Promise<boolean>} */
  async remove(saved) {
    const text = this.say("delete_text", { entry: this.names.entry(saved) });
    const isMeant = await mayDelete(this, this.say("delete_title"), text);
    if (isMeant) this.store.remove(saved.assessment.id);
    return isMeant;
  }

  // What is shown

  /** Fill the fields about an assessment. @param {Saved} saved */
  fillAbout({ assessment }) {
    for (const name of ABOUT) {
      const field = /** @type {HTMLInputElement | null} */ (this.element.querySelector(`.mp-about [name="${name}"]`));
      if (field && field.value !== assessment[name]) field.value = assessment[name];
    }
  }

  /** Return where a piece of text points, as seen from this page; "" where nobody knows. @param {Reference} reference */
  address({ to, id }) {
    const { practices, roles, score } = this.element.dataset;
    if (to === "question") return `${score}#practice-${id}`;
    const folder = (to === "role" ? roles : practices) ?? "";
    return folder && `${folder}${id}/`;
  }

  /** Return where a piece of text points, from anywhere; "" where nobody knows. @param {Reference} reference */
  absolute(reference) {
    const { home = location.href } = this.element.dataset;
    return home && new URL(this.address(reference), home).href;
  }

  /** Render a text whose pieces lead to where they point. @param {Piece[]} text */
  linked(text) {
    return text.map((piece) => {
      if (typeof piece === "string") return piece;
      const href = this.address(piece);
      return href ? h("a", { href }, piece.label) : piece.label;
    });
  }

  /** Return the level and the dimension of a practice in a line. @param {string} practice */
  place(practice) {
    const { level, dimension } = this.questionnaire.practices[practice];
    const number = this.names.levels.indexOf(level) + 1;
    return `${this.names.level(number)} · ${this.names.dimension(dimension)}`;
  }
}
