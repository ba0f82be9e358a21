/** Answers and next steps as rows of a table, for CSV files. Knows no page. */

/**
 * @typedef {import("./report.js").Report} Report
 */

/**
 * Return every question with its answer, a row each; open ones too, so that the table can be filled in.
 * @param {Report} report
 * @param {string[]} columns Their ids, in order.
 * @returns {string[][]} The ids first.
 */
export function answerRows({ names, texts, standing, assessment }, columns) {
  const { framework, practices } = names.questionnaire;
  const { version } = standing.saved.framework;
  const { unit, date, role, name } = assessment;
  const about = { unit, date, role, name, framework: framework.id, version };
  const rows = Object.entries(practices).map(([id, practice]) => {
    const stored = assessment.answers.get(id);
    const isPartly = standing.result.lacking.includes(id);
    const artifacts = (stored?.evidence ?? []).flatMap((artifact) => texts[id].evidence[artifact] ?? []);
    /** @type {Record<string, string>} */
    const row = {
      ...about,
      practice: id,
      level: names.levelTitle(practice.level),
      dimension: names.dimension(practice.dimension),
      title: practice.title,
      question: texts[id].question,
      answer: stored?.answer ? names.answer(stored.answer, isPartly) : "",
      evidence: [...artifacts, stored?.proof ?? ""].filter(Boolean).join("\n"),
      reason: stored?.reason ?? "",
      note: stored?.note ?? "",
      owner: stored?.owner ?? "",
      due: stored?.due ?? "",
      asked: stored?.asked ?? "",
      criteria: isPartly ? texts[id].criteria.filter((_, index) => stored?.criteria?.includes(practice.criteria[index])).join("\n") : "",
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
