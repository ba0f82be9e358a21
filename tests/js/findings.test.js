import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { noAnswer } from "../../content/assets/assessment/answers.js";
import { findings, gather, ofKind } from "../../content/assets/assessment/findings.js";
import { CASES } from "./cases.js";

/** @typedef {import("../../content/assets/assessment/findings.js").Kind} Kind */

describe("disagreements are those of the rule, worked out by hand", () => {
  for (const { name, framework, answers, expect } of CASES.teams)
    test(name, () => assert.deepEqual(discussed(CASES.questionnaires[framework], answers), expect));
});

/**
 * What a team has to talk about, in the form of scoring.yaml.
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {Record<string, Record<string, import("../../content/assets/assessment/scoring.js").Given>>} people
 */
function discussed(questionnaire, people) {
  const raters = Object.entries(people).map(([name, answers]) => rater(name, answers));
  const all = findings(questionnaire, raters);
  const names = (/** @type {Kind} */ kind) => ofKind(questionnaire, all, kind).map(({ practice }) => practice);
  const proposals = (/** @type {Kind} */ kind) => Object.fromEntries(names(kind).map((id) => [id, all.get(id)?.proposal]));
  const assessment = { ...rater("", {}), raters: [], before: null };
  gather(questionnaire, assessment, raters, ({ name }) => name);
  const agreed = [...assessment.answers].filter(([, { answer }]) => answer);
  return {
    disagree: names("disagree"),
    find_out: names("find_out"),
    close: names("close"),
    alike: proposals("alike"),
    single: proposals("single"),
    changes: Object.fromEntries([...all.values()].filter(({ decides }) => decides).map(({ practice, decides }) => [practice, decides])),
    agreed: Object.fromEntries(agreed.map(([id, { answer }]) => [id, answer])),
  };
}

/** @param {string} name @param {Record<string, import("../../content/assets/assessment/scoring.js").Given>} answers */
const rater = (name, answers) => ({
  id: name, name, role: "", unit: "", date: "", start: "", changed: "", version: "1.0.0",
  answers: new Map(
    Object.entries(answers).map(([id, { answer, proven, reasoned, lacking }]) => [
      id, { ...noAnswer(), answer, criteria: lacking ? [] : null, proof: proven ? "proof" : "", reason: reasoned ? "reason" : "" },
    ]),
  ),
});
