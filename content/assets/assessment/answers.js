/**
 * Answers: what a reader has said, how it is written down and read back, and what becomes of it
 * under another version of the framework. Knows no page and no storage.
 *
 * The shape of what is written is published as `data/answers.schema.json`. Whatever is read may
 * come from anywhere: only what has that shape is taken, and it is never more than text.
 */

import { DATE } from "../common/dates.js";
import { ENTRY_ID, ID, newId } from "../common/ids.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Given} Given
 *
 * @typedef {object} StoredAnswer
 * @property {string} answer An answer of the scale, `unknown`, `not-applicable`, or none: "".
 * @property {string} asked The fingerprint of what was asked.
 * @property {string[]} evidence Ids of listed artifacts that exist.
 * @property {string} proof Other evidence: a link or a line of text.
 * @property {string} reason Why it is not applicable.
 * @property {string} note
 * @property {string} owner Who brings it further.
 * @property {string} due By when, as 2026-11-24, or "".
 *
 * @typedef {object} Assessment
 * @property {string} id
 * @property {string} unit
 * @property {string} date As 2026-11-24, or "".
 * @property {string} role
 * @property {string} name
 * @property {string} start A level, or "".
 * @property {string} changed ISO 8601, or "".
 * @property {Map<string, StoredAnswer>} answers By practice.
 * @property {Rater[]} raters Those whose answers this was agreed from; none for one person's own.
 *
 * @typedef {Omit<Assessment, "raters"> & {version: string}} Rater One person's answers, and the
 *   version of the framework that they were given to.
 *
 * @typedef {object} Saved An assessment and what it belongs to.
 * @property {{id: string, version: string, title: string}} framework
 * @property {Assessment} assessment
 *
 * @typedef {object} Carried What becomes of answers under the present version.
 * @property {Map<string, StoredAnswer>} answers
 * @property {string[]} kept Practices that ask what they asked.
 * @property {string[]} reworded Practices that now ask something else.
 * @property {{from: string, to: string}[]} followed Answers that went to a renamed practice.
 * @property {{to: string, from: string[]}[]} choices Practices with several answers to pick from,
 *   their own first.
 * @property {string[]} gone Former practices, whose answers are kept and not scored.
 */

export const FORMAT = "maturity-answers/1";
/** The longest text of one field, in UTF-16 units; as in the schema. */
export const LONGEST_ENTRY = 4000;
/** The most entries of one list or map; as in the schema. */
const MOST_ENTRIES = 10_000;
/** The largest file that is opened, in bytes. */
export const LARGEST_FILE = 10_000_000;

export const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/;
export const FINGERPRINT = /^[0-9a-f]{16}$/;
/** Texts of an assessment that stand for themselves. */
export const ABOUT = /** @type {const} */ (["unit", "date", "role", "name"]);
/** Texts of an answer. */
const TEXTS = /** @type {const} */ (["proof", "reason", "note", "owner", "due"]);

/** Why something could not be read; `code` is a key of the page's words. */
export class UnreadableError extends Error {
  /**
   * @param {"not-json" | "not-answers" | "newer" | "newer-version" | "other-framework" | "too-large"
   *   | "cut" | "not-link" | "not-loaded" | "not-table"} code
   * @param {Record<string, string>} [values] For the placeholders of the words.
   */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string} date
 * @returns {Saved}
 */
export function blank({ framework }, date) {
  const { id, version, title } = framework;
  const about = { unit: "", date, role: "", name: "", start: "", changed: "" };
  return {
    framework: { id, version, title },
    assessment: { id: newId(), ...about, answers: new Map(), raters: [] },
  };
}

/** @returns {StoredAnswer} */
export const noAnswer = () => ({
  answer: "",
  asked: "",
  evidence: [],
  proof: "",
  reason: "",
  note: "",
  owner: "",
  due: "",
});

/**
 * Whether there is nothing in an answer that would be lost.
 * @param {StoredAnswer} stored
 */
export const isEmpty = (stored) =>
  !stored.answer && !stored.evidence.length && TEXTS.every((name) => !stored[name].trim());

/**
 * What counts of the answers.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 * @returns {Map<string, Given>}
 */
