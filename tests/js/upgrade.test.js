import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { blank, carry, noAnswer } from "../../content/assets/assessment/answers.js";
import { upgrade, way } from "../../content/assets/assessment/upgrade.js";

/**
 * Two levels of one dimension. A case changes the later side, and gives answers to the earlier one.
 * @typedef {{levels: Record<string, {formerly?: string[]}>, practices: Record<string, string>, threshold: number,
 *   offered: string[]}} Side What it asks: practices by level; the answers that "a" offers.
 * @typedef {Partial<Side> & {given?: Record<string, string>, changes?: [string, string, string][], kind: string,
 *   more?: string[][], again?: string[][], less?: string[][], low?: string[]}} Case
 */

const VALUES = { never: 0, "at-times": 0.5, always: 1 };
/** @type {Side} */
const EARLIER = {
  levels: { low: {}, high: {} },
  practices: { a: "low", b: "low", c: "high", d: "high" },
  threshold: 0.75,
  offered: Object.keys(VALUES),
};
const ANSWERS = { a: "always", b: "at-times", c: "always", d: "at-times" };

/** @type {Record<string, Case>} */
const LATER = {
  "nothing changed": { kind: "same" },
  "the threshold rose": { threshold: 0.8, kind: "fell", low: ["low"] },
  "a new one": {
    practices: { ...EARLIER.practices, e: "high" },
    changes: [["e", "added", ""]],
    kind: "undone",
    more: [["e", "added"]],
  },
  "one moved here and pulls the mean down": {
    practices: { ...EARLIER.practices, d: "low" },
    changes: [["d", "moved", "level"]],
    kind: "fell",
    more: [["d", "moved"]],
    low: ["low"],
  },
  "an answer is no longer offered": {
    offered: ["never", "at-times"],
    kind: "fell",
    again: [["a", "not_offered"]],
  },
  "the level has another id": {
    levels: { ground: { formerly: ["low"] }, high: {} },
    practices: { ...EARLIER.practices, a: "ground", b: "ground" },
    kind: "same",
  },
  "the level of before is gone": {
    given: { a: "never", b: "never" },
    levels: { high: {} },
    practices: { c: "high", d: "high" },
    changes: [["a", "removed", ""], ["b", "removed", ""]],
    kind: "other",
  },
  "what was missing is no longer asked": {
    given: { b: "" },
    practices: { a: "low", c: "high", d: "high" },
    changes: [["b", "removed", ""]],
    kind: "rose",
    less: [["b", "removed"]],
  },
  "what was missing before is no cause": {
    given: { c: "" },
    practices: { ...EARLIER.practices, e: "high" },
    changes: [["e", "added", ""]],
    kind: "same",
  },
};

describe("the level is explained by what makes the difference", () => {
  for (const [name, { given = {}, changes = [], kind, more = [], again = [], less = [], low = [], ...later }] of Object.entries(LATER))
    test(name, () => {
      const [before, after] = [questionnaire("1.0.0", EARLIER), questionnaire("2.0.0", { ...EARLIER, ...later })];
      assert.deepEqual(explained(before, after, { ...ANSWERS, ...given }, changes.map(change)), { kind, more, again, less, low });
    });
});

test("what may change a level stands first in its list, however long that is", () => {
  const before = questionnaire("1.0.0", EARLIER);
  const after = questionnaire("2.0.0", { ...EARLIER, practices: { ...EARLIER.practices, e: "high", f: "high" } });
  after.practices.f.essential = true;
  /** @type {[string, string, string][]} */
  const changes = [["a", "changed", "value"], ["b", "changed", "value"], ["c", "raised", "essential"], ["e", "added", ""], ["f", "added", ""]];
  const { assessment } = blank(before, "");
  const past = { state: /** @type {const} */ ("known"), changes: changes.map(change), asked: {}, questionnaire: before };
  const { lists } = upgrade(after, assessment, carry(after, assessment.answers), past);
  assert.deepEqual(lists.unanswered.map(({ id }) => id), ["c", "a", "b"]);
  assert.deepEqual(lists.added.map(({ id }) => id), ["f", "e"]);
});

/** A small framework. @param {string} version @param {Side} side @returns {import("../../content/assets/assessment/scoring.js").Questionnaire} */
const questionnaire = (version, { levels, practices, threshold, offered }) => ({
  framework: { id: "case", title: "Case", version },
  levels: Object.fromEntries(Object.entries(levels).map(([id, more]) => [id, { title: id, ...more }])),
  dimensions: { one: { title: "One" } },
  roles: {},
  scale: Object.fromEntries(Object.entries(VALUES).map(([id, value]) => [id, { label: id, value, needs_criteria: false, needs_evidence: false }])),
  scoring: { threshold, passing: 0.5, level_means: "working" },
  practices: Object.fromEntries(
    Object.entries(practices).map(([id, level]) => {
      const answers = id === "a" ? offered : Object.keys(VALUES);
      return [id, {
        title: id, level, dimension: "one", essential: false, value: 1, effort: 1, requires: [], owner: null, formerly: [],
        criteria: [], evidence: [], may_be_not_applicable: false, offered: answers, asked: answers.join("-"),
      }];
    }),
  ),
});

/** @param {[string, string, string]} change */
const change = ([id, what, field]) => ({
  kind: "practice", id, title: id, weight: "major", was: [],
  events: [{ what, field, id: "", weight: "major", before: null, after: null }],
});

/**
 * What is said of the level after an upgrade.
 * @param {ReturnType<typeof questionnaire>} before
 * @param {ReturnType<typeof questionnaire>} after
 * @param {Record<string, string>} answers
 * @param {ReturnType<typeof change>[]} changes
 */
function explained(before, after, answers, changes) {
  const { assessment } = blank(before, "");
  const asked = Object.keys(VALUES).join("-");
  assessment.answers = new Map(Object.entries(answers).map(([id, answer]) => [id, { ...noAnswer(), answer, asked }]));
  const carried = carry(after, assessment.answers);
  const past = { state: /** @type {const} */ ("known"), changes, asked: {}, questionnaire: before };
  const found = upgrade(after, assessment, carried, past);
  const level = way(after, assessment, { ...assessment, answers: carried.answers }, past, found);
  assert.ok(level);
  const { kind, more, again, less, low } = level;
  const pairs = (/** @type {{id: string, why: string}[]} */ causes) => causes.map(({ id, why }) => [id, why]);
  return { kind, more: pairs(more), again: pairs(again), less: pairs(less), low: low.map(({ level }) => level) };
}
