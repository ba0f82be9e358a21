/**
 * Findings: what several people's answers have in common, where they differ, and what a group's own answers take over from
 * them. Knows no page. Answers are kept apart, never averaged; the rule stands on the site's page
 * "How it works".
 */

import { reaches } from "../common/numbers.js";
import { OTHER, knownOf, withDay } from "./evidence.js";
import { LONGEST_ENTRY, NO_DAY, carry, countedAnswers, isEmpty, missingCriteria, noAnswer } from "./answers.js";
import { NOT_APPLICABLE, UNKNOWN, countedFor, stateOf } from "./scoring.js";
import { stakes } from "./stakes.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Assessment} Assessment
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./answers.js").Rater} Rater
 * @typedef {import("./evidence.js").Known} Known
 *
 * @typedef {object} Voice What one person said of a practice.
 * @property {Rater} rater
 * @property {StoredAnswer} stored
 * @property {string} answer "" where nothing was said that counts as an answer.
 * @property {string} counted What it counts for: another answer where a criterion is not ticked.
 *
 * @typedef {"disagree" | "find_out" | "close" | "alike" | "single" | "none"} Kind
 *   `disagree`: worth a talk; `find_out`: somebody does not know, and the others do not disagree; `close`: answers differ by
 *   less; `alike`: two or more say the same; `single`: one person has answered; `none`: nobody has.
 *
 * @typedef {object} Finding
 * @property {string} practice
 * @property {Kind} kind
 * @property {number} spread The largest difference of two values, 0 to 1; of those who know, if these disagree.
 * @property {string} decides The best answer that was said, where the level can hang on it; else "".
 * @property {Voice[]} voices Of those who said anything, in the order of the raters.
 * @property {string} proposal What all say, or the lowest of what they count for; "" where they disagree or do not know.
 */

/** Return the distance of two values from which on they are a disagreement: half the scale. @param {Questionnaire} questionnaire */
function halfOf({ scale }) {
  const values = Object.values(scale).map(({ value }) => value);
  return (Math.max(...values) - Math.min(...values)) / 2;
}

/**
 * Return, for each practice, who said what, how far apart that is, and what to propose.
 * @param {Questionnaire} questionnaire
 * @param {Rater[]} raters
 * @returns {Map<string, Finding>}
 */
export function findings(questionnaire, raters) {
  const sheets = raters.map((rater) => {
    const { answers } = carry(questionnaire, rater.answers);
    return { rater, answers, counted: countedAnswers(questionnaire, answers) };
  });
  const voices = new Map(
    Object.entries(questionnaire.practices).map(([id, practice]) => {
      const own = sheets.flatMap(({ rater, answers, counted }) => {
        const stored = answers.get(id);
        if (!stored) return [];
        const given = counted.get(id);
        const state = stateOf(practice, given);
        const answer = state === "open" ? "" : stored.answer;
        return [{ rater, stored, answer, counted: given && state === "answered" ? countedFor(questionnaire, id, given) : answer }];
      });
      return [id, own];
    }),
  );
  const decides = stakes(questionnaire, new Map([...voices].map(([id, own]) => [id, answersOf(own)])));
  return new Map([...voices].map(([id, own]) => [id, finding(questionnaire, id, own, decides.get(id) ?? "")]));
}

/** What answers count for, each once. @param {Voice[]} voices */
const answersOf = (voices) => [...new Set(voices.filter(({ answer }) => answer).map(({ counted }) => counted))];

/**
 * @param {Questionnaire} questionnaire
 * @param {string} practice
 * @param {Voice[]} voices
 * @param {string} decides
 * @returns {Finding}
 */
