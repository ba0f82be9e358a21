/** Answers and next steps as rows of a table, for CSV files. Knows no page. */

import { OTHER, recordsOf } from "./evidence.js";

/**
 * @typedef {import("./report.js").Report} Report
 */

/**
 * Return the days of evidence: one for all of it, or a line for each, "?" where nobody knows it.
 * @param {Report} report
 * @param {string} id Of the practice.
 * @param {string[]} artifacts Those that stand in the table, line by line.
 */
function daysOf({ names, assessment }, id, artifacts) {
  const stored = assessment.answers.get(id);
  if (!stored) return "";
  const days = new Map(recordsOf(names.questionnaire, id, stored, assessment.date).map(({ artifact, on }) => [artifact, on || "?"]));
  const proof = stored.proof.trim() ? [...(artifacts.length ? stored.proof.replace(/\S[^]*/, "").match(/\n/g) ?? [] : []).map(() => ""), days.get(OTHER)] : [];
  const lines = [...artifacts.map((artifact) => days.get(artifact) ?? "?"), ...proof];
  return new Set(lines).size === 1 ? (lines[0] ?? "") : lines.join("\n");
}

/**
 * Return every question with its answer, a row each; open ones too, so that the table can be filled in.
 * @param {Report} report
 * @param {string[]} columns Their ids, in order.
 * @returns {string[][]} The ids first.
 */
export function answerRows(report, columns) {
  const { names, texts, standing, assessment } = report;
  const { framework, practices } = names.questionnaire;
  const { version } = standing.saved.framework;
  const { unit, date, role, name } = assessment;
  const about = { unit, date, role, name, framework: framework.id, version };
  const rows = Object.entries(practices).map(([id, practice]) => {
    const stored = assessment.answers.get(id);
    const isPartly = standing.result.lacking.includes(id);
    const artifacts = (stored?.evidence ?? []).filter((artifact) => texts[id].evidence[artifact]);
    /** @type {Record<string, string>} */
    const row = {
      ...about,
      practice: id,
      level: names.levelTitle(practice.level),
      dimension: names.dimension(practice.dimension),
      title: practice.title,
      question: texts[id].question,
      answer: stored?.answer ? names.answer(stored.answer, isPartly) : "",
      evidence: [...artifacts.map((artifact) => texts[id].evidence[artifact]), stored?.proof ?? ""].filter(Boolean).join("\n"),
      reason: stored?.reason ?? "",
      note: stored?.note ?? "",
      owner: stored?.owner ?? "",
      due: stored?.due ?? "",
      asked: stored?.asked ?? "",
      criteria: isPartly ? texts[id].criteria.filter((_, index) => stored?.criteria?.includes(practice.criteria[index])).join("\n") : "",
      evidence_days: daysOf(report, id, artifacts),
      until: stored?.until ?? "",
    };
    return columns.map((column) => row[column] ?? "");
  });
  return [columns, ...rows];
}

/** What `stepRows` writes, in order. */
const STEP_COLUMNS = ["step", "practice", "title", "level", "dimension", "because", "role", "owner", "due", "answer", "question", "address"];

/**
 * Return the next steps in order, a row each.
 * @param {Report} report
 * @param {(reference: import("./account.js").Reference) => string} address Absolute.
 * @returns {string[][]} The ids of the columns first.
 */
export function stepRows({ names, texts, account, assessment }, address) {
  const rows = account.advice.steps.map((step, index) => {
    const { practice: id } = step;
    const { level, dimension, title } = names.questionnaire.practices[id];
    const stored = assessment.answers.get(id);
    const role = account.owner(id)?.label ?? "";
    return [
      String(index + 1), id, title, names.levelTitle(level), names.dimension(dimension), account.because(step), role,
      stored?.owner ?? "", stored?.due ?? "", account.answer(id), texts[id].question, address({ to: "practice", id, label: title }),
    ];
  });
  return [STEP_COLUMNS, ...rows];
}
