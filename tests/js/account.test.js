import assert from "node:assert/strict";
import { test } from "node:test";
import { Account } from "../../content/assets/assessment/account.js";
import { Names } from "../../content/assets/assessment/names.js";
import { quickCheck } from "../../content/assets/assessment/quick.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const WORDS = {
  more_complete: "{n} complete it: {list}.",
  more_in: "{n} in {dimension_title}",
  more_open: "{n} open.",
  more_unknown: "{n} unknown.",
  more_before: "{n} before.",
  cell: "{dimension_title} at {level_title}",
  "because.distance": "Completes {cell}.",
  "because.required": "Before {practice_title}.",
};

/** The account of a scoring case. @param {any} scoringCase */
function accountOf({ framework, answers, start }) {
  const questionnaire = CASES.questionnaires[framework];
  const result = score(questionnaire, new Map(Object.entries(answers)), start);
  const names = new Names(questionnaire, speaker(WORDS, "en"));
  return new Account(names, /** @type {any} */ ({ saved: { assessment: { answers: new Map() } }, result, toConfirm: [], unconfirmed: [] }));
}

for (const scoringCase of CASES.scoring)
  test(`the sentence counts what the lists hold: ${scoringCase.name}`, () => {
    const account = accountOf(scoringCase);
    if (!account.result.deciding) return;
    const [sentence] = account.sentences;
    const count = (/** @type {RegExp} */ pattern) => Number(pattern.exec(account.sentences.join(" "))?.[1] ?? 0);
    const nearest = Object.values(account.advice.distance).flat();
    assert.match(sentence, new RegExp(`^${nearest.length} complete it`));
    const steps = account.steps.map(({ practice }) => practice);
    const elsewhere = count(/(\d+) open\./) + count(/(\d+) unknown\./);
    assert.equal(steps.filter((id) => nearest.includes(id)).length, nearest.length - elsewhere);
    const before = [...account.advice.needed].filter((id) => !nearest.includes(id));
    assert.equal(before.length, count(/(\d+) before\./));
    for (const { practice, reason } of account.furtherSteps) assert.ok(reason !== "essential" && reason !== "distance", practice);
    assert.equal(account.steps.length + account.furtherSteps.length, account.advice.steps.length);
  });

test("a step is needed only for what completes the level, not for what would raise it further", () => {
  const account = accountOf(CASES.scoring.find(({ name }) => name === "requires: through two earlier levels"));
  assert.deepEqual(account.steps.map(({ practice }) => practice), ["y2"]);
  assert.deepEqual(account.furtherSteps.map(({ practice }) => practice), ["w1", "x1", "y1"]);
});

for (const { name, framework, answers } of CASES.scoring)
  test(`the quick check lists exactly those that it counts: ${name}`, () => {
    const questionnaire = CASES.questionnaires[framework];
    const check = quickCheck(questionnaire, score(questionnaire, new Map(Object.entries(answers))));
    assert.deepEqual((check?.steps ?? []).map(({ practice }) => practice).sort(), [...(check?.because ?? [])].sort());
  });
