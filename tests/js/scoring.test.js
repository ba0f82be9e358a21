import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { advise } from "../../content/assets/assessment/advice.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { CASES } from "./cases.js";
import { Luck } from "./luck.js";
import { resultOf } from "./result.js";

/**
 * @typedef {import("../../content/assets/assessment/scoring.js").Questionnaire} Questionnaire
 * @typedef {{questionnaire: Questionnaire, answers: Record<string, import("../../content/assets/assessment/scoring.js").Given>, start: string}} Sitting
 */

describe("scoring.yaml, worked out by hand", () => {
  for (const { name, framework, answers, start, expect } of CASES.scoring)
    test(name, () => {
      const result = resultOf({ advise, score }, CASES.questionnaires[framework], answers, start);
      for (const [key, expected] of Object.entries(expect)) {
        const value = /** @type {Record<string, unknown>} */ (result)[key];
        if (key.endsWith("progress")) assertNear(value, expected);
        else assert.deepEqual(value, expected, key);
      }
    });
});

test("the example of the page How it works is scored as the page says", () => {
  const { questionnaire, answers, level, dimension, claimed, shown } = CASES.example;
  const result = score(questionnaire, new Map(Object.entries(answers)));
  assert.ok(claimed.is_complete && !shown.is_complete, "tells claimed from shown");
  for (const [view, says] of [[result.claimed, claimed], [result.evidenced, shown]]) {
    const cell = view.cells.get(level)?.get(dimension);
    assert.ok(Math.abs(cell.mean - says.mean) < 1e-9);
    assert.equal(cell.complete, says.is_complete);
  }
});

/** @param {any} numbers @param {any} expected */
function assertNear(numbers, expected) {
  assert.deepEqual(Object.keys(numbers).sort(), Object.keys(expected).sort());
  for (const [dimension, number] of Object.entries(expected)) assert.ok(Math.abs(numbers[dimension] - number) < 1e-9, dimension);
}

// What holds for any answers. The frameworks are those of the cases; the answers are drawn, always the same ones.

const SHARE_ANSWERED = 0.85;
const SMALL = Object.values(CASES.questionnaires).filter(({ practices }) => Object.keys(practices).length <= 20);

/** @param {number} count @param {number} seed @returns {Sitting[]} */
function sittings(count, seed) {
  const luck = new Luck(seed);
  return Array.from({ length: count }, () => {
    const questionnaire = luck.pick(SMALL);
    const start = luck.pick(["", "", ...Object.keys(questionnaire.levels)]);
    return { questionnaire, answers: drawn(questionnaire, luck), start };
  });
}

/** Answers to some of the practices. @param {Questionnaire} questionnaire @param {Luck} luck */
function drawn({ scale, practices }, luck) {
  const plain = [...Object.keys(scale), "unknown"].map((answer) => given(answer, false));
  const partly = Object.keys(scale).map((answer) => ({ ...given(answer, luck.happens(0.5)), lacking: true }));
  const proven = [...Object.keys(scale), "not-applicable"].map((answer) => given(answer, true));
  const answered = Object.keys(practices).filter(() => luck.happens(SHARE_ANSWERED));
  return Object.fromEntries(answered.map((name) => [name, luck.pick([...plain, ...proven, ...partly])]));
}

/** @param {string} answer @param {boolean} marked Whether with evidence, or a reason. @returns {import("../../content/assets/assessment/scoring.js").Given} */
const given = (answer, marked) => ({ answer, proven: marked, reasoned: marked });

/** @param {Sitting} sitting */
const resultFor = ({ questionnaire, answers, start }) => resultOf({ advise, score }, questionnaire, answers, start);

/** @param {Sitting} sitting @param {string} level */
const place = ({ questionnaire }, level) => ["none", ...Object.keys(questionnaire.levels)].indexOf(level);

