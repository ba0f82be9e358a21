/** Parse the answers in a link, as `link-writer.js` renders them. Loaded only where a link is opened. */

import { isId } from "../common/json.js";
import { isVersion } from "../common/versions.js";
import { LONGEST_ENTRY, NO_DAY, UnreadableError, noAnswer, refuseNewer } from "./answers.js";
import { earlier } from "./releases.js";
import { isShared } from "./link.js";
import { FORMATS, checksum, practiceHash } from "./link-writer.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 *
 * @typedef {object} Shared
 * @property {{id: string, version: string, title: string}} framework
 * @property {string} start
 * @property {string} unit Whose answers the link says that these are, or "".
 * @property {Map<string, StoredAnswer>} answers By practice, or former practice.
 * @property {{practice: string, answer: string}[]} lost Answers to practices that nothing is known of, by the hash of their id.
 * @property {boolean} isUnitLost Whether a name of the unit stands in the link that did not arrive whole.
 *
 * @typedef {{proof: string, reason: string}} StandIns What to say where the link only says "given".
 */

/** A fragment with its answers and their check, whatever a chat or mail program has put around it. */
const LINK = /^[#\s]*answers=(?:3D)?([\w.~+%-]*)~([0-9a-z]+)/i;
const UNIT = /&(?:amp;)*unit=(?:3D)?([0-9a-f]+)\.([0-9a-z]+)/;
const ENTRY = /^([0-9a-z]{8})([0-9a-f]{4})([0-7])([0-9a-z]{1,4})(?:-([0-9a-f]{1,99}))?$/;

/**
 * Parse a link; for one of an earlier version, what the releases asked is loaded first.
 * @param {Questionnaire} questionnaire
 * @param {string} fragment
 * @param {StandIns} standIns
 * @returns {Promise<Shared>}
 * @throws {UnreadableError}
 */
export async function readLink(questionnaire, fragment, standIns) {
  const shared = decode(questionnaire, fragment, standIns);
  const { version } = shared.framework;
  if (version === questionnaire.framework.version) return shared;
  const { asked } = await earlier(questionnaire, version);
  return decode(questionnaire, fragment, standIns, asked);
}

/**
 * Parse a link.
 * @param {Questionnaire} questionnaire
 * @param {string} fragment
 * @param {StandIns} standIns
 * @param {Record<string, import("./releases.js").Asked>} [asked] What earlier versions asked, by fingerprint.
 * @returns {Shared}
 * @throws {UnreadableError}
 */
export function decode(questionnaire, fragment, standIns, asked = {}) {
  const variants = [...new Set(mendings(fragment).map(unwrapped).flatMap(mendings))];
  const { id, version, start, scale, entries } = parts(variants);
  if (id !== questionnaire.framework.id) throw new UnreadableError("other-framework", { other: id, version });
  refuseNewer(questionnaire, version);
  const known = keys(questionnaire, asked);
  /** @type {Shared} */
  const shared = { framework: { id, version, title: "" }, start, ...unitOf(variants), answers: new Map(), lost: [] };
  for (const entry of entries) {
    const [, hash, beginning, marks, place, bits] = ENTRY.exec(entry) ?? [];
    const answer = scale[parseInt(place, 36)];
    if (!hash || !answer) throw new UnreadableError("not-link");
    const practice = known.get(hash);
    if (!practice) shared.lost.push({ practice: hash, answer });
    else if (shared.answers.has(practice.id)) throw new UnreadableError("not-link");
    else {
      const one = stored(answer, practice.asked, beginning, Number(marks), standIns);
      if (Number(marks) & 4) one.criteria = ticked(questionnaire.practices[practice.id], one.asked, bits);
      shared.answers.set(practice.id, one);
    }
  }
  return shared;
}

/** Return a text from where its answers begin, however often programs have escaped or wrapped it. @param {string} text */
function unwrapped(text) {
  // Chats put characters into long words, invisible ones, at which a line may break; programs that set type change dashes.
  let [plain, before] = [text.replace(/\p{Cf}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u02dc\u223c\uff5e]/g, "~"), ""];
  for (let n = 0; n < 8 && plain !== before; n += 1) {
    before = plain;
    plain = unguarded(plain).replace(/(%[0-9a-f]{2})+/gi, decoded);
  }
  return plain.slice(Math.max(0, plain.search(/answers=/i)));
}

/**
 * Return a text with the links as they were before a filter of mails, Markdown, HTML or JSON has written them in its own way. Links of
 * ours hold no backslash.
 * @param {string} text
 */
