/**
 * What people really bring: files, tables, links and ideas as programs and hands leave them. Each is drawn with what must come of it:
 * what was in it is taken as it was, or a line names it with its value, or it is refused with an error that the pages have words for.
 */

import { UnreadableError, blank, noAnswer, write } from "../../content/assets/assessment/answers.js";
import { decode } from "../../content/assets/assessment/link-reader.js";
import { fragmentOf } from "../../content/assets/assessment/link.js";
import { encode } from "../../content/assets/assessment/link-writer.js";
import { Names } from "../../content/assets/assessment/names.js";
import { readBytes } from "../../content/assets/assessment/opened.js";
import { readTable } from "../../content/assets/assessment/table.js";
import { SEPARATORS, csv } from "../../content/assets/common/csv.js";
import { shown } from "../../content/assets/common/json-source.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { SLOWEST, clock } from "./hostile.js";
import * as ideas from "../../content/assets/matrix/ideas.js";
import { readBytes as readIdeas } from "../../content/assets/matrix/opened.js";

/**
 * @typedef {import("./luck.js").Luck} Luck
 * @typedef {import("../../content/assets/assessment/scoring.js").Questionnaire} Questionnaire
 * @typedef {import("../../content/assets/assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("../../content/assets/assessment/answers.js").Saved} Saved
 *
 * @typedef {object} Case Something that somebody brings.
 * @property {Uint8Array | string} brought
 * @property {string[]} troubles What was done to it.
 * @property {() => Promise<Taken>} read
 * @property {Saved["assessment"]} truth What was in it; what must only be named is taken out.
 * @property {string[]} named What must be named.
 * @property {string[]} remarked What must be said otherwise.
 * @property {string} refusal The code of the error with which it must be refused; "" for none.
 *
 * @typedef {{answers: Map<string, Partial<StoredAnswer>>, about: Record<string, string>, lines: string[], remarks: string[]}} Taken
 */

const TEXTS = ["as agreed", "Größe geprüft", "naïve, “so-so”", 'said "no"', "a; b", "a, b", "a | b", "tab\there", "two\nlines", "=1+1", "-3 %", "'quoted'",
  "ml Прод", "日本語", "👩‍💻 ok", "0042", "https://example.org/a?b=c#d", "Zoë – 5 €", "x".repeat(300), "{n} of {total}", "<b>", "100%25"];
const NAMES = ["Ida", "Jörg", "O’Neil", "Ann, Bo"];
const INVISIBLE = ["\u200b", "\ufeff", "\u00ad", "\u2060"];
const SPACES = [" ", "\u00a0", "  ", "\u2009"];
const ABOVE = ["Answers, third quarter", "Team: Search; Ads", "Exported 24.11.2026", "Größe\t1"];
const STAND_INS = { proof: "given", reason: "given" };
/** Each byte of windows-1252 by its letter. */
const NARROW = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder("windows-1252").decode(new Uint8Array([byte])), byte]));

/**
 * Read so many of them.
 * @param {Luck} luck
 * @param {number} count
 * @param {Questionnaire} questionnaire
 * @param {ideas.Board} board
 * @param {Record<string, string>} words Of the pages.
 * @returns {Promise<{failures: object[], taken: Record<string, number>, refused: Record<string, number>, troubles: Record<string, number>}>}
 */
export async function readBrought(luck, count, questionnaire, board, words) {
  const draw = new Draw(luck, questionnaire, board, words);
  const kinds = /** @type {const} */ (["file", "table", "table", "link", "ideas"]);
  const counts = /** @type {Record<"taken" | "refused" | "troubles", Record<string, number>>} */ ({ taken: {}, refused: {}, troubles: {} });
  const { taken, refused, troubles } = counts;
  const failures = [];
  for (let number = 0; number < count && failures.length < 10; number += 1) {
    const [kind, state] = [luck.pick(kinds), luck.state];
    const one = draw[kind]();
    const faults = await judge(one, words);
    for (const trouble of one.troubles) troubles[trouble] = (troubles[trouble] ?? 0) + 1;
    if (faults.length) failures.push({ kind, state, faults, troubles: one.troubles, brought: plain(one.brought).slice(0, 1500) });
    const counted = one.refusal ? refused : taken;
    counted[kind] = (counted[kind] ?? 0) + 1;
  }
  return { failures, ...counts };
}