function finding(questionnaire, practice, voices, decides) {
  const { scale } = questionnaire;
  const replies = voices.filter(({ answer }) => answer);
  const answers = answersOf(voices);
  const value = (/** @type {string} */ answer) => (answer === UNKNOWN ? 0 : scale[answer].value);
  const spreadOf = (/** @type {string[]} */ some) => {
    // What is not applicable has no value, and so no distance from any.
    const values = some.filter((answer) => answer !== NOT_APPLICABLE).map(value);
    return values.length ? Math.max(...values) - Math.min(...values) : 0;
  };
  const known = answers.filter((answer) => answer !== UNKNOWN);
  /** @returns {Kind} */
  const kindOf = () => {
    if (replies.length < 2) return replies.length ? "single" : "none";
    if (answers.length === 1) return "alike";
    const isDisputed = known.length > 1 && known.includes(NOT_APPLICABLE);
    if (isDisputed || reaches(spreadOf(known), halfOf(questionnaire))) return "disagree";
    return known.length < answers.length ? "find_out" : "close";
  };
  const kind = kindOf();
  const facts = { practice, kind, spread: spreadOf(kind === "disagree" ? known : answers), decides, voices };
  if (kind === "close") answers.sort((a, b) => value(a) - value(b));
  const isUnanimous = replies.every(({ answer }) => answer === replies[0].answer);
  const proposal = isUnanimous && kind !== "close" ? replies[0]?.answer : answers[0];
  return { ...facts, proposal: kind === "disagree" || kind === "find_out" ? "" : (proposal ?? "") };
}

/**
 * Return the findings of a kind: what can change the level first, then the largest difference, then essential practices, then as in
 * the file.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, Finding>} all
 * @param {Kind} kind
 * @returns {Finding[]}
 */
export function ofKind({ practices }, all, kind) {
  const essential = (/** @type {Finding} */ { practice }) => Number(practices[practice].essential);
  const deciding = (/** @type {Finding} */ { decides }) => Number(decides !== "");
  return [...all.values()]
    .filter((one) => one.kind === kind)
    .sort((a, b) => deciding(b) - deciding(a) || b.spread - a.spread || essential(b) - essential(a));
}

/**
 * Take people's answers into a group's assessment: what all of them say, and everybody's evidence
 * with who gave it. What the group has recorded itself stays.
 * @param {Questionnaire} questionnaire
 * @param {Assessment} assessment Changed in place.
 * @param {Rater[]} raters All whose answers count from now on.
 * @param {(rater: Rater, raters: Rater[]) => string} label What a person is called.
 */
export function gather(questionnaire, assessment, raters, label) {
  const { levels, practices } = questionnaire;
  const before = findings(questionnaire, assessment.raters);
  const after = findings(questionnaire, raters);
  for (const [id, practice] of Object.entries(practices)) {
    const was = united(practice, before.get(id)?.voices ?? [], (rater) => label(rater, assessment.raters));
    const is = united(practice, after.get(id)?.voices ?? [], (rater) => label(rater, raters));
    const stored = assessment.answers.get(id) ?? noAnswer();
    if (stored.answer === was.answer) {
      stored.answer = is.answer;
      stored.asked = is.asked;
      if (String(stored.criteria) === String(was.criteria)) stored.criteria = is.criteria;
    }
    for (const name of TEXTS) if (stored[name] === was[name]) stored[name] = is[name];
    const own = stored.evidence.filter((artifact) => !was.evidence.includes(artifact));
    stored.evidence = practice.evidence.filter((artifact) => own.includes(artifact) || is.evidence.includes(artifact));
    takeRecords(stored, was, is);
    if (isEmpty(stored)) assessment.answers.delete(id);
    else assessment.answers.set(id, stored);
  }
  const order = Object.keys(levels);
  if (assessment.start === earliest(order, assessment.raters)) assessment.start = earliest(order, raters);
  assessment.raters = raters;
}

const TEXTS = /** @type {const} */ (["proof", "reason"]);

/**
 * Take over what is known of evidence, but where the group itself has said something else.
 * @param {StoredAnswer} stored Changed in place.
 * @param {StoredAnswer} was What it took over before.
 * @param {StoredAnswer} is
 */
function takeRecords(stored, was, is) {
  for (const [artifact, known] of is.records)
    if (isAlike(stored.records.get(artifact), was.records.get(artifact))) stored.records.set(artifact, known);
  for (const artifact of stored.records.keys()) if (!stored.evidence.includes(artifact)) stored.records.delete(artifact);
  if (isAlike(stored.proof_record, was.proof_record)) stored.proof_record = is.proof_record;
}

