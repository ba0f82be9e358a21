/**
 * The store: a matrix's ideas in the browser's own storage. Knows no page.
 *
 * The entry is named by the format, the framework's id and the matrix's. What cannot be read is set
 * aside and offered to the reader; nothing writes over it. Two tabs may be open: a change is made to
 * what is stored, not to a copy of it.
 */

import { newId } from "../common/ids.js";
import { Shelf } from "../common/shelf.js";
import { FORMAT, read, write } from "./ideas.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {(ideas: Idea[]) => Idea[]} Change
 */

/**
 * Changes that the storage did not take, by the name of their entry. They live as long as the
 * page, and are made again to whatever is stored by then.
 * @type {Map<string, Change[]>}
 */
const WAITING = new Map();

/** The ideas of one matrix. */
export class IdeaStore extends Shelf {
  /**
   * @param {import("../common/shelf.js").Entries | null} storage
   * @param {Board} board
   * @param {typeof WAITING} [waiting] Where changes go that the storage does not take.
   */
  constructor(storage, board, waiting = WAITING) {
    super(storage);
    this.waiting = waiting;
    const name = (/** @type {string} */ matrix) => `${FORMAT}:${board.framework.id}:${matrix}`;
    this.board = board;
    this.key = name(board.matrix.id);
    /** Where ideas are from before the matrix was renamed. */
    this.former = board.matrix.formerly.map(name);
    this.aside = `${this.key}:aside:`;
  }

  /** Whether every change has been stored. */
  get stored() {
    return !this.waiting.has(this.key);
  }

  /** Return the ideas, with the changes that were not stored. @returns {Idea[]} */
  ideas() {
    return (this.waiting.get(this.key) ?? []).reduce((ideas, change) => change(ideas), this.#kept().ideas);
  }

  /** Change the ideas where they are kept. @param {Change} change @returns {Idea[]} As they are now. */
  update(change) {
    const ideas = change(this.ideas());
    if (this.#replace(ideas)) this.waiting.delete(this.key);
    else this.waiting.set(this.key, [...(this.waiting.get(this.key) ?? []), change]);
    return ideas;
  }

  /** Try again to store what was not taken: there may be room now. */
  retry() {
    if (!this.stored && this.#replace(this.ideas())) this.waiting.delete(this.key);
  }

  /** Return what could not be read, once it is out of the way. @returns {{key: string, raw: string}[]} */
  broken() {
    const { ideas, damaged } = this.#kept();
    if (damaged !== null) this.#replace(ideas);
    return this.keys(this.aside).map((key) => ({ key, raw: this.item(key) ?? "" }));
  }

  /** Forget what could not be read. @param {string} key */
  forget(key) {
    this.drop(key);
    this.retry();
  }

  /** Tell whether a storage event is about these ideas. @param {StorageEvent} event */
  concerns({ key }) {
    return key === null || key.startsWith(this.key);
  }

  /** What is stored, and the whole of it where not all could be read. @returns {{ideas: Idea[], damaged: string | null}} */
  #kept() {
    const raw = [this.key, ...this.former].map((key) => this.item(key)).find((text) => text !== null);
    if (raw === undefined || raw === null) return { ideas: [], damaged: null };
    try {
      const { ideas, faults } = read(this.board, raw);
      return { ideas, damaged: faults.length ? raw : null };
    } catch {
      return { ideas: [], damaged: raw };
    }
  }

  /** Write over the entry, keeping beside it what could not be read. @param {Idea[]} ideas */
  #replace(ideas) {
    return this.overwrite(this.key, write(this.board, ideas), this.aside + newId(), this.#kept().damaged);
  }
}
