/**
 * The upgrade: what becomes of answers under the present version, and of the level. Pure.
 *
 * What a practice went through is read from the site's own account of its releases; what becomes of
 * an answer follows from the answer alone, so that it can be said without that account too.
 */

import { reaches } from "../common/numbers.js";
import { countedAnswers } from "./answers.js";
import { NOT_APPLICABLE, UNKNOWN, score } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Cell} Cell
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./answers.js").Assessment} Assessment
 * @typedef {import("./answers.js").Carried} Carried
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./releases.js").Asked} Asked
 * @typedef {import("./releases.js").Change} Change
 * @typedef {import("./releases.js").Event} Event
 * @typedef {import("./releases.js").Past} Past
 *
 * @typedef {typeof KINDS[number]} Kind
 *
 * @typedef {object} Item A practice of which there is something to say.
 * @property {string} id
 * @property {string} title
 * @property {{id: string, title: string}[]} was What it takes the place of.
 * @property {Event[]} events
 * @property {string[]} from The ids under which there are answers for it.
 * @property {StoredAnswer | null} stored The answer that it has now.
 * @property {boolean} isReworded Whether that answer is to be confirmed.
 *
 * @typedef {object} Upgrade
 * @property {number} kept How many answers stay as they are, with nothing to say of them.
 * @property {number} left How many answers of still earlier versions stay in the file.
 * @property {Record<Kind, Item[]>} lists Every other practice, in exactly one list; first what may change a level.
 * @property {Change[]} rules What changed in the rules of scoring.
 *
 * @typedef {{id: string, title: string, why: string}} Cause
 *
 * @typedef {object} Way What the upgrade does to the level.
 * @property {"same" | "fell" | "rose" | "other" | "undone" | "done"} kind `undone`, `done`: the last
 *   level is no longer complete, or only now; `other`: the level of before is there no more.
 * @property {Result} was By the earlier version.
 * @property {Result} now
 * @property {Cause[]} more What stands in the way now and did not before.
 * @property {Cause[]} again Answers that have to be given again.
 * @property {Cause[]} less What stood in the way before and does not now.
 * @property {Cell[]} low Where no single practice is in the way, but the mean.
 */

/** What may become of a practice, the first that holds. */
export const KINDS = /** @type {const} */ ([
  "merged", "split", "reworded", "removed", "added", "moved", "weighed", "renamed", "around", "unanswered",
]);

/**
 * Return what becomes of each answer under the present version.
 * @param {Questionnaire} questionnaire
 * @param {Assessment} original As it came.
 * @param {Carried} carried
 * @param {Past} past
 * @returns {Upgrade}
 */
export function upgrade(questionnaire, original, carried, past) {
  const changes = new Map(past.changes.filter(({ kind }) => kind === "practice").map((change) => [change.id, change]));
  const empty = KINDS.map((kind) => [kind, /** @type {Item[]} */ ([])]);
  /** @type {Record<Kind, Item[]>} */
  const lists = Object.fromEntries(empty);
  let kept = 0;
  for (const id of Object.keys(questionnaire.practices)) {
    const item = itemOf(questionnaire, id, carried, changes.get(id));
    const kind = kindOf(item);
    if (kind) lists[kind].push(item);
    else kept += Number(item.stored !== null);
  }
  const before = past.questionnaire?.practices;
  const gone = new Set(carried.gone.filter((id) => !before || Object.hasOwn(before, id)));
  const removed = [...changes.values()].filter(({ events }) => is(events, "removed")).map(({ id }) => id);
  for (const id of new Set([...gone, ...removed])) {
    const stored = original.answers.get(id) ?? null;
    const title = before?.[id]?.title ?? questionAnswered(past, id, stored)?.title ?? changes.get(id)?.title ?? id;
    const item = { id, title, was: [], events: changes.get(id)?.events ?? [], from: [id], stored, isReworded: false };
    lists[gone.has(id) ? "removed" : "unanswered"].push(item);
  }
  for (const kind of KINDS) lists[kind].sort((one, other) => Number(weighs(questionnaire, other)) - Number(weighs(questionnaire, one)));
  return { kept, left: carried.gone.length - gone.size, lists, rules: past.changes.flatMap(rules) };
}

/**
 * Tell whether an item may change a level: those stand first in their list, as long lists are folded.
 * @param {Questionnaire} questionnaire
 * @param {Item} item
 */
