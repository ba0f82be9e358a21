/** A card: one practice, who said what of it, and what the group agrees on. */

import { h } from "../common/dom.js";
import { LONGEST_ENTRY, missingCriteria } from "../assessment/answers.js";
import { NOT_APPLICABLE, UNKNOWN, countedFor } from "../assessment/scoring.js";

/**
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("../assessment/findings.js").Finding} Finding
 * @typedef {import("../assessment/findings.js").Voice} Voice
 * @typedef {import("./page.js").Page & {saved: import("../assessment/answers.js").Saved}} Team
 */

/** A practice that people talk about. */
export class Card {
  /** @param {Team} page @param {Finding} finding */
  constructor(page, finding) {
    this.page = page;
    this.finding = finding;
    this.id = finding.practice;
    this.practice = page.questionnaire.practices[this.id];
    this.status = h("p", { class: "mp-finding__status" });
    this.note = this.#text("note");
    this.reason = this.#text("reason");
    this.element = this.#draw();
    this.summary = h("summary");
  }

  /** Return the card behind a line that says what it is about. */
  folded() {
    return h("details", { class: "mp-finding-fold" }, this.summary, this.element);
  }

  /** Show what the group has recorded. @param {StoredAnswer} stored */
  tell(stored) {
    const { names, questionnaire, say } = this.page;
    const { answer } = stored;
    for (const control of this.element.querySelectorAll("input")) if (control.type === "radio") control.checked = control.value === answer;
    const missing = missingCriteria(this.practice, stored);
    const isOnScale = Object.hasOwn(questionnaire.scale, answer) && this.practice.offered.includes(answer);
    const counted = isOnScale ? countedFor(questionnaire, this.id, { answer, lacking: missing.length > 0 }) : answer;
    for (const box of this.boxes) {
      box.disabled = !isOnScale || !questionnaire.scale[answer].needs_criteria;
      box.checked = !box.disabled && !missing.includes(box.value);
    }
    const fold = this.boxes[0]?.closest("details");
    // What is shown large leaves no room for them: the reader opens them.
    if (fold && counted !== answer && !fold.closest("dialog")) fold.open = true;
    for (const [field, value] of /** @type {const} */ ([[this.note, stored.note], [this.reason, stored.reason]])) {
      if (field.value !== value) field.value = value;
      if (field.parentElement) field.parentElement.dataset.value = value;
    }
    const isMissing = answer === NOT_APPLICABLE && !stored.reason.trim();
    this.element.dataset.agreed = String(answer !== "" && !isMissing);
    this.element.dataset.reason = String(answer === NOT_APPLICABLE);
    const agreed = answer ? say("agreed_on", { answer: names.answerCounted(answer, counted) }) : say("not_agreed");
    this.status.textContent = isMissing ? say("reason_missing") : agreed;
    const { raters } = this.page.saved.assessment;
    const parts = [this.page.people.summary(this.finding.voices, raters), agreed, this.finding.decides && say("decides_short")];
    this.summary.replaceChildren(h("strong", {}, names.practice(this.id)), ` ${parts.filter(Boolean).join(" · ")}`);
  }

