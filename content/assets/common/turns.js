/** Turns: whether what a reader has waited for is still wanted by the time that it is there. */

/** Counts turns. */
export class Turns {
  #now = 0;

  /** End the present turn: the reader has gone on to something else. */
  next() {
    this.#now += 1;
  }

  /** Return a function that says whether the present turn still lasts. */
  watch() {
    const turn = this.#now;
    return () => turn === this.#now;
  }
}
