import assert from "node:assert/strict";
import { test } from "node:test";
import { write } from "../../content/assets/assessment/answers.js";
import { Store } from "../../content/assets/assessment/store.js";

/** What a browser's storage does, in the order in which it was filled. */
class MemoryStorage {
  /** @param {string} key */
  getItem(key) {
    return Object.entries(this).find(([name]) => name === key)?.[1] ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    Object.assign(this, { [key]: value });
  }
}

/** @param {string} id @param {string} changed @returns {import("../../content/assets/assessment/answers.js").Saved} */
const saved = (id, changed) => ({
  framework: { id: "bakery", version: "1.0.0", title: "Bakery" },
  assessment: { id, unit: "", date: "", role: "", name: "", start: "", changed, answers: new Map(), raters: [], before: null },
});

test("the last changed comes first, and what was changed at the same time has one order", () => {
  const all = [
    saved("00000001", "2026-11-02T10:00:00.000Z"),
    saved("00000002", "2026-11-03T10:00:00.000Z"),
    saved("00000003", "2026-11-02T10:00:00.000Z"),
    saved("00000004", "2026-11-02T10:00:00.000Z"),
    saved("00000005", "2026-11-01T10:00:00.000Z"),
  ];
  for (const filled of [all, all.toReversed(), [all[2], all[4], all[0], all[3], all[1]]]) {
    const storage = /** @type {Storage} */ (/** @type {unknown} */ (new MemoryStorage()));
    for (const one of filled) storage.setItem(`maturity-answers/1:bakery:${one.assessment.id}`, write(one));
    const order = new Store(storage, "bakery").all().saved.map(({ assessment }) => assessment.id);
    assert.deepEqual(order, ["00000002", "00000001", "00000003", "00000004", "00000005"]);
  }
});
