/**
 * What is known of evidence, beside each piece of it: the day on which it was last true, a link, who else has seen it; and the day on
 * which "not applicable" ends. Loaded after the first question.
 */

import { dayAfter } from "../common/days.js";
import { today } from "../common/dates.js";
import { h } from "../common/dom.js";
import { OTHER, countsOn, knownOf, onDay, recordsOf } from "../assessment/evidence.js";
import { LONGEST_ENTRY, NO_DAY } from "../assessment/answers.js";
import { NOT_APPLICABLE, withoutEvidence } from "../assessment/scoring.js";
import { remarkOf } from "./form.js";

/**
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("../assessment/evidence.js").Known} Known
 * @typedef {import("./form.js").Ask} Ask
 *
 * @typedef {object} Desk What the page lets this module use.
 * @property {import("../assessment/scoring.js").Questionnaire} questionnaire
 * @property {import("../assessment/names.js").Names} names
 * @property {import("../assessment/session.js").Session} session
 * @property {import("../common/notices.js").Notices} notices
 * @property {import("./form.js").Form} form
 * @property {import("./route.js").Route} route
 * @property {() => void} refresh Shows all answers anew.
 */

const FIELDS = /** @type {const} */ (["on", "link", "seen_by"]);
/** The field for the day on which "not applicable" ends. */
const UNTIL = "until";

