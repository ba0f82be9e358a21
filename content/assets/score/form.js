/** The questions on the page: which of them are shown, what stands in them, what it is worth. */

import { h, part } from "../common/dom.js";
import { LONGEST_ENTRY, confirmAnswer, isOffered, missingCriteria, noAnswer, setAnswer, setCriteria } from "../assessment/answers.js";
import { NOT_APPLICABLE, UNKNOWN, countedFor, withoutEvidence } from "../assessment/scoring.js";

/**
 * @typedef {import("../assessment/scoring.js").Questionnaire} Questionnaire
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("../assessment/names.js").Names} Names
 * @typedef {{by: "level" | "dimension" | "quick", id: string}} Part What is asked together; of the quick check one practice, or
 *   what comes of it: "".
 */

/** The questions on the page. */
export class Form {
  /**
   * @param {Element} root Of the questions.
   * @param {Questionnaire} questionnaire
   * @param {Names} names
   */
  constructor(root, questionnaire, names) {
    this.root = root;
    this.questionnaire = questionnaire;
    this.names = names;
    /** @type {Map<string, Ask>} */
    this.asks = new Map();
    /** Whether evidence unfolds with the answer that needs it: as whoever named some has left it. */
    this.unfoldsEvidence = false;
    /** Is told of each answer that is shown. @type {((ask: Ask, stored: StoredAnswer) => void) | null} */
    this.shown = null;
    for (const element of root.querySelectorAll("fieldset")) {
      const ask = new Ask(element, this);
      this.asks.set(ask.id, ask);
    }
  }

  /** Return the question that an element belongs to, or null. @param {EventTarget | null} target */
  askOf(target) {
    const element = target instanceof Element ? target.closest("fieldset") : null;
    return this.asks.get(element?.dataset.practice ?? "") ?? null;
  }

  /** Show a set of answers. @param {Map<string, StoredAnswer>} answers */
  fill(answers) {
    for (const [id, ask] of this.asks) ask.fill(answers.get(id) ?? noAnswer());
  }

  /** Lock the questions, or unlock them. @param {boolean} readOnly */
  lock(readOnly) {
    for (const ask of this.asks.values()) ask.element.disabled = readOnly;
  }

  /** Show some of the questions, with what they stand in. @param {string[]} ids */
  show(ids) {
    for (const [id, { element }] of this.asks) element.hidden = !ids.includes(id);
    // The inner ones stand last.
    for (const section of [...this.root.querySelectorAll("section")].reverse())
      section.hidden = ![...section.children].some((child) => child.matches("section:not([hidden]), fieldset:not([hidden])"));
  }

  /** Return what a practice's listed artifacts and criteria are, by id. @param {string} practice */
  texts(practice) {
    const ask = this.asks.get(practice);
    const named = (/** @type {HTMLInputElement[]} */ boxes) =>
      Object.fromEntries(boxes.map((box) => [box.value, box.parentElement?.textContent ?? ""]));
    return ask && { evidence: named(ask.ticks), criteria: named(ask.criteria) };
  }
}

