/**
 * Files, tables and links that nobody wrote: thousands of them, for the pages' own readers. Each is read into something
 * whole, or refused with one of the errors that the pages have words for.
 */

import * as answers from "../../content/assets/assessment/answers.js";
import { Names } from "../../content/assets/assessment/names.js";
import { advise } from "../../content/assets/assessment/advice.js";
import { score } from "../../content/assets/assessment/scoring.js";
import { decode } from "../../content/assets/assessment/link-reader.js";
import * as links from "../../content/assets/assessment/link-writer.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { csv } from "../../content/assets/common/csv.js";
import { newId } from "../../content/assets/common/ids.js";
import { speaker } from "../../content/assets/common/speaker.js";
import * as ideas from "../../content/assets/matrix/ideas.js";

/**
 * @typedef {import("./luck.js").Luck} Luck
 * @typedef {import("../../content/assets/assessment/scoring.js").Questionnaire} Questionnaire
 * @typedef {import("../../content/assets/matrix/ideas.js").Board} Board
 * @typedef {{text: string, use: () => void, Refusal: Function}} Attack What to read, how, and how it may be refused.
 */

/** Milliseconds that nothing may take: of the processor where there is a clock for that, since others are at work too. */
export const SLOWEST = 3000;
/** @returns {number} In milliseconds. */
export const clock = () => ("process" in globalThis ? process.cpuUsage().user / 1000 : performance.now());
const STAND_INS = { proof: "x", reason: "x" };
const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", "0", "format", "framework", "assessment",
  "answers", "ideas", "matrix", "marks", "raters", "evidence", "id", "x", "y", "name", "version"];
const TEXTS = ["", " ", "\0", "\n", "\u2028", "\u202e", "\ud800", "\u{1f469}\u200d\u{1f4bb}", "=1+1", "'=1", '"', '""', ",", ";",
  "\t", "\r\n", "~", ".", "%", "%41", "%ud800", "#", "&", "<img src=x onerror=\"document.title='run'\">",
  "<script>document.title='run'</script>", "{n}", "{__proto__}", "$&", "__proto__", "constructor", "unknown", "not-applicable",
  "2026-11-25", "0000-00-00", "1.0.0", "99999999999999999999.0.0", "1.0.0-a.b", "maturity-answers/2", "maturity-ideas/2",
  "0123456789abcdef", "a".repeat(5000), "a-".repeat(3000), "-".repeat(9000), "1.".repeat(4000), " ".repeat(20000), '"'.repeat(9001)];
/** @type {any[]} */
const VALUES = [null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { toString: 1 }, { __proto__: null, a: 1 }, { length: 9 }];
const COLUMNS = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", "framework", "version"];

/**
 * Read so many of them.
 * @param {Luck} luck
 * @param {number} count
 * @param {Questionnaire} questionnaire
 * @param {Board} board
 * @returns {{failures: object[], accepted: Record<string, number>, refused: Record<string, number>}} What went otherwise,
 *   at most ten of them, and how many of each kind were read and refused.
 */
export function readHostile(luck, count, questionnaire, board) {
  const attacks = new Attacks(luck, questionnaire, board);
  const kinds = /** @type {const} */ (["file", "table", "link", "ideas"]);
  const accepted = { file: 0, table: 0, link: 0, ideas: 0 };
  const refused = { ...accepted };
  const failures = [];
  const before = properties();
  for (let number = 0; number < count; number += 1) {
    const kind = luck.pick(kinds);
    const state = luck.state;
    const attack = attacks[kind]();
    const { fault, isRefused } = read(attack);
    if (fault) failures.push({ kind, state, fault, text: attack.text.slice(0, 2000) });
    else (isRefused ? refused : accepted)[kind] += 1;
  }
  if (properties() !== before) failures.push({ fault: "a prototype was changed" });
  return { failures: failures.slice(0, 10), accepted, refused };
}

/** How it went with one of them. @param {Attack} attack */
function read({ use, Refusal }) {
  const start = clock();
  let [fault, isRefused] = ["", false];
  try {
    use();
  } catch (error) {
    isRefused = error instanceof Refusal;
    if (!isRefused) fault = `${error instanceof Error ? error.stack : error}`;
  }
  const time = clock() - start;
  return { fault: time > SLOWEST ? `it took ${time} ms` : fault, isRefused };
}

/** How many properties everything has. */
const properties = () => [Object.prototype, Array.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype)).length;

