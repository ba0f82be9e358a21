import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Ageing } from "../../content/assets/assessment/ageing.js";
import { FORMAT, countedAnswers, read } from "../../content/assets/assessment/answers.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { dayAfter, dayBefore, isDay, lastDay } from "../../content/assets/common/days.js";
import { CASES } from "./cases.js";
import { agedOf } from "./result.js";

test("the last day of a lifetime, worked out by hand", () => {
  for (const [on, lifetime, last] of CASES.lifetimes) assert.equal(lastDay(on, lifetime), last, `${on} ${lifetime}`);
});

test("a day is one that the calendar has", () => {
  for (const day of ["2028-02-29", "2026-12-31", "0001-01-01", "9999-12-31"]) assert.ok(isDay(day), day);
  for (const none of ["2026-02-29", "2026-04-31", "2026-00-10", "0000-01-01", "2026-1-1", "", "today", "2026-01-01\n"])
    assert.ok(!isDay(none), none);
  assert.deepEqual([dayAfter("2028-02-28"), dayBefore("2028-03-01"), dayAfter("9999-12-31")], ["2028-02-29", "2028-02-29", null]);
});

/** An assessment of a case, read as a file. @param {any} sitting */
const opened = (sitting) =>
  read(JSON.stringify({ format: FORMAT, framework: { id: "case", version: "1.0.0" }, assessment: sitting })).saved.assessment;

describe("ages of scoring.yaml, worked out by hand", () => {
  for (const { name, framework, sitting, days } of CASES.ages)
    test(name, () => {
      for (const [day, expected] of Object.entries(days)) {
        const result = agedOf(new Ageing(CASES.questionnaires[framework], opened(sitting), day));
        for (const [key, value] of Object.entries(expected))
          assert.deepEqual(/** @type {Record<string, unknown>} */ (result)[key], value, `${day} ${key}`);
      }
    });
});

describe("drawn sittings", () => {
  const { questionnaires, sittings } = CASES.drawn_ages;
  const all = sittings.flatMap(({ framework, sitting, days }) => {
    const [questionnaire, assessment] = [questionnaires[framework], opened(sitting)];
    return Object.entries(days).map(([day, expected]) => ({ questionnaire, assessment, day, expected }));
  });

  test("Python makes the same of each on each day", () => {
    for (const { questionnaire, assessment, day, expected } of all)
      assert.deepEqual(agedOf(new Ageing(questionnaire, assessment, day)), expected, day);
  });

  test("trying every day of two years finds the same days", () => {
    let falls = 0;
    // One day of each sitting.
    for (const { questionnaire, assessment, day } of all.filter((_, index) => index % 5 === 0)) {
      const { runs_out, falls: known } = agedOf(new Ageing(questionnaire, assessment, day));
      const tried = tryEveryDay(questionnaire, assessment, day);
      assert.deepEqual(runs_out.map(([when, practice]) => [when, practice]), tried.ends);
      assert.deepEqual(known.map((fall) => fall.slice(0, 5)), tried.falls);
      falls += known.length;
    }
    assert.ok(falls > 60, `only ${falls}`);
  });
});

/**
 * The days on which something ends or falls, found by looking at every day: nothing of the calendar is computed, days are counted.
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {import("../../content/assets/assessment/answers.js").Assessment} assessment
 * @param {string} from
 */