function unguarded(text) {
  const byte = (/** @type {number} */ code) => `%${code.toString(16).padStart(2, "0")}`;
  return text
    .replace(/\\u00([0-9a-f]{2})/gi, "%$1")
    .replace(/&(amp;)+#/gi, "&#")
    .replace(/&#x([0-9a-f]{2});/gi, "%$1")
    .replace(/&#(\d{2,3});/g, (_, code) => byte(Number(code)))
    .replaceAll("\\", "")
    // Proofpoint, as it wraps links since 2019 and before: https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API
    .replace(/__(https?:\S+?)__;([\w+/-]*)(?:=|%3d)*!/gi, (_, link, data) => starred(link, ofBase64(data)))
    .replace(/\bu=(https?-3A[^&\s]+)/gi, (_, link) => link.replaceAll("-", "%").replaceAll("_", "/"))
    // Sophos.
    .replace(/\bu=(aHR0c[\w+/-]+)/g, (_, data) => ofBase64(data));
}

/** Return what Base64 in either alphabet stands for; "" where it is none. @param {string} data */
function ofBase64(data) {
  try {
    return atob(data.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

/** Return a link with the characters in it for which it has stars: one for each, or two and how many more than A is two. @param {string} link @param {string} characters */
function starred(link, characters) {
  let at = 0;
  return link.replace(/\*(?:\*([\w-]))?/g, (_, more) => {
    const length = more ? 2 + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(more) : 1;
    return characters.slice(at, (at += length));
  });
}

/** @param {string} escapes */
function decoded(escapes) {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

/**
 * Take a link apart, and refuse one that was cut, or that this page cannot read.
 * @param {string[]} variants Of the link, the one as it stands first.
 * @throws {UnreadableError}
 */
function parts(variants) {
  if (!variants.some(isShared)) throw new UnreadableError("no-answers");
  const isWhole = (/** @type {string} */ text) => LINK.exec(text)?.[2] === checksum(LINK.exec(text)?.[1] ?? "");
  const mended = variants.find(isWhole);
  const [, body = ""] = LINK.exec(mended ?? "") ?? [];
  if (!body) throw new UnreadableError("cut");
  // A mail may hold a link twice, as what is read and as what is followed; two links are two people's answers.
  const others = variants.flatMap((text) => text.split(/(?=answers=)/i)).filter((text) => isWhole(text) && LINK.exec(text)?.[1] !== body);
  if (others.length) throw new UnreadableError("several-links");
  const fields = body.split("~");
  const [format, id, version, start, answers = "", entries = ""] = fields;
  if (!FORMATS.includes(format)) throw new UnreadableError("newer");
  const scale = answers.split(".");
  // Files refuse the same, so that what came by a link can be opened again.
  const isSound = fields.length === 6 && isVersion(version) && [...scale, start || scale[0]].every(isId);
  if (!isSound) throw new UnreadableError("not-link");
  return { id, version, start, scale, entries: entries ? entries.split(".") : [] };
}

/**
 * Return a text as it stands, and as it was before a mail program has broken its long lines, with or without a mark: tried only
 * where the link is not whole as it stands.
 * @param {string} text
 */
const mendings = (text) => [text, text.replace(/=?\r?\n[>\s]*/g, ""), text.replace(/\r?\n[>\s]*/g, ""), text.replace(/\s+/g, "")];

/** Return the name of the unit that a link gives; "" where it gives none, or not all of it arrived. @param {string[]} variants Of the link. */
function unitOf(variants) {
  const all = variants.map((text) => UNIT.exec(text) ?? []);
  const [, digits] = all.find(([, name = "", sum]) => name && sum === checksum(name)) ?? [];
  if (!digits) return { unit: "", isUnitLost: variants.some((text) => /&(amp;)*unit=/.test(text)) };
  const bytes = digits.match(/../g)?.map((byte) => parseInt(byte, 16)) ?? [];
  return { unit: new TextDecoder().decode(new Uint8Array(bytes)).slice(0, LONGEST_ENTRY), isUnitLost: false };
}

/**
 * Return the answer that an entry stands for.
 * @param {string} answer
 * @param {string[]} asked The fingerprints of what its practice has asked.
 * @param {string} beginning Of the fingerprint of what was asked.
 * @param {number} marks The sum of 1: evidence, 2: reason.
 * @param {StandIns} standIns
 * @returns {StoredAnswer}
 */
const stored = (answer, asked, beginning, marks, standIns) => ({
  ...noAnswer(),
  answer,
  asked: asked.find((fingerprint) => fingerprint.startsWith(beginning)) ?? "",
  proof: marks & 1 ? standIns.proof : "",
  // Nobody knows its day, whatever date a copy of the answers gets.
  proof_record: marks & 1 ? { on: NO_DAY, link: "", seen_by: "" } : null,
  reason: marks & 2 ? standIns.reason : "",
});

/**
 * Return the criteria that bits stand for. Under another question nothing is known of them but that not all were ticked.
 * @param {import("./scoring.js").Practice | undefined} practice Undefined where it is one no longer.
 * @param {string} asked The fingerprint of what was asked.
 * @param {string} [bits] In hexadecimal digits, the first criterion the lowest.
 */
function ticked(practice, asked, bits = "0") {
  if (!practice || practice.asked !== asked) return [];
  const all = BigInt(`0x${bits}`);
  return practice.criteria.filter((_, index) => (all >> BigInt(index)) & 1n);
}

/**
 * Every practice that is known, by the hash of its id, with the fingerprints of what it asked.
 * @param {Questionnaire} questionnaire
 * @param {Record<string, import("./releases.js").Asked>} earlier
 */
function keys({ practices }, earlier) {
  /** @type {Map<string, {id: string, asked: string[]}>} */
  const byHash = new Map();
  const add = (/** @type {string} */ id, /** @type {string} */ asked) => {
    const hash = practiceHash(id);
    if (!byHash.has(hash)) byHash.set(hash, { id, asked: [] });
    byHash.get(hash)?.asked.push(asked);
  };
  for (const [id, { asked }] of Object.entries(practices)) add(id, asked);
  for (const { asked, formerly } of Object.values(practices)) for (const old of formerly) add(old, asked);
  for (const [fingerprint, { practice }] of Object.entries(earlier)) add(practice, fingerprint);
  return byHash;
}
