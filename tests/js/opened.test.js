import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Names } from "../../content/assets/assessment/names.js";
import { readBytes } from "../../content/assets/assessment/opened.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const questionnaire = structuredClone(CASES.small);
const words = {
  unknown: "Don't know", "not-applicable": "Not applicable", partly: "{answer}, but not all criteria",
  "fault.value": "Line {line}, {id}, {column}: {value}", "fault.practice": "Line {line}: no {value}", "fault.twice": "Lines {lines}, {id}: {value}",
  "fault.entry": "Line {line}, {place}: {value}", "fault.line": "Line {line}: {value}", "fault.again": "twice", several_days: "{days}; {last} counts",
  "columns.answer": "Answer", "columns.asked": "Asked", "columns.criteria": "Criteria", "columns.version": "Version", "columns.note": "Note", "columns.due": "Due", "columns.date": "Date",
};
const names = new Names(questionnaire, speaker(words, "en"));

const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);
const utf16 = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, "utf16le"));
const swapped = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, "utf16le").swap16());
const narrow = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, "latin1"));
const open = (/** @type {Uint8Array | string} */ file) =>
  readBytes(typeof file === "string" ? utf8(file) : file, names, () => ({ evidence: {}, criteria: {} }), async () => readTable);

const JSON_FILE = JSON.stringify({
  format: "maturity-answers/1",
  framework: { id: questionnaire.framework.id, version: questionnaire.framework.version, title: "" },
  assessment: { id: "aaaaaaaaaaaa", name: "Jörg", answers: { "open-daily": { answer: "always" } } },
});
const TABLE = "practice;answer;name\nopen-daily;Always;Jörg\n";

describe("a file is read by its content, in whatever encoding it was saved", () => {
  /** @type {Record<string, [Uint8Array, boolean?]>} */
  const files = {
    "JSON": [utf8(JSON_FILE)],
    "JSON behind a mark": [utf8(`\ufeff${JSON_FILE}`)],
    "JSON in UTF-16": [utf16(`\ufeff${JSON_FILE}`)],
    "JSON in windows-1252": [narrow(JSON_FILE), true],
    "a table": [utf8(TABLE)],
    "a table in windows-1252": [narrow(TABLE), true],
    "a table in UTF-16, tabs between its cells": [utf16(`\ufeff${TABLE.replaceAll(";", "\t")}`)],
    "a table in UTF-16 of the other order": [swapped(`\ufeff${TABLE}`)],
    "a table in UTF-16 without a mark": [utf16(TABLE)],
  };
  for (const [name, [bytes, isGuessed = false]] of Object.entries(files))
    test(name, async () => {
      const opened = await open(bytes);
      const { assessment } = opened.saved;
      assert.deepEqual([assessment.name, assessment.answers.get("open-daily")?.answer, opened.remarks], ["Jörg", "always", isGuessed ? ["guessed"] : []]);
    });
});

