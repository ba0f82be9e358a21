import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { blank, noAnswer, read, setAnswer, setCriteria } from "../../content/assets/assessment/answers.js";
import { fragmentOf } from "../../content/assets/assessment/link.js";
import { decode } from "../../content/assets/assessment/link-reader.js";
import { Names } from "../../content/assets/assessment/names.js";
import { answerRows } from "../../content/assets/assessment/sheets.js";
import { stand } from "../../content/assets/assessment/standing.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { csv } from "../../content/assets/common/csv.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { CASES } from "./cases.js";

/** @typedef {import("../../content/assets/assessment/answers.js").StoredAnswer} StoredAnswer */

/** @param {string} name */
const sample = (name) => readFileSync(new URL(`../fixtures/answers/1.0.0/${name}`, import.meta.url), "utf8");

/** The framework of the samples, whose top answer needs criteria by now. */
const questionnaire = structuredClone(CASES.small);
questionnaire.scale.always.needs_criteria = true;
questionnaire.practices["open-daily"].criteria.push("door");
const words = { unknown: "Don't know", "not-applicable": "Not applicable", partly: "{answer}, but not all criteria" };
const names = new Names(questionnaire, speaker(words, "en"));
const texts = {
  "keep-recipes": { question: "", options: {}, evidence: { book: "The recipe book" }, criteria: ["Every recipe is written down."] },
  "open-daily": { question: "", options: {}, evidence: {}, criteria: ["The hours hang at the door.", "The door is open."] },
  "share-recipes": { question: "", options: {}, evidence: {}, criteria: ["Every shop bakes by the same recipe."] },
  "compare-shops": { question: "", options: {}, evidence: {}, criteria: ["Sales are compared each month."] },
};

/** @param {string} practice */
function named(practice) {
  const { evidence, criteria } = texts[/** @type {keyof typeof texts} */ (practice)];
  const ids = questionnaire.practices[practice].criteria;
  return { evidence, criteria: Object.fromEntries(ids.map((id, index) => [id, criteria[index]])) };
}

/** @type {Record<string, () => Map<string, StoredAnswer>>} */
const EARLIER = {
  file: () => read(sample("answers.json")).saved.assessment.answers,
  link: () => decode(questionnaire, fragmentOf(sample("link.txt")), { proof: "Given", reason: "Given" }).answers,
  table: () => readTable(sample("table.csv"), names, named).saved.assessment.answers,
};

/** @param {Map<string, StoredAnswer>} answers */
function resultOf(answers) {
  const { framework, assessment } = blank(questionnaire, "");
  return stand(questionnaire, { framework, assessment: { ...assessment, answers } }).result;
}

describe("what version 1.0.0 wrote scores as it did there, though answers need criteria by now", () => {
  // keep-recipes always, with the book: 1. open-daily always, with proof: 1. share-recipes always without evidence: claimed 1,
  // shown as at-times, 0.5 < 0.75. compare-shops is left out with its reason, so that its cell is complete.
  for (const [kind, answers] of Object.entries(EARLIER))
    test(kind, () => {
      const { claimed, evidenced, lacking, waiting } = resultOf(answers());
      assert.deepEqual(claimed.completed, { bread: 2, shop: 2 });
      assert.deepEqual(evidenced.completed, { bread: 1, shop: 2 });
      assert.deepEqual([lacking, waiting], [[], ["share-recipes"]]);
    });
});

test("with a criterion not ticked the same file scores less", () => {
  const answers = EARLIER.file();
  setCriteria(questionnaire.practices["keep-recipes"], answers.get("keep-recipes") ?? noAnswer(), []);
  const { claimed, lacking } = resultOf(answers);
  // It offers never and always: never is what it counts as.
  assert.deepEqual(claimed.completed, { bread: 0, shop: 2 });
  assert.deepEqual(lacking, ["keep-recipes"]);
});

test("a criterion that a file ticks and the practice does not have is kept, and makes nothing true", () => {
  const file = JSON.parse(sample("answers.json"));
  file.assessment.answers["open-daily"].criteria = ["hours", "window"];
  const { saved, dropped } = read(JSON.stringify(file));
  assert.equal(dropped, 0);
  const stored = saved.assessment.answers.get("open-daily") ?? noAnswer();
  assert.deepEqual(resultOf(saved.assessment.answers).lacking, ["open-daily"]);
  setCriteria(questionnaire.practices["open-daily"], stored, ["door"]);
  assert.deepEqual(stored.criteria, ["window", "door"]);
});

test("a criterion that came later takes nothing from an answer of which all were true", () => {
  const { practices } = questionnaire;
  const stored = { ...noAnswer(), asked: practices["open-daily"].asked };
  setAnswer(questionnaire, "open-daily", stored, "always");
  assert.deepEqual(stored.criteria, []);
  setCriteria(practices["open-daily"], stored, ["door", "hours"]);
  const later = structuredClone(questionnaire);
  later.practices["open-daily"].criteria.push("weekends");
  later.practices["open-daily"].asked = "0".repeat(16);
  const { framework, assessment } = blank(later, "");
  const { result, toConfirm } = stand(later, { framework, assessment: { ...assessment, answers: new Map([["open-daily", stored]]) } });
  assert.deepEqual([result.lacking, toConfirm], [[], ["open-daily"]]);
});

test("a table carries which criteria are ticked, and its label says that not all are", () => {
  const saved = { framework: questionnaire.framework, assessment: blank(questionnaire, "2026-11-28").assessment };
  const put = (/** @type {string} */ id, /** @type {string[] | null} */ criteria) =>
    saved.assessment.answers.set(id, { ...noAnswer(), answer: "always", asked: questionnaire.practices[id].asked, criteria });
  put("keep-recipes", null);
  put("open-daily", ["door"]);
  put("share-recipes", []);
  const report = { names, texts, standing: stand(questionnaire, saved), assessment: saved.assessment };
  const columns = ["practice", "answer", "asked", "criteria"];
  const rows = answerRows(/** @type {any} */ (report), columns);
  assert.deepEqual(rows.map((row) => [row[1], row[3]]).slice(1, 4), [
    ["Always", ""], ["Always, but not all criteria", "The door is open."], ["Always, but not all criteria", ""],
  ]);
  const { saved: again, faults } = readTable(csv(rows), names, named);
  assert.deepEqual(faults, []);
  for (const [id, stored] of saved.assessment.answers) assert.deepEqual(again.assessment.answers.get(id), stored);
  // Somebody changes the label in a spreadsheet, and leaves the criteria.
  const raised = csv(rows.map((row) => row.map((cell) => cell.replace(", but not all criteria", ""))));
  assert.equal(readTable(raised, names, named).saved.assessment.answers.get("open-daily")?.criteria, null);
});
