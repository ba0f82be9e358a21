/** Marks: the words in which two texts differ. Pure. */

/** Words of a text, each with the space before it. */
const WORD = /\s*(?:[\p{L}\p{N}_]+|[^\s])|\s+/gu;
/** Above this many pairs of words, texts are marked as a whole. */
const MOST_PAIRS = 1_000_000;

/** @typedef {{text: string, isOwn: boolean}[]} Pieces A text in pieces, each with whether only this one of two texts has it. */

/**
 * Split two texts into pieces, word by word, and mark those that only one of them has. Texts with too many words come
 * back as one marked piece each.
 * @param {string} before
 * @param {string} after
 * @returns {[Pieces, Pieces]} Of `before`, of `after`.
 */
export function markDifferences(before, after) {
  const [left, right] = [before, after].map((text) => text.match(WORD) ?? []);
  if (left.length * right.length > MOST_PAIRS) return [[{ text: before, isOwn: true }], [{ text: after, isOwn: true }]];
  const common = longest(left, right);
  /** @type {[Pieces, Pieces]} */
  const sides = [[], []];
  let [x, y] = [0, 0];
  while (x < left.length || y < right.length) {
    if (x < left.length && y < right.length && left[x] === right[y]) {
      add(sides[0], left[x++], false);
      add(sides[1], right[y++], false);
    } else if (y >= right.length || (x < left.length && common(x + 1, y) >= common(x, y + 1))) add(sides[0], left[x++], true);
    else add(sides[1], right[y++], true);
  }
  return sides;
}

/**
 * How many words the rests of two texts have in common, in the same order.
 * @param {string[]} left
 * @param {string[]} right
 * @returns {(x: number, y: number) => number} For the rests from two places on.
 */
function longest(left, right) {
  const width = right.length + 1;
  const table = new Uint16Array((left.length + 1) * width);
  for (let x = left.length - 1; x >= 0; x -= 1)
    for (let y = right.length - 1; y >= 0; y -= 1)
      table[x * width + y] =
        left[x] === right[y]
          ? table[(x + 1) * width + y + 1] + 1
          : Math.max(table[(x + 1) * width + y], table[x * width + y + 1]);
  return (x, y) => table[x * width + y];
}

/** @param {Pieces} pieces @param {string} text @param {boolean} isOwn */
function add(pieces, text, isOwn) {
  const last = pieces.at(-1);
  if (last?.isOwn === isOwn) last.text += text;
  else pieces.push({ text, isOwn });
}
