/**
 * Answers: what a reader has said, how it is written down and read back, and what becomes of it
 * under another version of the framework. Pure.
 *
 * The shape of what is written is published as `data/answers.schema.json`. Whatever is read may
 * come from anywhere: only what has that shape is taken, and it is never more than text.
 */

import { DATE } from "../common/dates.js";
import { ENTRY_ID, newId } from "../common/ids.js";
import { LONGEST_TITLE, isId, isRecord, isText, record } from "../common/json.js";
import { comesAfter, isVersion } from "../common/versions.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Given} Given
 * @typedef {import("./evidence.js").Known} Known
 *
 * @typedef {object} StoredAnswer
 * @property {string} answer An answer of the scale, `unknown`, `not-applicable`, or none: "".
 * @property {string} asked The fingerprint of what was asked.
 * @property {string[] | null} criteria Ids of the criteria that are ticked; null stands for all of them, as in files from
 *   before they could be ticked.
 * @property {string[]} evidence Ids of listed artifacts that exist.
 * @property {Map<string, Known>} records What is known of them, by artifact.
 * @property {string} proof Other evidence: a link or a line of text.
 * @property {Known | null} proof_record What is known of that.
 * @property {string} reason Why it is not applicable.
 * @property {string} until The last day on which it is not, or "" for no end.
 * @property {string} note
 * @property {string} owner Who brings it further.
 * @property {string} due By when, as 2026-11-24, or "".
 * @property {boolean} confirm Whether it was kept from the round before, and nobody has looked at it since.
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
 * @property {Rater | null} before The round that this one was made from, as it was then.
 *
 * @typedef {Omit<Assessment, "raters" | "before">} Sitting What one person, or a group, has answered.
 * @typedef {Sitting & {version: string}} Rater One sitting's answers, and the
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
/** What stands in place of the day of evidence where nobody knows it, whatever date the assessment has. */
export const NO_DAY = "unknown";
/** The longest text of one field, in characters; as in the schema. */
export const LONGEST_ENTRY = 4000;
/** The longest moment of ISO 8601, in characters; as in the schema. */
const LONGEST_MOMENT = 40;
/** The most entries of one list or map; as in the schema. */
const MOST_ENTRIES = 10_000;
/** The largest file that is opened, in bytes. */
export const LARGEST_FILE = 10_000_000;

export const FINGERPRINT = /^[0-9a-f]{16}$/;
/** Texts of an assessment that stand for themselves. */
export const ABOUT = /** @type {const} */ (["unit", "date", "role", "name"]);
/** Texts of an answer. */
const TEXTS = /** @type {const} */ (["proof", "reason", "note", "owner", "due"]);

