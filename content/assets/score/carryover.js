/**
 * What becomes of answers of another version, for the reader to look at before anything is saved.
 * Loaded where it is needed: few readers ever see it.
 */

import { folded, h } from "../common/dom.js";
import { button } from "../common/notices.js";
import { speakerOf } from "../common/words.js";
import { isOffered } from "../assessment/answers.js";
import { markDifferences } from "../assessment/marks.js";
import { Names } from "../assessment/names.js";
import { earlier } from "../assessment/releases.js";
import { KINDS, isTitleReworded, questionAnswered, upgrade, way } from "../assessment/upgrade.js";
import { saveFile } from "../parts/files.js";
import { textsOf } from "./asked.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/releases.js").Asked} Asked
 * @typedef {import("../assessment/releases.js").Change} Change
 * @typedef {import("../assessment/releases.js").Event} Event
 * @typedef {import("../assessment/releases.js").Past} Past
 * @typedef {import("../assessment/upgrade.js").Item} Item
 * @typedef {import("../assessment/upgrade.js").Cause} Cause
 * @typedef {import("../assessment/upgrade.js").Upgrade} Upgrade
 * @typedef {import("../assessment/account.js").Piece} Piece
 *
 * @typedef {object} Desk What the page lets this module use.
 * @property {HTMLElement} element
 * @property {Names} names
 * @property {import("../assessment/session.js").Session} session
 * @property {import("./form.js").Form} form
 * @property {import("../common/notices.js").Notices} notices
 * @property {(change: () => void) => void} afresh Does something that opens other answers, and shows them.
 * @property {() => void} refresh Shows what stands in the session now.
 */

/** Nothing: what there is to know of the present version. @type {Past} */
const PRESENT = { state: "known", changes: [], asked: {}, questionnaire: null };
/** How many reworded questions are shown unfolded. */
const UNFOLDED = 3;

/** Show what becomes of the answers on view. @param {Desk} desk */
export async function carryover(desk) {
  const { session, notices } = desk;
  const { original, questionnaire } = session;
  const { version } = original.framework;
  const waiting = new Carryover(desk, PRESENT);
  let past = PRESENT;
  if (version !== questionnaire.framework.version) {
    notices.show("carry", [...waiting.head(), h("p", {}, waiting.say("carry_loading"))]);
    past = await earlier(questionnaire, version);
  }
  // By now the reader may have gone on to something else.
  if (session.original === original && session.isPast) notices.show("carry", new Carryover(desk, past).content());
}

class Carryover {
  /** @param {Desk} desk @param {Past} past */
  constructor(desk, past) {
    const { session } = desk;
    this.desk = desk;
    this.names = desk.names;
    this.say = desk.names.speaker.say;
    /** What the page "What changed" says. */
    this.sayChange = speakerOf(desk.element.dataset.changes).say;
    this.session = session;
    this.questionnaire = session.questionnaire;
    this.past = past;
    this.versions = { from: session.original.framework.version, to: session.questionnaire.framework.version };
    this.level = h("div", { class: "mp-upgrade__level", "aria-live": "polite" });
  }

  /** Render what stands at the head, whatever is known. */
  head() {
    const isShared = this.session.mode === "shared";
    return [
      h("h2", {}, this.say("carry", this.versions)),
      h("p", {}, this.say(isShared ? "carry_text_shared" : "carry_text", this.versions)),
    ];
  }

