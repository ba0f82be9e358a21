/**
 * Ideas on a matrix: where they lie, how they are ranked, how they are written down and read back.
 * Knows no page and no storage.
 *
 * The shape of what is written is published as `data/ideas.schema.json`. Whatever is read may come
 * from anywhere: only what has that shape is taken, and it is never more than text.
 */

import { ENTRY_ID, newId } from "../common/ids.js";
import { LONGEST_TITLE, isId, isRecord, isText, record } from "../common/json.js";
import { isVersion } from "../common/versions.js";

/**
 * @typedef {object} Idea
 * @property {string} id
 * @property {string} name
 * @property {string} note
 * @property {number} x From 1, the low end, to the board's `steps`.
 * @property {number} y
 * @property {Record<string, string>} marks By mark: the value that was chosen.
 *
 * @typedef {"low" | "high"} Side
 * @typedef {{title: string, low: string, high: string, question: string | null}} Axis
 * @typedef {{title: string, x: Side, y: Side}} Quadrant
 * @typedef {{title: string, question: string, values: Record<string, string>,
 *   blocks: Record<string, string>, prefer: "first" | "last" | null}} Mark
 *
 * @typedef {object} Board What the page knows of its matrix.
 * @property {{id: string, title: string, version: string}} framework
 * @property {{id: string, title: string, formerly: string[]}} matrix
 * @property {number} steps Places on an axis; the first half of them is the low side.
 * @property {number} most Ideas that a matrix holds.
 * @property {{name: number, note: number}} longest
 * @property {Axis} x
 * @property {Axis} y
 * @property {Record<string, Quadrant>} quadrants In the order of their rank.
 * @property {Record<string, Mark>} marks
 *
 * @typedef {object} Ranked
 * @property {Idea} idea
 * @property {number} rank From 1.
 * @property {string} quadrant Its id.
 * @property {string[]} held What keeps it from starting, in words; nothing where it can start.
 *
 * @typedef {{at: number, name: string, code: "shape" | "name" | "note" | "place" | "marks" | "twice", field: string}} Fault
 *   What is wrong with an idea of a file: the number of the idea from 1, its name if it has one, and
 *   for a place the axis.
 */

export const FORMAT = "maturity-ideas/1";
/** The largest file that is opened, in bytes. */
export const LARGEST_FILE = 1_000_000;
/** The most marks that an idea carries, those of other versions included; as in the schema. */
const MOST_MARKS = 100;

