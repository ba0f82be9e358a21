/**
 * Records of evidence: which there are of a practice, and on which days each of them counts. Pure.
 *
 * `hooks/maturity/framework/evidence.py` follows the same rules.
 */

import { isDay, lastDay } from "../common/days.js";
import { NO_DAY } from "./answers.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 *
 * @typedef {object} Known What is known of a piece of evidence, as it is stored.
 * @property {string} on The day on which it was last true; "" for that of the assessment, `NO_DAY` where nobody knows.
 * @property {string} link
 * @property {string} seen_by Who else has seen it.
 *
 * @typedef {object} EvidenceRecord A piece of evidence and its days.
 * @property {string} artifact The id of a listed one, or `OTHER`.
 * @property {string} on The day on which it was last true; "" where nobody knows.
 * @property {string} lasts Its lifetime; "" for ever.
 * @property {string} until The last day on which it counts; "" where there is none.
 * @property {string} link
 * @property {string} seen_by
 *
 * @typedef {object} Aging What counts on a day.
 * @property {(practice: string, stored: StoredAnswer) => boolean} proves Whether there is evidence that counts.
 * @property {(stored: StoredAnswer) => boolean} ended Whether "not applicable" has ended.
 */

/** What other evidence than a listed artifact is called among records; no id of an artifact. */
export const OTHER = "";

/**
 * Return the evidence that an answer names, in the order of the practice, other evidence last.
 * @param {Questionnaire} questionnaire
 * @param {string} practice
 * @param {StoredAnswer} stored
 * @param {string} [dated] The date of the assessment, which evidence without a day of its own takes. A day that the calendar does
 *   not have is none.
 * @returns {EvidenceRecord[]}
 */
export function recordsOf({ practices, scoring }, practice, stored, dated = "") {
  const { evidence, lasts: own } = practices[practice];
  const everywhere = scoring.evidence_lasts ?? "";
  const ticked = evidence.filter((id) => stored.evidence.includes(id));
  return [...ticked, ...(stored.proof.trim() ? [OTHER] : [])].map((artifact) => {
    const { on: day = "", link = "", seen_by = "" } = knownOf(stored, artifact) ?? {};
    const on = (day !== NO_DAY && [day, dated].find(isDay)) || "";
    const lasts = (own && Object.hasOwn(own, artifact) && own[artifact]) || everywhere;
    const until = on && lasts ? (lastDay(on, lasts) ?? "") : "";
    return { artifact, on, lasts, until, link, seen_by };
  });
}

/**
 * Return what is known of a piece of evidence once it stands under another date: its day is its own then.
 * @param {Known | null | undefined} known
 * @param {string} dated The date under which it stood, or "".
 * @returns {Known}
 */
export function withDay(known, dated) {
  const { on = "", link = "", seen_by = "" } = known ?? {};
  return { on: on === NO_DAY ? on : ([on, dated].find(isDay) ?? NO_DAY), link, seen_by };
}

/**
 * Return an answer as it stands in an assessment of another date: what proves it keeps its days.
 * @param {StoredAnswer} stored Not changed.
 * @param {string} dated The date of the assessment in which it stood, or "".
 * @returns {StoredAnswer}
 */
export const underOtherDate = (stored, dated) => ({
  ...stored,
  records: new Map(stored.evidence.map((id) => [id, withDay(stored.records.get(id), dated)])),
  proof_record: stored.proof.trim() ? withDay(stored.proof_record, dated) : null,
});

/** Return what is known of a piece of evidence; undefined where that is nothing. @param {StoredAnswer} stored @param {string} artifact */
export const knownOf = (stored, artifact) => (artifact === OTHER ? (stored.proof_record ?? undefined) : stored.records.get(artifact));

/**
 * Tell whether a record counts on a day; without a day of its own it always does.
 * @param {EvidenceRecord} record
 * @param {string} day
 */
export const countsOn = ({ on, until }, day) => !on || (on <= day && (!until || day <= until));

/** Tell whether a record has a lifetime, and no day from which on. @param {EvidenceRecord} record */
export const isUndated = ({ on, lasts }) => lasts !== "" && on === "";

/**
 * Tell whether "not applicable" has ended by a day.
 * @param {StoredAnswer} stored
 * @param {string} day
 */
export const hasEnded = ({ until }, day) => day > until && isDay(until);

/**
 * Return what counts on a day.
 * @param {Questionnaire} questionnaire
 * @param {string} day
 * @param {string} dated The date of the assessment, which evidence without a day of its own takes.
 * @returns {Aging}
 */
export const onDay = (questionnaire, day, dated) => ({
  proves: (practice, stored) => recordsOf(questionnaire, practice, stored, dated).some((record) => countsOn(record, day)),
  ended: (stored) => hasEnded(stored, day),
});