describe("a file that holds no answers is called what it is", () => {
  /** @type {Record<string, [Uint8Array | string, string]>} */
  const files = {
    "an empty file": ["", "empty"],
    "a mark and blank lines": ["\ufeff\r\n \u200b\n", "empty"],
    "a PDF": ["%PDF-1.7\n%âã", "pdf"],
    "our workbook": [narrow("PK\x03\x04....[Content_Types].xml....xl/workbook.xml"), "workbook"],
    "a workbook of LibreOffice": [narrow("PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "workbook"],
    "an old workbook": [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "workbook"],
    "a workbook in XML": ['<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="x">', "workbook"],
    "a letter as RTF": ["{\\rtf1\\ansi Dear all}", "archive"],
    "a letter": [narrow("PK\x03\x04....word/document.xml"), "archive"],
    "a packed file": [new Uint8Array([0x1f, 0x8b, 8, 0]), "archive"],
    "a picture": [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), "image"],
    "a photo": [new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "image"],
    "a drawing": ['<?xml version="1.0"?>\n<svg xmlns="x"/>', "image"],
    "a page": ["<!DOCTYPE html><title>Sign in</title>", "html"],
    "a list in YAML": ["progress:\n  some-activity: {Team A: done}\n", "yaml"],
    "a definition": ["---\nframework:\n  id: bakery\n  title: Bakery, and more\n", "yaml"],
    "a link that a desktop has saved": ["[InternetShortcut]\r\nURL=https://example.org/score/#answers=1~x~y\r\n", "is-link"],
    "a link": ["https://example.org/score/#answers=1~x~y", "is-link"],
    "other JSON": ['{"type": "FeatureCollection"}', "not-answers"],
    "a list in JSON": ["[1, 2]", "not-answers"],
    "a list of nothing in JSON": ["[null]", "not-answers"],
    "JSON that was cut off": [JSON_FILE.slice(0, -9), "not-json"],
    "JSON that was cut off in a text": [JSON_FILE.slice(0, JSON_FILE.indexOf("rg")), "not-json"],
    "JSON with a comma too many": [JSON_FILE.replace("}}", "},}"), "bad-json"],
    "JSON twice": [JSON_FILE + JSON_FILE, "bad-json"],
    "JSON in a letter": [`Here are mine:\n${JSON_FILE}\nIda`, "around"],
    "JSON that was merged": [`{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> theirs\n}`, "conflict"],
    "a table that was merged": ["practice;answer\r\n<<<<<<< HEAD\r\nopen-daily;Always\r\n=======\r\nopen-daily;Never\r\n>>>>>>> theirs\r\n", "conflict"],
    "ideas": ['{"format": "maturity-ideas/1", "ideas": []}', "is-ideas"],
    "a quote that is never closed": ['practice,answer,note\nopen-daily,Always,"nearly\nshare-recipes,Never,\n', "unclosed"],
    "a note": ["Dear all, here are the answers.\nIda\n", "not-table"],
    "another table": ["a,b\n1,2\n", "not-table"],
    "bytes": [new Uint8Array([7, 0, 1, 2, 0, 3, 0]), "binary"],
    "a head without rows": ["practice,answer\n", "no-rows"],
    "rows without answers": ["practice,answer\nopen-daily,\n", "no-rows"],
  };
  for (const [name, [file, code]] of Object.entries(files)) test(name, () => assert.rejects(open(file), { code }));
});

describe("the names of the columns are known under any separator, below a title", () => {
  const above = "Answers, third quarter\n";
  for (const [name, text] of Object.entries({
    "semicolons below a title with a comma": above + TABLE,
    "tabs below a title with commas and semicolons": `A, b; c, d; e\n\n${TABLE.replaceAll(";", "\t")}`,
    "commas below what a spreadsheet is told": `sep=,\n${TABLE.replaceAll(";", ",")}`,
    "bars": TABLE.replaceAll(";", "|"),
    "a title in brackets": `[Draft] Answers\n${TABLE}`,
    "twenty lines above": above.repeat(20) + TABLE,
  }))
    test(name, async () => assert.equal((await open(text)).saved.assessment.answers.get("open-daily")?.answer, "always"));
  test("twenty-one lines above", () => assert.rejects(open(above.repeat(21) + TABLE), { code: "not-table" }));
});

describe("what a table says and nobody understands is named with its line", () => {
  /** @type {Record<string, [string, string[]]>} */
  const tables = {
    "an answer, and what stands above": ["Report\n\npractice,answer\nopen-daily,Mostly\n", ["Line 1: Report", "Line 4, open-daily, Answer: Mostly"]],
    "what a column of somebody's own holds": ["practice,answer,Remark\nopen-daily,Always,\nshare-recipes,Never,later\n", ["Line 3, share-recipes, Remark: later"]],
    "a cell beside the columns": ["practice,answer,note\nopen-daily,Always,so, so\n", ["Line 2, open-daily, 4: so"]],
    "a column twice, where both differ": ["practice,answer,note,note\nopen-daily,Always,a,b\nshare-recipes,Never,c,c\n", ["Line 2, open-daily, note: b"]],
    "a row without a practice": ["practice,answer,unit\n,,Search\nopen-daily,Always,\n,Never,\n", ["Line 4: Never"]],
    "a fingerprint that became a number": ["practice,answer,asked\nopen-daily,Always,1.23E+15\n", ["Line 2, open-daily, Asked: 1.23E+15"]],
    "a version that became a day": ["practice,answer,version\nopen-daily,Always,01.02.2003\n", ["Line 2, open-daily, Version: 01.02.2003"]],
    "criteria that the answer does not need": ["practice,answer,criteria\nopen-daily,Never,hours\n", ["Line 2, open-daily, Criteria: hours"]],
    "a text that is too long": [`practice,answer,note\nopen-daily,Always,${"x".repeat(4001)}\n`, [`Line 2, open-daily, Note: ${"x".repeat(4001)}`]],
    "a day with two meanings": ["practice,answer,due\nopen-daily,Always,03/04/2026\n", ["Line 2, open-daily, Due: 03/04/2026"]],
    "a day that is none": ["practice,answer,date\nopen-daily,Always,2026-02-30\n", ["Line 2, open-daily, Date: 2026-02-30"]],
    "a practice": ["practice,answer\nopen-dayly,Always\nopen-daily,Always\n", ["Line 2: no open-dayly"]],
    "lines within a cell": ['practice,note,answer\r\nopen-daily,"a\r\nb",Always\r\nx,,Always\r\n', ["Line 4: no x"]],
    "a practice twice": ["practice,answer\nopen-daily,Always\nopen-daily,Never\n", ["Lines 2, 3, open-daily: Always / Never"]],
    "a practice once by its title": ["practice,answer\nopen-daily,Always\nx,\nOpen-Daily,Never\n", ["Lines 2, 4, open-daily: Always / Never", "Line 3: no x"]],
    "notes that differ": ["practice,answer,note\nopen-daily,Always,a\nopen-daily,Always,b\n", ["Lines 2, 3, open-daily: Always | a / Always | b"]],
    "nothing where rows agree": ["practice,answer\nopen-daily,Always\nopen-daily, always\n", []],
  };
  for (const [name, [text, faults]] of Object.entries(tables))
    test(name, async () => {
      const opened = await open(text);
      assert.deepEqual(opened.faults, faults);
    });
});

describe("what a file holds and no page keeps is named with its line", () => {
  const file = (/** @type {object} */ about, /** @type {object} */ answer) =>
    JSON.stringify({ ...JSON.parse(JSON_FILE), assessment: { id: "aaaaaaaaaaaa", ...about, answers: { "open-daily": { answer: "always", ...answer } } } }, null, 1);
  /** @type {Record<string, [string, string[]]>} */
  const files = {
    "nothing, where all is well": [file({}, { note: " a\nb ", confirm: false, criteria: null }), []],
    "a day that is none": [file({ date: "24.11.2026" }, {}), ["Line 10, assessment › date: 24.11.2026"]],
    "what somebody wrote beside it": [file({}, { comment: "see wiki" }), ["Line 13, assessment › answers › open-daily › comment: see wiki"]],
    "a text that is too long": [file({}, { note: "x".repeat(4001) }), [`Line 13, assessment › answers › open-daily › note: ${"x".repeat(4001)}`]],
    "an item of a list": [file({}, { evidence: ["log", 5] }), ["Line 15, assessment › answers › open-daily › evidence › 2: 5"]],
    "an answer under no id": [file({}, {}).replace("open-daily", "Open daily"), ['Line 11, assessment › answers › Open daily: {"answer":"always"}']],
    "a key that stands twice": [file({}, {}).replace('"answer":', '"answer": "never",\n"answer":'), ["Line 13, assessment › answers › open-daily › answer: twice"]],
  };
  for (const [name, [text, faults]] of Object.entries(files)) test(name, async () => assert.deepEqual((await open(text)).faults, faults));
  test("people of one id are told apart", async () => {
    const people = ["Ida", "Bo", "Ann"].map((name) => ({ id: "bbbbbbbbbbbb", name, answers: {} }));
    const { saved, faults } = await open(file({ raters: people }, {}));
    assert.deepEqual([saved.assessment.raters.map(({ name }) => name), new Set(saved.assessment.raters.map(({ id }) => id)).size, faults], [["Ida", "Bo", "Ann"], 3, []]);
  });
  test("what is kept and does not count", async () => {
    const { uncounted, saved } = await open(file({}, {}).replace('"open-daily": {', '"open-dayly": {"answer": "never"}, "open-daily": {').replace("always", "sometimes"));
    assert.deepEqual(uncounted, ["open-dayly: Never", "Open every day: sometimes"]);
    assert.equal(saved.assessment.answers.get("open-dayly")?.answer, "never");
  });
  test("days that differ, and letters that were lost before", async () => {
    const { remarks, saved } = await open("practice,answer,date,note\nopen-daily,Always,2026-11-24,Gr\ufffd\nshare-recipes,Never,2026-11-25,\n");
    assert.deepEqual([remarks, saved.assessment.date], [["2026-11-24; 2026-11-25 counts", "damaged"], "2026-11-25"]);
  });
});

describe("what has one meaning is read, however it is written", () => {
  for (const [cell, due] of Object.entries({
    "2026-11-24": "2026-11-24", "2026/1/5": "2026-01-05", "24.11.2026": "2026-11-24", "24/11/2026": "2026-11-24",
    "11/24/2026": "2026-11-24", "5/5/2026": "2026-05-05", "2026-11-24 00:00:00": "2026-11-24",
  }))
    test(cell, async () => assert.equal((await open(`practice,answer,due\nopen-daily,Always,${cell}\n`)).saved.assessment.answers.get("open-daily")?.due, due));
  for (const [cell, answer] of Object.entries({ "\u200bAlways\u00ad": "always", "Don\u2019t\u00a0know": "unknown", "ＮＥＶＥＲ": "never" }))
    test(cell, async () => assert.equal((await open(`practice,answer\nopen-daily,${cell}\n`)).saved.assessment.answers.get("open-daily")?.answer, answer));
});

describe("a column that contradicts itself is no one's answers", () => {
  for (const column of ["unit", "role", "name", "version", "framework"])
    test(column, () =>
      assert.rejects(open(`practice,answer,${column}\nopen-daily,Always,1.0.0\nshare-recipes,Always,2.0.0\n`), { code: "several" }));
  test("one name in two cases is one", async () => {
    assert.equal((await open("practice,answer,name\nopen-daily,Always,Ida\nshare-recipes,Always,IDA \n")).faults.length, 0);
  });
});

test("a day is read in every form that has one meaning, and named in any other", () => {
  const due = (/** @type {string} */ text) => {
    const { saved, faults } = readTable(`practice,answer,due\nopen-daily,always,"${text}"\n`, names, () => ({ evidence: {}, criteria: {} }));
    return saved.assessment.answers.get("open-daily")?.due || faults.map(String).join();
  };
  for (const text of ["2026-12-24", "2026/12/24", "2026. 12. 24.", "2026年12月24日", "2026-12-24T00:00:00Z", "24.12.2026", "24. 12. 2026", "24.12.2026 00:00", "24/12/2026", "12/24/2026"]) assert.equal(due(text), "2026-12-24", text);
  for (const text of ["1/2/2026", "24.12.26", "46380", "30.02.2026", "Dec 24"]) assert.ok(due(text).includes(text), text);
});