export function given(questionnaire, answers) {
  const found = new Map();
  for (const [id, practice] of Object.entries(questionnaire.practices)) {
    const stored = answers.get(id);
    if (!stored?.answer) continue;
    const ticked = stored.evidence.some((name) => practice.evidence.includes(name));
    found.set(id, {
      answer: stored.answer,
      proven: ticked || stored.proof.trim() !== "",
      reasoned: stored.reason.trim() !== "",
    });
  }
  return found;
}

/**
 * Practices that have been reworded since they were answered.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 */
export const reworded = (questionnaire, answers) =>
  Object.keys(questionnaire.practices).filter((id) => {
    const stored = answers.get(id);
    return stored?.answer && stored.asked !== questionnaire.practices[id].asked;
  });

// Writing and reading

/**
 * @param {Saved} saved
 * @returns {string} JSON.
 */
export function write({ framework, assessment }) {
  /** @param {string} _ @param {unknown} value */
  const plain = (_, value) => (value instanceof Map ? Object.fromEntries(value) : value);
  return JSON.stringify({ format: FORMAT, framework, assessment }, plain);
}

/**
 * Read what `write` wrote, wherever it has been since.
 * @param {string} text
 * @returns {{saved: Saved, dropped: number}} `dropped`: entries that could not be read.
 * @throws {UnreadableError}
 */
export function read(text) {
  const file = parsed(text);
  if (typeof file.format !== "string" || !file.format.startsWith("maturity-answers/"))
    throw new UnreadableError("not-answers");
  if (file.format !== FORMAT) throw new UnreadableError("newer");
  const framework = record(file.framework);
  const assessment = record(file.assessment);
  if (!matches(framework.id, ID) || !matches(framework.version, VERSION))
    throw new UnreadableError("not-answers");
  if (record(assessment.answers) !== assessment.answers)
    throw new UnreadableError("not-answers");
  const reader = new Reader();
  return {
    saved: {
      framework: {
        id: framework.id,
        version: framework.version,
        title: reader.text(framework.title),
      },
      assessment: reader.assessment(assessment),
    },
    dropped: reader.dropped,
  };
}

/**
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
function parsed(text) {
  if (text.length > LARGEST_FILE) throw new UnreadableError("too-large");
  try {
    return record(JSON.parse(text));
  } catch {
    throw new UnreadableError("not-json");
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>} `value`, or an empty record where it is none.
 */
const record = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : {};

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 * @returns {value is string}
 */
const matches = (value, pattern) =>
  typeof value === "string" && value.length <= 80 && pattern.test(value);

/** Takes what has the right shape, and counts what has not. */
class Reader {
  dropped = 0;

  /** @param {unknown} value @param {RegExp} [pattern] */
  text(value, pattern) {
    if (value === undefined || value === "") return "";
    if (typeof value === "string" && value.length <= LONGEST_ENTRY && (pattern?.test(value) ?? true))
      return value;
    this.dropped += 1;
    return "";
  }

  /** @param {Record<string, unknown>} value @returns {Assessment} */
  assessment(value) {
    const raters = this.list(value.raters).map((rater) => ({
      ...this.sitting(record(rater)),
      version: this.text(record(rater).version, VERSION),
    }));
    return { ...this.sitting(value), raters };
  }

  /** @param {Record<string, unknown>} value @returns {Omit<Assessment, "raters">} */
  sitting(value) {
    return {
      id: this.text(value.id, ENTRY_ID) || newId(),
      unit: this.text(value.unit),
      date: this.text(value.date, DATE),
      role: this.text(value.role),
      name: this.text(value.name),
      start: this.text(value.start, ID),
      changed: this.text(value.changed),
      answers: this.answers(record(value.answers)),
    };
  }

  /** @param {Record<string, unknown>} value */
  answers(value) {
    const answers = new Map();
    for (const [id, entry] of Object.entries(value).slice(0, MOST_ENTRIES)) {
      if (matches(id, ID) && Object.keys(record(entry)).length)
        answers.set(id, this.answer(record(entry)));
      else this.dropped += 1;
    }
    this.dropped += Math.max(0, Object.keys(value).length - MOST_ENTRIES);
    return answers;
  }