function tryEveryDay(questionnaire, assessment, from) {
  const levels = ["none", ...Object.keys(questionnaire.levels)];
  const plain = countedAnswers(questionnaire, assessment.answers);
  const needs = [...plain.keys()].filter((id) => {
    const { answer, lacking } = /** @type {any} */ (plain.get(id));
    return answer === "most" && !lacking;
  });
  const exempt = [...plain.keys()].filter((id) => plain.get(id)?.answer === "not-applicable" && plain.get(id)?.reasoned && questionnaire.practices[id].may_be_not_applicable);
  const spans = new Map([...needs, ...exempt].map((id) => [id, spansOf(questionnaire, assessment, id)]));
  const at = (/** @type {number} */ day) => [...spans].map(([id, all]) => [id, all.some(([first, last]) => first <= day && day <= last)]);
  /** @type {Map<string, ReturnType<typeof score>>} */
  const known = new Map();
  const scored = (/** @type {any[]} */ state) => {
    const key = JSON.stringify(state);
    const holds = new Map(state);
    const answers = new Map([...plain].map(([id, given]) => [id, { ...given, proven: holds.get(id) ?? false, reasoned: holds.get(id) ?? given.reasoned }]));
    if (!known.has(key)) known.set(key, score(questionnaire, answers, assessment.start));
    return /** @type {ReturnType<typeof score>} */ (known.get(key));
  };
  /** @type {any} */
  const result = { ends: [], falls: [] };
  let before = at(placeOf(from));
  const last = twoYears(from);
  for (let day = placeOf(from) + 1; day <= last; day += 1) {
    const now = at(day);
    if (now.every(([, holds], index) => holds === before[index][1])) continue;
    const ended = now.flatMap(([id, holds], index) => (before[index][1] && !holds ? [id] : []));
    result.ends.push(...Object.keys(questionnaire.practices).filter((id) => ended.includes(id)).map((id) => [DAYS[day], id]));
    if (ended.length) {
      const [was, is] = [scored(before), scored(now)];
      for (const [name, then, later] of /** @type {const} */ ([["shown", was.evidenced, is.evidenced], ["claimed", was.claimed, is.claimed]])) {
        if (later.at < then.at) result.falls.push([DAYS[day], name, "level", levels[then.at], levels[later.at]]);
        for (const id of Object.keys(then.completed))
          if (later.completed[id] < then.completed[id]) result.falls.push([DAYS[day], name, id, then.completed[id], later.completed[id]]);
      }
    }
    before = now;
  }
  return result;
}

/** Every day of a few years, one after the other. */
const DAYS = Array.from({ length: 365 * 12 }, (_, index) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10));
const PLACES = new Map(DAYS.map((day, index) => [day, index]));
const placeOf = (/** @type {string} */ day) => /** @type {number} */ (PLACES.get(day));
const MONTHS = [...new Set(DAYS.map((day) => day.slice(0, 7)))];
const twoYears = (/** @type {string} */ from) => DAYS.findLastIndex((day) => day <= `${Number(from.slice(0, 4)) + 2}${from.slice(4)}`);

/** From and to which days a practice has something that counts. @returns {[number, number][]} */
function spansOf(/** @type {any} */ questionnaire, /** @type {any} */ assessment, /** @type {string} */ id) {
  const stored = assessment.answers.get(id);
  const end = stored.until ? placeOf(stored.until) : Infinity;
  if (stored.answer === "not-applicable") return [[0, end]];
  const { evidence, lasts = {} } = questionnaire.practices[id];
  const everywhere = questionnaire.scoring.evidence_lasts;
  const span = (/** @type {any} */ known, /** @type {string | undefined} */ lifetime) => {
    const on = known?.on || assessment.date;
    return /** @type {[number, number]} */ (on ? [placeOf(on), lifetime ? lastOf(on, lifetime) : Infinity] : [0, Infinity]);
  };
  const listed = evidence.filter((/** @type {string} */ name) => stored.evidence.includes(name));
  return [
    ...listed.map((/** @type {string} */ name) => span(stored.records.get(name), lasts[name] ?? everywhere)),
    ...(stored.proof ? [span(stored.proof_record, everywhere)] : []),
  ];
}

/** Count days, or months by their names, to the last day of a lifetime. @param {string} on @param {string} lifetime */
function lastOf(on, lifetime) {
  const count = parseInt(lifetime);
  if (lifetime.includes("day")) return placeOf(on) + count;
  const month = MONTHS[MONTHS.indexOf(on.slice(0, 7)) + count];
  const [first, same] = [placeOf(`${month}-01`), Number(on.slice(8))];
  const rest = DAYS.slice(first, first + same);
  return first + rest.findLastIndex((day) => day.startsWith(month));
}