/** What is known of the evidence in the questions. */
export class Records {
  /** The answers that the reader was led to because their evidence has run out, by assessment. @type {Map<string, Set<string>>} */
  #shown = new Map();

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.say = desk.names.speaker.say;
    desk.form.shown = (ask, stored) => this.#show(ask, stored);
    for (const [id, ask] of desk.form.asks) {
      const stored = desk.session.saved.assessment.answers.get(id);
      if (stored) this.#show(ask, stored);
    }
  }

  /** What counts today of the answers that are open. */
  get aging() {
    return onDay(this.desk.questionnaire, today(), this.desk.session.saved.assessment.date);
  }

  /** The answers kept from the round before whose evidence has run out since, as the page asks for them. @returns {string[]} */
  get over() {
    const { mode, saved } = this.desk.session;
    const { answers, date } = saved.assessment;
    if (mode !== "own") return [];
    return [...this.desk.form.asks.values()].flatMap((ask) => {
      const stored = answers.get(ask.id);
      const isOver = stored?.confirm && this.#needsEvidence(ask, stored) && hasRunOut(recordsOf(this.desk.questionnaire, ask.id, stored, date));
      return isOver ? [ask.id] : [];
    });
  }

  /**
   * Lead to the next answer whose evidence has run out; to each once, so that the reader may leave it for later.
   * @returns {boolean} Whether there is one.
   */
  leadToOver() {
    const { id } = this.desk.session.saved.assessment;
    const shown = this.#shown.get(id) ?? new Set();
    const next = this.over.find((practice) => !shown.has(practice));
    if (!next) return false;
    this.#shown.set(id, shown.add(next));
    this.desk.route.goToQuestion(next);
    return true;
  }

  /**
   * Take what stands in a question over into an answer; evidence that comes anew is of today.
   * @param {StoredAnswer} stored Changed in place.
   * @param {EventTarget | null} changed The control that was changed.
   */
  read(stored, changed) {
    const control = /** @type {HTMLInputElement} */ (changed);
    const { artifact } = control.dataset;
    if (artifact !== undefined) return this.#readField(stored, artifact, control);
    const before = [...stored.evidence];
    const hadProof = stored.proof.trim() !== "";
    this.desk.form.askOf(changed)?.read(stored, changed);
    for (const id of stored.evidence) if (!before.includes(id)) stored.records.set(id, ofToday());
    for (const id of before) if (!stored.evidence.includes(id)) stored.records.delete(id);
    if (!stored.proof.trim()) stored.proof_record = null;
    else if (!hadProof) stored.proof_record = ofToday();
  }

  /** Say that all evidence that is named has been seen today. */
  seenToday() {
    const on = today();
    this.desk.session.change(({ answers }) => {
      for (const stored of answers.values()) {
        for (const id of stored.evidence) stored.records.set(id, { ...ofToday(), ...stored.records.get(id), on });
        if (stored.proof.trim()) stored.proof_record = { ...ofToday(), ...stored.proof_record, on };
      }
    });
    this.desk.refresh();
    this.desk.notices.say("file", this.say("seen_all"));
  }

  /** @param {StoredAnswer} stored @param {string} artifact @param {HTMLInputElement} control */
  #readField(stored, artifact, { name, value, validity }) {
    stored.confirm = false;
    const text = validity.valid ? value : "";
    if (name === UNTIL) stored.until = text;
    else {
      const known = { ...NOTHING, ...knownOf(stored, artifact), [name]: text };
      if (artifact === OTHER) stored.proof_record = known;
      else stored.records.set(artifact, known);
    }
  }

  /** Show what is known of the evidence of a question. @param {Ask} ask @param {StoredAnswer} stored */
  #show(ask, stored) {
    const all = recordsOf(this.desk.questionnaire, ask.id, stored, this.desk.session.saved.assessment.date);
    for (const tick of ask.ticks) this.#row(tick.closest("label"), tick.value, all, stored);
    this.#row(ask.element.querySelector('[name="proof"]')?.closest("label") ?? null, OTHER, all, stored);
    this.#end(ask, stored);
    if (!all.length || all.some((record) => countsOn(record, today())) || !this.#needsEvidence(ask, stored)) return;
    const answer = this.desk.names.answer(withoutEvidence(this.desk.questionnaire, ask.id, ask.countedAs(stored)));
    const date = this.desk.names.speaker.date(all.map(({ on }) => on).sort()[0]);
    ask.worth.replaceChildren(remarkOf("warn", this.say(hasRunOut(all) ? "evidence_over" : "evidence_ahead", { answer, date })));
  }

  /** Whether what an answer counts as needs evidence. @param {Ask} ask @param {StoredAnswer} stored */
  #needsEvidence(ask, stored) {
    return ask.practice.offered.includes(stored.answer) && this.desk.questionnaire.scale[ask.countedAs(stored)].needs_evidence;
  }

  /**
   * Show the row of a piece of evidence below what names it, where it is named.
   * @param {Element | null} label
   * @param {string} artifact
   * @param {import("../assessment/evidence.js").EvidenceRecord[]} all
   * @param {StoredAnswer} stored
   */
  #row(label, artifact, all, stored) {
    const record = all.find((one) => one.artifact === artifact);
    const row = rowBelow(label, record ? () => this.#newRow(artifact) : null);
    if (!record || !row) return;
    const known = { ...NOTHING, ...knownOf(stored, artifact) };
    for (const field of row.querySelectorAll("input")) {
      const name = /** @type {keyof Known} */ (field.name);
      const value = name === "on" && known.on === NO_DAY ? "" : known[name];
      if (field.value !== value) field.value = value;
    }
    const { until } = record;
    const [ends] = row.getElementsByTagName("small");
    ends.textContent = until ? this.say(until < today() ? "record.over" : "record.counts_until", { date: this.desk.names.speaker.date(until) }) : "";
  }

  /** @param {string} artifact */
  #newRow(artifact) {
    const [on, link, seen] = FIELDS.map((name) => this.#field(name, artifact, name === "on" ? "date" : "text"));
    const more = h("details", { class: "mp-fold mp-noprint" }, h("summary", {}, this.say("record.more")), link, seen);
    return h("div", { class: "mp-record" }, on, h("small", {}), more);
  }

  /** The day on which "not applicable" ends, where that is the answer. @param {Ask} ask @param {StoredAnswer} stored */
  #end(ask, stored) {
    const isLeftOut = stored.answer === NOT_APPLICABLE;
    const newRow = () => h("div", { class: "mp-record" }, this.#field(UNTIL, OTHER, "date"));
    const row = rowBelow(ask.element.querySelector(".mp-ask__reason"), isLeftOut ? newRow : null);
    if (!row) return;
    const [field] = row.getElementsByTagName("input");
    if (field.value !== stored.until) field.value = stored.until;
    const after = stored.until && stored.until < today() ? dayAfter(stored.until) : null;
    if (!after || !stored.reason.trim()) return;
    // It stands last, and said that the question is left out.
    ask.status.lastElementChild?.replaceWith(remarkOf("warn", this.say("record.open_again", { date: this.desk.names.speaker.date(after) })));
  }

  /** @param {string} name @param {string} artifact @param {"date" | "text"} type */
  #field(name, artifact, type) {
    const limit = type === "date" ? { max: "2999-12-31" } : { maxlength: String(LONGEST_ENTRY) };
    const input = h("input", { type, name, "data-artifact": artifact, autocomplete: "off", ...limit });
    return h("label", { class: "mp-field" }, h("span", {}, this.say(`record.${name}`)), input);
  }
}

/** @type {Known} */
const NOTHING = { on: "", link: "", seen_by: "" };
/** Tell whether some evidence has run out, and none counts today. @param {import("../assessment/evidence.js").EvidenceRecord[]} all */
const hasRunOut = (all) => all.some(({ until }) => until && until < today()) && !all.some((record) => countsOn(record, today()));
const ofToday = () => ({ ...NOTHING, on: today() });

/**
 * Return the row below an element; without what makes one there is none, and one that is there goes.
 * @param {Element | null} element
 * @param {(() => HTMLElement) | null} make
 * @returns {HTMLElement | null}
 */
function rowBelow(element, make) {
  const next = /** @type {HTMLElement | null} */ (element?.nextElementSibling ?? null);
  const row = next?.matches(".mp-record") ? next : null;
  if (!make) row?.remove();
  if (!make || row || !element) return make && row;
  const fresh = make();
  element.after(fresh);
  return fresh;
}
