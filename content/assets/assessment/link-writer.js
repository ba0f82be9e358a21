/**
 * Render answers to a link: to the fragment of an address, which browsers send to no server. Pure; `link-reader.js`
 * parses them. Loaded after the first question.
 *
 * A link keeps its meaning in every later version: practices stand in it by a hash of their id
 * and the beginning of their fingerprint, answers by the ids of the scale. It holds neither names
 * nor texts: only the answers, whether there is evidence, whether a reason was given, and which criteria are ticked
 * where not all of them are.
 *
 *     #answers=FORMAT~FRAMEWORK~VERSION~START~SCALE~ENTRIES~CHECK
 *
 * SCALE and ENTRIES are separated by dots. An entry is 8 characters of the practice's hash, 4 of
 * its fingerprint, a digit (the sum of 1: evidence, 2: reason, 4: not all criteria) and the answer's place in SCALE; with 4
 * also a hyphen and a bit for each criterion, the first one the lowest, in hexadecimal digits. FORMAT is 2 where such an entry
 * is among them, and 1 otherwise, so that whatever could read a link before can read it still.
 * CHECK is a hash of all before it, by which a link that was cut or mistyped is recognized.
 *
 * Days are left out. What a link says of evidence and reasons holds on the day on which it is made, where it is made for one: evidence
 * that has run out is not in it, and "not applicable" that has ended has no reason.
 *
 * The name of the unit may follow as `&unit=NAME.CHECK`, where the sharer wants it: its UTF-8 in hexadecimal digits, which no
 * program changes. What reads no names leaves it out.
 */

import { countedAnswers } from "./answers.js";
import { NOT_APPLICABLE, UNKNOWN } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Assessment} Assessment
 * @typedef {import("./evidence.js").Aging} Aging
 */

/** Without and with answers of which a criterion is not ticked. */
export const FORMATS = ["1", "2"];
const KEY_LENGTH = 8;
const ASKED_LENGTH = 4;
/** Longer links are cut by some mail programs, chats and spreadsheets. */
export const SAFE_LENGTH = 2000;

/**
 * Render answers to the fragment of an address.
 * @param {Questionnaire} questionnaire
 * @param {Assessment} assessment
 * @param {string} [unit] Whose answers the link says that these are; "" says nothing.
 * @param {Aging} [aging] What counts on the day of the link; without it all evidence does.
 * @returns {string} The fragment, without its "#".
 */
export function encode(questionnaire, assessment, unit = "", aging) {
  const { framework, scale, practices } = questionnaire;
  const answers = [...Object.keys(scale), UNKNOWN, NOT_APPLICABLE];
  const known = [...countedAnswers(questionnaire, assessment.answers, aging)].filter(([, { answer }]) => answers.includes(answer));
  let format = FORMATS[0];
  const entries = known.map(([id, answer]) => {
    const { asked, criteria } = /** @type {import("./answers.js").StoredAnswer} */ (assessment.answers.get(id));
    const isPartial = answer.lacking && scale[answer.answer]?.needs_criteria;
    const bits = practices[id].criteria.map((name) => Number(criteria?.includes(name)));
    const ticked = isPartial ? `-${BigInt(`0b${bits.reverse().join("")}`).toString(16)}` : "";
    if (isPartial) format = FORMATS[1];
    const marks = Number(answer.proven) + 2 * Number(answer.reasoned) + (isPartial ? 4 : 0);
    const begins = (asked || practices[id].asked).slice(0, ASKED_LENGTH);
    return `${practiceHash(id)}${begins}${marks}${answers.indexOf(answer.answer).toString(36)}${ticked}`;
  });
  const { id, version } = framework;
  const body = [format, id, version, assessment.start, answers.join("."), entries.join(".")].join("~");
  return `answers=${body}~${checksum(body)}${unit && `&unit=${named(unit)}`}`;
}

/** The longest name that a link takes along, in characters. */
export const LONGEST_UNIT = 100;

/** @param {string} unit */
function named(unit) {
  const digits = [...new TextEncoder().encode([...unit].slice(0, LONGEST_UNIT).join(""))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits}.${checksum(digits)}`;
}

/** Return the hash of a practice's id, as it stands in links. @param {string} id */
export const practiceHash = (id) => (hash(id) % 36 ** KEY_LENGTH).toString(36).padStart(KEY_LENGTH, "0");

/** Return the checksum of a link's body, which is all that stands before it. @param {string} text */
export const checksum = (text) => hash(text).toString(36);

/**
 * cyrb53 by bryc (public domain): 53 bits. It guards against accidents, not against forgers.
 * @param {string} text
 */
function hash(text) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
