import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { quickCheck } from "../../content/assets/assessment/quick.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { CASES } from "./cases.js";
import { quickOf } from "./result.js";

describe("the quick check, worked out by hand", () => {
  for (const { name, framework, answers, expect } of CASES.quick)
    test(name, () => assert.deepEqual(quickOf({ quickCheck, score }, CASES.questionnaires[framework], answers), expect));
});

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
