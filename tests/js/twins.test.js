import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { blank, noAnswer } from "../../content/assets/assessment/answers.js";
import { onDay } from "../../content/assets/assessment/evidence.js";
import { decode } from "../../content/assets/assessment/link-reader.js";
import { encode } from "../../content/assets/assessment/link-writer.js";
import { Names } from "../../content/assets/assessment/names.js";
import { Store } from "../../content/assets/assessment/store.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { asOne, likeness, twinOf } from "../../content/assets/assessment/twins.js";
import { csv } from "../../content/assets/common/csv.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

/** @typedef {import("../../content/assets/assessment/answers.js").Rater} Rater */

const questionnaire = structuredClone(CASES.small);
const names = new Names(questionnaire, speaker({ partly: "{answer}, but not all" }, "en"));
const GIVEN = "given";
const [first, second] = Object.keys(questionnaire.practices);
const { version } = questionnaire.framework;

/** @param {string} id @param {object} [more] */
const answered = (id, more = {}) => ({ ...noAnswer(), answer: questionnaire.practices[id].offered[0], asked: questionnaire.practices[id].asked, ...more });

/** One person's answers, as the page keeps them. @param {Partial<Rater>} [about] @returns {Rater} */
function person(about = {}) {
  const { raters: _, before: __, ...own } = blank(questionnaire, "2026-11-24").assessment;
  const answers = new Map([[first, answered(first, { proof: "a log", owner: "Ann" })], [second, answered(second, { note: "two\nlines" })]]);
  return { ...own, unit: "Search", role: "Lead", name: "Ida", version, answers, ...about };
}

/** The same as a table. @param {Rater} rater @returns {Rater} */
function asTable({ answers, unit, date, role, name }) {
  const columns = ["practice", "answer", "evidence", "note", "owner", "unit", "date", "role", "name"];
  const rows = [...answers].map(([id, { answer, proof, note, owner }]) => [id, answer, proof, note, owner, unit, date, role, name]);
  const { saved } = readTable(csv([columns, ...rows]), names, () => ({ evidence: {}, criteria: {} }));
  const { raters: _, before: __, ...own } = saved.assessment;
  return { ...own, version };
}

/** The same as a link. @param {Rater} rater @returns {Rater} */
function asLink(rater) {
  const link = encode(questionnaire, { ...rater, raters: [], before: null });
  const { answers, start } = decode(questionnaire, link, { proof: GIVEN, reason: GIVEN });
  const { raters: _, before: __, ...own } = blank(questionnaire, "").assessment;
  return { ...own, start, version, answers };
}

/** @param {Rater} mine @param {Rater} theirs */
const like = (mine, theirs) => likeness(questionnaire, mine, theirs, GIVEN);

describe("one person is recognized in any form", () => {
  const ida = person();
  const unnamed = person({ name: "", role: "" });
  /** @type {Record<string, [Rater, Rater, string]>} */
  const pairs = {
    "a file again": [ida, structuredClone(ida), "same"],
    "a file, then its table": [ida, asTable(ida), "same"],
    "a table twice": [asTable(ida), asTable(ida), "same"],
    "a file, then its link": [ida, asLink(ida), "alike"],
    "a link, then its table": [asLink(ida), asTable(ida), "alike"],
    "a link twice": [asLink(ida), asLink(ida), "alike"],
    "somebody who gives no name, and the table": [unnamed, asTable(unnamed), "alike"],
    "the same on another day": [ida, person({ date: "2026-11-25" }), "alike"],
    "other answers": [ida, person({ answers: new Map([[first, answered(first)]]) }), "other"],
    "the same answers with other notes": [ida, person({ answers: new Map([...ida.answers, [second, answered(second, { note: "x" })]]) }), "other"],
    "the same id with other answers": [ida, { ...ida, answers: new Map() }, "other"],
    "somebody of another name": [ida, person({ name: "Bo" }), ""],
    "somebody of another role": [person({ name: "" }), person({ name: "", role: "Engineer" }), ""],
    "no answers": [person({ name: "", answers: new Map() }), person({ name: "", answers: new Map() }), ""],
    "a link with other answers": [person({ answers: new Map([[first, answered(first)]]) }), asLink(ida), ""],
  };
  for (const [name, [mine, theirs, what]] of Object.entries(pairs)) test(name, () => assert.equal(like(mine, theirs), what));
});

test("a link that was made after evidence had run out is still one person's", () => {
  const aged = { ...questionnaire, scoring: { ...questionnaire.scoring, evidence_lasts: "1 day" } };
  const ida = person({ date: "2020-02-28" });
  const link = encode(aged, { ...ida, raters: [], before: null }, "", onDay(aged, "2020-03-01", ida.date));
  const { answers } = decode(aged, link, { proof: GIVEN, reason: GIVEN });
  assert.equal(answers.get(first)?.proof, "");
  assert.equal(likeness(aged, ida, { ...asLink(ida), answers }, GIVEN), "alike");
});

test("as one, they hold what either says", () => {
  const ida = person();
  const link = { ...asLink(ida), name: "typed since" };
  assert.deepEqual(asOne(link, ida, GIVEN), { ...ida, id: link.id, name: "typed since" });
  assert.deepEqual(asOne(ida, asLink(ida), GIVEN), ida);
});

test("what is kept already is known by its answers, day and texts", () => {
  const store = new Store(null, questionnaire.framework.id, new Map());
  const saved = (/** @type {Rater} */ { version: _, ...own }) => ({ framework: blank(questionnaire, "").framework, assessment: { ...own, raters: [], before: null } });
  const ida = person({ name: "" });
  store.put(saved(ida));
  const twin = (/** @type {Rater} */ rater) => twinOf(questionnaire, store, saved(rater), GIVEN);
  assert.equal(twin(ida), null);
  assert.deepEqual([twin(asTable(ida)), twin(asLink(ida))].map((one) => one && [one.mine.assessment.id, one.isSame]), [[ida.id, true], [ida.id, true]]);
  assert.equal(twin(asTable({ ...ida, date: "2026-02-01" })), null);
  assert.equal(twin(asTable({ ...ida, name: "Ida" }))?.isSame, false);
  assert.equal(twin(person({ answers: new Map() })), null);
});