/** @param {unknown} holds @param {string} what */
function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}

/** What is right is made first, then broken. */
class Attacks {
  /** @param {Luck} luck @param {Questionnaire} questionnaire @param {Board} board */
  constructor(luck, questionnaire, board) {
    this.luck = luck;
    this.questionnaire = questionnaire;
    this.board = board;
    this.practices = Object.keys(questionnaire.practices);
    this.scale = Object.keys(questionnaire.scale);
    this.names = new Names(questionnaire, speaker({}, "en"));
    this.breaker = new Breaker(luck, [...NAMES, ...this.practices]);
  }

  /** A file of answers. @returns {Attack} */
  file() {
    const text = this.breaker.written(this.#file());
    return { text, use: () => this.#isWhole(answers.read(text)), Refusal: answers.UnreadableError };
  }

  /** A table of answers. @returns {Attack} */
  table() {
    const rows = Array.from({ length: this.luck.below(9) }, () => COLUMNS.map((column) => this.#cell(column)));
    const text = this.breaker.broken(csv([this.luck.some(["x"]), COLUMNS, ...rows]), [0, 1, 1, 3]);
    const byId = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, name]));
    const texts = (/** @type {string} */ id) => {
      const practice = Object.hasOwn(this.questionnaire.practices, id) ? this.questionnaire.practices[id] : undefined;
      return practice && { evidence: byId(practice.evidence), criteria: byId(practice.criteria) };
    };
    return { text, use: () => this.#isWhole(readTable(text, this.names, texts)), Refusal: answers.UnreadableError };
  }

  /** A link with answers; half of them are by a forger who knows how the check is made. @returns {Attack} */
  link() {
    const { saved } = answers.read(JSON.stringify(this.#file()));
    const link = links.encode(this.questionnaire, saved.assessment);
    const body = this.breaker.broken(link.slice("answers=".length, link.lastIndexOf("~")), [0, 1, 2]);
    const text = this.luck.happens(0.5) ? `answers=${body}~${links.checksum(body)}` : this.breaker.broken(link, [1, 2]);
    const use = () => {
      const { framework, answers: given, start } = decode(this.questionnaire, text, STAND_INS);
      const { assessment } = answers.blank(this.questionnaire, "");
      this.#isWhole({ saved: { framework, assessment: { ...assessment, start, answers: given } } });
    };
    return { text, use, Refusal: answers.UnreadableError };
  }

  /** A file of ideas. @returns {Attack} */
  ideas() {
    const text = this.breaker.written(this.#collection());
    const use = () => {
      const { ideas: list, faults } = ideas.read(this.board, text);
      ideas.ranked(this.board, list);
      const again = ideas.read(this.board, ideas.write(this.board, list));
      check(again.faults.length === 0, "ideas that were read can be written and read again");
      check(faults.every(({ at, name, code }) => at > 0 && typeof name === "string" && code), "a fault says where and what");
    };
    return { text, use, Refusal: ideas.IdeasError };
  }

  #file() {
    const { id, version, title } = this.questionnaire.framework;
    const raters = this.luck.some([1, 2]).map(() => ({ ...this.#person(), version }));
    return { format: answers.FORMAT, framework: { id, version, title }, assessment: { ...this.#person(), raters } };
  }

  #person() {
    const entries = this.luck.some(this.practices).map((id) => [id, this.#answer(id)]);
    return {
      id: newId(), unit: this.luck.pick(TEXTS), date: "2026-11-25", role: "", name: this.luck.pick(TEXTS), start: "", changed: "",
      answers: Object.fromEntries(entries),
    };
  }

  /** @param {string} practice */
  #answer(practice) {
    const { asked, criteria, evidence } = this.questionnaire.practices[practice];
    return {
      answer: this.luck.pick([...this.scale, "unknown", "not-applicable"]), asked, evidence: this.luck.some(evidence),
      criteria: this.luck.pick([null, this.luck.some([...criteria, "x"])]), confirm: this.luck.happens(0.3),
      proof: this.luck.pick(["", "x"]), reason: this.luck.pick(["", "x"]), note: this.luck.pick(TEXTS), owner: "", due: "",
    };
  }

  /** @param {string} column */
  #cell(column) {
    const { id, version } = this.questionnaire.framework;
    /** @type {Record<string, string>} */
    const right = {
      practice: this.luck.pick([...this.practices, ...NAMES]), answer: this.luck.pick([...this.scale, this.luck.pick(TEXTS)]),
      framework: id, version,
    };
    return (this.luck.happens(0.8) && right[column]) || this.luck.pick(TEXTS);
  }

  #collection() {
    const list = this.luck.some([1, 2, 3, 4, 5]).map(() => ({
      id: newId(), name: this.luck.pick(["x", "a b", this.luck.pick(TEXTS)]), note: "", x: this.#place(), y: this.#place(),
      marks: Object.fromEntries(
        this.luck.some(Object.entries(this.board.marks)).map(([key, { values }]) => [key, this.luck.pick(Object.keys(values))]),
      ),
    }));
    const { framework, matrix } = this.board;
    return structuredClone({ format: ideas.FORMAT, framework, matrix, ideas: list });
  }

  #place() {
    return 1 + this.luck.below(this.board.steps);
  }

  /** What was read holds together. @param {{saved: import("../../content/assets/assessment/answers.js").Saved}} read */
  #isWhole({ saved }) {
    const { questionnaire } = this;
    const again = answers.read(answers.write(saved));
    check(answers.write(again.saved) === answers.write(saved), "what was read can be written and read again");
    check(again.dropped === 0, "nothing of what was read is refused when it is read again");
    advise(questionnaire, score(questionnaire, answers.countedAnswers(questionnaire, saved.assessment.answers), ""));
    answers.carry(questionnaire, saved.assessment.answers);
    decode(questionnaire, links.encode(questionnaire, { ...saved.assessment, start: "" }), STAND_INS);
  }
}

/** Breaks trees and texts. */
class Breaker {
  /** @param {Luck} luck @param {string[]} keys What a map may have that it should not. */
  constructor(luck, keys) {
    this.luck = luck;
    this.keys = keys;
  }

  /** A tree as JSON, broken once or more before it is written, and at times afterwards. @param {object} tree */
  written(tree) {
    for (let times = this.luck.pick([1, 1, 2, 5]); times > 0; times -= 1) this.#breakTree(tree);
    return this.broken(JSON.stringify(tree), [0, 0, 0, 1]);
  }

  /** A text, broken so many times. @param {string} text @param {number[]} times One of these. */
  broken(text, times) {
    let left = this.luck.pick(times);
    for (; left > 0; left -= 1) text = this.#breakText(text);
    return text;
  }

  /** @returns {any} */
  #nasty() {
    return structuredClone(this.luck.pick([() => this.luck.pick(TEXTS), () => this.luck.pick(VALUES), () => this.luck.pick(this.keys)])());
  }

  /** @param {any} tree */
  #breakTree(tree) {
    const all = holders(tree);
    if (all.length > 2000) return;
    const holder = this.luck.pick(all);
    const keys = Object.keys(holder);
    const key = keys.length ? this.luck.pick(keys) : "0";
    const another = Array.isArray(holder) ? String(holder.length) : this.luck.pick(this.keys);
    this.luck.pick([
      () => delete holder[key],
      () => set(holder, key, this.#nasty()),
      () => set(holder, another, this.#nasty()),
      () => set(holder, another, structuredClone(this.luck.pick(all))),
      () => Array.isArray(holder) && holder.push(...Array(this.luck.below(99)).fill(this.#nasty())),
    ])();
  }

  /** @param {string} text */
  #breakText(text) {
    const at = this.luck.below(text.length + 1);
    const end = Math.min(text.length, at + this.luck.pick([1, 1, 2, 9, 200]));
    return this.luck.pick([
      () => text.slice(0, at) + text.slice(end),
      () => text.slice(0, at) + this.luck.pick(TEXTS) + text.slice(at),
      () => text.slice(0, end) + text.slice(at, end).repeat(this.luck.pick([1, 1, 50])) + text.slice(end),
      () => text.slice(0, at),
      () => text.slice(0, at) + "[".repeat(50_000) + text.slice(at),
      () => text.replaceAll(this.luck.pick([",", ".", "~", '"', "\n"]), this.luck.pick(TEXTS).slice(0, 9)),
    ])();
  }
}

/** Every map and list inside a value, itself included. @param {any} value @returns {any[]} */
const holders = (value) => (value && typeof value === "object" ? [value, ...Object.values(value).flatMap(holders)] : []);

/** Give a map or list a property of its own, whatever its name. @param {object} holder @param {string} key @param {unknown} value */
const set = (holder, key, value) =>
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
