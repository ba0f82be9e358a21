import assert from "node:assert/strict";
import { test } from "node:test";
import { ranked } from "../../content/assets/matrix/ideas.js";
import { CASES } from "./cases.js";

/** An idea. @param {string} name @param {number} x @param {number} y @param {{sure?: string, data?: string}} [marks] */
function idea(name, x, y, { sure, data } = {}) {
  const marks = { ...(data && { "data-readiness": data }), ...(sure && { confidence: sure }) };
  return { id: `idea-${name}`, name, note: "", x, y, marks };
}

/** In the order in which they deserve a look, and why each comes after the one before it. */
const RANKED = [
  idea("counted", 5, 6, { sure: "high" }),
  idea("agreed, near the corner", 1, 10, { sure: "medium" }), // less sure
  idea("agreed, farther", 1, 9, { sure: "medium", data: "ready" }), // less value minus cost
  idea("agreed, as far, entered later", 2, 10, { sure: "medium", data: "partly" }),
  idea("a guess", 1, 10, { sure: "low" }),
  idea("nobody said how sure", 1, 10),
  idea("of another version", 1, 10, { sure: "certain" }), // as good as nothing noted, and later
  idea("cannot start", 1, 10, { sure: "high", data: "missing" }),
  idea("large", 6, 6, { sure: "high" }), // another quadrant
  idea("cheap", 5, 5),
  idea("neither", 6, 5),
];

test("ideas are ranked by the rule", () => {
  // Entered the other way round, but for the two pairs that only the order of entry tells apart.
  const entered = RANKED.toReversed();
  for (const [first, second] of [[2, 3], [5, 6]]) {
    const [at, to] = [entered.indexOf(RANKED[first]), entered.indexOf(RANKED[second])];
    [entered[at], entered[to]] = [entered[to], entered[at]];
  }
  const found = ranked(CASES.boards.real, entered);
  assert.deepEqual(found.map(({ idea: { name } }) => name), RANKED.map(({ name }) => name));
  assert.deepEqual(found.map(({ quadrant }) => quadrant), [...Array(8).fill("do-first"), "split", "only-if-free", "drop"]);
  assert.deepEqual(found.map(({ held }) => held).filter(({ length }) => length), [["Needs its data first"]]);
});

test("any definition ranks by its own quadrants", () => {
  const ideas = [idea("a", 1, 10), idea("b", 9, 2), idea("c", 10, 1), idea("d", 10, 10)];
  assert.deepEqual(ranked(CASES.boards.reversed, ideas).map(({ idea: { name } }) => name), ["c", "b", "d", "a"]);
});
