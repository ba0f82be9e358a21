import assert from "node:assert/strict";
import { test } from "node:test";
import { Names } from "../../content/assets/assessment/names.js";
import { picture } from "../../content/assets/assessment/picture.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const WORDS = {
  level: "{n} · {title}",
  "reading.working": "{level_title}: {share}",
  "reading.open": "{level_title}: not answered",
  "reading.partly": "{level_title}: {n} of {total} answered",
  "reading.done": "all {total}",
  "reading.achieved": "{n} of {total}",
  "reading.achieved_plus": "{n}+ of {total}",
  both_readings: "{claimed} | {shown}",
  stairs_row: "{dimension_title}: {claimed} | {shown}",
};
const small = CASES.questionnaires["two-by-two"];
const top = { answer: "most", proven: true, reasoned: false };

/** The picture of answers to a small framework. @param {Record<string, object>} answers */
function drawn(answers) {
  const given = /** @type {Map<string, import("../../content/assets/assessment/scoring.js").Given>} */ (new Map(Object.entries(answers)));
  return picture(new Names(small, speaker(WORDS, "en")), score(small, given));
}

/** The practices of a cell. @param {string} level @param {string} dimension */
const cell = (level, dimension) =>
  Object.keys(small.practices).filter((id) => small.practices[id].level === level && small.practices[id].dimension === dimension);

const [first, second] = Object.keys(small.levels);
const total = Object.keys(small.levels).length;
const [one, other] = Object.keys(small.dimensions);

test("nothing answered is drawn as open, and never as zero", () => {
  for (const mark of drawn({}).marks) {
    assert.deepEqual([mark.claimed, mark.shown, mark.open], [null, null, [0, 1 / total]]);
    assert.match(mark.reading, /not answered$/);
  }
});

test("a level with some questions open has no share, and says how many are answered", () => {
  const [question, ...rest] = cell(first, one);
  assert.ok(rest.length, "the first cell has several practices");
  const { marks, label } = drawn({ [question]: top });
  assert.deepEqual([marks[0].claimed, marks[0].shown], [null, null]);
  assert.match(marks[0].reading, new RegExp(`: 1 of ${rest.length + 1} answered$`));
  assert.ok(label.includes(marks[0].reading));
});

test("what is complete stands at the end of its level, and only the next level is open", () => {
  const answers = Object.fromEntries(cell(first, one).map((id) => [id, top]));
  const [mark, untouched] = drawn(answers).marks;
  assert.deepEqual([mark.claimed, mark.shown, mark.open], [1 / total, 1 / total, [1 / total, 2 / total]]);
  assert.equal(untouched.claimed, null);
});

test("answers of nothing are drawn at zero, as they are answers", () => {
  const answers = Object.fromEntries(cell(first, other).map((id) => [id, { ...top, answer: "none" }]));
  const mark = drawn(answers).marks[1];
  assert.deepEqual([mark.claimed, mark.shown, mark.open], [0, 0, null]);
});

test("what is claimed without evidence stands apart from what is shown", () => {
  const answers = Object.fromEntries(Object.keys(small.practices).map((id) => [id, { ...top, proven: false }]));
  const { steps, marks } = drawn(answers);
  for (const { claimed, shown } of marks) assert.ok(claimed !== null && shown !== null && shown < claimed);
  assert.equal(steps.at(-1)?.here, "claimed");
  assert.equal(steps.find(({ here }) => here === "shown")?.level, first);
  assert.ok(second && steps.every(({ isAhead }) => !isAhead));
});
