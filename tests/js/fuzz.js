/**
 * `make fuzz`, the readers' side: files, tables, links and ideas with new seeds, for so many minutes. What fails is printed with its
 * seed, and ends the run with 1.
 *
 *     node tests/js/fuzz.js SEED MINUTES
 */

import { readBrought } from "./brought.js";
import { CASES } from "./cases.js";
import { readHostile } from "./hostile.js";
import { Luck } from "./luck.js";

/** How many are drawn of one seed. */
const BATCH = 1000;
const [first, minutes] = process.argv.slice(2).map(Number);
const end = performance.now() + minutes * 60_000;

/** What became of them, by kind. @type {Record<string, Record<string, number>>} */
const totals = { taken: {}, refused: {}, troubles: {} };
let [seed, failed] = [first, 0];
for (; performance.now() < end; seed += 1) {
  const { small, boards, words } = CASES;
  const hostile = readHostile(new Luck(seed), BATCH, small, boards.real);
  const { failures, ...counts } = await readBrought(new Luck(seed), BATCH, small, boards.real, words);
  for (const [name, count] of Object.entries({ ...counts, hostile: { ...hostile.accepted }, "hostile, refused": hostile.refused }))
    for (const [kind, n] of Object.entries(count)) (totals[name] ??= {})[kind] = (totals[name][kind] ?? 0) + n;
  for (const failure of [...hostile.failures, ...failures]) console.log(`seed ${seed} failed: ${JSON.stringify(failure, null, 1)}`);
  failed += hostile.failures.length + failures.length;
}
console.log(`${2 * BATCH * (seed - first)} files, tables, links and lists of ideas from seed ${first}, ${failed} failed: ${JSON.stringify(totals)}`);
process.exitCode = failed ? 1 : 0;