  /** Render what becomes of each answer. */
  content() {
    const { original, carried, mode } = this.session;
    const outcome = upgrade(this.questionnaire, original.assessment, carried, this.past);
    const { state } = this.past;
    this.#explain();
    return [
      ...this.head(),
      state !== "known" && h("p", { class: "mp-upgrade__lack" }, this.say(`carry_${state}`, this.versions)),
      this.level,
      h("p", {}, this.#counts(outcome)),
      mode === "carry" &&
        h(
          "p",
          { class: "mp-buttons" },
          button(this.say("carry_do"), () => this.#keep(), true),
          button(this.say("carry_not"), () => this.desk.afresh(() => this.session.start())),
        ),
      ...this.#lists(outcome),
    ].filter((part) => part !== false);
  }

  /** Take the answers over; those of before stay within reach. */
  #keep() {
    const { session, notices } = this.desk;
    const { original } = session;
    this.desk.afresh(() => session.keep());
    const save = button(this.say("carry_save"), () => saveFile(original));
    notices.say("file", this.say("carry_done", this.versions), save);
  }

  // What becomes of the level

  #explain() {
    const { original, saved, carried } = this.session;
    const outcome = upgrade(this.questionnaire, original.assessment, carried, this.past);
    const went = way(this.questionnaire, original.assessment, saved.assessment, this.past, outcome);
    const before = this.past.questionnaire;
    if (!went || !before) return this.level.replaceChildren();
    const { kind, was, now, more, again, less, low } = went;
    const values = {
      ...this.versions,
      before: this.#level(before, was.claimed.at),
      after: this.#level(this.questionnaire, now.claimed.at),
    };
    const deciding = now.deciding ? this.names.levelTitle(now.deciding) : "";
    const waited = was.deciding ? before.levels[was.deciding].title : "";
    /** @param {string} key @param {Cause[]} causes @param {string} level */
    const named = (key, causes, level) =>
      causes.length > 0 &&
      h("p", {}, this.#linked(this.names.speaker.pieces(key, { n: causes.length, level_title: level, list: this.#causes(causes) })));
    const texts = [
      named("carry_more", more, deciding),
      named("carry_again", again, deciding),
      named("carry_less", less, waited),
      ...low.map((cell) => h("p", {}, this.#mean(cell))),
      kind !== "same" && outcome.rules.length > 0 && h("p", {}, this.say("carry_rules_too")),
    ].filter((part) => part !== false);
    const isUnexplained = !texts.length && kind !== "same";
    this.level.replaceChildren(
      h("p", {}, h("strong", {}, this.say(`carry_level.${kind === "fell" || kind === "rose" || kind === "other" ? "other" : kind}`, values))),
      ...texts,
      ...(isUnexplained ? [h("p", {}, this.say("carry_unexplained"))] : []),
    );
  }

  /** @param {import("../assessment/scoring.js").Questionnaire} questionnaire @param {number} at */
  #level({ levels }, at) {
    return Object.values(levels)[at - 1]?.title ?? this.say("carry_no_level");
  }

  /** Practices, each with why it counts. @param {Cause[]} causes @returns {Piece[]} */
  #causes(causes) {
    return causes.flatMap(({ id, title, why }, index) => [
      index ? ", " : "",
      this.#isAsked(id) ? { to: "question", id, label: title } : title,
      ` (${this.say(`carry_why.${why}`)})`,
    ]);
  }

  /** @param {import("../assessment/scoring.js").Cell} cell */
  #mean({ level, dimension, mean }) {
    const { percent } = this.names.speaker;
    const { threshold } = this.questionnaire.scoring;
    return this.say("carry_mean", { cell: this.names.cell(level, dimension), mean: percent(mean), threshold: percent(threshold) });
  }

  // What becomes of each answer