/** @param {Uint8Array | string} brought */
const plain = (brought) => (typeof brought === "string" ? brought : new TextDecoder(brought[0] === 255 ? "utf-16le" : "utf-8").decode(brought));

/** A value as a text; "" for one that says nothing. @param {unknown} value */
const spoken = (value) => (["[]", "{}", "null", "false"].includes(shown(value)) ? "" : shown(value));

/** What is wrong with what came of it. @param {Case} one @param {Record<string, string>} words */
async function judge({ read, truth, named, remarked, refusal }, words) {
  const start = clock();
  /** @type {Taken} */
  let taken;
  try {
    taken = await read();
  } catch (error) {
    const isKnown = error instanceof UnreadableError || error instanceof ideas.IdeasError;
    if (!isKnown) return [String(error instanceof Error ? error.stack : error)];
    const hasWords = `error.${error.code}` in words;
    return error.code === refusal && hasWords ? [] : [`refused with ${error.code}, wanted ${refusal || "no refusal"}${hasWords ? "" : ", which has no words"}`];
  }
  if (refusal) return [`not refused with ${refusal}`];
  const faults = clock() - start > SLOWEST ? ["slow"] : [];
  for (const [id, stored] of truth.answers) {
    const got = taken.answers.get(id);
    for (const [key, value] of Object.entries(stored))
      if (spoken(value) !== spoken(/** @type {any} */ (got)?.[key])) faults.push(`${id}.${key}: ${shown(got)} for ${shown(value)}`);
  }
  for (const key of /** @type {const} */ (["unit", "date", "role", "name"])) if (shown(truth[key]) !== shown(taken.about[key])) faults.push(`${key}: ${taken.about[key]} for ${truth[key]}`);
  const all = taken.lines.map(shown).join("\n");
  for (const value of named) if (!all.includes(shown(value))) faults.push(`not named: ${shown(value)} in ${all}`);
  if (!named.length && all) faults.push(`named without need: ${all}`);
  for (const value of remarked) if (!taken.remarks.join(" ").includes(value)) faults.push(`not said: ${value} in ${taken.remarks.join(" ")}`);
  if (!remarked.length && taken.remarks.length) faults.push(`said without need: ${taken.remarks.join(" ")}`);
  return faults;
}

/** Draws them. */
class Draw {
  /** @param {Luck} luck @param {Questionnaire} questionnaire @param {ideas.Board} board @param {Record<string, string>} words */
  constructor(luck, questionnaire, board, words) {
    this.luck = luck;
    this.questionnaire = questionnaire;
    this.board = board;
    this.words = words;
    this.names = new Names(questionnaire, speaker(words, "en"));
    this.practices = Object.keys(questionnaire.practices);
  }

  /** A file that a page has saved. @returns {Case} */
  file() {
    const { luck } = this;
    const saved = this.#saved();
    const one = this.#case(saved);
    const tree = JSON.parse(write(saved));
    if (luck.happens(0.5)) this.#ownKeys(tree, one);
    let text = JSON.stringify(tree, null, luck.pick([0, 1, 2, "\t"]));
    if (luck.happens(0.2)) text = text.replaceAll("\n", "\r\n");
    if (luck.happens(0.3)) text = this.#damaged(text, one);
    return this.#read(one, luck.pick(["", "", "\n", "\u200b\n"]) + text);
  }

  /** A table that a spreadsheet has saved. @returns {Case} */
  table() {
    const { luck } = this;
    const saved = this.#saved();
    const sheet = new Sheet(luck, this.names, saved);
    const one = this.#case(sheet.saved);
    sheet.trouble(one);
    return this.#read(one, sheet.written(one));
  }

  /** A link that programs have passed on. @returns {Case} */
  link() {
    const { luck, questionnaire } = this;
    const saved = this.#saved();
    const one = this.#case({ ...saved, assessment: { ...saved.assessment, date: "", role: "", name: "" } });
    for (const [id, stored] of one.truth.answers) one.truth.answers.set(id, /** @type {StoredAnswer} */ ({ answer: stored.answer, criteria: stored.criteria }));
    const more = structuredClone(questionnaire);
    if (luck.happens(0.2)) {
      const [first] = this.practices;
      more.practices.gone = questionnaire.practices[first];
      saved.assessment.answers.set("gone", { ...noAnswer(), answer: questionnaire.practices[first].offered[0] });
      one.named.push(this.names.answer(questionnaire.practices[first].offered[0]));
      one.troubles.push("unknown practice");
    }
    const link = `https://example.org/score/#${encode(more, saved.assessment, saved.assessment.unit)}`;
    const brought = this.#passedOn(link, one);
    const read = async () => {
      const { answers, unit, lost, isUnitLost } = decode(questionnaire, fragmentOf(brought), STAND_INS);
      const lines = lost.map(({ practice, answer }) => `${practice}: ${this.names.answer(answer)}`);
      return { answers, about: { unit, date: "", role: "", name: "" }, lines, remarks: isUnitLost ? ["unit"] : [] };
    };
    return { ...one, brought, read };
  }