  /** @param {Record<string, unknown>} value @returns {StoredAnswer} */
  answer(value) {
    return {
      answer: this.text(value.answer, ID),
      asked: this.text(value.asked, FINGERPRINT),
      evidence: this.ids(value.evidence),
      proof: this.text(value.proof),
      reason: this.text(value.reason),
      note: this.text(value.note),
      owner: this.text(value.owner),
      due: this.text(value.due, DATE),
    };
  }

  /** @param {unknown} value @returns {string[]} */
  ids(value) {
    const all = this.list(value);
    const ids = all.filter((item) => matches(item, ID));
    this.dropped += all.length - ids.length;
    return ids;
  }

  /** @param {unknown} value @returns {unknown[]} */
  list(value) {
    if (value === undefined) return [];
    const all = Array.isArray(value) ? value : [];
    this.dropped += Array.isArray(value) ? Math.max(0, all.length - MOST_ENTRIES) : 1;
    return all.slice(0, MOST_ENTRIES);
  }
}

// Another version

/**
 * Take answers over to the present version of the framework.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 * @param {Map<string, string>} [picks] For practices with several answers: which old id.
 * @returns {Carried}
 */
export function carry({ practices }, answers, picks = new Map()) {
  /** @type {Carried} */
  const carried = { answers: new Map(answers), kept: [], reworded: [], followed: [], choices: [], gone: [] };
  const used = new Set();
  for (const [id, practice] of Object.entries(practices)) {
    const from = [id, ...practice.formerly].filter((name) => !isEmpty(answers.get(name) ?? noAnswer()));
    for (const old of from) used.add(old);
    const isOwn = from[0] === id;
    if (from.length > 1) carried.choices.push({ to: id, from });
    const chosen = picks.get(id) ?? (from.length > 1 && !isOwn ? "" : (from[0] ?? ""));
    const stored = answers.get(chosen);
    if (!stored) {
      if (isOwn) carried.answers.delete(id);
      continue;
    }
    carried.answers.set(id, stored);
    if (chosen !== id) carried.followed.push({ from: chosen, to: id });
    if (stored.answer) (stored.asked === practice.asked ? carried.kept : carried.reworded).push(id);
  }
  for (const [id, stored] of answers)
    if (!Object.hasOwn(practices, id)) {
      if (!used.has(id) && stored.answer) carried.gone.push(id);
      else if (used.has(id)) carried.answers.delete(id);
    }
  return carried;
}

/**
 * Whether a reader has to look before answers of another version are used.
 * @param {Carried} carried
 * @param {boolean} sameVersion
 */
export const needsALook = (carried, sameVersion) =>
  !sameVersion || carried.followed.length + carried.choices.length > 0;

/**
 * Whether a version comes after another, by the precedence of semantic versions.
 * @param {string} version
 * @param {string} other
 */
export function comesAfter(version, other) {
  // A release comes after its pre-releases: "~" comes after every letter.
  const [ours, theirs] = [version, other].map((text) => (text.includes("-") ? text.replace("-", ".") : `${text}.~`).split("."));
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  const [mine, its] = [ours[at], theirs[at]];
  if (at < 0 || its === undefined) return at >= 0;
  const [isNumber, isToo] = [mine, its].map((part) => /^\d+$/.test(part));
  if (isNumber && isToo) return Number(mine) > Number(its);
  return isNumber === isToo ? mine > its : isToo;
}

/**
 * Answers are never carried backwards.
 * @param {Questionnaire} questionnaire
 * @param {string} version That the answers were given to.
 * @throws {UnreadableError}
 */
export function refuseNewer({ framework }, version) {
  if (comesAfter(version, framework.version))
    throw new UnreadableError("newer-version", { version, present: framework.version });
}

/**
 * Whether an answer can be given to a practice today.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {string} answer
 */
export function isOffered({ practices }, id, answer) {
  if (answer === NOT_APPLICABLE) return practices[id].may_be_not_applicable;
  return answer === UNKNOWN || practices[id].offered.includes(answer);
}