/** Why ideas could not be read; `code` is a key of the page's words. */
export class IdeasError extends Error {
  /**
   * @param {"not-json" | "not-ideas" | "newer" | "other-framework" | "other-matrix" | "too-large" | "too-many" | "empty" |
   *   "conflict" | "bad-json" | "is-answers" | "kind" | "not-loaded"} code
   * @param {Record<string, string | number>} [values] For the placeholders of the words.
   */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

// Places and ranks

/** Return the side of an axis that a place is on. @param {Board} board @param {number} place @returns {Side} */
const side = (board, place) => (place <= board.steps / 2 ? "low" : "high");

/** Return the id of the quadrant that a place is in. @param {Board} board @param {{x: number, y: number}} place */
export const quadrantOf = (board, { x, y }) =>
  Object.entries(board.quadrants).find(([, it]) => it.x === side(board, x) && it.y === side(board, y))?.[0] ?? "";

/** Return the value of a mark that an idea carries, or "". @param {Idea} idea @param {string} mark */
export const noted = ({ marks }, mark) => (Object.hasOwn(marks, mark) ? marks[mark] : "");

/** Return what keeps an idea from starting, in words. @param {Board} board @param {Idea} idea */
export const heldBy = (board, idea) =>
  Object.entries(board.marks).flatMap(([name, { blocks }]) => {
    const value = noted(idea, name);
    return Object.hasOwn(blocks, value) ? [blocks[value]] : [];
  });

/**
 * Return ideas in the order in which they deserve a look. First by quadrant, as the definition orders them;
 * in a quadrant what can start before what is held up; then by each mark that has a preferred end,
 * what has no such mark last; then by how near the best corner lies, which is that of the first
 * quadrant; at last in the order in which they were entered.
 * @param {Board} board
 * @param {Idea[]} ideas
 * @returns {Ranked[]}
 */
export function ranked(board, ideas) {
  const quadrants = Object.keys(board.quadrants);
  /** @param {Idea} idea @returns {number[]} */
  const key = (idea) => [
    quadrants.indexOf(quadrantOf(board, idea)),
    heldBy(board, idea).length ? 1 : 0,
    ...Object.entries(board.marks).map(([name, mark]) => preference(mark, noted(idea, name))),
    fromBest(board, idea),
  ];
  return ideas
    .map((idea) => ({ idea, key: key(idea) }))
    .sort((a, b) => a.key.reduce((order, mine, index) => order || mine - b.key[index], 0))
    .map(({ idea }, index) => ({
      idea,
      rank: index + 1,
      quadrant: quadrantOf(board, idea),
      held: heldBy(board, idea),
    }));
}

/** Return how far a value is from the preferred end; nothing noted is beyond the other end. @param {Mark} mark @param {string} value */
function preference({ values, prefer }, value) {
  if (!prefer) return 0;
  const names = Object.keys(values);
  if (!names.includes(value)) return names.length;
  return prefer === "first" ? names.indexOf(value) : names.length - 1 - names.indexOf(value);
}

/** Return the steps from the corner of the first quadrant, along both axes. @param {Board} board @param {Idea} idea */
function fromBest(board, idea) {
  const [best] = Object.values(board.quadrants);
  return (best.x === "low" ? idea.x : -idea.x) + (best.y === "low" ? idea.y : -idea.y);
}

// Changes

/** Return the whole step on an axis that is nearest to a place: 1 to `board.steps`. @param {Board} board @param {number} place */
export const nearestStep = (board, place) => Math.min(board.steps, Math.max(1, Math.round(place)));

/** Return a name as one line. White space is whatever any program calls so, as in the schema. @param {string} text */
export const tidy = (text) => text.replace(/[\s\x1c-\x1f\x85]+/gu, " ").trim();

/** Return an idea with an id of its own. @param {Omit<Idea, "id">} idea @returns {Idea} */
export const newIdea = (idea) => ({ ...idea, id: newId() });

/**
 * Return the ideas with others added: what is there already is left, and what is there with the same id and
 * reads otherwise becomes an idea of its own.
 * @param {Idea[]} ideas
 * @param {Idea[]} others
 */
export function joined(ideas, others) {
  const mine = new Map(ideas.map((idea) => [idea.id, text(idea)]));
  const more = others.filter((idea) => mine.get(idea.id) !== text(idea));
  return [...ideas, ...more.map((idea) => (mine.has(idea.id) ? newIdea(idea) : idea))];
}

/** Return what an idea says, to compare it. @param {Idea} idea */
const text = ({ name, note, x, y, marks }) => JSON.stringify([name, note, x, y, Object.entries(marks).sort()]);

// Writing and reading

/** Render ideas to a file. @param {Board} board @param {Idea[]} ideas @param {number} [indent] @returns {string} JSON. */
export function write({ framework, matrix }, ideas, indent) {
  const { id, title } = matrix;
  return JSON.stringify({ format: FORMAT, framework, matrix: { id, title }, ideas }, null, indent);
}

/**
 * Parse what `write` rendered, wherever it has been since.
 * @param {Board} board
 * @param {string} source
 * @returns {{ideas: Idea[], faults: Fault[]}} The ideas that are sound, and what is wrong with the others.
 * @throws {IdeasError}
 */
export function read(board, source) {
  const file = parsed(source);
  refuseOther(board, file);
  const all = /** @type {unknown[]} */ (file.ideas);
  if (all.length > board.most) throw new IdeasError("too-many", { count: all.length, most: board.most });
  /** @type {Idea[]} */
  const ideas = [];
  /** @type {Fault[]} */
  const faults = [];
  all.forEach((value, index) => {
    const idea = record(value);
    const wrong = faultOf(board, idea) ?? (ideas.some(({ id }) => id === idea.id) && { code: /** @type {const} */ ("twice"), field: "" });
    if (wrong) faults.push({ at: index + 1, name: typeof idea.name === "string" ? tidy(idea.name).slice(0, board.longest.name) : "", ...wrong });
    else ideas.push(taken(idea));
  });
  return { ideas, faults };
}

/** Return how many marks of ideas this version of the matrix does not know, or not their values. @param {Board} board @param {Idea[]} ideas */
export const foreign = ({ marks }, ideas) =>
  ideas.reduce((n, idea) => n + Object.entries(idea.marks).filter(([name, value]) => !isKnown(marks, name, value)).length, 0);

/** @param {Record<string, Mark>} marks @param {string} name @param {string} value */
const isKnown = (marks, name, value) => Object.hasOwn(marks, name) && Object.hasOwn(marks[name].values, value);

/** @param {string} source @returns {Record<string, unknown>} */
function parsed(source) {
  if (source.length > LARGEST_FILE) throw new IdeasError("too-large");
  try {
    return record(JSON.parse(source));
  } catch {
    throw new IdeasError("not-json");
  }
}

/** Throw IdeasError for what is no file of ideas, or is one of others. @param {Board} board @param {Record<string, unknown>} file */
function refuseOther(board, file) {
  const { format } = file;
  if (typeof format !== "string" || !format.startsWith("maturity-ideas/")) throw new IdeasError("not-ideas");
  if (format !== FORMAT) throw new IdeasError("newer");
  const [framework, matrix] = [record(file.framework), record(file.matrix)];
  const isSound = isNamed(framework) && isVersion(framework.version) && isNamed(matrix) && Array.isArray(file.ideas);
  if (!isSound) throw new IdeasError("not-ideas");
  /** @param {Record<string, unknown>} it */
  const named = ({ id, title }) => (typeof title === "string" && title.trim() ? title.slice(0, 200) : String(id));
  if (framework.id !== board.framework.id) throw new IdeasError("other-framework", { other: named(framework) });
  if (![board.matrix.id, ...board.matrix.formerly].includes(String(matrix.id)))
    throw new IdeasError("other-matrix", { other: named(matrix) });
}

/** Tell whether there is an id, and a sound title if any. @param {Record<string, unknown>} it */
const isNamed = ({ id, title = "" }) => isId(id) && isText(title, LONGEST_TITLE);

/**
 * Return the first thing that is wrong with an idea, or null.
 * @param {Board} board
 * @param {Record<string, unknown>} idea
 * @returns {Pick<Fault, "code" | "field"> | null}
 */
function faultOf({ longest, steps }, { id, name, note = "", x, y, marks = {} }) {
  /** @param {unknown} place */
  const isPlace = (place) => Number.isInteger(place) && Number(place) >= 1 && Number(place) <= steps;
  /** @type {[boolean, Fault["code"], string][]} */
  const rules = [
    [typeof id === "string" && ENTRY_ID.test(id), "shape", ""],
    [isText(name, longest.name) && tidy(name) !== "", "name", ""],
    [isText(note, longest.note), "note", ""],
    [isPlace(x), "place", "x"],
    [isPlace(y), "place", "y"],
    [areMarks(marks), "marks", ""],
  ];
  const [, code, field] = rules.find(([isSound]) => !isSound) ?? [];
  return code ? { code, field: field ?? "" } : null;
}

/** Tell whether a value is a map of ids of marks to ids of their values. @param {unknown} value */
const areMarks = (value) =>
  isRecord(value) && Object.keys(value).length <= MOST_MARKS && Object.entries(value).flat().every(isId);

/** Return what is taken of a sound idea. @param {Record<string, unknown>} idea @returns {Idea} */
function taken(idea) {
  const { id, name, note = "", x, y, marks = {} } = /** @type {Idea} */ (/** @type {unknown} */ (idea));
  return { id, name: tidy(name), note, x, y, marks: { ...marks } };
}
