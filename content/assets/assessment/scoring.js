/**
 * Scoring: from answers to levels, and to what to do next. Knows no page, no storage, no words.
 *
 * The rules stand on the site's page "How it works". Everything is read three ways by the same
 * rules: as claimed, as far as evidence goes, and with every open question at full credit.
 */

/**
 * @typedef {{label: string, value: number, needs_evidence: boolean}} Answer
 *
 * @typedef {object} Practice
 * @property {string} level
 * @property {string} dimension
 * @property {string} title
 * @property {boolean} essential
 * @property {number} value What it brings, 1 to 3.
 * @property {number} effort What it costs, 1 to 3.
 * @property {string[]} requires Practices that come first.
 * @property {string | null} owner
 * @property {string[]} formerly Ids that it had before.
 * @property {string[]} offered Its answers, lowest first.
 * @property {string[]} evidence Ids of its listed artifacts.
 * @property {boolean} may_be_not_applicable
 * @property {string} asked The fingerprint of what it asks.
 *
 * @typedef {object} Questionnaire
 * @property {{id: string, title: string, version: string}} framework
 * @property {Record<string, {title: string, formerly?: string[]}>} levels In order.
 * @property {Record<string, {title: string}>} dimensions In order.
 * @property {Record<string, {title: string}>} roles
 * @property {Record<string, Answer>} scale In order.
 * @property {{threshold: number, passing: number, level_means: "working" | "achieved"}} scoring
 * @property {Record<string, Practice>} practices In order.
 *
 * @typedef {object} Given What counts of an answer.
 * @property {string} answer
 * @property {boolean} proven Whether there is evidence for it.
 * @property {boolean} reasoned Whether "not applicable" has its reason.
 *
 * @typedef {"answered" | "unknown" | "left-out" | "assumed" | "open"} State
 *
 * @typedef {object} Cell One dimension at one level.
 * @property {string} level
 * @property {string} dimension
 * @property {string[]} practices Less those that are not applicable.
 * @property {string[]} open
 * @property {string[]} failing Essential practices with an answer below `passing`.
 * @property {number} mean Of the credits, 0 to 1; 1 where no practice is left.
 * @property {boolean} complete
 *
 * @typedef {object} View The answers read in one way.
 * @property {(practice: string) => number} credit 0 to 1.
 * @property {Map<string, Map<string, Cell>>} cells By level, then dimension.
 * @property {Record<string, number>} completed Levels completed, by dimension.
 * @property {Record<string, number>} progress Levels completed and the share of the next one.
 * @property {number} overall Levels completed in every dimension.
 * @property {number} at The level one is at, from 1; 0 before the first one is achieved.
 *
 * @typedef {object} Result
 * @property {Map<string, State>} states By practice.
 * @property {View} claimed
 * @property {View} evidenced
 * @property {View} possible
 * @property {string[]} waiting Practices whose answer needs evidence and has none.
 * @property {boolean} settled Whether open questions cannot change the level.
 * @property {boolean} mayStop Whether, besides, all that decides the level is answered.
 * @property {string | null} deciding The lowest incomplete level.
 *
 * @typedef {"essential" | "distance" | "more" | "required"} Reason
 *   `essential`: the gate stays closed without it; `distance`: it is among the fewest that
 *   complete its cell; `more`: its cell is incomplete; `required`: another one comes after it.
 *
 * @typedef {object} Step
 * @property {string} practice
 * @property {Reason} reason
 * @property {string | null} before The practice that it comes before, where that is the reason.
 *
 * @typedef {object} Advice
 * @property {Record<string, string[]>} distance The fewest practices that complete the deciding
 *   level, by dimension.
 * @property {number} count How many these are.
 * @property {Step[]} steps
 * @property {Step[]} answerFirst
 * @property {Step[]} findOut
 * @property {string[]} showEvidence
 * @property {string[]} notApplicable
 */

export const UNKNOWN = "unknown";
export const NOT_APPLICABLE = "not-applicable";

const TOLERANCE = 1e-9;
/** The most that an incomplete level adds to progress, so that it never reads as complete. */
const NEARLY = 0.99;

