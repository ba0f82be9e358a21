/**
 * Releases: what the site says of earlier versions, in `data/changes.json` and `data/releases/`.
 * Loaded where answers of one are opened.
 */

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 *
 * @typedef {object} Event
 * @property {string} what `added`, `removed`, `renamed`, `merged`, `split`, `moved`, `raised`, `lowered`,
 *   `reworded` or `changed`.
 * @property {string} weight
 * @property {string} field Empty where it is about the entry as a whole.
 * @property {string} id
 * @property {unknown} before
 * @property {unknown} after
 *
 * @typedef {object} Change
 * @property {string} kind
 * @property {string} id
 * @property {string} title
 * @property {string} weight
 * @property {{id: string, title: string}[]} was
 * @property {Event[]} events
 *
 * @typedef {object} Asked What a question said.
 * @property {string} practice
 * @property {string} title
 * @property {string} question
 * @property {string[]} criteria
 * @property {Record<string, string>} options
 *
 * @typedef {object} Past What is known of an earlier version.
 * @property {"known" | "unknown" | "not-loaded"} state `unknown`: the site knows no such release.
 * @property {Change[]} changes What changed since.
 * @property {Record<string, Asked>} asked What any earlier version asked and this one does not, by fingerprint.
 * @property {Questionnaire | null} questionnaire As it was.
 */

const DATA = new URL("../../data/", import.meta.url);
const FORMAT = "maturity-changes/1";
/** Milliseconds until the page goes on without what it asked for. */
const PATIENCE = 8000;

/** @type {Map<string, Promise<Past>>} */
const loaded = new Map();

/** Load what is known of an earlier version, once. @param {Questionnaire} questionnaire @param {string} version @returns {Promise<Past>} */
export async function earlier(questionnaire, version) {
  const loading = loaded.get(version) ?? load(questionnaire.framework, version);
  loaded.set(version, loading);
  const past = await loading;
  // There may be a connection the next time.
  if (past.state === "not-loaded") loaded.delete(version);
  return past;
}

/** @param {Questionnaire["framework"]} framework @param {string} version @returns {Promise<Past>} */
async function load({ id, version: present }, version) {
  const file = await json(new URL("changes.json", DATA));
  // A copy that some cache has kept may be another version's.
  const isOurs = file?.format === FORMAT && file.framework?.id === id && file.framework.version === present;
  if (!isOurs) return { state: "not-loaded", changes: [], asked: {}, questionnaire: null };
  const { asked } = file;
  if (!Object.hasOwn(file.upgrades, version)) return { state: "unknown", changes: [], asked, questionnaire: null };
  const questionnaire = await json(new URL(`releases/${version}.json`, DATA));
  const isWhole = questionnaire?.framework?.id === id && questionnaire.framework.version === version;
  return { state: "known", changes: file.upgrades[version], asked, questionnaire: isWhole ? questionnaire : null };
}

/** Load a file of the site; null where it cannot be had. @param {URL} address @returns {Promise<any>} */
export async function json(address) {
  // Browsers let no page load anything from a drive.
  if (address.protocol === "file:") return null;
  try {
    const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
