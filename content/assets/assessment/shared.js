/** Answers out of the fragment of an address, as `sharing.js` writes them. Pure. Loaded where a link is opened. */

import { ID } from "../common/ids.js";
import { UnreadableError, VERSION, noAnswer, refuseNewer } from "./answers.js";
import { earlier } from "./releases.js";
import { FORMAT, check, isShared, key } from "./sharing.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 *
 * @typedef {object} Shared
 * @property {{id: string, version: string, title: string}} framework
 * @property {string} start
 * @property {Map<string, StoredAnswer>} answers By practice, or former practice.
 * @property {number} lost Answers to practices that nothing is known of.
 *
 * @typedef {{proof: string, reason: string}} StandIns What to say where the link only says "given".
 */

/** The longest id and version, as in the schema of files. */
const LONGEST_NAME = 80;
/** A fragment with its answers and their check, whatever a chat or mail program has put around it. */
const LINK = /^[#\s]*answers=(.*)~([0-9a-z]+)/s;
const ENTRY = /^([0-9a-z]{8})([0-9a-f]{4})([0-3])([0-9a-z]{1,4})$/;

/**
 * Read a link, one of an earlier version with all that is known of what that asked.
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
 * @param {Questionnaire} questionnaire
 * @param {string} fragment
 * @param {StandIns} standIns
 * @param {Record<string, import("./releases.js").Asked>} [asked] What earlier versions asked, by fingerprint.
 * @returns {Shared}
 * @throws {UnreadableError}
 */
export function decode(questionnaire, fragment, standIns, asked = {}) {
  if (!isShared(fragment)) throw new UnreadableError("no-answers");
  const [, body = "", sum] = LINK.exec(fragment) ?? [];
  if (sum !== check(body)) throw new UnreadableError("cut");
  const parts = body.split("~");
  const [format, id, version, start, scale, entries] = parts;
  if (format !== FORMAT) throw new UnreadableError("newer");
  const answers = (scale ?? "").split(".");
  const isSound = parts.length === 6 && VERSION.test(version) && [...answers, start || answers[0]].every((name) => ID.test(name));
  // Files refuse what is longer, so that what came by a link could not be opened again.
  const isLong = [version, start, ...answers].some((name) => name?.length > LONGEST_NAME);
  if (!isSound || isLong) throw new UnreadableError("not-link");
  if (id !== questionnaire.framework.id)
    throw new UnreadableError("other-framework", { other: id, version });
  refuseNewer(questionnaire, version);
  const known = keys(questionnaire, asked);
  /** @type {Shared} */
  const shared = { framework: { id, version, title: "" }, start, answers: new Map(), lost: 0 };
  for (const entry of entries ? entries.split(".") : []) {
    const [, hash, beginning, marks, place] = ENTRY.exec(entry) ?? [];
    const answer = answers[parseInt(place, 36)];
    if (!hash || !answer) throw new UnreadableError("not-link");
    const practice = known.get(hash);
    if (!practice) shared.lost += 1;
    else
      shared.answers.set(practice.id, {
        ...noAnswer(),
        answer,
        asked: practice.asked.find((fingerprint) => fingerprint.startsWith(beginning)) ?? "",
        proof: Number(marks) & 1 ? standIns.proof : "",
        reason: Number(marks) & 2 ? standIns.reason : "",
      });
  }
  return shared;
}

/**
 * Every practice that is known, by the hash of its id, with the fingerprints of what it asked.
 * @param {Questionnaire} questionnaire
 * @param {Record<string, import("./releases.js").Asked>} earlier
 */
function keys({ practices }, earlier) {
  /** @type {Map<string, {id: string, asked: string[]}>} */
  const found = new Map();
  const add = (/** @type {string} */ id, /** @type {string} */ asked) => {
    const hash = key(id);
    if (!found.has(hash)) found.set(hash, { id, asked: [] });
    found.get(hash)?.asked.push(asked);
  };
  for (const [id, { asked }] of Object.entries(practices)) add(id, asked);
  for (const { asked, formerly } of Object.values(practices)) for (const old of formerly) add(old, asked);
  for (const [fingerprint, { practice }] of Object.entries(earlier)) add(practice, fingerprint);
  return found;
}