  /** @param {Upgrade} found */
  #counts({ kept, left, lists }) {
    const listed = KINDS.flatMap((kind) => lists[kind]);
    const toConfirm = listed.filter(({ isReworded }) => isReworded).length;
    return [
      kept || !toConfirm ? this.say("carry_kept", { n: kept }) : "",
      toConfirm ? this.say("carry_confirm", { n: toConfirm }) : "",
      left ? this.say("carry_left", { n: left }) : "",
      listed.length ? this.say(kept ? "carry_rest" : "carry_all") : "",
    ].filter(Boolean).join(" ");
  }

  /** @param {Upgrade} found */
  #lists({ lists, rules }) {
    const parts = KINDS.flatMap((kind) => (lists[kind].length ? [{ kind, items: lists[kind].map((item) => this.#item(kind, item, lists[kind].length)) }] : []));
    const ruleItems = rules.map((change) => h("li", {}, this.#rule(change)));
    const all = ruleItems.length ? [...parts, { kind: "rules", items: ruleItems }] : parts;
    return all.map(({ kind, items }) =>
      h(
        "section",
        { class: "mp-upgrade", "data-upgrade": kind },
        h("h3", {}, this.say(`carry_list.${kind}`), " ", h("span", { class: "mp-upgrade__count" }, `(${items.length})`)),
        folded("ul", items, this.say),
      ),
    );
  }

  /** @param {import("../assessment/upgrade.js").Kind} kind @param {Item} item @param {number} n How many there are in its list. */
  #item(kind, item, n) {
    const { id, title, isReworded } = item;
    const facts = this.#facts(kind, item).join(" ");
    return h(
      "li",
      { "data-practice": id },
      h("strong", {}, this.#linked([this.#isAsked(id) ? { to: "question", id, label: title } : title])),
      facts && h("p", {}, facts),
      item.from.length > 1 && this.#picker(item),
      isReworded && this.#texts(item, n <= UNFOLDED),
    );
  }

  /** @param {import("../assessment/upgrade.js").Kind} kind @param {Item} item @returns {string[]} */
  #facts(kind, item) {
    const { id, events, stored, from, isReworded } = item;
    const isPicked = from.length < 2;
    return [
      ...this.#origins(kind, item),
      ...events.flatMap((event) => (kind === "removed" ? [] : this.#happened(event))),
      kind === "added" && this.questionnaire.practices[id].essential ? this.sayChange("raised.essential") : "",
      stored && isPicked && kind !== "around" ? this.say("carry_answer", { answer: this.#answer(from[0], stored.answer) }) : "",
      stored && this.#isAsked(id) && !isOffered(this.questionnaire, id, stored.answer) ? this.say("carry_not_offered") : "",
      isReworded && kind !== "reworded" ? this.say("carry_to_confirm") : "",
    ].filter(Boolean);
  }

  /** What a practice was before. @param {import("../assessment/upgrade.js").Kind} kind @param {Item} item */
  #origins(kind, { id, title, was, events, from }) {
    if (kind === "merged" && was.length) return [this.say("carry_merged", { list: this.#quoted(was) })];
    if (kind === "split") return [this.say("carry_split", { list: this.#quoted(was) })];
    const earlier = String(events.find(isTitleReworded)?.before ?? was[0]?.title ?? title);
    if (earlier !== title) return [this.say("carry_was", { title: earlier })];
    if (was[0]) return [this.say("carry_had_id", { id: was[0].id })];
    return from.filter((name) => name !== id && !was.length).map((name) => this.say("carry_arrow", { from: name, to: title }));
  }

  /** @param {{title: string}[]} entries */
  #quoted(entries) {
    return entries.map(({ title }) => this.say("carry_quoted", { title })).join(", ");
  }

  /** Where a practice moved, and what it asks more or less. @param {Event} event @returns {string[]} */
  #happened({ what, field, before, after }) {
    if (what === "moved") return [this.say("carry_moved", { from: this.#place(field, before), to: this.#place(field, after) })];
    if (what === "raised" || what === "lowered") return [this.sayChange(field ? `${what}.${field}` : "declared")];
    return what === "removed" && !field ? [this.sayChange("removed")] : [];
  }

  /** The title of a level or dimension. @param {string} field @param {unknown} id */
  #place(field, id) {
    const section = field === "level" ? "levels" : "dimensions";
    const sections = [this.questionnaire[section], this.past.questionnaire?.[section] ?? {}];
    return sections.find((entries) => Object.hasOwn(entries, String(id)))?.[String(id)].title ?? String(id);
  }

  /** What an answer was called when it was given. @param {string} id Under which it was given. @param {string} answer */
  #answer(id, answer) {
    const before = this.past.questionnaire;
    const names = before && Object.hasOwn(before.practices, id) ? new Names(before, this.names.speaker) : this.names;
    return names.answer(answer);
  }

  /** @param {Change} change */
  #rule({ kind, title, events }) {
    const { percent } = this.names.speaker;
    const shown = (/** @type {unknown} */ value) => (typeof value === "number" && kind === "scoring" ? percent(value) : String(value));
    const texts = events.flatMap(({ what, field, before, after }) => {
      const values = { before: shown(before), after: shown(after), field: this.sayChange(`fields.${field}`), list: "" };
      const own = this.sayChange(field ? `${what}.${field}` : what, values);
      const text = own === `${what}.${field}` ? this.sayChange("from_to", values) : own;
      return what === "raised" && field === "needs_criteria" ? [text, this.say("carry_criteria")] : [text];
    });
    const said = texts.join(" ");
    return kind === "scoring" ? said : `${title}: ${said}`;
  }

  /** Several answers for one practice, to pick from. @param {Item} item */
  #picker({ id, from }) {
    const { answers } = this.session.original.assessment;
    const { carried } = this.session;
    const followed = carried.followed.find(({ to }) => to === id)?.from;
    const chosen = followed ?? (carried.answers.has(id) ? id : "");
    const options = from.map((name) => {
      const label = `${this.#former(name)}: ${this.#answer(name, answers.get(name)?.answer ?? "")}`;
      return h("option", { value: name, selected: name === chosen }, label);
    });
    const change = (/** @type {globalThis.Event} */ { target }) => {
      this.session.pick(id, /** @type {HTMLSelectElement} */ (target).value);
      this.desk.refresh();
      this.#explain();
    };
    const none = h("option", { value: "", selected: !chosen }, this.say("carry_pick_none"));
    return h("label", { class: "mp-field" }, h("span", {}, this.say("carry_pick")), h("select", { change, autocomplete: "off" }, none, options));
  }

  /** What a practice was called. @param {string} id */
  #former(id) {
    const stored = this.session.original.assessment.answers.get(id) ?? null;
    return this.past.questionnaire?.practices[id]?.title ?? questionAnswered(this.past, id, stored)?.title ?? this.names.practice(id);
  }

  /** Old and new text, side by side. @param {Item} item @param {boolean} open */
  #texts({ id, title, stored, from }, open) {
    const before = questionAnswered(this.past, from[0], stored);
    if (!before) return h("p", {}, this.say("carry_no_text"));
    const after = this.#present(id);
    const parts = [
      { name: "question", sides: [before.question, after.question] },
      { name: "criteria", sides: differing(before.criteria, after.criteria) },
      { name: "options", sides: differing(Object.values(before.options), Object.values(after.options)) },
    ].filter(({ sides: [left, right] }) => left !== right);
    return h(
      "details",
      { open },
      h("summary", { "aria-label": `${this.say("carry_compare")}: ${title}` }, this.say("carry_compare")),
      parts.map(({ name, sides }) => this.#beside(this.say(`carry_part.${name}`), sides)),
    );
  }

  /** @param {string} label @param {string[]} sides */
  #beside(label, [before, after]) {
    const [left, right] = markDifferences(before, after);
    /** @param {string} key @param {import("../assessment/marks.js").Pieces} pieces @param {"del" | "ins"} tag */
    const side = (key, pieces, tag) =>
      h(
        "p",
        {},
        h("span", { class: "mp-small" }, `${label}, ${this.say(key, this.versions)}`),
        h("br"),
        pieces.length ? pieces.flatMap(({ text, isOwn }) => (isOwn ? [space(text), h(tag, {}, text.trimStart())] : [text])) : h("em", {}, this.say("carry_nothing")),
      );
    return h("div", { class: "mp-beside" }, side("carry_before", left, "del"), side("carry_after", right, "ins"));
  }

  /** What a question says today: it stands in the form. @param {string} id */
  #present(id) {
    const element = this.desk.form.asks.get(id)?.element;
    return textsOf(element ?? h("fieldset"), this.names.practice(id));
  }

  /** Whether the page asks for a practice. @param {string} id */
  #isAsked(id) {
    return Object.hasOwn(this.questionnaire.practices, id);
  }

  /** A text whose pieces lead to questions. @param {Piece[]} text */
  #linked(text) {
    return text.map((piece) => (typeof piece === "string" ? piece : h("a", { href: `#practice-${piece.id}`, "data-question": piece.id }, piece.label)));
  }
}

/** The space that a text begins with. @param {string} text */
const space = (text) => text.slice(0, text.length - text.trimStart().length);

/** The lines that only one of two lists has. @param {string[]} before @param {string[]} after @returns {string[]} */
const differing = (before, after) => [
  before.filter((line) => !after.includes(line)).join("\n"),
  after.filter((line) => !before.includes(line)).join("\n"),
];
