/** `<maturity-report>`: an assessment as a report, to print, to copy, and to give its steps to people. */

import { csv } from "../common/csv.js";
import { define } from "../common/desk.js";
import { h, missing, pressed } from "../common/dom.js";
import { copy, download } from "../common/handover.js";
import { speakerOf } from "../common/words.js";
import { LONGEST_ENTRY, noAnswer } from "../assessment/answers.js";
import { calendar } from "../assessment/calendar.js";
import { compare, dateOf, earlierRound, present } from "../assessment/comparison.js";
import { picture } from "../assessment/picture.js";
import { Report, markdown } from "../assessment/report.js";
import { roundBefore } from "../assessment/rounds.js";
import { answerRows, stepRows } from "../assessment/sheets.js";
import { drawMap } from "../parts/figures.js";
import { fileName, saveFile } from "../parts/files.js";
import { pngFile, svgFile } from "../parts/picture-file.js";
import { drawStairs } from "../parts/stairs.js";
import { trackerButtons } from "../parts/tracker-buttons.js";
import { Page } from "./page.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/report.js").Section} Section
 * @typedef {import("../assessment/standing.js").Standing} Standing
 * @typedef {import("../assessment/report.js").Table} Table
 */

/** Whether a section lists every answer: it comes last, on sheets of its own. @param {Section} section */
const isAnswers = ({ id }) => id === "answers";

/** The sections between the first page and the answers. @param {Report} report */
const beforeAnswers = ({ sections }) => sections.filter((section) => !isAnswers(section));

