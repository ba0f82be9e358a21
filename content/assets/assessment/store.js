/**
 * The store: assessments in the browser's own storage, one entry each. Knows no page.
 *
 * Entries are named by the framework's id and the format, never by title, position or address.
 * An entry that cannot be read is left where it is and offered to the reader; nothing writes
 * over it. Two tabs may be open: a change is made to what is stored, not to a copy of it.
 */

import { ENTRY_ID, newId } from "../common/ids.js";
import { Shelf } from "../common/shelf.js";
import { compareTexts } from "../common/texts.js";
import { FORMAT, read, write } from "./answers.js";

/**
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {{key: string, raw: string}} Broken
 * @typedef {(saved: Saved) => void} Change
 */

/** Marks the name of a copy of an entry that could not be read in full. */
const ASIDE = ":aside:";
/**
 * Changes that the storage did not take, by the name of their entry. They live as long as the
 * page, and are made again to whatever is stored by then.
 * @type {Map<string, {saved: Saved, changes: Change[]}>}
 */
const UNSAVED = new Map();

/** The assessments of one framework. */
export class Store extends Shelf {
  /**
   * @param {import("../common/shelf.js").Entries | null} storage
   * @param {string} framework Its id.
   * @param {typeof UNSAVED} [unsaved] Where changes go that the storage does not take.
   */
  constructor(storage, framework, unsaved = UNSAVED) {
    super(storage);
    this.unsaved = unsaved;
    this.framework = framework;
    this.prefix = `${FORMAT}:${framework}:`;
    this.pointer = `${FORMAT}-current:${framework}`;
  }

  /** Whether every change has been stored. */
  get stored() {
    return this.unsaved.size === 0;
  }

  /**
   * Return everything that is kept, the last changed first; what was changed at the same time goes by its id.
   * @returns {{saved: Saved[], broken: Broken[]}}
   */
  all() {
    for (const key of this.keys(this.prefix)) this.#mend(key);
    const keys = this.keys(this.prefix);
    const assessments = [...new Set([...keys, ...this.unsaved.keys()])].flatMap((key) => this.#current(key) ?? []);
    const broken = keys.filter((key) => !this.#current(key));
    return {
      saved: assessments.sort(byLastChange),
      broken: broken.map((key) => ({ key, raw: this.item(key) ?? "" })),
    };
  }

  /** Return an assessment; null where it is not kept or cannot be read. @param {string} id @returns {Saved | null} */
  get(id) {
    return this.#current(this.prefix + id);
  }

  /**
   * Change an assessment where it is kept.
   * @param {Saved} mine What the page knows of it, for when it is kept nowhere yet.
   * @param {Change} change
   * @returns {Saved} As it is now.
   */
  update(mine, change) {
    const key = this.prefix + mine.assessment.id;
    const saved = this.#current(key) ?? mine;
    change(saved);
    saved.assessment.changed = new Date().toISOString();
    if (this.#replace(key, saved, this.#damaged(key))) this.unsaved.delete(key);
    else this.unsaved.set(key, { saved, changes: [...(this.unsaved.get(key)?.changes ?? []), change] });
    return saved;
  }

  /** Keep an assessment as it is, in place of any with its id. @param {Saved} saved */
  put(saved) {
    const key = this.prefix + saved.assessment.id;
    if (this.#replace(key, saved, this.#damaged(key))) this.unsaved.delete(key);
    else this.unsaved.set(key, { saved, changes: [] });
  }

  /** Try again to store what was not taken: there may be room now. */
  retry() {
    for (const { saved } of [...this.unsaved.values()]) this.update(saved, () => {});
  }

  /** Return the entries that could not be read. @returns {Broken[]} */
  broken() {
    return this.all().broken;
  }

  /** Remove an entry. @param {string} key */
  forget(key) {
    this.unsaved.delete(key);
    this.drop(key);
    this.retry();
  }

  /** Remove an assessment. @param {string} id */
  remove(id) {
    this.forget(this.prefix + id);
  }

  /** Remove everything that belongs to this framework. */
  clear() {
    this.unsaved.clear();
    for (const key of [...this.keys(this.prefix), this.pointer]) this.drop(key);
  }

  /** The id of the assessment that was open last. */
  get current() {
    return this.item(this.pointer) ?? "";
  }

  set current(id) {
    this.keep(this.pointer, id);
  }

  /**
   * Tell whether a storage event is about an assessment.
   * @param {StorageEvent} event
   * @param {string} id
   */
  concerns(event, id) {
    return event.key === null || event.key === this.prefix + id;
  }

  /** What an entry holds, with the changes that it did not take. @param {string} key @returns {Saved | null} */
  #current(key) {
    const stored = this.#readable(key)?.saved;
    const waiting = this.unsaved.get(key);
    if (stored) for (const change of waiting?.changes ?? []) change(stored);
    return stored ?? waiting?.saved ?? null;
  }

  /** Take what is damaged out of an entry, and keep the whole beside it. @param {string} key */
  #mend(key) {
    const entry = this.#readable(key);
    if (entry?.dropped) this.#replace(key, entry.saved, this.item(key));
  }

  /** Write over an entry, keeping beside it what could not be read. @param {string} key @param {Saved} saved @param {string | null} damaged */
  #replace(key, saved, damaged) {
    return this.overwrite(key, write(saved), key + ASIDE + newId(), damaged);
  }

  /** What stands in an entry, where not all of it can be read. @param {string} key */
  #damaged(key) {
    return this.#readable(key)?.dropped === 0 ? null : this.item(key);
  }

  /** @param {string} key */
  #readable(key) {
    const id = key.slice(this.prefix.length);
    try {
      const entry = ENTRY_ID.test(id) ? read(this.item(key) ?? "") : null;
      if (entry?.saved.framework.id !== this.framework) return null;
      entry.saved.assessment.id = id;
      return entry;
    } catch {
      return null;
    }
  }
}

/** @param {Saved} a @param {Saved} b */
const byLastChange = ({ assessment: a }, { assessment: b }) => compareTexts(b.changed, a.changed) || compareTexts(a.id, b.id);
