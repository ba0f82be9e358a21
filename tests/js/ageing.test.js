import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Ageing } from "../../content/assets/assessment/ageing.js";
import { FORMAT, read } from "../../content/assets/assessment/answers.js";
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
