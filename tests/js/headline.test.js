import assert from "node:assert/strict";
import { test } from "node:test";
import { blank, noAnswer } from "../../content/assets/assessment/answers.js";
import { compare } from "../../content/assets/assessment/comparison.js";
import { axisOf, headline, waysOf } from "../../content/assets/assessment/headline.js";
import { Names } from "../../content/assets/assessment/names.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const WORDS = {
  "reading.working": "{level_title} {share}", "reading.done": "all", "reading.open": "{level_title} open", "reading.partly": "{level_title} {n}/{total}",
  level: "{title}", entry: "{unit}", entry_version: "{unit}", none: "none", untitled: "untitled",
  "headline.sentence": "{list}.", "headline.between": "; ",
  "headline.time.same": "No change", "headline.time.rose": "Up from {from} to {to}", "headline.time.fell": "Down from {from} to {to}",
  "headline.time.way": "{dimension_title} {from} to {to}", "headline.time.way_far": "{dimension_title} from {from} to {to}",
  "headline.share_of": "{share} of {level_title}",
  "headline.time.answers_rose.one": "{n} rose", "headline.time.answers_rose.other": "{n} rose, all",
  "headline.time.answers_fell.other": "{n} fell", "headline.time.answers_same": "none moved",
  "headline.units.rose": "{before}: {from}, {after}: {to}", "headline.units.way": "{dimension_title} {from} and {to}",
  "headline.units.answers_rose.other": "{n} higher in {after}",
  "headline.expired.one": "{n} run out in {entry}.", "headline.unsettled": "{entry} may change.", "headline.one_sided.other": "{n} in one.",
  "headline.reworded.other": "{n} reworded.", "headline.left.other": "{n} left out.",
};
const questionnaire = CASES.questionnaires["two-by-two"];
const names = new Names(questionnaire, speaker(WORDS, "en"));

/** @param {Record<string, string>} answers @param {string} unit */
function saved(answers, unit = "Search") {
  const made = blank(questionnaire, "2026-08-12");
  made.assessment.unit = unit;
  for (const [id, answer] of Object.entries(answers))
    made.assessment.answers.set(id, { ...noAnswer(), answer, asked: questionnaire.practices[id]?.asked ?? "" });
  return made;
}

const LOW = { a1: "half", a2: "none", b1: "half", b2: "half" };
const FIRST = { a1: "most", a2: "most", b1: "most", b2: "most" };

/** @type {[string, Record<string, string>, Record<string, string>, string, string[]][]} */
const SENTENCES = [
  // a: (0.5+0)/2 to (1+0)/2; b: 0.5 in both
  ["no change of level is said first, then the dimension that moved the most", LOW, { ...LOW, a1: "most" }, "No change; a 25% to 50%; 1 rose.", []],
  ["nothing moved", LOW, LOW, "No change; none moved.", []],
  // a: 0.25 to 1, b: 0.5 to 1; the next level is open: it cannot lower what is reached, and can complete all
  ["a level more, with open questions after it", LOW, FIRST, "Up from first to second; 4 rose, all.", []],
  ["a level less", FIRST, LOW, "Down from second to first; 4 fell.", []],
  // a: 0.25 to 1 + 0/2
  ["a dimension whose level differs is told with it", { ...LOW, a3: "none", a4: "none" }, { ...LOW, a1: "most", a2: "most", a3: "none", a4: "none" }, "No change; a from 25% of first to 0% of second; 2 rose, all.", []],
  ["where one is not complete, neither its share nor its level is taken for certain", { a1: "most" }, { ...LOW, a1: "most", a2: "most" }, "No change; none moved.", ["Search may change.", "3 in one."]],
  ["an answer whose question is gone is left out", { ...LOW, old: "most", older: "most" }, LOW, "No change; none moved.", ["2 left out."]],
];
for (const [name, first, second, sentence, cautions] of SENTENCES)
  test(name, () => assert.deepEqual(headline(names, compare(questionnaire, saved(first), saved(second))), { sentence, cautions }));

test("answers to questions that were reworded since are said to be", () => {
  const before = saved(LOW);
  for (const id of ["b1", "b2"]) Object.assign(before.assessment.answers.get(id) ?? {}, { asked: "otherwise" });
  assert.deepEqual(headline(names, compare(questionnaire, before, saved(LOW))).cautions, ["2 reworded."]);
});

test("evidence that has run out since is said", () => {
  const aged = { ...questionnaire, scoring: { ...questionnaire.scoring, evidence_lasts: "1 day" } };
  const [before, after] = ["2026-08-12", "2026-08-20"].map((date) => {
    const one = saved(LOW);
    one.assessment.date = date;
    Object.assign(one.assessment.answers.get("b1") ?? {}, { answer: "most", proof: "A log", proof_record: { on: "2026-08-12", link: "", seen_by: "" } });
    return one;
  });
  assert.deepEqual(headline(names, compare(aged, before, after)).cautions, ["1 run out in Search."]);
});

test("two units are not told as before and after", () => {
  const { sentence } = headline(names, compare(questionnaire, saved(LOW, "Search"), saved(FIRST, "Ads")));
  assert.equal(sentence, "Search: first, Ads: second; 4 higher in Ads.");
});

test("what has no answer is not drawn, and the axis holds only the levels in which something lies", () => {
  const ways = waysOf(names, compare(questionnaire, saved({ a1: "half", a2: "none" }), saved(LOW)));
  assert.deepEqual(ways.map(({ from, to }) => [from, to]), [[0.25, 0.25], [null, 0.5]]);
  assert.deepEqual(axisOf(ways, 2), { low: 0, high: 1 });
  const place = (/** @type {number | null} */ from, /** @type {number | null} */ to) => axisOf([{ ...ways[0], from, to }], 5);
  assert.deepEqual(place(1, 1), { low: 1, high: 2 });
  assert.deepEqual(place(0.4, 2.2), { low: 0, high: 3 });
  assert.deepEqual(place(5, 5), { low: 4, high: 5 });
  assert.deepEqual(place(null, null), { low: 0, high: 5 });
});
