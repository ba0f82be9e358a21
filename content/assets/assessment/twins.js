/**
 * Twins: answers that may be here already, in the same or in another form. A file says everything; a table has no id, a link
 * neither names nor texts. Pure. Loaded where answers are opened.
 */

import { today } from "../common/dates.js";
import { unread } from "../common/json-source.js";
import { ABOUT, NO_DAY, countedAnswers, write } from "./answers.js";
import { onDay } from "./evidence.js";
import { encode } from "./link-writer.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./answers.js").Rater} Rater
 * @typedef {import("./evidence.js").Known} Known
 * @typedef {import("./store.js").Store} Store
 *
 * @typedef {"same" | "alike" | "other" | ""} Likeness Of two sittings. `same`: one person's, with nothing new in the second;
 *   `alike`: the same answers, and nothing speaks against one person; `other`: one person's, who says something else now;
 *   "": of two people.
 */

/**
 * Return how alike two sittings are.
 * @param {Questionnaire} questionnaire
 * @param {Rater} mine
 * @param {Rater} theirs
 * @param {string} [standIn] What a link says where it only knows that there is something.
 * @returns {Likeness}
 */
export function likeness(questionnaire, mine, theirs, standIn = "") {
  if (mine.id === theirs.id) return unread(plain(theirs), plain(mine)).length || !holds(theirs, mine) ? "other" : "same";
  const differ = ABOUT.filter((name) => mine[name].trim() && theirs[name].trim() && folded(mine[name]) !== folded(theirs[name]));
  const isNamed = mine.name.trim() !== "" && folded(mine.name) === folded(theirs.name);
  if (differ.some((name) => name !== "date") || (differ.length && !isNamed)) return "";
  const [own, others] = [mine, theirs].map((rater) => digests(questionnaire, rater));
  if (!own.some((digest, index) => digest === others[index])) return isNamed ? "other" : "";
  if (!holds(mine, theirs, standIn) && !holds(theirs, mine, standIn)) return "other";
  return isNamed && !differ.length ? "same" : "alike";
}

/**
 * Return two sittings of one person as one: the fuller of them, under the first one's id, with what only the other says of the
 * person.
 * @param {Rater} mine
 * @param {Rater} theirs
 * @param {string} [standIn] As for `likeness`.
 * @returns {Rater}
 */
export function asOne(mine, theirs, standIn = "") {
  const [fuller, other] = holds(mine, theirs, standIn) ? [mine, theirs] : [theirs, mine];
  const about = Object.fromEntries(ABOUT.map((name) => [name, mine[name].trim() ? mine[name] : theirs[name]]));
  return { ...fuller, ...about, start: fuller.start || other.start, id: mine.id };
}

/**
 * Return what is kept of an assessment that may be opened: that with its id, where it says something else, or one of the same day
 * that is like it.
 * @param {Questionnaire} questionnaire
 * @param {Store} store
 * @param {Saved} saved
 * @param {string} [standIn] As for `likeness`.
 * @returns {{mine: Saved, isSame: boolean} | null} `isSame`: nothing of it is new. Null where it is not here yet, or is opened
 *   again.
 */
export function twinOf(questionnaire, store, saved, standIn = "") {
  const namesake = store.get(saved.assessment.id);
  if (namesake) return content(namesake) === content(saved) ? null : { mine: namesake, isSame: false };
  const theirs = sitting(saved);
  for (const mine of store.all().saved) {
    const [own, day] = [sitting(mine), mine.assessment.date];
    const isOtherDay = day && theirs.date && day !== theirs.date;
    const like = own.version !== theirs.version || isOtherDay ? "" : likeness(questionnaire, own, theirs, standIn);
    if (like) return { mine, isSame: like !== "other" && !unread(plain(theirs, standIn), plain(own)).length };
  }
  return null;
}

/** @param {Saved} saved @returns {Rater} */
const sitting = ({ framework, assessment: { raters: _, before: __, ...own } }) => ({ ...own, version: framework.version });

/** What is in an assessment, whenever it was saved. @param {Saved} saved */
const content = (saved) => write({ ...saved, assessment: { ...saved.assessment, changed: "" } });

/**
 * What a link can say of answers: with all of their evidence, and with that which counts today, as in a link that is made today.
 * None where there are no answers.
 * @param {Questionnaire} questionnaire
 * @param {Rater} rater
 */
function digests(questionnaire, rater) {
  if (!countedAnswers(questionnaire, rater.answers).size) return [];
  const assessment = { ...rater, start: "", raters: [], before: null };
  return [undefined, onDay(questionnaire, today(), rater.date)].map((aging) => encode(questionnaire, assessment, "", aging));
}

/** Tell whether all answers and texts of one sitting stand in another. @param {Rater} fuller @param {Rater} lesser @param {string} [standIn] */
const holds = (fuller, lesser, standIn = "") => !unread(plain(lesser, standIn).answers, plain(fuller, standIn).answers).length;

/** A sitting as plain data, without what no table holds, and without stand-ins. @param {Rater} rater @param {string} [standIn] */
function plain({ answers, unit, date, role, name }, standIn = "") {
  const said = [...answers].map(([id, { confirm: _, records, proof_record, ...rest }]) => {
    const known = Object.fromEntries([...records].flatMap(([name, one]) => (tells(one, date) ? [[name, saidOf(one, date)]] : [])));
    const proof = proof_record && rest.proof !== standIn && tells(proof_record, date) ? saidOf(proof_record, date) : null;
    const stored = { ...rest, records: known, proof_record: proof };
    return [id, Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, value === standIn ? "" : value]))];
  });
  return { unit, date, role, name, answers: Object.fromEntries(said) };
}

/** What is known of evidence, less the day that it has in any case by the date of its assessment. @param {Known} known @param {string} date */
const saidOf = (known, date) => ({ ...known, on: known.on === (date || NO_DAY) ? "" : known.on });

/** @param {Known} known @param {string} date */
const tells = (known, date) => Object.values(saidOf(known, date)).some(Boolean);

/** @param {string} text */
const folded = (text) => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