/** One question. */
export class Ask {
  /** @param {HTMLFieldSetElement} element @param {Form} form */
  constructor(element, form) {
    this.element = element;
    this.form = form;
    this.id = element.dataset.practice ?? "";
    this.practice = form.questionnaire.practices[this.id];
    this.radios = /** @type {HTMLInputElement[]} */ ([
      ...element.querySelectorAll('input[type="radio"]'),
    ]);
    this.ticks = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll('[name="evidence"]')]);
    this.criteria = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll('[name="criteria"]')]);
    this.texts = [...element.querySelectorAll("textarea")];
    this.note = /** @type {HTMLDetailsElement} */ (element.querySelector(".mp-ask__note"));
    this.evidence = /** @type {HTMLDetailsElement} */ (element.querySelector(".mp-ask__evidence"));
    this.named = part(element, "named");
    this.status = part(element, "status");
    this.worth = part(element, "worth");
    for (const text of this.texts) text.maxLength = LONGEST_ENTRY;
    this.evidence.open = false;
    this.evidence.addEventListener("toggle", () => (form.unfoldsEvidence = this.evidence.open));
  }

  /**
   * Take what stands in the question over into an answer.
   * @param {StoredAnswer} stored
   * @param {EventTarget | null} changed The control that was changed.
   */
  read(stored, changed) {
    const control = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (changed);
    if (control.name !== "note") stored.confirm = false;
    if (control instanceof HTMLTextAreaElement) {
      const name = /** @type {"proof" | "reason" | "note"} */ (control.name);
      stored[name] = control.value;
      grow(control);
    } else if (control.type === "radio") {
      setAnswer(this.form.questionnaire, this.id, stored, control.value);
    } else if (control.name === "criteria") {
      setCriteria(this.practice, stored, this.criteria.filter((box) => box.checked).map((box) => box.value));
    } else {
      const own = this.ticks.map((tick) => tick.value);
      const others = stored.evidence.filter((name) => !own.includes(name));
      stored.evidence = [...others, ...own.filter((_, index) => this.ticks[index].checked)];
    }
  }

  /**
   * Do to an answer what a button in the question says.
   * @param {StoredAnswer} stored
   * @param {string} action
   */
  press(stored, action) {
    if (action === "clear") setAnswer(this.form.questionnaire, this.id, stored, "");
    else if (action === "all_true") setCriteria(this.practice, stored, this.practice.criteria);
    else confirmAnswer(this.practice, stored);
  }

  /** Show an answer. @param {StoredAnswer} stored */
  fill(stored) {
    for (const radio of this.radios) radio.checked = radio.value === stored.answer;
    for (const tick of this.ticks) tick.checked = stored.evidence.includes(tick.value);
    for (const text of this.texts) {
      const value = stored[/** @type {"proof" | "reason" | "note"} */ (text.name)];
      if (text.value !== value) {
        text.value = value;
        if (text.name === "note") this.note.open = value !== "";
      }
      grow(text);
    }
    // Not closed for being empty: the reader may have opened it to type.
    if (stored.note) this.note.open = true;
    this.tell(stored);
  }

  /**
   * Say what the answer is worth, and show what it asks for besides.
   * @param {StoredAnswer} stored
   */
  tell(stored) {
    const { scale } = this.form.questionnaire;
    const chosen = this.practice.offered.includes(stored.answer) ? scale[stored.answer] : null;
    const needs = chosen?.needs_evidence ?? false;
    // Paper shows the boxes of every question: only what somebody ticked is ticked there.
    const missing = missingCriteria(this.practice, chosen?.needs_criteria ? stored : { criteria: stored.criteria ?? [] });
    for (const box of this.criteria) box.checked = !missing.includes(box.value);
    const { dataset } = this.element;
    dataset.criteria = String(chosen?.needs_criteria ?? false);
    dataset.answered = String(isOffered(this.form.questionnaire, this.id, stored.answer));
    this.#showEvidence(stored, needs);
    dataset.reason = String(stored.answer === NOT_APPLICABLE || stored.reason !== "");
    this.status.replaceChildren(...this.#remarks(stored));
    this.worth.replaceChildren(...this.#proof(stored));
    this.form.shown?.(this, stored);
  }

  /**
   * Show the evidence where an answer needs some or names some, and say how much it names.
   * @param {StoredAnswer} stored
   * @param {boolean} needs
   */
  #showEvidence(stored, needs) {
    const { dataset } = this.element;
    const { say } = this.form.names.speaker;
    const n = this.ticks.filter((tick) => tick.checked).length + Number(stored.proof.trim() !== "");
    const wasShown = dataset.evidence === "true";
    dataset.evidence = String(needs || stored.evidence.length > 0 || stored.proof !== "");
    // What is open already is left so: nothing above what the reader looks at may grow or shrink.
    if (needs && !wasShown && this.form.unfoldsEvidence) this.evidence.open = true;
    this.named.textContent = n ? say("evidence_named", { n }) : say("evidence_none");
  }

  /** @param {StoredAnswer} stored @returns {Node[]} */
  #remarks(stored) {
    const { names, questionnaire } = this.form;
    const { say } = names.speaker;
    const { answer } = stored;
    /** @type {Node[]} */
    const remarks = [];
    /** @param {string} tone @param {...(string | Node)} text */
    const remark = (tone, ...text) => remarks.push(remarkOf(tone, ...text));
    if (answer && !isOffered(questionnaire, this.id, answer))
      remark("warn", say("not_offered", { answer: names.answer(answer) }));
    else if (answer && (stored.confirm || stored.asked !== this.practice.asked))
      remark("warn", say(stored.asked === this.practice.asked ? "from_before" : "reworded"), " ", this.#confirm());
    if (this.practice.offered.includes(answer)) this.#counted(stored, remark);
    if (answer === UNKNOWN) remark("plain", say("unknown_counts"));
    if (answer === NOT_APPLICABLE && stored.reason.trim()) remark("good", say("left_out"));
    else if (answer === NOT_APPLICABLE) remark("warn", say("reason_missing"));
    return remarks;
  }

  /**
   * What an answer of the scale counts for, where a criterion is not ticked.
   * @param {StoredAnswer} stored
   * @param {(tone: string, text: string) => void} remark
   */
  #counted(stored, remark) {
    const { names } = this.form;
    const { answer } = stored;
    const missing = missingCriteria(this.practice, stored);
    const counted = this.countedAs(stored);
    if (counted === answer) return;
    const key = missing.length < this.criteria.length ? "criteria_missing" : "criteria_none";
    const list = this.criteria.filter(({ value }) => missing.includes(value)).map((box) => box.parentElement?.textContent);
    remark("warn", names.speaker.say(key, { list: list.join(" "), answer: names.answer(counted), top: names.answer(answer) }));
  }

  /** What evidence makes of an answer that needs some, said where it unfolds. @param {StoredAnswer} stored @returns {Node[]} */
  #proof(stored) {
    const { names, questionnaire } = this.form;
    const { say } = names.speaker;
    if (!this.practice.offered.includes(stored.answer)) return [];
    const counted = this.countedAs(stored);
    if (!questionnaire.scale[counted].needs_evidence) return [];
    const isProven = stored.proof.trim() !== "" || this.ticks.some((tick) => tick.checked);
    if (isProven) return counted === stored.answer ? [remarkOf("good", say("counts_full"))] : [];
    const less = withoutEvidence(questionnaire, this.id, counted);
    return [remarkOf("warn", say("counts_less", { answer: names.answer(less), top: names.answer(counted) }))];
  }

  /** Return which answer an answer of the scale counts as by its criteria. @param {StoredAnswer} stored */
  countedAs(stored) {
    const lacking = missingCriteria(this.practice, stored).length > 0;
    return countedFor(this.form.questionnaire, this.id, { answer: stored.answer, lacking });
  }

  #confirm() {
    const attributes = { type: "button", class: "mp-plain", "data-do": "confirm" };
    return h("button", attributes, this.form.names.speaker.say("confirm"));
  }
}

/** Render a remark. @param {string} tone @param {...(string | Node)} text */
export const remarkOf = (tone, ...text) => h("span", { class: `mp-remark mp-remark--${tone}` }, text);

/** Let a text area be as high as its text, on paper too. @param {HTMLTextAreaElement} text */
function grow(text) {
  if (text.parentElement) text.parentElement.dataset.value = text.value;
}