class ReportPage extends Page {
  /** @type {Saved | undefined} */
  #saved;
  /** The id of an earlier assessment; "" for none, null before the reader has chosen. @type {string | null} */
  #earlier = null;
  /** @type {Report | null} */
  #report = null;
  /** What draws a card, where there is a button for one. @type {Promise<typeof import("../assessment/card.js") | null> | null} */
  #cards = null;
  /** The section on laws and standards, once what makes it is there. @type {((standing: Standing) => Section) | null} */
  #clauses = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    element.addEventListener("change", ({ target }) => this.#choose(/** @type {HTMLInputElement} */ (target)));
    element.addEventListener("input", ({ target }) => this.#type(/** @type {HTMLInputElement} */ (target)));
    element.addEventListener("click", ({ target }) => this.#press(target));
    const { say } = speakerOf(element.dataset.tracker);
    this.find("tracker").replaceChildren(...trackerButtons(say, () => this.#tasks(), "next-steps"));
    // At once: browsers let a press copy what is there, not what has yet to come. The one file goes without.
    if (element.querySelector('[data-do^="card"]')) this.#cards = import("../assessment/card.js").catch(missing);
    if (element.dataset.standards) this.#loadClauses(JSON.parse(element.dataset.standards));
  }

  /** @param {import("../assessment/clauses.js").Standard[]} standards */
  async #loadClauses(standards) {
    const module = await import("../assessment/clauses.js").catch(() => null);
    if (!module) return; // the report goes without
    this.#clauses = (standing) => module.clausesSection(this.say, this.questionnaire, standards, standing);
    if (this.#saved) this.#addClauses(this.#saved);
  }

  /** Show the section on laws and standards too. All else stays: a reader may be about to press it. @param {Saved} saved */
  #addClauses(saved) {
    this.#report = this.#make(saved);
    const sections = beforeAnswers(this.#report);
    const index = sections.findIndex(({ id }) => id === "clauses");
    if (index < 0) return;
    const place = this.find("sections");
    place.insertBefore(this.#section(sections[index]), place.children[index] ?? null);
  }

  refresh() {
    const all = this.assessments;
    const id = this.#saved?.assessment.id ?? this.store.current;
    this.#saved = all.find(({ assessment }) => assessment.id === id) ?? all[0];
    this.#show();
  }

  startOver() {
    this.#saved = undefined;
    this.#earlier = null;
    this.refresh();
  }

  // What the reader does

  /** @param {HTMLInputElement} control */
  #choose({ dataset, value, files }) {
    if (dataset.part === "list") {
      this.turns.next();
      this.#open(this.store.get(value) ?? undefined);
    }
    if (dataset.part === "earlier") {
      this.#earlier = value;
      this.#show();
    }
    if (files?.length) this.#read([...files]);
  }

  /** @param {File[]} files */
  async #read(files) {
    /** @type {HTMLInputElement} */ (this.find("files")).value = "";
    for (const saved of await this.read(files)) {
      const adopted = await this.adopt(saved);
      if (adopted) this.#open(adopted);
    }
  }

  /** @param {Saved | undefined} saved */
  #open(saved) {
    this.#saved = saved;
    this.#earlier = null;
    this.#show();
  }

  /** Somebody takes a step on. @param {HTMLInputElement} control */
  #type(control) {
    const { practice = "" } = control.dataset;
    if (!this.#saved || !practice) return;
    const name = /** @type {"owner" | "due"} */ (control.name);
    const value = control.validity.valid ? control.value : "";
    control.toggleAttribute("data-empty", !value);
    this.#saved = this.store.update(this.#saved, ({ assessment: { answers } }) => {
      const stored = answers.get(practice) ?? noAnswer();
      answers.set(practice, { ...stored, [name]: value });
    });
    this.#report = this.#make(this.#saved);
    this.#drawCover(this.#report);
    this.warn();
  }

  /** @param {EventTarget | null} target */
  #press(target) {
    const action = pressed(target)?.dataset.do ?? "";
    const report = this.#report;
    if (action === "open") this.find("files").click();
    if (!report || !this.#saved) return;
    const { saved } = report.standing;
    const address = this.absolute.bind(this);
    // Excel takes a file for UTF-8 only with a mark in front.
    const table = (/** @type {string} */ what, /** @type {string[][]} */ rows) =>
      download(`${fileName(saved)}-${what}.csv`, `\uFEFF${csv(rows)}`, "text/csv");
    /** @type {Record<string, () => unknown>} */
    const actions = {
      markdown: () => this.#copy(markdown(report, address)),
      answers_csv: () => table("answers", answerRows(report, JSON.parse(this.element.dataset.columns ?? "[]"))),
      steps_csv: () => table("steps", stepRows(report, address)),
      calendar: () => download(`${fileName(saved)}-evidence.ics`, this.#calendar(report), "text/calendar"),
      picture_svg: () => download(`${fileName(saved)}-picture.svg`, this.#picture(report), "image/svg+xml"),
      picture_png: () => this.#savePng(report),
      card_svg: () => this.#card(report, ({ svg }) => download(`${fileName(saved)}-card.svg`, svg, "image/svg+xml")),
      card_html: () => this.#card(report, ({ html }) => this.#copy(html, "card_copied")),
      save: () => this.#saved && saveFile(this.#saved),
    };
    actions[action]?.();
  }

  /** @param {string} text @param {string} [copied] What is said once it is on the clipboard. */
  async #copy(text, copied = "markdown_copied") {
    const isWanted = this.turns.watch();
    const label = this.say("copy_by_hand");
    const field = await copy(text, label);
    if (!isWanted()) return;
    if (!field) return this.tell([this.say(copied)]);
    this.notices.say("file", label, field);
    field.select();
  }

  /** The picture of the first page as a file. @param {Report} report */
  #picture(report) {
    return svgFile(this.#stairs, {
      title: report.heading.join(" · "),
      headline: report.cover.sentence,
      facts: report.heading.join(" · "),
      description: picture(this.names, report.standing.result).label,
    });
  }

  /**
   * The small picture of the result, for a wiki or a pull request.
   * @param {Report} report
   * @param {(card: import("../assessment/card.js").Card) => unknown} use
   */
  async #card({ heading: [unit], standing }, use) {
    const module = await this.#cards;
    const date = dateOf(standing.saved);
    if (module) use(new module.Card(this.names, standing.result, { unit, date, on: date }));
  }

  /** @param {Report} report */
  async #savePng(report) {
    const isWanted = this.turns.watch();
    const file = await pngFile(this.#picture(report));
    if (!isWanted()) return;
    if (file) download(`${fileName(report.standing.saved)}-picture.png`, file, file.type);
    else this.tell([this.say("picture_failed")]);
  }

  /** The days on which evidence runs out, for a calendar. @param {Report} report */
  #calendar({ assessment, renewals }) {
    const about = { framework: this.questionnaire.framework.id, unit: assessment.unit.trim() || assessment.id, stamp: new Date().toISOString() };
    return calendar(renewals.ahead, about, this.say, ({ practice }) => this.absolute(practice));
  }

  /** The next steps as tasks for an issue tracker, and the evidence to renew soon. @returns {import("../assessment/tracker.js").Task[]} */
  #tasks() {
    const report = this.#report;
    if (!report) return [];
    return [...this.#stepTasks(report), ...this.#renewalTasks(report)];
  }

  /** @param {Report} report @returns {import("../assessment/tracker.js").Task[]} */
  #renewalTasks({ renewals, account }) {
    return renewals.soon.map(({ practice, until, what, owner }) => {
      const { level, dimension } = this.questionnaire.practices[practice.id];
      return {
        title: this.say("renew_task", { title: practice.label }),
        question: "",
        criteria: what,
        owner,
        level: this.names.levelTitle(level),
        dimension: this.names.dimension(dimension),
        labels: [level, dimension],
        link: this.absolute(practice),
        due: until,
        answer: account.answer(practice.id),
      };
    });
  }

  /** @param {Report} report @returns {import("../assessment/tracker.js").Task[]} */
  #stepTasks(report) {
    return report.steps.map(({ practice: id }) => {
      const { level, dimension, title } = this.questionnaire.practices[id];
      const { question, criteria } = this.texts[id];
      const stored = report.assessment.answers.get(id);
      return {
        title,
        question,
        criteria,
        ticked: criteria.filter((_, index) => stored?.criteria?.includes(this.questionnaire.practices[id].criteria[index])),
        owner: stored?.owner.trim() || (report.account.owner(id)?.label ?? ""),
        level: this.names.levelTitle(level),
        dimension: this.names.dimension(dimension),
        labels: [level, dimension],
        link: this.absolute({ to: "practice", id, label: title }),
        due: stored?.due,
        answer: report.account.answer(id),
      };
    });
  }

  // What is shown

  #show() {
    const all = this.assessments;
    const saved = this.#saved;
    this.element.dataset.report = saved ? "some" : "none";
    if (!saved) return;
    this.fillList("list", all, saved.assessment.id);
    const others = this.#others(saved);
    this.#earlier ??= (saved.assessment.before?.id || earlierRound(saved, all)?.assessment.id) ?? "";
    this.fillList("earlier", others, this.#earlier, { none: this.say("no_earlier") });
    this.find("earlier-field").hidden = !others.length;
    this.#report = this.#make(saved);
    this.#draw(this.#report);
  }

  /** What an assessment can be compared with: the others that are kept, and the round that it was made from. @param {Saved} saved */
  #others(saved) {
    const others = this.assessments.filter(({ assessment }) => assessment.id !== saved.assessment.id);
    const before = roundBefore(saved);
    return !before || others.some(({ assessment }) => assessment.id === before.assessment.id) ? others : [...others, before];
  }

  /** @param {Saved} saved */
  #make(saved) {
    const earlier = this.#others(saved).find(({ assessment }) => assessment.id === this.#earlier);
    const comparison = earlier ? compare(this.questionnaire, earlier, saved) : null;
    const standing = present(this.questionnaire, saved);
    const report = new Report(this.names, this.texts, this.people, standing, comparison);
    report.clauses = this.#clauses && this.#clauses(standing);
    return report;
  }

  /** @param {Report} report */
  #draw(report) {
    const { result } = report.standing;
    const [unit, ...facts] = report.heading;
    this.find("unit").textContent = unit;
    this.find("facts").textContent = facts.join(" · ");
    this.find("by").textContent = report.by;
    const date = dateOf(report.standing.saved);
    const note = document.querySelector("[data-paper-note]");
    if (note) note.textContent = [unit, date && this.speaker.date(date)].filter(Boolean).join(" · ");
    this.#drawCover(report);
    this.find("calendar").hidden = !report.renewals.ahead.length;
    this.find("remarks").replaceChildren(...report.account.remarks.map((text) => h("li", {}, text)));
    drawMap(this.element, this.names, result);
    const drawn = (/** @type {Section[]} */ sections) => sections.map((section) => this.#section(section));
    this.find("sections").replaceChildren(...drawn(beforeAnswers(report)));
    this.find("answers").replaceChildren(...drawn(report.sections.filter(isAnswers)));
  }

  /** The first page, complete by itself. @param {Report} report */
  #drawCover({ cover: { sentence, steps, short }, standing: { result } }) {
    this.find("sentence").textContent = sentence;
    drawStairs(this.#stairs, picture(this.names, result), this.say);
    const items = steps.map(({ what, who, when }) =>
      h("li", {}, h("strong", {}, this.linked(what)), h("span", { class: "mp-cover__owner" }, `${who} · ${when}`)),
    );
    this.find("next").replaceChildren(items.length ? h("ol", {}, items) : h("p", {}, this.say("cover.no_steps")));
    this.find("short").replaceChildren(...short.map((text) => h("p", {}, this.linked(text))));
  }

  /** The drawing on the first page. @returns {SVGSVGElement} */
  get #stairs() {
    return /** @type {SVGSVGElement} */ (this.element.querySelector(".mp-stairs__drawing"));
  }

  /** @param {Section} section */
  #section({ id, title, paragraphs = [], entries = [], table, last }) {
    return h(
      "section",
      { class: `mp-report__section mp-report__${id}` },
      h("h2", {}, title),
      paragraphs.map((text) => h("p", {}, this.linked(text))),
      h("div", { class: "mp-report__entries" }, entries.map(({ title: heading, texts }) =>
        h("div", {}, heading && h("h3", {}, heading), h("ul", {}, texts.map((text) => h("li", {}, this.linked(text))))),
      )),
      table && this.#table(id, table),
      last?.join("") && h("p", { class: "mp-small" }, this.linked(last)),
    );
  }

  /** @param {string} id @param {Table} table */
  #table(id, { head, rows, practices }) {
    return h(
      "div",
      { class: "mp-scroll" },
      h(
        "table",
        { class: "mp-grid" },
        h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
        h(
          "tbody",
          {},
          rows.map((row, index) => {
            const practice = id === "steps" ? practices?.[index] : undefined;
            const cells = row.map((text) => h("td", {}, this.linked(text)));
            if (practice) cells.splice(-2, 2, ...this.#taking(practice));
            cells.forEach((cell, column) => (cell.dataset.heading = head[column])); // for windows too narrow for columns
            return h("tr", {}, cells);
          }),
        ),
      ),
    );
  }

  /** Who takes a step on, and by when. @param {string} practice */
  #taking(practice) {
    const isPresent = this.#saved?.framework.version === this.questionnaire.framework.version;
    const stored = this.#report?.assessment.answers.get(practice) ?? noAnswer();
    /** @param {"owner" | "due"} name @param {string} type @param {string} label */
    const field = (name, type, label) =>
      h(
        "td",
        {},
        h("input", {
          type,
          name,
          value: stored[name],
          maxlength: type === "text" && LONGEST_ENTRY,
          max: type === "date" && "2999-12-31",
          "data-practice": practice,
          "data-empty": !stored[name],
          "aria-label": `${label}: ${this.names.practice(practice)}`,
          disabled: !isPresent,
          autocomplete: "off",
        }),
      );
    return [field("owner", "text", this.say("who")), field("due", "date", this.say("due"))];
  }
}

define("maturity-report", ReportPage);