/**
 * Whether `value` reaches `limit`, sums of decimal fractions included.
 * @param {number} value
 * @param {number} limit
 */
export const reaches = (value, limit) => value >= limit - TOLERANCE;

/**
 * Score a set of answers.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, Given>} given By practice.
 * @param {string} [start] The level at which the answering began; earlier ones are assumed.
 * @returns {Result}
 */
export function score(questionnaire, given, start = "") {
  const states = statesOf(questionnaire, given, start);
  const claimed = view(questionnaire, states, (id) => {
    const state = states.get(id);
    return state === "assumed" ? 1 : state === "answered" ? valueOf(questionnaire, id, given) : 0;
  });
  const evidenced = view(
    questionnaire,
    states,
    (id) => (states.get(id) === "answered" ? provenValue(questionnaire, id, given) : 0),
    (state) => state === "open" || state === "assumed",
  );
  const possible = view(
    questionnaire,
    states,
    (id) => (states.get(id) === "open" ? 1 : claimed.credit(id)),
    () => false,
  );
  const levels = Object.keys(questionnaire.levels);
  const deciding = levels[claimed.overall] ?? null;
  const settled = claimed.at === possible.at;
  return {
    states,
    claimed,
    evidenced,
    possible,
    waiting: waiting(questionnaire, states, given),
    settled,
    mayStop: settled && !(deciding && hasOpen(claimed, deciding)),
    deciding,
  };
}

/**
 * The cell of a level and a dimension.
 * @param {View} view
 * @param {string} level
 * @param {string} dimension
 * @returns {Cell}
 */
export const cellOf = (view, level, dimension) =>
  /** @type {Cell} */ (view.cells.get(level)?.get(dimension));

/**
 * @param {Questionnaire} questionnaire
 * @param {Map<string, Given>} given
 * @param {string} start
 * @returns {Map<string, State>}
 */
function statesOf(questionnaire, given, start) {
  const levels = Object.keys(questionnaire.levels);
  const first = levels.indexOf(start);
  const assumed = new Set(levels.slice(0, Math.max(0, first)));
  return new Map(
    Object.entries(questionnaire.practices).map(([id, practice]) => {
      const state = stateOf(practice, given.get(id));
      return [id, state === "open" && assumed.has(practice.level) ? "assumed" : state];
    }),
  );
}

/**
 * @param {Practice} practice
 * @param {Given | undefined} given
 * @returns {State}
 */
export function stateOf(practice, given) {
  if (given?.answer === UNKNOWN) return "unknown";
  if (given?.answer === NOT_APPLICABLE)
    return practice.may_be_not_applicable && given.reasoned ? "left-out" : "open";
  return given && practice.offered.includes(given.answer) ? "answered" : "open";
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string} id Of an answered practice.
 * @param {Map<string, Given>} given
 */
function valueOf(questionnaire, id, given) {
  return questionnaire.scale[/** @type {Given} */ (given.get(id)).answer].value;
}

/**
 * The value that an answer has by its evidence.
 * @param {Questionnaire} questionnaire
 * @param {string} id Of an answered practice.
 * @param {Map<string, Given>} given
 */
function provenValue(questionnaire, id, given) {
  const { answer, proven } = /** @type {Given} */ (given.get(id));
  const counts = proven ? answer : withoutEvidence(questionnaire, id, answer);
  return questionnaire.scale[counts].value;
}

/**
 * What an answer counts as while it has no evidence: the highest one up to it that needs none,
 * among those that the practice offers.
 * @param {Questionnaire} questionnaire
 * @param {string} id
 * @param {string} answer
 * @returns {string}
 */
export function withoutEvidence(questionnaire, id, answer) {
  const { offered } = questionnaire.practices[id];
  const upTo = offered.slice(0, offered.indexOf(answer) + 1);
  return upTo.findLast((name) => !questionnaire.scale[name].needs_evidence) ?? offered[0];
}

/**
 * @param {Questionnaire} questionnaire
 * @param {Map<string, State>} states
 * @param {Map<string, Given>} given
 */
