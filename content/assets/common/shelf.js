/** Entries of a storage, read and written so that nothing is raised, whatever the browser does. */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Entries What is asked of a storage; its entries are its own keys. */

/** A storage that raises nothing: what cannot be read is absent, what cannot be written is reported as false. */
export class Shelf {
  /** @param {Entries | null} storage Null where there is none: everything is absent, nothing is kept. */
  constructor(storage) {
    this.storage = storage;
  }

  /** Return the names of the entries that begin alike. @param {string} prefix */
  keys(prefix) {
    try {
      return Object.keys(this.storage ?? {}).filter((name) => name.startsWith(prefix));
    } catch {
      return [];
    }
  }

  /** Return an entry, or null where there is none. @param {string} key */
  item(key) {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** Write an entry; return whether it is stored now. @param {string} key @param {string} value */
  keep(key, value) {
    try {
      this.storage?.setItem(key, value);
      return this.storage !== null;
    } catch {
      return false;
    }
  }

  /** Remove an entry. @param {string} key */
  drop(key) {
    try {
      this.storage?.removeItem(key);
    } catch {
      // What cannot be removed is still listed, so the reader sees that it is there.
    }
  }

  /**
   * Write over an entry, keeping what could not be read of it under the name `aside`.
   * @param {string} key
   * @param {string} value
   * @param {string} aside
   * @param {string | null} damaged The entry as it was; null where all of it could be read.
   * @returns {boolean} Whether it is stored now.
   */
  overwrite(key, value, aside, damaged) {
    if (damaged && !this.keep(aside, damaged)) return false;
    const isDone = this.keep(key, value);
    if (damaged && !isDone) this.drop(aside);
    return isDone;
  }
}