/** Why something could not be read. */
export class UnreadableError extends Error {
  /**
   * @param {string} code A key of the page's words, below `error`.
   * @param {Record<string, string>} [values] For the placeholders of the words.
   */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/**
 * Return an assessment in which nothing is answered yet.
 * @param {Questionnaire} questionnaire
 * @param {string} date
 * @returns {Saved}
 */
export function blank({ framework }, date) {
  const { id, version, title } = framework;
  const about = { unit: "", date, role: "", name: "", start: "", changed: "" };
  return {
    framework: { id, version, title },
    assessment: { id: newId(), ...about, answers: new Map(), raters: [], before: null },
  };
}

/** Return an answer with nothing in it. @returns {StoredAnswer} */
export const noAnswer = () => ({
  answer: "",
  asked: "",
  criteria: null,
  evidence: [],
  records: new Map(),
  proof: "",
  proof_record: null,
  reason: "",
  until: "",
  note: "",
  owner: "",
  due: "",
  confirm: false,
});

/**
 * Tell whether there is nothing in an answer that would be lost.
 * @param {StoredAnswer} stored
 */
export const isEmpty = (stored) =>
  !stored.answer && !stored.criteria?.length && !stored.evidence.length && TEXTS.every((name) => !stored[name].trim());

/**
 * Give an answer, or take it back. One that needs criteria begins with none of them ticked; what was ticked once stays so
 * on the way to another answer and back.
 * @param {Questionnaire} questionnaire
 * @param {string} id Of the practice.
 * @param {StoredAnswer} stored Changed in place.
 * @param {string} answer "" for none.
 */
export function setAnswer({ scale, practices }, id, stored, answer) {
  const practice = practices[id];
  const ticked = stored.criteria ?? (scale[stored.answer]?.needs_criteria ? practice.criteria : []);
  stored.answer = answer;
  stored.asked = answer && practice.asked;
  if (scale[answer]?.needs_criteria) setCriteria(practice, stored, ticked);
  else stored.criteria = answer && ticked.length ? ticked : null;
  stored.confirm = false;
}

/**
 * Set which criteria are ticked. Ticks of criteria that the practice does not have stay, unless all that it has are ticked.
 * @param {import("./scoring.js").Practice} practice
 * @param {StoredAnswer} stored Changed in place.
 * @param {string[]} ids In any order.
 */
export function setCriteria({ criteria }, stored, ids) {
  const others = stored.criteria?.filter((id) => !criteria.includes(id)) ?? [];
  const own = criteria.filter((id) => ids.includes(id));
  stored.criteria = own.length === criteria.length ? null : [...others, ...own];
  stored.confirm = false;
}

/**
 * Return the ids of the criteria that are not ticked, in the order of the practice.
 * @param {import("./scoring.js").Practice} practice
 * @param {Pick<StoredAnswer, "criteria">} stored
 */
export const missingCriteria = ({ criteria }, stored) => criteria.filter((id) => stored.criteria && !stored.criteria.includes(id));

/**
 * Return the answers that scoring counts, by practice: for each practice of the questionnaire that has an answer, that
 * answer, whether there is evidence for it, whether a reason stands beside it, and whether a criterion is not ticked. Unanswered practices and those that
 * the questionnaire does not have are left out.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 * @param {import("./evidence.js").Aging} [aging] What counts on a day. Without it days are left out: all evidence counts, and nothing
 *   ends.
 * @returns {Map<string, Given>}
 */
export function countedAnswers(questionnaire, answers, aging) {
  const counted = new Map();
  for (const [id, practice] of Object.entries(questionnaire.practices)) {
    const stored = answers.get(id);
    if (!stored?.answer) continue;
    counted.set(id, {
      answer: stored.answer,
      proven: aging ? aging.proves(id, stored) : stored.proof.trim() !== "" || stored.evidence.some((name) => practice.evidence.includes(name)),
      reasoned: stored.reason.trim() !== "" && !aging?.ended(stored),
      lacking: missingCriteria(practice, stored).length > 0,
    });
  }
  return counted;
}

/**
 * Return the practices that have been reworded since they were answered.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 */
export const reworded = (questionnaire, answers) =>
  Object.keys(questionnaire.practices).filter((id) => {
    const stored = answers.get(id);
    return stored?.answer && stored.asked !== questionnaire.practices[id].asked;
  });

/**
 * Return the practices whose answer was kept from the round before, and that nobody has looked at since.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, StoredAnswer>} answers
 */
export const unconfirmed = ({ practices }, answers) =>
  Object.keys(practices).filter((id) => answers.get(id)?.answer && answers.get(id)?.confirm);

/**
 * Say that an answer still holds: to what is asked now, and in this round.
 * @param {import("./scoring.js").Practice} practice
 * @param {StoredAnswer} stored Changed in place.
 */
export function confirmAnswer({ asked }, stored) {
  stored.asked = asked;
  stored.confirm = false;
}

// Writing and reading

/**
 * Render an assessment to the text of a file.
 * @param {Saved} saved
 * @returns {string} JSON, as `read` parses it.
 */
export function write({ framework, assessment }) {
  /** @param {string} _ @param {unknown} value */
  const plain = (_, value) => (value instanceof Map ? Object.fromEntries(value) : value);
  return JSON.stringify({ format: FORMAT, framework, assessment }, plain);
}

/**
 * Parse what `write` rendered, wherever it has been since.
 * @param {string} text
 * @returns {{saved: Saved, dropped: number}} `dropped`: how much does not fit the schema and was left out.
 * @throws {UnreadableError}
 */
export function read(text) {
  const file = parsed(text);
  if (typeof file.format !== "string" || !file.format.startsWith("maturity-answers/"))
    throw new UnreadableError("not-answers");
  if (file.format !== FORMAT) throw new UnreadableError("newer");
  const framework = record(file.framework);
  const assessment = record(file.assessment);
  const { id, version } = framework;
  if (!isId(id) || !isVersion(version) || !isRecord(assessment.answers)) throw new UnreadableError("not-answers");
  const reader = new Reader();
  return {
    saved: {
      framework: { id, version, title: reader.text(framework.title, LONGEST_TITLE) },
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

/** Takes what has the shape of the schema, and counts what has not. */
class Reader {
  dropped = 0;

  /** Take a value that is sound; what is missing or empty is "". @param {unknown} value @param {boolean} isSound */
  #taken(value, isSound) {
    if (isSound) return /** @type {string} */ (value);
    if (value !== undefined && value !== "") this.dropped += 1;
    return "";
  }

  /** @param {unknown} value */
  #flag(value) {
    if (value !== undefined && typeof value !== "boolean") this.dropped += 1;
    return value === true;
  }

  /** @param {unknown} value @param {number} [longest] In characters. */
  text(value, longest = LONGEST_ENTRY) {
    return this.#taken(value, isText(value, longest));
  }

  /** @param {unknown} value @param {RegExp} pattern Of a fixed length. */
  code(value, pattern) {
    return this.#taken(value, typeof value === "string" && pattern.test(value));
  }

  /** @param {Record<string, unknown>} value @returns {Assessment} */
  assessment(value) {
    const [before = null] = this.records((value.before ?? null) === null ? [] : [value.before]);
    return {
      ...this.sitting(value),
      raters: this.records(value.raters).map((rater) => this.rater(rater)),
      before: before && this.rater(before),
    };
  }

  /** @param {Record<string, unknown>} value @returns {Rater} */
  rater(value) {
    return { ...this.sitting(value), version: this.#taken(value.version, isVersion(value.version)) };
  }

  /** @param {Record<string, unknown>} value @returns {Sitting} */
  sitting(value) {
    const id = this.code(value.id, ENTRY_ID);
    if (!value.id) this.dropped += 1;
    return {
      id: id || newId(),
      unit: this.text(value.unit),
      date: this.code(value.date, DATE),
      role: this.text(value.role),
      name: this.text(value.name),
      start: this.#taken(value.start, isId(value.start)),
      changed: this.text(value.changed, LONGEST_MOMENT),
      answers: this.answers(value.answers),
    };
  }

  /** @param {unknown} value */
  answers(value) {
    return this.byId(value, (entry) => this.answer(entry));
  }

  /**
   * @template T
   * @param {unknown} value A map of maps by ids.
   * @param {(entry: Record<string, unknown>) => T} read
   * @returns {Map<string, T>}
   */
  byId(value, read) {
    const entries = Object.entries(record(value));
    const sound = entries.slice(0, MOST_ENTRIES).filter(([id, entry]) => isId(id) && isRecord(entry));
    this.dropped += isRecord(value) ? entries.length - sound.length : 1;
    return new Map(sound.map(([id, entry]) => [id, read(record(entry))]));
  }

  /** @param {unknown} value @returns {Known} */
  known(value) {
    if (!isRecord(value)) this.dropped += 1;
    const { on, link, seen_by } = record(value);
    return { on: on === NO_DAY ? on : this.code(on, DATE), link: this.text(link), seen_by: this.text(seen_by) };
  }

  /** @param {Record<string, unknown>} value @returns {StoredAnswer} */
  answer(value) {
    return {
      answer: this.#taken(value.answer, isId(value.answer)),
      asked: this.code(value.asked, FINGERPRINT),
      criteria: (value.criteria ?? null) === null ? null : this.items(value.criteria, isId),
      evidence: this.items(value.evidence, isId),
      records: value.records === undefined ? new Map() : this.byId(value.records, (entry) => this.known(entry)),
      proof: this.text(value.proof),
      proof_record: (value.proof_record ?? null) === null ? null : this.known(value.proof_record),
      reason: this.text(value.reason),
      until: this.code(value.until, DATE),
      note: this.text(value.note),
      owner: this.text(value.owner),
      due: this.code(value.due, DATE),
      confirm: this.#flag(value.confirm),
    };
  }

  /** @param {unknown} value */
  records(value) {
    return this.items(value, isRecord);
  }

  /**
   * @template T
   * @param {unknown} value A list, or undefined for an empty one.
   * @param {(item: unknown) => item is T} isSound
   */
  items(value, isSound) {
    if (value === undefined) return [];
    /** @type {unknown[]} */
    const all = Array.isArray(value) ? value : [];
    const items = all.slice(0, MOST_ENTRIES).filter(isSound);
    this.dropped += Array.isArray(value) ? all.length - items.length : 1;
    return items;
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
 * Return whether a reader must review answers before they are used: those of another version, and those of which some
 * came from a renamed practice or have to be picked from several.
 * @param {Carried} carried
 * @param {boolean} isSameVersion
 */
export const mustReview = (carried, isSameVersion) =>
  !isSameVersion || carried.followed.length + carried.choices.length > 0;

/**
 * Refuse answers of a newer version: answers are never carried backwards.
 * @param {Questionnaire} questionnaire
 * @param {string} version That the answers were given to.
 * @throws {UnreadableError}
 */
export function refuseNewer({ framework }, version) {
  if (comesAfter(version, framework.version))
    throw new UnreadableError("newer-version", { version, present: framework.version });
}

/**
 * Tell whether an answer can be given to a practice today.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {string} answer
 */
export function isOffered({ practices }, id, answer) {
  if (answer === NOT_APPLICABLE) return practices[id].may_be_not_applicable;
  return answer === UNKNOWN || practices[id].offered.includes(answer);
}