function waiting(questionnaire, states, given) {
  return [...states.keys()].filter((id) => {
    const answer = given.get(id);
    return (
      states.get(id) === "answered" &&
      answer &&
      !answer.proven &&
      questionnaire.scale[answer.answer].needs_evidence
    );
  });
}

/**
 * @param {View} view
 * @param {string} level
 */
const hasOpen = (view, level) =>
  [...(view.cells.get(level)?.values() ?? [])].some((cell) => cell.open.length > 0);

/**
 * Read the answers in one way.
 * @param {Questionnaire} questionnaire
 * @param {Map<string, State>} states
 * @param {(practice: string) => number} credit
 * @param {(state: State | undefined) => boolean} isOpen Whether a state counts as no answer.
 * @returns {View}
 */
function view(questionnaire, states, credit, isOpen = (state) => state === "open") {
  const { scoring, practices } = questionnaire;
  const levels = Object.keys(questionnaire.levels);
  const cells = new Map();
  for (const [level, row] of layout(questionnaire)) {
    const seen = new Map();
    for (const [dimension, ids] of row) {
      const left = ids.filter((id) => states.get(id) !== "left-out");
      const open = left.filter((id) => isOpen(states.get(id)));
      const failing = left.filter(
        (id) =>
          practices[id].essential &&
          !isOpen(states.get(id)) &&
          !reaches(credit(id), scoring.passing),
      );
      const mean = left.length ? left.reduce((sum, id) => sum + credit(id), 0) / left.length : 1;
      const complete = !open.length && !failing.length && reaches(mean, scoring.threshold);
      seen.set(dimension, { level, dimension, practices: left, open, failing, mean, complete });
    }
    cells.set(level, seen);
  }
  return { credit, cells, ...levelsOf(questionnaire, levels, cells) };
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string[]} levels
 * @param {Map<string, Map<string, Cell>>} cells
 */
function levelsOf(questionnaire, levels, cells) {
  /** @type {Record<string, number>} */
  const completed = {};
  /** @type {Record<string, number>} */
  const progress = {};
  for (const dimension of Object.keys(questionnaire.dimensions)) {
    const column = levels.map((level) => /** @type {Cell} */ (cells.get(level)?.get(dimension)));
    const gap = column.findIndex((cell) => !cell.complete);
    completed[dimension] = gap < 0 ? levels.length : gap;
    progress[dimension] = gap < 0 ? levels.length : gap + Math.min(NEARLY, column[gap].mean);
  }
  const overall = Math.min(...Object.values(completed));
  const working = questionnaire.scoring.level_means === "working";
  return { completed, progress, overall, at: working ? Math.min(overall + 1, levels.length) : overall };
}

/** @type {WeakMap<Questionnaire, Map<string, Map<string, string[]>>>} */
const layouts = new WeakMap();

/**
 * The practices of every level and dimension.
 * @param {Questionnaire} questionnaire
 */
function layout(questionnaire) {
  let found = layouts.get(questionnaire);
  if (!found) {
    const dimensions = Object.keys(questionnaire.dimensions);
    found = new Map(
      Object.keys(questionnaire.levels).map((level) => [
        level,
        new Map(dimensions.map((dimension) => [dimension, /** @type {string[]} */ ([])])),
      ]),
    );
    for (const [id, { level, dimension }] of Object.entries(questionnaire.practices))
      found.get(level)?.get(dimension)?.push(id);
    layouts.set(questionnaire, found);
  }
  return found;
}

// What to do next

/**
 * What to do next, by the answers as claimed.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @returns {Advice}
 */