  /** A file of ideas. @returns {Case} */
  ideas() {
    const { luck, board } = this;
    const one = this.#case(blank(this.questionnaire, ""));
    const list = Array.from({ length: luck.below(5) }, (_, n) => ({ id: `idea-000${n}`, name: luck.pick(TEXTS).slice(0, 100), note: luck.pick(TEXTS), x: 1 + luck.below(board.steps), y: 1, marks: {} }));
    const tree = JSON.parse(ideas.write(board, list));
    if (luck.happens(0.4)) {
      const value = luck.pick(TEXTS);
      luck.pick([tree, ...tree.ideas]).own = value;
      one.named.push(value);
      one.troubles.push("own key");
    }
    let text = JSON.stringify(tree, null, luck.pick([0, 1, 2]));
    if (luck.happens(0.3)) text = this.#damaged(text, { ...one, named: [] }, one);
    const { bytes, isGuessed } = this.#encoded(text, one);
    if (isGuessed) one.remarked.push("guessed");
    const read = async () => {
      const opened = readIdeas(board, bytes);
      if (shown(opened.ideas) !== shown(list.map((idea) => ({ ...idea, name: ideas.tidy(idea.name) })))) throw new Error(`ideas differ: ${shown(opened.ideas)}`);
      return { answers: new Map(), about: { unit: "", date: "", role: "", name: "" }, lines: opened.unread.map(({ value }) => value || "twice"), remarks: opened.remarks };
    };
    return { ...one, brought: bytes, read };
  }

  /** @returns {Saved} */
  #saved() {
    const { luck } = this;
    const { framework, assessment } = blank(this.questionnaire, luck.pick(["2026-11-24", "2025-01-31"]));
    const chosen = luck.some(this.practices);
    const answers = new Map((chosen.length ? chosen : this.practices.slice(0, 1)).map((id) => [id, this.#answer(id)]));
    return { framework, assessment: { ...assessment, unit: luck.pick(["Search", "Suche & Größe", "Ads; EU"]), role: luck.pick(["Lead", "Kü\u0308che"]), name: luck.pick(NAMES), answers } };
  }

  /** @param {string} id @returns {StoredAnswer} */
  #answer(id) {
    const { luck, questionnaire } = this;
    const { offered, asked, evidence, criteria } = questionnaire.practices[id];
    const answer = luck.pick([...offered, "unknown"]);
    const text = () => (luck.happens(0.3) ? luck.pick(TEXTS) : "");
    const isPartly = questionnaire.scale[answer]?.needs_criteria && criteria.length > 1 && luck.happens(0.4);
    return { ...noAnswer(), answer, asked, criteria: isPartly ? criteria.slice(1) : null, evidence: luck.some(evidence), proof: text(), note: text(), owner: text(), due: luck.pick(["", "2026-12-24"]) };
  }

  /** @param {Saved} saved @returns {Case} */
  #case({ assessment }) {
    const truth = { ...assessment, answers: new Map([...assessment.answers].map(([id, stored]) => [id, { ...stored }])) };
    return { brought: "", troubles: [], read: async () => ({ answers: new Map(), about: {}, lines: [], remarks: [] }), truth, named: [], remarked: [], refusal: "" };
  }

