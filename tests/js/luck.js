/** Random choices that are the same in every run. */
export class Luck {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to 1: mulberry32 by Tommy Ettinger (public domain). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to a limit. @param {number} limit */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[this.below(list.length)];
  }

  /** @param {number} chance From 0 to 1. */
  happens(chance) {
    return this.next() < chance;
  }

  /** Some of a list, in its order. @template T @param {readonly T[]} list @returns {T[]} */
  some(list) {
    return list.filter(() => this.happens(0.3));
  }

  /** Up to so many of a list, in any order. @template T @param {readonly T[]} list @param {number} most @returns {T[]} */
  choices(list, most) {
    return Array.from({ length: this.below(most + 1) }, () => this.pick(list));
  }
}