  #draw() {
    const { page, id, practice } = this;
    const { question, criteria } = page.texts[id];
    const title = h("h3", { id: `finding-${id}`, tabindex: "-1" }, page.names.practice(id));
    if (practice.essential) title.append(" ", h("span", { class: "mp-essential" }, page.say("essential")));
    return h(
      "article",
      { class: "mp-finding", "data-practice": id, "aria-labelledby": `finding-${id}` },
      h("p", { class: "mp-finding__place" }, page.place(id)),
      title,
      h("p", { class: "mp-finding__question" }, question),
      h("p", { class: "mp-finding__why", "data-decides": this.finding.decides !== "" }, page.linked(this.#why())),
      this.#voices(),
      h(
        "div",
        { class: "mp-finding__below" },
        h(
          "div",
          {},
          this.#told(),
          h(
            "details",
            { class: "mp-fold" },
            h("summary", {}, page.say("top_answer")),
            h("ul", {}, criteria.map((text, index) => h("li", {}, this.#criterion(text, index)))),
          ),
        ),
        h(
          "div",
          {},
          h("label", { class: "mp-field mp-finding__reason" }, h("span", {}, page.say("reason")), h("span", { class: "mp-grow" }, this.reason)),
          h("label", { class: "mp-field" }, h("span", {}, page.say("agreed_note")), h("span", { class: "mp-grow" }, this.note)),
          h("div", { class: "mp-finding__foot" }, this.status, h("button", { type: "button", class: "mp-plain", "data-do": "clear" }, page.say("clear"))),
        ),
      ),
    );
  }

  /** Why it stands where it stands. @returns {import("../assessment/account.js").Piece[]} */
  #why() {
    const { decides, kind, voices } = this.finding;
    const { names, questionnaire, say } = this.page;
    const { level, dimension, owner } = this.practice;
    const of = { level_title: names.levelTitle(level), dimension_title: names.dimension(dimension) };
    const given = voices.map(({ counted }) => counted);
    const [from, to] = [(/** @type {string[]} */ all) => all[0], (/** @type {string[]} */ all) => all.at(-1) ?? ""].map((end) =>
      names.answer(end(Object.keys(questionnaire.scale).filter((answer) => given.includes(answer)))),
    );
    const apart = kind !== "disagree" ? "decides_not" : given.includes(NOT_APPLICABLE) ? "applies" : "apart";
    const why = decides ? say("decides", { answer: names.answer(decides), ...of }) : say(apart, { from, to });
    if (kind !== "find_out" || !owner) return [why];
    return [why, " ", ...names.speaker.pieces("ask", { role_title: { to: "role", id: owner, label: questionnaire.roles[owner].title } })];
  }

  /** The answers as a scale, and at each of them those who gave it. */
  #voices() {
    const { page, practice, id } = this;
    const { options } = page.texts[id];
    const answers = [...practice.offered, UNKNOWN, ...(practice.may_be_not_applicable ? [NOT_APPLICABLE] : [])];
    return h(
      "fieldset",
      { class: "mp-voices", style: `--mp-answers: ${practice.offered.length}` },
      h("legend", {}, page.say("agree")),
      answers.map((answer) => {
        const label = page.names.answer(answer);
        const text = options[answer] ?? "";
        const people = this.finding.voices.filter((voice) => voice.answer === answer);
        return h(
          "div",
          { class: "mp-voice", "data-said": people.length > 0 },
          h(
            "label",
            { class: "mp-option" },
            h("input", { type: "radio", name: `agreed-${id}`, value: answer, autocomplete: "off" }),
            h("span", {}, h("strong", {}, label), text && text !== label ? h("span", {}, text) : ""),
          ),
          people.length > 0 && h("div", { class: "mp-voice__people" }, this.#givers(people)),
        );
      }),
    );
  }

  /** Evidence, reasons and notes, each with who gave it. */
  #told() {
    const { page, id } = this;
    const { evidence } = page.texts[id];
    /** @type {[string, string[]][]} */
    const remarks = this.finding.voices.map(({ rater, stored }) => [
      this.#label(rater),
      [
        ...stored.evidence.flatMap((name) => (evidence[name] ? [page.say("has_evidence", { text: evidence[name] })] : [])),
        stored.proof.trim() && page.say("has_evidence", { text: stored.proof.trim() }),
        stored.reason.trim() && page.say("reason_given", { text: stored.reason.trim() }),
        stored.note.trim() && page.say("note_given", { text: stored.note.trim() }),
      ].filter(Boolean),
    ]);
    const those = remarks.filter(([, texts]) => texts.length);
    if (!those.length) return h("p", { class: "mp-small" }, page.say("no_evidence"));
    const list = h("dl", { class: "mp-told" }, those.flatMap(([who, texts]) => [h("dt", {}, who), ...texts.map((text) => h("dd", {}, text))]));
    return h("details", { class: "mp-fold", open: true }, h("summary", {}, page.say("told", { n: those.flatMap(([, texts]) => texts).length })), list);
  }

  /** The criteria that are ticked. */
  get ticked() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  /** The boxes of the criteria; none where no answer needs them. @returns {HTMLInputElement[]} */
  get boxes() {
    return [...this.element.querySelectorAll("input")].filter(({ name }) => name === "criteria");
  }

  /** @param {string} text @param {number} index */
  #criterion(text, index) {
    const { scale } = this.page.questionnaire;
    if (!this.practice.offered.some((answer) => scale[answer].needs_criteria)) return text;
    const box = h("input", { type: "checkbox", name: "criteria", value: this.practice.criteria[index], autocomplete: "off" });
    return h("label", { class: "mp-tick" }, box, h("span", {}, text));
  }

  /** Those who gave an answer, and apart from them those for whom it counts as another. @param {Voice[]} voices */
  #givers(voices) {
    const person = (/** @type {Voice} */ { rater }) => h("li", { "data-short": this.#label(rater, true) }, h("span", {}, this.#label(rater)));
    const people = (/** @type {Voice[]} */ some) => h("ul", { class: "mp-people" }, some.map(person));
    const full = voices.filter(({ answer, counted }) => answer === counted);
    const partly = voices.filter((voice) => !full.includes(voice));
    return [
      full.length > 0 && people(full),
      partly.length > 0 && h("span", {}, this.page.say("counts_as_for", { counted: this.page.names.answer(partly[0].counted) })),
      partly.length > 0 && people(partly),
    ];
  }

  /** @param {import("../assessment/answers.js").Rater} rater @param {boolean} [isShort] */
  #label(rater, isShort) {
    return this.page.people.label(rater, this.page.saved.assessment.raters, isShort);
  }

  /** @param {"note" | "reason"} name */
  #text(name) {
    return h("textarea", { name, rows: 1, maxlength: LONGEST_ENTRY, autocomplete: "off" });
  }
}