/** @param {Known | null | undefined} one @param {Known | null | undefined} other */
const isAlike = (one, other) => !one || (!!other && KNOWN.every((name) => one[name] === other[name]));
const KNOWN = /** @type {const} */ (["on", "link", "seen_by"]);

/**
 * Return what several people know of one piece of evidence: the latest day on which any of them knows it to have been true, and
 * every link and name.
 * @param {Voice[]} voices Of those who named it.
 * @param {string} artifact
 * @returns {Known | null} Null where nobody named it.
 */
function unitedRecord(voices, artifact) {
  const all = voices.map(({ rater, stored }) => {
    // The group's date is a later one: evidence without a day keeps that of whoever named it.
    return withDay(knownOf(stored, artifact), rater.date);
  });
  const each = (/** @type {"link" | "seen_by"} */ name) => [...new Set(all.map((one) => one[name].trim()).filter(Boolean))].join("; ").slice(0, LONGEST_ENTRY);
  const days = all.map(({ on }) => on).filter((on) => on !== NO_DAY);
  const known = { on: days.sort().at(-1) ?? NO_DAY, link: each("link"), seen_by: each("seen_by") };
  return voices.length ? known : null;
}

/**
 * Return what a group has ticked when it agrees on an answer: what all those ticked who gave that answer; nothing where nobody
 * did. Null stands for all criteria.
 * @param {import("./scoring.js").Practice} practice
 * @param {Voice[]} voices
 * @param {string} answer
 * @returns {string[] | null}
 */
export function agreedCriteria(practice, voices, answer) {
  const giving = voices.filter((voice) => voice.answer === answer);
  const missing = new Set(giving.flatMap(({ stored }) => missingCriteria(practice, stored)));
  if (giving.length && !missing.size) return null;
  return giving.length ? practice.criteria.filter((id) => !missing.has(id)) : [];
}

/**
 * What a group's answer takes over before the group has said anything.
 * @param {import("./scoring.js").Practice} practice
 * @param {Voice[]} voices
 * @param {(rater: Rater) => string} label
 * @returns {StoredAnswer}
 */
function united(practice, voices, label) {
  const answering = voices.filter(({ answer }) => answer);
  const [first] = answering;
  const agree = answering.every(({ counted }) => counted === first.counted);
  const isUnanimous = answering.every(({ answer }) => answer === first.answer);
  const answer = first && (isUnanimous ? first.answer : first.counted);
  // An answer to a question that was worded otherwise asks to be confirmed, whoever gave it.
  const asked = answering.map(({ stored }) => stored.asked).find((one) => one !== practice.asked) ?? practice.asked;
  /** @param {"proof" | "reason"} name */
  const text = (name) =>
    voices
      .filter(({ stored }) => stored[name].trim())
      .map(({ rater, stored }) => `${label(rater)}: ${stored[name].trim()}`)
      .join("\n")
      .slice(0, LONGEST_ENTRY);
  const evidence = [...new Set(voices.flatMap(({ stored }) => stored.evidence))];
  const records = evidence.flatMap((artifact) => {
    const known = unitedRecord(voices.filter(({ stored }) => stored.evidence.includes(artifact)), artifact);
    return known ? [/** @type {const} */ ([artifact, known])] : [];
  });
  return {
    ...noAnswer(),
    answer: agree ? (answer ?? "") : "",
    asked: agree && answer ? asked : "",
    criteria: agree && isUnanimous && first ? agreedCriteria(practice, answering, first.answer) : null,
    evidence,
    records: new Map(records),
    proof: text("proof"),
    proof_record: unitedRecord(voices.filter(({ stored }) => stored.proof.trim()), OTHER),
    reason: agree && answer === NOT_APPLICABLE ? text("reason") : "",
  };
}

/**
 * The earliest level at which anybody began.
 * @param {string[]} order
 * @param {Rater[]} raters
 */
function earliest(order, raters) {
  const first = Math.min(...raters.map(({ start }) => Math.max(0, order.indexOf(start))));
  return first > 0 && first < order.length ? order[first] : "";
}
