import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { quickCheck } from "../../content/assets/assessment/quick.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { CASES } from "./cases.js";

describe("the quick check, worked out by hand", () => {
  for (const { name, framework, answers, expect } of CASES.quick)
    test(name, () => assert.deepEqual(checked(CASES.questionnaires[framework], answers), expect));
});

/**
 * How far the quick check has come, in the form of scoring.yaml.
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {Record<string, import("../../content/assets/assessment/scoring.js").Given>} answers
 */
function checked(questionnaire, answers) {
  const check = quickCheck(questionnaire, score(questionnaire, new Map(Object.entries(answers))));
  if (!check) return "none";
  const { isOver: over, at, next, steps, ...rest } = check;
  return {
    ...rest, over, next: next ?? "none",
    at: Object.keys(questionnaire.levels)[at - 1] ?? "none",
    steps: steps.map(({ practice }) => practice),
  };
}

test("answered one question after the other, it ends, and what it says holds however the rest is answered", () => {
  const questionnaire = CASES.questionnaires.gates;
  const scale = Object.keys(questionnaire.scale);
  for (let drawn = 0; drawn < scale.length ** 4; drawn += 1) {
    /** @type {Map<string, import("../../content/assets/assessment/scoring.js").Given>} */
    const answers = new Map();
    let check = quickCheck(questionnaire, score(questionnaire, answers));
    for (let turn = 0; check?.next; turn += 1) {
      answers.set(check.next, { answer: scale[Math.floor(drawn / scale.length ** turn) % scale.length], proven: true, reasoned: false });
      check = quickCheck(questionnaire, score(questionnaire, answers));
    }
    assert.ok(check?.isOver);
    for (const rest of scale) {
      const full = new Map(Object.keys(questionnaire.practices).map((id) => [id, answers.get(id) ?? { answer: rest, proven: true, reasoned: false }]));
      assert.ok(score(questionnaire, full).claimed.at <= check.at);
    }
  }
});