test("what is shown never exceeds what is claimed", () => {
  for (const sitting of sittings(400, 1)) {
    const result = resultFor(sitting);
    assert.ok(place(sitting, result.evidenced) <= place(sitting, result.claimed));
    const [low, high] = result.range;
    assert.equal(low, result.claimed);
    assert.ok(place(sitting, low) <= place(sitting, high));
    for (const [dimension, claimed] of Object.entries(result.progress))
      assert.ok(result.evidenced_progress[dimension] <= claimed + 1e-9);
  }
});

test("the order of answers does not matter", () => {
  for (const sitting of sittings(200, 2)) {
    const turned = { ...sitting, answers: Object.fromEntries(Object.entries(sitting.answers).reverse()) };
    assert.deepEqual(resultFor(turned), resultFor(sitting));
  }
});

test("raising an answer never lowers a level", () => {
  const luck = new Luck(3);
  const pairs = sittings(500, 3).flatMap((sitting) => {
    const raised = withOneRaised(sitting, luck);
    return raised ? [[sitting, raised]] : [];
  });
  assert.ok(pairs.length > 200);
  for (const [sitting, raised] of pairs) {
    const [before, after] = [resultFor(sitting), resultFor(raised)];
    for (const view of /** @type {const} */ (["claimed", "evidenced"]))
      assert.ok(place(sitting, before[view]) <= place(sitting, after[view]));
    for (const view of /** @type {const} */ (["progress", "evidenced_progress"]))
      for (const [dimension, progress] of Object.entries(before[view])) assert.ok(progress <= after[view][dimension] + 1e-9);
  }
});

/** The same with an answer one step higher; null where that is not offered. @param {Sitting} sitting @param {Luck} luck */
function withOneRaised(sitting, luck) {
  const { questionnaire, answers } = sitting;
  const scale = Object.keys(questionnaire.scale);
  const rising = Object.keys(answers).filter((name) => questionnaire.practices[name].offered.slice(0, -1).includes(answers[name].answer));
  if (rising.length === 0) return null;
  const name = luck.pick(rising);
  const higher = scale[scale.indexOf(answers[name].answer) + 1];
  if (!questionnaire.practices[name].offered.includes(higher)) return null;
  return { ...sitting, answers: { ...answers, [name]: { ...answers[name], answer: higher } } };
}

test("the distance is the smallest there is: brute force finds no smaller set of practices that completes the cell", () => {
  let tried = 0;
  for (const sitting of sittings(150, 4).filter(({ start }) => !start)) {
    const { questionnaire } = sitting;
    const { deciding, distance } = resultFor(sitting);
    for (const [dimension, named] of Object.entries(distance)) {
      if (named.length === 0) continue;
      const level = Object.keys(questionnaire.levels).indexOf(deciding);
      const completes = (/** @type {string[]} */ names) => resultFor(withFullCredit(sitting, names)).completed[dimension] > level;
      assert.ok(completes(named));
      const cell = Object.keys(questionnaire.practices).filter((name) => {
        const practice = questionnaire.practices[name];
        return practice.level === deciding && practice.dimension === dimension;
      });
      for (const smaller of subsets(cell, named.length - 1)) assert.ok(!completes(smaller), `${smaller} would do`);
      tried += 1;
    }
  }
  assert.ok(tried > 50);
});

/** @param {Sitting} sitting @param {string[]} names @returns {Sitting} */
function withFullCredit(sitting, names) {
  const top = Object.keys(sitting.questionnaire.scale).at(-1) ?? "";
  return { ...sitting, answers: { ...sitting.answers, ...Object.fromEntries(names.map((name) => [name, given(top, true)])) } };
}

/** Every subset of at most so many. @param {string[]} names @param {number} most @returns {string[][]} */
function subsets(names, most) {
  if (names.length === 0 || most === 0) return [[]];
  const [first, ...others] = names;
  return [...subsets(others, most), ...subsets(others, most - 1).map((rest) => [first, ...rest])];
}