  /** @param {Case} one @param {string} text @returns {Case} */
  #read(one, text) {
    const { bytes, isGuessed } = this.#encoded(text, one);
    if (isGuessed) one.remarked.push(this.words.guessed);
    const texts = (/** @type {string} */ id) => textsOf(this.questionnaire, id);
    const read = async () => {
      const { saved, faults, uncounted, remarks } = await readBytes(bytes, this.names, texts, async () => readTable);
      const { unit, date, role, name, answers } = saved.assessment;
      return { answers, about: { unit, date, role, name }, lines: [...faults, ...uncounted], remarks };
    };
    return { ...one, brought: bytes, read };
  }

  /** Keys and values that no page writes. @param {any} tree @param {Case} one */
  #ownKeys(tree, one) {
    const { luck } = this;
    const { answers } = tree.assessment;
    const id = luck.pick(Object.keys(answers));
    const truth = /** @type {any} */ (one.truth.answers.get(id));
    const value = luck.pick([...TEXTS, 5, ["a"], { a: "b" }, true]);
    const set = (/** @type {string} */ key, /** @type {unknown} */ odd) => {
      answers[id][key] = odd;
      delete truth[key];
      one.named.push(shown(odd));
    };
    const [trouble, make] = luck.pick([
      ["own key of an answer", () => set("comment", value)],
      ["own key", () => ((tree.assessment.remark = value), one.named.push(shown(value)))],
      ["no day", () => set("due", "24.12.26")],
      ["too long", () => set("note", "y".repeat(4001))],
      ["of another type", () => set("owner", luck.pick([7, ["Ann"], { name: "Ann" }]))],
      ["no id", () => ((answers["Not an id"] = { answer: "x", note: shown(value) }), one.named.push("Not an id"))],
      ["unknown practice", () => ((answers["gone-since"] = { answer: "some" }), one.named.push("gone-since"))],
    ]);
    one.troubles.push(trouble);
    make();
  }

  /** What hands and programs do to JSON, after which it is refused. @param {string} text @param {Case} one @param {Case} [other] Whose refusal it is. */
  #damaged(text, one, other = one) {
    const isIdeas = other !== one;
    const [code, made] = this.luck.pick([
      ["not-json", text.slice(0, text.length - 2 - this.luck.below(40))],
      ["bad-json", text.replace(/\}(\s*)$/, ",}$1")],
      ["bad-json", `${text}\n${text}`],
      ["conflict", `<<<<<<< HEAD\n${text}\n=======\n${text}\n>>>>>>> theirs\n`],
      [isIdeas ? "kind" : "around", `Here they are:\n${text}\n`],
      ["empty", "\ufeff \n"],
    ]);
    other.refusal = code;
    other.troubles.push(`damaged: ${code}`);
    return made;
  }

  /** @param {string} text @param {Case} one */
  #encoded(text, one) {
    const { luck } = this;
    const wide = Buffer.from(text, "utf16le");
    const isNarrow = [...text].every((letter) => NARROW.has(letter));
    const isLatin = [...text.slice(0, 120)].every((letter) => letter <= "\u00ff") && text.length > 40;
    const narrow = () => Uint8Array.from([...text], (letter) => NARROW.get(letter) ?? 63);
    const [name, bytes] = luck.pick([
      ["UTF-8", Buffer.from(text)],
      ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
      ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
      ["UTF-16 the other way", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
      isLatin ? ["UTF-16 without a mark", luck.happens(0.5) ? wide : Buffer.from(wide).swap16()] : ["UTF-8", Buffer.from(text)],
      isNarrow ? ["windows-1252", narrow()] : ["UTF-8", Buffer.from(text)],
    ]);
    one.troubles.push(name);
    const isGuessed = name === "windows-1252" && /[^\0-\x7f]/.test(text);
    return { bytes: new Uint8Array(bytes), isGuessed: isGuessed && !one.refusal };
  }

  /** @param {string} link @param {Case} one */
  #passedOn(link, one) {
    const { luck } = this;
    let text = link;
    const add = (/** @type {string} */ name, /** @type {string} */ made) => {
      text = made;
      one.troubles.push(name);
    };
    for (let n = luck.below(4); n > 0; n -= 1)
      luck.pick([
        () => add("escaped", encodeURIComponent(text)),
        () => add("a mail program's wrapper", `https://safe.example.com/?url=${encodeURIComponent(text)}&data=05%7C01%7C~ab~&reserved=0`),
        () => add("a chat's wrapper", `https://l.example.com/l.php?u=${encodeURIComponent(text)}&h=AT0~x`),
        () => text.includes("urldefense") || add("a filter's wrapper", starred(text)),
        () => add("signs escaped for HTML", text.replace(/[#=~]/g, (sign) => `&#${sign.charCodeAt(0)};`)),
        () => add("signs escaped", text.replaceAll("~", "%7E").replace("answers=", "answers%3D").replace("#", "%23")),
      ])();
    for (let n = luck.below(3); n > 0; n -= 1)
      luck.pick([
        () => add("among words", `Mine: ${text} – 100 % done.`),
        () => add("in angle brackets", `<${text}>`),
        () => add("for HTML", `<a href="${text.replaceAll("&", "&amp;")}">${text.replaceAll("&", "&amp;")}</a>`),
        () => add("an invisible character", `${text.slice(0, -20)}${luck.pick(INVISIBLE)}${text.slice(-20)}`),
      ])();
    const at = Math.max(text.search(/answers/i) + 12, luck.below(text.length));
    luck.pick([
      () => {},
      () => {},
      () => add("a mail's lines", `${text.slice(0, at)}=\r\n${text.slice(at)}`),
      () => add("a reply's lines", `> ${text.slice(0, at)}\n> ${text.slice(at)}`),
    ])();
    return text;
  }
}

/** A link as Proofpoint wraps it: characters that it takes for odd are stars, one for each or two and how many. @param {string} link */
function starred(link) {
  const stars = link.replace(/[#~*]+/g, ({ length }) => (length > 1 ? `**${"_ABCDEFGH"[length - 1]}` : "*"));
  return `https://urldefense.com/v3/__${stars}__;${btoa(link.replace(/[^#~*]/g, ""))}!!Ab_c!x$`;
}

/** What a practice's listed artifacts and criteria are called here. @param {Questionnaire} questionnaire @param {string} id */
function textsOf({ practices }, id) {
  const called = (/** @type {string[]} */ ids) => Object.fromEntries(ids.map((one) => [one, `The ${one}`]));
  return Object.hasOwn(practices, id) ? { evidence: called(practices[id].evidence), criteria: called(practices[id].criteria) } : undefined;
}

/** A table and what becomes of it in a spreadsheet. */
class Sheet {
  /** @param {Luck} luck @param {Names} names @param {Saved} saved */
  constructor(luck, names, saved) {
    this.luck = luck;
    this.names = names;
    this.saved = saved;
    this.separator = luck.pick(SEPARATORS);
    this.columns = ["practice", "title", "answer", "evidence", "note", "owner", "due", "asked", "unit", "date", "role", "name", "criteria", "framework", "version"];
    /** @type {string[]} */
    this.above = [];
    this.rows = [...saved.assessment.answers].map(([id, stored]) => this.#row(id, stored));
    this.heads = this.columns.map((id) => luck.pick([id, names.speaker.say(`columns.${id}`), names.speaker.say(`columns.${id}`).toUpperCase(), `${luck.pick(INVISIBLE)}${id} `]));
  }

  /** @param {string} id @param {StoredAnswer} stored */
  #row(id, { answer, criteria, evidence, proof, note, owner, due, asked }) {
    const { luck, names } = this;
    const { unit, date, role, name } = this.saved.assessment;
    const texts = textsOf(names.questionnaire, id);
    const label = names.answer(answer, criteria !== null);
    const written = luck.pick([label, criteria ? label : answer, label.toUpperCase(), label.replaceAll(" ", luck.pick(SPACES)), `${luck.pick(INVISIBLE)}${label}`, label.replaceAll("'", "’")]);
    const [year, month, day] = due.split("-");
    /** @type {Record<string, string>} */
    const cells = {
      practice: luck.pick([id, names.practice(id), `${id}${luck.pick(INVISIBLE)}`]), title: names.practice(id), answer: written, note, owner, asked,
      evidence: [...evidence.map((one) => texts?.evidence[one] ?? one), proof].filter(Boolean).join("\n"),
      due: due && luck.pick([due, `${day}.${month}.${year}`, `${Number(day)}/${month}/${year}`, `${month}/${day}/${year}`, `${due} 00:00:00`]),
      unit, date, role, name, criteria: (criteria ?? []).map((one) => texts?.criteria[one] ?? one).join("\n"),
      framework: names.questionnaire.framework.id, version: names.questionnaire.framework.version,
    };
    return this.columns.map((column) => cells[column]);
  }

  /** Do something to it. @param {Case} one */
  trouble(one) {
    const { luck, rows, names } = this;
    for (let n = luck.below(4); n > 0; n -= 1) {
      const at = luck.below(this.saved.assessment.answers.size);
      const id = [...this.saved.assessment.answers.keys()][at];
      const value = `${luck.pick(TEXTS)} ${luck.below(99)}`;
      const [name, make] = luck.pick(this.#troubles(one, rows[at], id, value));
      if (one.troubles.includes(name)) continue;
      one.troubles.push(name);
      make();
    }
    if (luck.happens(0.3)) {
      const times = 1 + luck.below(5);
      this.above = Array.from({ length: times }, () => luck.pick(ABOVE));
      one.named.push(...this.above.map((line) => line.split(this.separator)[0]));
      one.troubles.push("lines above");
    }
    if (!rows.length) throw new Error(names.practice("none"));
  }

  /** @param {Case} one @param {string[]} row @param {string | undefined} id @param {string} value @returns {[string, () => void][]} */
  #troubles(one, row, id, value) {
    const { rows, columns, heads } = this;
    const truth = /** @type {any} */ (one.truth.answers.get(id ?? ""));
    const column = (/** @type {string} */ name) => columns.indexOf(name);
    const set = (/** @type {string} */ name, /** @type {string} */ cell) => {
      row[column(name)] = cell;
      if (truth) delete truth[name === "evidence" ? "proof" : name];
      one.named.push(cell);
    };
    const widen = (/** @type {string} */ head, /** @type {string} */ cell, /** @type {boolean} */ isAll) => {
      columns.push(head);
      heads.push(head);
      for (const other of rows) other.push((isAll ? other[0] : other === row) ? cell : "");
    };
    /** @type {[string, () => void][]} */
    const all = [
      ["own column", () => (widen("Remark", value, false), one.named.push(value))],
      ["column twice, alike", () => (columns.push("unit"), heads.push("unit"), rows.forEach((other) => other.push(this.saved.assessment.unit)))],
      ["column twice", () => (widen("name", "somebody", true), one.named.push("somebody"))],
      ["cell beside the columns", () => (row.push(...Array(Math.max(0, heads.length - row.length)).fill(""), value), one.named.push(value))],
      ["row twice, alike", () => rows.push([...row])],
      ["unknown practice", () => (rows.push(row.map((cell, n) => (n === column("practice") ? `gone ${value}` : cell))), one.named.push(`gone ${value}`))],
      ["row without a practice", () => (rows.push(heads.map((_, n) => (n === column("note") ? value : ""))), one.named.push(value))],
      ["sep=", () => this.above.unshift(`sep=${this.separator}`)],
      ["another day", () => (rows.push(row.map((cell, n) => (n === column("date") ? "2027-01-02" : cell))), (one.truth.date = "2027-01-02"), one.remarked.push("2027-01-02"))],
      ["another name", () => (rows.push(row.map((cell, n) => (n === column("name") ? "Somebody else" : cell))), (one.refusal = "several"))],
    ];
    if (!truth || one.troubles.some((name) => name.startsWith("row twice") || name === "another day")) return all;
    return [
      ...all,
      ["unknown answer", () => (set("answer", `Perhaps ${value}`), delete truth.asked, delete truth.criteria, this.columns.includes("criteria") && (row[column("criteria")] = ""))],
      ["no day", () => set("due", "03/04/2026")],
      ["too long", () => set("note", "y".repeat(4001))],
      ["fingerprint made a number", () => set("asked", "1.83E+14")],
      ["row twice", () => (rows.push(row.map((cell, n) => (n === column("note") ? `${value}!` : cell))), one.truth.answers.delete(id ?? ""), one.named.push(id ?? ""))],
    ];
  }

  /** @param {Case} one */
  written(one) {
    const { luck, separator } = this;
    const isPlain = luck.happens(0.5);
    const cell = (/** @type {string} */ text) => {
      const quoted = csv([[text]]).slice(0, -2);
      return isPlain && quoted === `"${text}"` && !/["\r\n]/.test(text) && !SEPARATORS.some((sign) => text.includes(sign)) ? text : quoted;
    };
    const lines = [this.heads, ...this.rows].map((row) => row.map(cell).join(separator));
    const blank = luck.happens(0.2) ? [""] : [];
    const end = luck.pick(["\r\n", "\n", "\r"]);
    one.troubles.push(`separator ${JSON.stringify(separator)}`);
    const text = [...this.above, ...blank, ...lines, ...blank].join(end) + luck.pick(["", end]);
    if (!one.refusal && luck.happens(0.04)) {
      one.refusal = "unclosed";
      one.troubles.push("open quote");
      return `${text}${separator}"`;
    }
    return text;
  }
}
