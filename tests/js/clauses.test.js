import assert from "node:assert/strict";
import { test } from "node:test";
import { noAnswer } from "../../content/assets/assessment/answers.js";
import { clausesSection, touchedClauses } from "../../content/assets/assessment/clauses.js";

/** @type {any} */
const questionnaire = {
  scoring: {},
  practices: { audit: { evidence: ["sheet"], lasts: { sheet: "90 days" } }, register: { evidence: ["rows"] }, rules: { evidence: [] } },
};
/** @type {import("../../content/assets/assessment/clauses.js").Standard} */
const standard = {
  title: "The bread law",
  clauses: [["B.1", ["rules", "audit"]], ["B.2", ["register", "rules"]], ["B.3", ["rules"]], ["B.4", []]],
};

/** Answers with evidence of the audit and of rules, which nobody claims, and a register that is claimed alone. @type {any} */
const standing = {
  saved: {
    assessment: {
      date: "",
      changed: "",
      answers: new Map([
        ["audit", { ...noAnswer(), evidence: ["sheet"], records: new Map([["sheet", { on: "2026-01-01", link: "", seen_by: "" }]]) }],
        ["rules", { ...noAnswer(), proof: "a page" }],
      ]),
    },
  },
  result: {
    states: new Map(["audit", "register", "rules"].map((id) => [id, "answered"])),
    claimed: { credit: (/** @type {string} */ id) => (id === "rules" ? 0 : 0.5) },
  },
};

test("a clause is touched by evidence, by claims alone, by no answer, or served by nothing", () => {
  const touched = { shown: ["B.1"], claimed: ["B.2"], none: ["B.3"], unserved: ["B.4"] };
  assert.deepEqual(touchedClauses(questionnaire, standard, standing), touched);
});

test("evidence that has run out leaves a claim", () => {
  const { shown, claimed } = touchedClauses(questionnaire, standard, standing, "2026-12-01");
  assert.deepEqual([shown, claimed], [[], ["B.1", "B.2"]]);
});

test("what is only assumed, as the answering began later, touches no clause", () => {
  const states = new Map([...standing.result.states, ["register", "assumed"]]);
  const { none } = touchedClauses(questionnaire, standard, { ...standing, result: { ...standing.result, states } });
  assert.deepEqual(none, ["B.2", "B.3"]);
});

test("a report names the codes, and only the parts that there are", () => {
  const say = (/** @type {string} */ key, /** @type {any} */ values) => (values ? `${key} ${values.n} ${values.list}` : key);
  const { entries } = clausesSection(say, questionnaire, [{ ...standard, clauses: standard.clauses.slice(2) }], standing);
  assert.deepEqual(entries, [{ title: "The bread law", texts: [["clauses.none 1 B.3"], ["clauses.unserved 1 B.4"]] }]);
});

test("what codes have in common is said once", () => {
  const say = (/** @type {string} */ _, /** @type {any} */ values) => values?.list ?? "";
  const codes = ["MAP 1.1", "MAP 1.2", "MEASURE 1.1", "Article 4", "Article 4a", "LLM01:2026", "Small batches", "Small steps"];
  const clauses = codes.map((code) => /** @type {[string, string[]]} */ ([code, []]));
  const { entries } = clausesSection(say, questionnaire, [{ title: "All", clauses }], standing);
  assert.deepEqual(entries?.[0].texts, [["MAP 1.1, 1.2, MEASURE 1.1, Article 4, 4a, LLM01:2026, Small batches, Small steps"]]);
});
