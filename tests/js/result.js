/**
 * What `scoring.js` and `advice.js` make of answers, in the form of scoring.yaml. It imports nothing, so that it can run in a page too.
 * @param {object} modules
 * @param {typeof import("../../content/assets/assessment/advice.js").advise} modules.advise
 * @param {typeof import("../../content/assets/assessment/scoring.js").score} modules.score
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {Record<string, import("../../content/assets/assessment/scoring.js").Given>} answers By practice.
 * @param {string} start
 */
export function resultOf({ advise, score }, questionnaire, answers, start) {
  const result = score(questionnaire, new Map(Object.entries(answers)), start);
  const advice = advise(questionnaire, result);
  const { claimed, evidenced, possible } = result;
  const level = (/** @type {number} */ at) => Object.keys(questionnaire.levels)[at - 1] ?? "none";
  return {
    claimed: level(claimed.at),
    evidenced: level(evidenced.at),
    completed: claimed.completed,
    evidenced_completed: evidenced.completed,
    progress: claimed.progress,
    evidenced_progress: evidenced.progress,
    range: [level(claimed.at), level(possible.at)],
    settled: result.settled,
    may_stop: result.mayStop,
    deciding: result.deciding ?? "none",
    distance: advice.distance,
    steps: advice.steps.map((step) => step.practice),
    reasons: Object.fromEntries(advice.steps.map((step) => [step.practice, step.reason])),
    answer_first: advice.answerFirst.map((step) => step.practice),
    find_out: advice.findOut.map((step) => step.practice),
    lacking: result.lacking,
    show_evidence: advice.showEvidence,
    not_applicable: advice.notApplicable,
  };
}

/**
 * How far `quick.js` says that the quick check has come, in the form of scoring.yaml.
 * @param {object} modules
 * @param {typeof import("../../content/assets/assessment/quick.js").quickCheck} modules.quickCheck
 * @param {typeof import("../../content/assets/assessment/scoring.js").score} modules.score
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {Record<string, import("../../content/assets/assessment/scoring.js").Given>} answers By practice.
 */
export function quickOf({ quickCheck, score }, questionnaire, answers) {
  const check = quickCheck(questionnaire, score(questionnaire, new Map(Object.entries(answers))));
  if (!check) return "none";
  const { isOver: over, at, next, steps, ...rest } = check;
  return {
    ...rest,
    over,
    next: next ?? "none",
    at: Object.keys(questionnaire.levels)[at - 1] ?? "none",
    steps: steps.map(({ practice }) => practice),
  };
}

/**
 * What `ageing.js` makes of an assessment on a day, in the form of the cases of ages in scoring.yaml.
 * @param {import("../../content/assets/assessment/ageing.js").Ageing} ageing
 */
export function agedOf(ageing) {
  const { questionnaire, on: day } = ageing;
  const result = ageing.result(day);
  const levels = ["none", ...Object.keys(questionnaire.levels)];
  /** @param {import("../../content/assets/assessment/evidence.js").EvidenceRecord[]} records */
  const labels = (records) => records.map(({ artifact }) => artifact || "text");
  /** @param {import("../../content/assets/assessment/ageing.js").RunOut} end */
  const end = (end) => [end.day, end.practice, end.records.length ? labels(end.records) : ["until"]];
  return {
    claimed: levels[result.claimed.at],
    evidenced: levels[result.evidenced.at],
    show: result.waiting,
    renew: ageing.renew.map(end),
    undated: [...ageing.undated].map(([id, records]) => [id, labels(records)]),
    runs_out: ageing.runsOut.map(end),
    falls: ageing.falls.map(({ day, reading, dimension, before, after, because }) => {
      const place = (/** @type {number} */ number) => (dimension ? number : levels[number]);
      return [day, reading, dimension || "level", place(before), place(after), because];
    }),
  };
}
