/** Days of evidence in a table: written, read, and what people type into it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_DAY, blank, noAnswer } from "../../content/assets/assessment/answers.js";
import { recordsOf } from "../../content/assets/assessment/evidence.js";
import { Names } from "../../content/assets/assessment/names.js";
import { answerRows } from "../../content/assets/assessment/sheets.js";
import { stand } from "../../content/assets/assessment/standing.js";
import { likeness } from "../../content/assets/assessment/twins.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { csv } from "../../content/assets/common/csv.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const questionnaire = CASES.questionnaires.ages;
const words = { "fault.value": "Line {line}, {id}, {column}: {value}", "columns.evidence_days": "Days", "columns.until": "Until" };
const names = new Names(questionnaire, speaker(words, "en"));
const of = { log: "Log", list: "List", drill: "Drill", note: "Note", plan: "Plan" };
const texts = Object.fromEntries(Object.keys(questionnaire.practices).map((id) => [id, { question: "", criteria: [], options: {}, evidence: of }]));
const COLUMNS = ["practice", "answer", "evidence", "reason", "date", "evidence_days", "until"];
const day = (/** @type {string} */ on) => ({ on, link: "", seen_by: "" });

/** What a table holds of an assessment, as rows by practice. @param {Record<string, object>} answers @param {string} date */
function written(answers, date = "") {
  const saved = blank(questionnaire, date);
  const { assessment } = saved;
  for (const [id, more] of Object.entries(answers)) assessment.answers.set(id, { ...noAnswer(), answer: "most", ...more });
  const report = /** @type {any} */ ({ names, texts, assessment, standing: stand(questionnaire, saved) });
  return { assessment, rows: answerRows(report, COLUMNS) };
}

/** The first row of a table with this in it, read. @param {string} evidence @param {string} days @param {string} [date] */
function typed(evidence, days, date = "") {
  const { saved, faults } = readTable(csv([COLUMNS, ["l1", "Most", evidence, "", date, days, ""]]), names, () => ({ evidence: of, criteria: {} }));
  const stored = saved.assessment.answers.get("l1") ?? noAnswer();
  return { days: recordsOf(questionnaire, "l1", stored, saved.assessment.date).map(({ artifact, on }) => [artifact || "text", on]), faults };
}

test("who opens a table of what is here already is told so, and of another day that it is new", () => {
  const own = { asked: questionnaire.practices.l1.asked, evidence: ["log", "list"], records: new Map([["log", day("2026-01-31")]]) };
  const mine = { ...written({ l1: own }, "2026-06-01").assessment, name: "Dana", version: "" };
  const { saved } = readTable(csv(written({ l1: own }, "2026-06-01").rows), names, () => ({ evidence: of, criteria: {} }));
  const theirs = { ...saved.assessment, name: "Dana", version: "" };
  assert.equal(likeness(questionnaire, mine, theirs), "same");
  const later = structuredClone({ ...theirs, id: mine.id });
  assert.equal(likeness(questionnaire, mine, later), "same");
  later.answers.get("l1")?.records.set("log", day("2026-05-31"));
  assert.equal(likeness(questionnaire, mine, later), "other");
});

describe("the days of evidence travel in a table", () => {
  const both = { evidence: ["log", "list"] };
  const records = (/** @type {string} */ log, /** @type {string} */ list) => new Map([["log", day(log)], ["list", day(list)]]);
  /** @type {[string, object, string, string][]} */
  const cases = [
    ["one a line", { ...both, records: records("2026-01-31", "2026-03-01") }, "", "2026-01-31\n2026-03-01"],
    ["one for all", { ...both, records: records("2026-01-31", "2026-01-31") }, "", "2026-01-31"],
    ["that of the assessment", { ...both, records: new Map([["log", day("2026-01-31")]]) }, "2026-06-01", "2026-01-31\n2026-06-01"],
    ["one of them unknown", { ...both, records: records(NO_DAY, "2028-02-29") }, "2026-06-01", "?\n2028-02-29"],
    ["none, as in an older file", both, "", "?"],
    ["of text below others", { evidence: ["log"], records: new Map([["log", day("2026-01-31")]]), proof: "\n\nA page\nand more", proof_record: day("2026-02-02") }, "", "2026-01-31\n\n\n2026-02-02"],
    ["of text alone", { proof: "A page\nand more", proof_record: day("2026-02-02") }, "2026-06-01", "2026-02-02"],
  ];
  for (const [name, answer, date, expected] of cases)
    test(name, () => {
      const { assessment, rows } = written({ l1: answer }, date);
      assert.equal(rows[1][5], expected);
      const { saved, faults } = readTable(csv(rows), names, () => ({ evidence: of, criteria: {} }));
      assert.deepEqual(faults, []);
      const known = (/** @type {any} */ one) => recordsOf(questionnaire, "l1", one.answers.get("l1"), one.date);
      assert.deepEqual(known(saved.assessment), known(assessment));
    });

  test("so does the day on which not applicable ends", () => {
    const { rows } = written({ m1: { answer: "not-applicable", reason: "We have none", until: "2026-03-31" } });
    rows[1][1] = "";
    const { saved } = readTable(csv(rows), new Names(questionnaire, speaker({ ...words, "not-applicable": rows[2][1] }, "en")), () => ({ evidence: of, criteria: {} }));
    assert.equal(saved.assessment.answers.get("m1")?.until, "2026-03-31");
  });

  test("a table without them is what it was: its evidence takes the date of the assessment", () => {
    assert.deepEqual(typed("Log\nA page", "", "2026-06-01"), { days: [["log", "2026-06-01"], ["text", "2026-06-01"]], faults: [] });
    assert.deepEqual(typed("Log", ""), { days: [["log", ""]], faults: [] });
  });

  test("people may leave lines empty, and write days as their spreadsheet does", () => {
    assert.deepEqual(typed("Log\nList", "\n2026-03-01"), { days: [["log", ""], ["list", "2026-03-01"]], faults: [] });
    assert.deepEqual(typed("Log\nList", "24.11.2026\n 2026/11/25 "), { days: [["log", "2026-11-24"], ["list", "2026-11-25"]], faults: [] });
    assert.deepEqual(typed("Log\nList", "2026-11-24 00:00:00"), { days: [["log", "2026-11-24"], ["list", "2026-11-24"]], faults: [] });
  });

  test("what is no day, or stands beside no evidence, is named", () => {
    for (const [evidence, days] of [["Log", "spring"], ["Log", "2026-02-30"], ["Log", "2026-01-01\n2026-01-02"], ["", "2026-01-01"], ["A page\nand more", "2026-01-01\n2026-01-02"]])
      assert.deepEqual(typed(evidence, days).faults, [`Line 2, l1, Days: ${days}`]);
  });
});
