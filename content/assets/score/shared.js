/** Answers out of the fragment of an address, as `sharing.js` writes them. Pure. Loaded where a link is opened. */

import { ID, UnreadableError, noAnswer } from "./answers.js";
import { FORMAT, check, key } from "./sharing.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 *
 * @typedef {object} Shared
 * @property {{id: string, version: string, title: string}} framework
 * @property {string} start
 * @property {Map<string, StoredAnswer>} answers By practice, or former practice.
 * @property {number} lost Answers to practices that the present version does not know.
 */

/** A fragment with its answers and their check, whatever a chat or mail program has put around it. */
const LINK = /^[#\s]*answers=(.*)~([0-9a-z]+)/s;
const ENTRY = /^([0-9a-z]{8})([0-9a-f]{4})([0-3])([0-9a-z]{1,4})$/;

/**
 * @param {Questionnaire} questionnaire
 * @param {string} fragment
 * @param {{proof: string, reason: string}} standIns What to say where the link only says "given".
 * @returns {Shared}
 * @throws {UnreadableError}
 */
export function decode(questionnaire, fragment, standIns) {
  const [, body = "", found] = LINK.exec(fragment) ?? [];
  if (found !== check(body)) throw new UnreadableError("cut");
  const parts = body.split("~");
  const [format, id, version, start, scale, entries] = parts;
  if (format !== FORMAT) throw new UnreadableError("newer");
  const answers = (scale ?? "").split(".");
  const isSound = parts.length === 6 && [...answers, start || answers[0]].every((name) => ID.test(name));
  if (!isSound) throw new UnreadableError("not-link");
  if (id !== questionnaire.framework.id)
    throw new UnreadableError("other-framework", { other: id, version });
  const known = keys(questionnaire);
  /** @type {Shared} */
  const shared = { framework: { id, version, title: "" }, start, answers: new Map(), lost: 0 };
  for (const entry of entries ? entries.split(".") : []) {
    const [, hash, asked, marks, place] = ENTRY.exec(entry) ?? [];
    const answer = answers[parseInt(place, 36)];
    if (!hash || !answer) throw new UnreadableError("not-link");
    const practice = known.get(hash);
    if (!practice) shared.lost += 1;
    else
      shared.answers.set(practice.id, {
        ...noAnswer(),
        answer,
        asked: practice.asked.startsWith(asked) ? practice.asked : "",
        proof: Number(marks) & 1 ? standIns.proof : "",
        reason: Number(marks) & 2 ? standIns.reason : "",
      });
  }
  return shared;
}

/**
 * Every practice, under its own hash and those of its former ids.
 * @param {Questionnaire} questionnaire
 */
function keys({ practices }) {
  const found = new Map();
  for (const [id, { asked, formerly }] of Object.entries(practices)) {
    for (const old of formerly) if (!found.has(key(old))) found.set(key(old), { id: old, asked });
    found.set(key(id), { id, asked });
  }
  return found;
}
