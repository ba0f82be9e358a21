/**
 * The store: assessments in the browser's own storage, one entry each. Knows no page.
 *
 * Entries are named by the framework's id and the format, never by title, position or address.
 * An entry that cannot be read is left where it is and offered to the reader; nothing writes
 * over it. Two tabs may be open: a change is made to what is stored, not to a copy of it.
 */

import { FORMAT, newId, read, write } from "./answers.js";

/**
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {{key: string, raw: string}} Broken
 */

/** Marks the name of an entry that could not be read. */
const ASIDE = ":aside:";

/** The browser's storage, or null where it may not be used. */
export function browserStorage() {
  try {
    const probe = `${FORMAT}:probe`;
    localStorage.setItem(probe, "");
    localStorage.removeItem(probe);
    return localStorage;
  } catch (error) {
    // A full storage can still be read, and may have room again later.
    return isFull(error) ? localStorage : null;
  }
}

/** @param {unknown} error */
const isFull = (error) => error instanceof DOMException && error.name === "QuotaExceededError";

export class Store {
  /**
   * @param {Storage | null} storage
   * @param {string} framework Its id.
   */
  constructor(storage, framework) {
    this.storage = storage;
    this.framework = framework;
    this.prefix = `${FORMAT}:${framework}:`;
    this.pointer = `${FORMAT}-current:${framework}`;
  }

  /**
   * Assessments that the storage did not take; they live as long as the page.
   * @type {Map<string, Saved>}
   */
  #unsaved = new Map();

  /** Whether every change has been stored. */
  get stored() {
    return this.#unsaved.size === 0;
  }

  /**
   * Everything that is kept, the last changed first.
   * @returns {{saved: Saved[], broken: Broken[]}}
   */
  all() {
    for (const key of this.#keys()) this.#mend(key);
    const saved = new Map();
    const broken = [];
    for (const key of this.#keys()) {
      const raw = this.#get(key) ?? "";
      const found = key.includes(ASIDE) ? null : readable(raw, this.framework);
      if (found) saved.set(found.saved.assessment.id, found.saved);
      else broken.push({ key, raw });
    }
    for (const [id, unsaved] of this.#unsaved) saved.set(id, unsaved);
    const latest = (/** @type {Saved} */ a, /** @type {Saved} */ b) =>
      a.assessment.changed < b.assessment.changed ? 1 : -1;
    return { saved: [...saved.values()].sort(latest), broken };
  }

  /** @param {string} id @returns {Saved | null} */
  get(id) {
    return this.#unsaved.get(id) ?? readable(this.#get(this.prefix + id), this.framework)?.saved ?? null;
  }

  /**
   * Change an assessment where it is kept.
   * @param {Saved} mine What the page knows of it, for when it is kept nowhere yet.
   * @param {(saved: Saved) => void} change
   * @returns {Saved} As it is now.
   */
  update(mine, change) {
    const { id } = mine.assessment;
    const key = this.prefix + id;
    const raw = this.#get(key);
    const found = readable(raw, this.framework);
    const saved = this.#unsaved.get(id) ?? found?.saved ?? mine;
    change(saved);
    saved.assessment.changed = new Date().toISOString();
    const isWhole = !raw || found?.dropped === 0 || this.#setAside(key, raw);
    if (isWhole && this.#set(key, write(saved))) this.#unsaved.delete(id);
    else this.#unsaved.set(id, saved);
    return saved;
  }

  /** Take what is damaged out of an entry, and keep the whole beside it. @param {string} key */
  #mend(key) {
    const raw = this.#get(key);
    const found = key.includes(ASIDE) ? null : readable(raw, this.framework);
    if (raw && found?.dropped && this.#setAside(key, raw)) this.#set(key, write(found.saved));
  }

  /** @param {string} key @param {string} raw */
  #setAside(key, raw) {
    return this.#set(key + ASIDE + newId(), raw);
  }

  /** Forget an entry. @param {string} key */
  removeKey(key) {
    this.storage?.removeItem(key);
  }

  /** @param {string} id */
  remove(id) {
    this.#unsaved.delete(id);
    this.removeKey(this.prefix + id);
  }

  /** Remove everything that belongs to this framework. */
  clear() {
    this.#unsaved.clear();
    for (const key of this.#keys()) this.removeKey(key);
    this.storage?.removeItem(this.pointer);
  }

  /** The id of the assessment that was open last. */
  get current() {
    return this.#get(this.pointer) ?? "";
  }

  set current(id) {
    this.#set(this.pointer, id);
  }

  /**
   * Whether a storage event is about an assessment.
   * @param {StorageEvent} event
   * @param {string} id
   */
  concerns(event, id) {
    return event.key === null || event.key === this.prefix + id;
  }

  #keys() {
    const { storage } = this;
    if (!storage) return [];
    const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    return names.filter((name) => name.startsWith(this.prefix)).sort();
  }

  /** @param {string} key */
  #get(key) {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string} value */
  #set(key, value) {
    try {
      this.storage?.setItem(key, value);
      return this.storage !== null;
    } catch {
      return false;
    }
  }
}

/**
 * @param {string | null} raw
 * @param {string} framework
 */
function readable(raw, framework) {
  try {
    const found = raw ? read(raw) : null;
    return found?.saved.framework.id === framework ? found : null;
  } catch {
    return null;
  }
}