export function advise(questionnaire, result) {
  const order = nextStepOrder(questionnaire);
  /** @type {Record<string, string[]>} */
  const distance = {};
  if (result.deciding)
    for (const dimension of Object.keys(questionnaire.dimensions)) {
      const cell = cellOf(result.claimed, result.deciding, dimension);
      distance[dimension] = distanceOf(questionnaire, result, cell, order);
    }
  const nearest = new Set(Object.values(distance).flat());
  const steps = walk(questionnaire, result, candidates(result, nearest, order), nearest);
  /** @param {(state: string | undefined) => boolean} chosen */
  const those = (chosen) => steps.filter((step) => chosen(result.states.get(step.practice)));
  return {
    distance,
    count: nearest.size,
    steps: those((state) => state === "answered"),
    answerFirst: those((state) => state === "open"),
    findOut: those((state) => state === "unknown"),
    showEvidence: byLevel(questionnaire, result.waiting, order),
    notApplicable: [...result.states.keys()].filter((id) => result.states.get(id) === "left-out"),
  };
}

/**
 * Essential first, then what brings most for its effort, then as in the file.
 * @param {Questionnaire} questionnaire
 * @returns {(a: string, b: string) => number}
 */
function nextStepOrder({ practices }) {
  const place = new Map(Object.keys(practices).map((id, index) => [id, index]));
  /** @param {string} id */
  const worth = (id) => practices[id].value / practices[id].effort;
  return (a, b) =>
    Number(practices[b].essential) - Number(practices[a].essential) ||
    worth(b) - worth(a) ||
    Number(place.get(a)) - Number(place.get(b));
}

/**
 * The fewest practices to bring to full credit so that a cell is complete.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {Cell} cell
 * @param {(a: string, b: string) => number} order
 */
function distanceOf(questionnaire, { claimed }, cell, order) {
  if (cell.complete) return [];
  const { threshold } = questionnaire.scoring;
  const needed = new Set([...cell.open, ...cell.failing]);
  const others = cell.practices
    .filter((id) => !needed.has(id))
    .sort((a, b) => claimed.credit(a) - claimed.credit(b) || order(a, b));
  let sum = needed.size + others.reduce((total, id) => total + claimed.credit(id), 0);
  for (const id of others) {
    if (reaches(sum / cell.practices.length, threshold)) break;
    sum += 1 - claimed.credit(id);
    needed.add(id);
  }
  return [...needed].sort(order);
}

/**
 * What could be raised at the deciding level, the nearest first.
 * @param {Result} result
 * @param {Set<string>} nearest
 * @param {(a: string, b: string) => number} order
 */
function candidates({ claimed, deciding }, nearest, order) {
  const cells = deciding ? [...(claimed.cells.get(deciding)?.values() ?? [])] : [];
  return cells
    .filter((cell) => !cell.complete)
    .flatMap((cell) => cell.practices.filter((id) => !reaches(claimed.credit(id), 1)))
    .sort((a, b) => Number(nearest.has(b)) - Number(nearest.has(a)) || order(a, b));
}

/**
 * The candidates, each after what it requires.
 * @param {Questionnaire} questionnaire
 * @param {Result} result
 * @param {string[]} wanted
 * @param {Set<string>} nearest
 * @returns {Step[]}
 */
function walk({ practices, scoring }, { claimed, states }, wanted, nearest) {
  const own = new Set(wanted);
  /** @type {Map<string, Step>} */
  const steps = new Map();
  /** @param {string} id @returns {Reason} */
  const reason = (id) => {
    if (!own.has(id)) return "required";
    if (practices[id].essential && !reaches(claimed.credit(id), scoring.passing))
      return "essential";
    return nearest.has(id) ? "distance" : "more";
  };
  const visited = new Set();
  /** @param {string} id @param {string | null} before */
  const visit = (id, before) => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const other of practices[id].requires)
      if (states.get(other) !== "left-out" && !reaches(claimed.credit(other), scoring.passing))
        visit(other, id);
    steps.set(id, { practice: id, reason: reason(id), before });
  };
  for (const id of wanted) visit(id, null);
  return [...steps.values()];
}

/**
 * @param {Questionnaire} questionnaire
 * @param {string[]} ids
 * @param {(a: string, b: string) => number} order
 */
function byLevel({ levels, practices }, ids, order) {
  const number = new Map(Object.keys(levels).map((level, index) => [level, index]));
  /** @param {string} id */
  const place = (id) => Number(number.get(practices[id].level));
  return [...ids].sort((a, b) => place(a) - place(b) || order(a, b));
}
