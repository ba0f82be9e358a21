import assert from "node:assert/strict";
import { test } from "node:test";
import { blank, noAnswer } from "../../content/assets/assessment/answers.js";
import { calendar } from "../../content/assets/assessment/calendar.js";
import { compare } from "../../content/assets/assessment/comparison.js";
import { gather } from "../../content/assets/assessment/findings.js";
import { Names } from "../../content/assets/assessment/names.js";
import { Renewals } from "../../content/assets/assessment/renewals.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

const questionnaire = CASES.questionnaires.ages;
const WORDS = {
  level: "{title}", exempt_until: "not applicable ends", "undated_records.one": "{n} without a day", "undated_records.other": "{n} without a day",
  "falls.shown": "{before} until {date}, then {after}: {list}", "falls.claimed": "{before} holds until {date}, then {after}: {list}",
};
const words = speaker(WORDS, "en");
const names = new Names(questionnaire, { ...words, date: (date) => date });
const texts = Object.fromEntries(
  Object.entries(questionnaire.practices).map(([id, { evidence }]) => [id, { evidence: Object.fromEntries(evidence.map((one) => [one, `the ${one}`])), criteria: [], question: "", options: {} }]),
);

/** @param {string} date @param {Record<string, Partial<import("../../content/assets/assessment/answers.js").StoredAnswer>>} answers */
function saved(date, answers) {
  const made = blank(questionnaire, date);
  for (const [id, stored] of Object.entries(answers))
    made.assessment.answers.set(id, { ...noAnswer(), answer: "most", asked: questionnaire.practices[id].asked, ...stored });
  return made;
}

/** A record that lasts 90 days, to 2026-04-01. */
const LOG = { evidence: ["log"], records: new Map([["log", { on: "2026-01-01", link: "https://example.org/log", seen_by: "Ada" }]]) };

test("what runs out is said with its last day, what it is and who has it", () => {
  const { assessment } = saved("2026-02-01", { l1: { ...LOG, owner: " Bo " } });
  const renewals = new Renewals(names, texts, assessment, "2026-02-01");
  assert.deepEqual(renewals.ahead, [
    { day: "2026-04-02", until: "2026-04-01", practice: { to: "practice", id: "l1", label: "l1" }, what: ["the log"], owner: "Bo" },
  ]);
  assert.deepEqual(renewals.falls.map((pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece.label)).join("")), [
    "mid until 2026-04-01, then low: l1",
  ]);
  assert.deepEqual([renewals.over, renewals.undated], [[], ""]);
  assert.equal(renewals.soon.length, 1);
  assert.equal(new Renewals(names, texts, assessment, "2026-04-02").over[0].until, "2026-04-01");
  assert.equal(new Renewals(names, texts, assessment, "2026-01-01").soon.length, 0, "the 91st day is none of the next 90");
});

test("records without a day are counted, where the assessment has none either", () => {
  const { assessment } = saved("", { l1: { evidence: ["log"] } });
  assert.equal(new Renewals(names, texts, assessment, "2026-02-01").undated, "1 without a day");
});

test("evidence that ran out since is no evidence that was withdrawn", () => {
  const first = saved("2026-03-01", { l1: LOG });
  const second = saved("2026-06-01", { l1: LOG });
  const { expired, lost, after } = compare(questionnaire, first, second);
  assert.deepEqual([expired.map(({ practice, day }) => [practice, day]), lost], [[["l1", "2026-04-02"]], []]);
  assert.equal(after.result.evidenced.at, 1);
  assert.deepEqual(compare(questionnaire, second, saved("2026-07-01", { l1: LOG })).expired, [], "it had run out before");
  const without = compare(questionnaire, first, saved("2026-06-01", { l1: {} }));
  assert.deepEqual([without.expired, without.lost.map(({ artifacts }) => artifacts)], [[], [["log"]]]);
});

test("a group has the latest day of each piece of evidence, with all links and names", () => {
  /** @param {string} name @param {string} date @param {object} stored */
  const rater = (name, date, stored) => ({ ...saved(date, { l1: stored }).assessment, name, version: "1.0.0" });
  const known = (/** @type {string} */ on, /** @type {string} */ link, /** @type {string} */ seen_by) => ({ evidence: ["log"], records: new Map([["log", { on, link, seen_by }]]) });
  const people = [
    rater("Ada", "2026-05-01", known("2026-01-01", "https://example.org/1", "Cy")),
    rater("Bo", "2026-04-30", { evidence: ["log"], proof: "a mail" }),
    rater("Di", "2026-05-02", known("2026-03-01", "https://example.org/1", "Ed")),
  ];
  const { assessment } = saved("2026-06-01", {});
  gather(questionnaire, assessment, people, ({ name }) => name);
  const stored = assessment.answers.get("l1");
  assert.deepEqual(stored?.records.get("log"), { on: "2026-04-30", link: "https://example.org/1", seen_by: "Cy; Ed" });
  assert.deepEqual(stored?.proof_record, { on: "2026-04-30", link: "", seen_by: "" });
  // What the group itself has said stays, whoever comes or goes.
  stored?.records.set("log", { on: "2026-05-20", link: "", seen_by: "" });
  gather(questionnaire, assessment, people.slice(0, 1), ({ name }) => name);
  assert.equal(assessment.answers.get("l1")?.records.get("log")?.on, "2026-05-20");
});

test("a calendar has an entry a day, with the same id each time", () => {
  const { assessment } = saved("2026-01-01", { l1: LOG, m1: { evidence: ["drill", "note"] } });
  const { ahead } = new Renewals(names, texts, assessment, "2026-01-01");
  const made = (/** @type {string} */ stamp) =>
    calendar(ahead, { framework: "case", unit: " Search ", stamp }, (_, { n, unit } = {}) => `${unit}: ${n}; all, of "them"`, ({ practice }) => `https://example.org/${practice.id}/`);
  const ids = (/** @type {string} */ file) => [...file.matchAll(/^UID:(.*)\r$/gm)].map(([, id]) => id);
  const file = made("2026-01-02T03:04:05.678Z");
  assert.equal(ids(file).length, 2);
  assert.deepEqual(ids(file), ids(made("2027-01-01T00:00:00.000Z")));
  assert.ok(file.includes("DTSTAMP:20260102T030405Z\r\n"));
  for (const line of file.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
});

test("a level that falls is said, and not the one before it", () => {
  const { assessment } = saved("2026-02-01", { l1: LOG });
  const renewals = new Renewals(names, texts, assessment, "2026-02-01");
  const fall = { ...renewals.ageing.falls[0], day: "2027-01-01", reading: /** @type {const} */ ("claimed"), before: 3, after: 1 };
  assert.equal(renewals.fall(fall).filter((piece) => typeof piece === "string").join(""), "top holds until 2026-12-31, then low: ");
});