function weighs({ practices }, { id, events }) {
  const isNewAndEssential = is(events, "added") && practices[id]?.essential;
  return Boolean(isNewAndEssential) || isMoved(events) || events.some(({ what }) => what === "raised" || what === "lowered");
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {Carried} carried
 * @param {Change | undefined} change
 * @returns {Item}
 */
function itemOf(questionnaire, id, carried, change) {
  const choice = carried.choices.find(({ to }) => to === id);
  const followed = carried.followed.find(({ to }) => to === id);
  const stored = carried.answers.get(id);
  return {
    id,
    title: questionnaire.practices[id].title,
    was: change?.was ?? [],
    events: change?.events ?? [],
    from: choice?.from ?? [followed?.from ?? id],
    stored: stored?.answer ? stored : null,
    isReworded: carried.reworded.includes(id),
  };
}

/** @param {Item} item @returns {Kind | null} */
function kindOf({ id, events, from, stored, isReworded }) {
  if (from.length > 1) return "merged";
  if (!stored) return is(events, "added") ? "added" : events.length ? "unanswered" : null;
  if (is(events, "merged")) return "merged";
  if (is(events, "split")) return "split";
  if (isReworded) return "reworded";
  if (isMoved(events)) return "moved";
  if (events.some(({ what }) => what === "raised" || what === "lowered")) return "weighed";
  if (is(events, "renamed") || from[0] !== id || events.some(isTitleReworded)) return "renamed";
  return events.length ? "around" : null;
}

/** Whether something happened to an entry as a whole. @param {Event[]} events @param {string} wanted */
const is = (events, wanted) => events.some(({ what, field }) => what === wanted && !field);

/** @param {Event[]} events */
const isMoved = (events) => events.some(({ what }) => what === "moved");

/** Return whether an event is a new wording of the title. @param {Event} event */
export const isTitleReworded = ({ what, field }) => what === "reworded" && field === "title";

/** The parts of a change that are rules of scoring. @param {Change} change @returns {Change[]} */
function rules(change) {
  const isRule = ["scoring", "answer"].includes(change.kind);
  const isPlace = ["level", "dimension"].includes(change.kind);
  const events = change.events.filter(
    ({ what, field }) =>
      (isRule && ["raised", "lowered"].includes(what)) ||
      ((isRule || isPlace) && !field && ["added", "removed", "merged", "split"].includes(what)) ||
      (isPlace && what === "moved"),
  );
  return events.length ? [{ ...change, events }] : [];
}

/**
 * Return the question that an answer was given to, by its fingerprint; null where no known release asked it.
 * @param {Past} past
 * @param {string} id Under which it was given.
 * @param {StoredAnswer | null} stored
 * @returns {Asked | null}
 */
export function questionAnswered(past, id, stored) {
  const fingerprint = stored?.asked || past.questionnaire?.practices[id]?.asked || "";
  return Object.hasOwn(past.asked, fingerprint) ? past.asked[fingerprint] : null;
}

// The level

/**
 * Return what the upgrade does to the claimed level, and by what; null where nothing can be said of it.
 * @param {Questionnaire} questionnaire
 * @param {Assessment} original As it came.
 * @param {Assessment} present As it would be carried over.
 * @param {Past} past
 * @param {Upgrade} upgrade
 * @returns {Way | null}
 */
export function way(questionnaire, original, present, past, { lists }) {
  const { questionnaire: before } = past;
  if (!before) return null;
  const was = score(before, countedAnswers(before, original.answers), original.start);
  const now = score(questionnaire, countedAnswers(questionnaire, present.answers), present.start);
  if (![...was.states.values()].some((state) => ["answered", "unknown", "left-out"].includes(state))) return null;
  const view = new Before(questionnaire, before, was);
  const kind = direction(questionnaire, view, now);
  const items = new Map(Object.values(lists).flat().map((item) => [item.id, item]));
  const { more, again } = kind === "same" ? { more: [], again: [] } : inTheWay(questionnaire, view, now, items);
  const cells = incomplete(now);
  const isLower = kind !== "same" && kind !== "rose" && kind !== "done";
  return {
    kind,
    was,
    now,
    more: isLower ? more : [],
    again: isLower ? again : [],
    less: kind === "rose" || kind === "done" ? outOfTheWay(questionnaire, view, now, items) : [],
    low: isLower ? cells.filter(({ open, failing, level }) => !open.length && !failing.length && !view.isOpen(level)) : [],
  };
}

/** How answers stood under the earlier version, seen from the present one. */
class Before {
  /** @param {Questionnaire} present @param {Questionnaire} questionnaire @param {Result} result */
  constructor(present, questionnaire, result) {
    this.present = present;
    this.questionnaire = questionnaire;
    this.result = result;
    /** What was in the way, at any level: the id of the practice, and its level's id today. */
    this.blockers = new Map(
      [...result.claimed.cells.values()]
        .flatMap((row) => [...row.values()])
        .flatMap((cell) => [...cell.open, ...cell.failing].map((id) => [id, this.heir(cell.level)])),
    );
  }

  /** Return the present id of an earlier level; "" where it is gone. @param {string} level */
  heir(level) {
    const { levels } = this.present;
    if (Object.hasOwn(levels, level)) return level;
    return Object.entries(levels).find(([, { formerly }]) => formerly?.includes(level))?.[0] ?? "";
  }

  /** The level that one was at, by its present id; null before the first. */
  get at() {
    const id = Object.keys(this.questionnaire.levels)[this.result.claimed.at - 1];
    return id === undefined ? null : this.heir(id);
  }

  /** Tell whether a level of today was incomplete. @param {string} level */
  isOpen(level) {
    const cells = [...this.result.claimed.cells].filter(([id]) => this.heir(id) === level).flatMap(([, row]) => [...row.values()]);
    return cells.some((cell) => !cell.complete);
  }
}

/** @param {Questionnaire} questionnaire @param {Before} before @param {Result} now @returns {Way["kind"]} */
function direction({ levels }, before, now) {
  const ids = Object.keys(levels);
  const { at } = before;
  const place = at === null ? 0 : ids.indexOf(at) + 1;
  if (at === "") return "other";
  if (place !== now.claimed.at) return now.claimed.at < place ? "fell" : "rose";
  const [wasDone, isDone] = [before.result, now].map(({ deciding }) => deciding === null);
  return wasDone === isDone ? "same" : isDone ? "done" : "undone";
}

/** The cells that keep the lowest incomplete level from being complete. @param {Result} result */
const incomplete = ({ claimed, deciding }) =>
  [...(claimed.cells.get(deciding ?? "")?.values() ?? [])].filter((cell) => !cell.complete);

/**
 * What is in the way of the deciding level now, and was not before.
 * @param {Questionnaire} questionnaire
 * @param {Before} before
 * @param {Result} now
 * @param {Map<string, Item>} items
 */
function inTheWay(questionnaire, before, now, items) {
  /** @type {{more: Cause[], again: Cause[]}} */
  const causes = { more: [], again: [] };
  for (const cell of incomplete(now)) {
    const blockers = new Set([...cell.open, ...cell.failing]);
    for (const id of cell.practices) {
      const item = items.get(id);
      const sources = [id, ...(item?.was.map((former) => former.id) ?? []), ...questionnaire.practices[id].formerly];
      const isOld = sources.some((name) => before.blockers.get(name) === cell.level);
      // One that came here from elsewhere may pull the mean down without being in the way itself.
      const isLow = !blockers.size && item !== undefined && isMoved(item.events) && !reaches(now.claimed.credit(id), questionnaire.scoring.threshold);
      if ((!blockers.has(id) || isOld) && !isLow) continue;
      const { title } = questionnaire.practices[id];
      const why = reason(questionnaire, item, cell.open.includes(id));
      causes[why === "merged" || why === "not_offered" ? "again" : "more"].push({ id, title, why });
    }
  }
  return causes;
}

/**
 * Why a practice is in the way.
 * @param {Questionnaire} questionnaire
 * @param {Item | undefined} item
 * @param {boolean} isOpen
 */
function reason(questionnaire, item, isOpen) {
  if (!item) return "rules";
  const { id, events, stored } = item;
  if (is(events, "added")) return "added";
  if (isOpen && item.from.length > 1 && !stored) return "merged";
  const { offered } = questionnaire.practices[id];
  if (isOpen && stored && ![...offered, UNKNOWN, NOT_APPLICABLE].includes(stored.answer)) return "not_offered";
  if (isMoved(events)) return "moved";
  return events.some(({ what }) => what === "raised") ? "raised" : "rules";
}

/**
 * What was in the way of the level that decided, and is not now.
 * @param {Questionnaire} questionnaire
 * @param {Before} before
 * @param {Result} now
 * @param {Map<string, Item>} items
 * @returns {Cause[]}
 */
function outOfTheWay(questionnaire, before, now, items) {
  const still = new Set([...now.claimed.cells.values()].flatMap((row) => [...row.values()].flatMap(({ open, failing }) => [...open, ...failing])));
  return incomplete(before.result).flatMap((cell) =>
    [...cell.open, ...cell.failing].flatMap((name) => {
      const { practices } = questionnaire;
      const id = Object.hasOwn(practices, name) ? name : Object.keys(practices).find((other) => practices[other].formerly.includes(name));
      const { title } = before.questionnaire.practices[name];
      if (id === undefined) return [{ id: name, title, why: "removed" }];
      const events = items.get(id)?.events ?? [];
      if (practices[id].level !== before.heir(cell.level)) return [{ id, title: practices[id].title, why: "moved_away" }];
      const why = events.some(({ what }) => what === "lowered") ? "lowered" : "rules";
      return still.has(id) ? [] : [{ id, title: practices[id].title, why }];
    }),
  );
}
