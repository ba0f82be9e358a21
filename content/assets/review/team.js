/** `<maturity-team>`: several people's answers side by side, and what they agree on. */

import { today } from "../common/dates.js";
import { define } from "../common/desk.js";
import { h, pressed } from "../common/dom.js";
import { listToCopy } from "../common/handover.js";
import { newId } from "../common/ids.js";
import { ask } from "../common/ask.js";
import { ABOUT, blank, carry, isEmpty, noAnswer, setAnswer, setCriteria } from "../assessment/answers.js";
import { agreedCriteria, findings, gather, ofKind } from "../assessment/findings.js";
import { readLink } from "../assessment/link-reader.js";
import { fragmentOf } from "../assessment/link.js";
import { counts, stand } from "../assessment/standing.js";
import { asOne, likeness } from "../assessment/twins.js";
import { linesOf, saveFile } from "../parts/files.js";
import { levelsElement } from "../parts/levels.js";
import { Card } from "./card.js";
import { Large } from "./large.js";
import { Page } from "./page.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/answers.js").Rater} Rater
 * @typedef {import("../assessment/answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("../assessment/findings.js").Finding} Finding
 * @typedef {import("../assessment/findings.js").Kind} Kind
 */

/** Findings in the order in which they are shown. */
const KINDS = /** @type {const} */ (["disagree", "find_out", "close", "alike", "single", "none"]);

class Team extends Page {
  /** @type {Saved} */
  saved = this.#blank();
  /** @type {Map<string, Finding>} */
  findings = new Map();
  /** @type {Map<string, Card>} */
  cards = new Map();
  #isShown = false;

  /** @param {HTMLElement} element */
  constructor(element) {
    super(element);
    /** How many disagreements there is time for in a workshop. */
    this.today = Number(element.dataset.today);
    this.large = new Large(this.find("slides"), (id) => this.#tellLarge(id));
    element.addEventListener("change", ({ target }) => this.#choose(/** @type {HTMLInputElement} */ (target)));
    element.addEventListener("input", ({ target }) => this.#type(/** @type {HTMLInputElement} */ (target)));
    element.addEventListener("click", ({ target }) => this.#press(target));
  }

  /** Show what is kept of the team on view; at first, the last one. */
  refresh() {
    // What is shown large stays as it is; what is recorded there goes into whatever is kept.
    if (this.large.isOpen) return;
    const stored = this.store.get(this.saved.assessment.id);
    if (stored) this.#show(stored);
    else if (!this.#isShown) this.#show(this.#all()[0] ?? this.saved);
  }

  startOver() {
    this.#isShown = false;
    this.saved = this.#blank();
    this.refresh();
  }

  /** The people's files as one team. @param {Saved[]} people */
  exampleOf(people) {
    const team = this.#blank();
    this.#take(team, people.map(raterOf));
    return [team];
  }

  // What the reader does

  /** @param {HTMLInputElement} control */
  #choose(control) {
    const { name, value, files } = control;
    if (files?.length) {
      this.#open([...files]);
      control.value = "";
    } else if (control === this.find("list")) this.#show(this.#all().find(({ assessment }) => assessment.id === value) ?? this.#blank());
    else if (name.startsWith("agreed-")) this.#agree(control, (stored, id) => this.#settle(stored, id, value));
    else if (name === "criteria") this.#agree(control, (stored, id) => setCriteria(this.questionnaire.practices[id], stored, this.cards.get(id)?.ticked ?? []));
    else if (control.dataset.rater) this.#rename(control.dataset.rater, name, value);
  }

  /** @param {HTMLInputElement} control */
  #type(control) {
    const about = ABOUT.find((name) => name === control.name);
    if (about && !control.dataset.rater) {
      this.#change(({ assessment }) => (assessment[about] = control.validity.valid ? control.value : ""));
      this.#showList();
    } else if (control.name === "note" || control.name === "reason")
      this.#agree(control, (stored) => (stored[/** @type {"note" | "reason"} */ (control.name)] = control.value));
  }

  /** @param {EventTarget | null} target */
  #press(target) {
    const control = pressed(target);
    /** @type {Record<string, () => unknown>} */
    const actions = {
      open: () => this.find("files").click(),
      add: () => this.#addStored(),
      paste: () => this.#addLink(),
      new: () => this.#show(this.#blank()),
      save: () => saveFile(this.saved),
      delete: () => this.#delete(),
      remove: () => this.#leave(control?.dataset.rater ?? ""),
      lower: () => this.#takeLower(),
      clear: () => this.#agree(control, (stored, id) => this.#settle(stored, id, "")),
      large: () => this.#showLarge(),
    };
    actions[control?.dataset.do ?? ""]?.();
  }

  // People

  /** Open files: people's own answers join the team, a team's answers are opened as they are. @param {File[]} files */
  async #open(files) {
    const read = await this.read(files);
    const [team, ...others] = read.filter(({ assessment }) => assessment.raters.length);
    if (team) await this.#openTeam(team);
    for (const other of others) await this.adopt(other);
    await this.#join(read.filter(({ assessment }) => !assessment.raters.length));
  }

  /** A team of another version is carried over as a copy. @param {Saved} saved */
  async #openTeam(saved) {
    const adopted = await this.adopt(saved);
    if (!adopted) return;
    const { framework } = this.questionnaire;
    if (adopted.framework.version === framework.version) return this.#show(adopted);
    const carried = carry(this.questionnaire, adopted.assessment.answers);
    const assessment = { ...adopted.assessment, id: newId(), answers: carried.answers };
    const { id, version, title } = framework;
    this.store.put({ framework: { id, version, title }, assessment });
    this.#show({ framework: { id, version, title }, assessment });
    this.tell([this.say("team_carried", { version: adopted.framework.version, n: carried.reworded.length })]);
  }

  /** @param {Saved[]} people */
  async #join(people) {
    /** @type {string[]} */
    const remarks = [];
    /** @type {string[]} */
    const lost = [];
    for (const saved of people) {
      const rater = raterOf(saved);
      const { choice, twin } = await this.#choiceFor(rater);
      const who = (/** @type {Rater} */ one) => this.people.label(one, this.saved.assessment.raters);
      if (twin && (choice === "same" || choice === "once")) remarks.push(this.say(choice === "same" ? "here_already" : "counted_once", { who: who(twin) }));
      if (twin && (choice === "replace" || choice === "once")) this.#replace(twin, choice === "once" ? asOne(twin, rater, this.say("shared_proof")) : rater);
      if (choice === "both") this.#gather((raters) => [...raters, twin ? { ...rater, id: newId() } : rater]);
      if (choice && rater.version !== this.questionnaire.framework.version) {
        const { text, lines } = this.#carried(rater, who(rater));
        remarks.push(text);
        lost.push(...lines);
      }
    }
    // What was said of the files themselves stays.
    this.tell(remarks, listToCopy(this.say("not_read"), lost), "people");
  }

  /** Return what the reader wants of somebody's answers, and of whose they may be that are here already. @param {Rater} rater */
  async #choiceFor(rater) {
    const { raters } = this.saved.assessment;
    const shared = this.say("shared_proof");
    for (const twin of raters) {
      const like = likeness(this.questionnaire, twin, rater, shared);
      if (like === "same") return { choice: like, twin };
      if (like) return { choice: await this.#askAboutTwin(this.people.label(twin, raters), like), twin };
    }
    return { choice: "both", twin: null };
  }

  /** Put answers in the place of somebody's. @param {Rater} twin @param {Rater} rater */
  #replace(twin, rater) {
    this.#gather((raters) => raters.map((one) => (one === twin ? { ...rater, id: twin.id } : one)));
  }

  /** Somebody's answers are here already. @param {string} who @param {"alike" | "other"} like @returns {Promise<string>} */
  #askAboutTwin(who, like) {
    const isAlike = like === "alike";
    return ask(this.dialog, this.say(isAlike ? "alike_title" : "twin_title", { who }), this.say(isAlike ? "alike_text" : "twin_text", { who }), [
      isAlike ? { label: this.say("alike_once"), value: "once", isMain: true } : { label: this.say("twin_replace"), value: "replace", isMain: true },
      { label: this.say(isAlike ? "alike_two" : "clash_both"), value: "both" },
      { label: this.say("cancel"), value: "" },
    ]);
  }

  /** Return what becomes of somebody's answers to another version, and those that are left out. @param {Rater} rater @param {string} who */
  #carried(rater, who) {
    const { reworded, followed, choices, gone } = carry(this.questionnaire, rater.answers);
    const lost = [...choices.flatMap(({ from }) => from), ...gone];
    const text = this.say("rater_version", { who, version: rater.version, n: reworded.length, moved: followed.length, lost: choices.length + gone.length });
    return { text, lines: lost.map((id) => `${who}, ${id}: ${this.names.answer(rater.answers.get(id)?.answer ?? "")}`) };
  }

  #addStored() {
    const { value } = /** @type {HTMLSelectElement} */ (this.find("own"));
    const saved = this.store.get(value);
    if (saved) this.#join([saved]);
  }

  /** Take in the answers of a link, unless another team is on view by the time that they are read. */
  async #addLink() {
    const isWanted = this.turns.watch();
    const field = /** @type {HTMLInputElement} */ (this.find("link"));
    const shared = this.say("shared_proof");
    try {
      const read = await readLink(this.questionnaire, fragmentOf(field.value), { proof: shared, reason: shared });
      if (!isWanted()) return;
      const { framework, start, unit, answers, lost, isUnitLost } = read;
      const { assessment } = blank(this.questionnaire, "");
      const remarks = [lost.length ? this.say("shared_lost", { n: lost.length }) : "", isUnitLost ? this.say("shared_unit_lost") : ""].filter(Boolean);
      await this.#join([{ framework, assessment: { ...assessment, start, unit, answers } }]);
      this.tell(remarks, listToCopy(this.say("not_read"), linesOf(read, this.names)));
      field.value = "";
    } catch (error) {
      const { text, link } = await this.unreadable(error);
      if (isWanted()) this.tell([text], link);
    }
  }

  /** @param {string} id @param {string} field @param {string} value */
  #rename(id, field, value) {
    this.#gather((raters) => raters.map((one) => (one.id === id ? { ...one, [field]: value } : one)));
  }

  /** Take somebody's answers out again, if the reader says so. @param {string} id */
  async #leave(id) {
    const { raters } = this.saved.assessment;
    const rater = raters.find((one) => one.id === id);
    if (!rater) return;
    const who = this.people.label(rater, raters);
    const choice = await ask(this.dialog, this.say("remove_title", { who }), this.say("remove_text"), [
      { label: this.say("cancel"), value: "", isMain: true },
      { label: this.say("remove_do"), value: "remove" },
    ]);
    if (choice) this.#gather((all) => all.filter((one) => one.id !== id));
  }

  /** @param {(raters: Rater[]) => Rater[]} next */
  #gather(next) {
    this.#change((saved) => this.#take(saved, next(saved.assessment.raters)));
    this.#show(this.saved);
  }

  /** @param {Saved} saved Changed in place. @param {Rater[]} raters */
  #take({ assessment }, raters) {
    gather(this.questionnaire, assessment, raters, (rater, all) => this.people.label(rater, all));
    assessment.unit ||= raters.find(({ unit }) => unit.trim())?.unit ?? "";
  }

  // What is agreed

  /**
   * Record what the group says of the practice that a control belongs to.
   * @param {Element | null} control
   * @param {(stored: StoredAnswer, id: string) => unknown} change
   */
  #agree(control, change) {
    const card = control?.closest("[data-practice]");
    const id = card instanceof HTMLElement ? (card.dataset.practice ?? "") : "";
    if (!this.cards.has(id)) return;
    this.#record([id], change);
    this.#tell();
  }

  /** @param {string[]} ids @param {(stored: StoredAnswer, id: string) => unknown} change */
  #record(ids, change) {
    this.#change(({ assessment: { answers } }) => {
      for (const id of ids) {
        const stored = answers.get(id) ?? noAnswer();
        change(stored, id);
        if (isEmpty(stored)) answers.delete(id);
        else answers.set(id, stored);
      }
    });
  }

  /** Where answers are close and nothing is recorded yet, take the lower one. */
  #takeLower() {
    const ids = this.#openOf("close").map(({ practice }) => practice);
    this.#record(ids, (stored, id) => this.#settle(stored, id, this.findings.get(id)?.proposal ?? ""));
    this.#tell();
    this.announceNow(this.say("lower_taken", { n: ids.length }));
  }

  /** Record what the group agrees on, with the criteria that those ticked who said so. @param {StoredAnswer} stored @param {string} id @param {string} answer */
  #settle(stored, id, answer) {
    const { practices, scale } = this.questionnaire;
    setAnswer(this.questionnaire, id, stored, answer);
    if (scale[answer]?.needs_criteria) stored.criteria = agreedCriteria(practices[id], this.findings.get(id)?.voices ?? [], answer);
  }

  /** The findings of a kind on which nothing is recorded. @param {Kind} kind */
  #openOf(kind) {
    const { answers } = this.saved.assessment;
    return this.#ofKind(kind).filter(({ practice }) => !answers.get(practice)?.answer);
  }

  /** @param {(saved: Saved) => void} change */
  #change(change) {
    const { id, version, title } = this.questionnaire.framework;
    this.saved = this.store.update(this.saved, (saved) => {
      saved.framework = { id, version, title };
      change(saved);
    });
    this.store.current = this.saved.assessment.id;
    this.warn();
  }

  async #delete() {
    if (await this.remove(this.saved)) this.#show(this.#all()[0] ?? this.#blank());
  }

  // What is shown

  /** @param {Saved} saved */
  #show(saved) {
    this.#isShown = true;
    if (saved.assessment.id !== this.saved.assessment.id) this.turns.next();
    this.saved = saved;
    const { raters } = saved.assessment;
    this.findings = findings(this.questionnaire, raters);
    this.element.dataset.people = raters.length > 1 ? "several" : raters.length ? "one" : "none";
    this.fillAbout(saved);
    this.#showList();
    this.#showPeople();
    this.cards.clear();
    for (const kind of KINDS) this.#showKind(kind);
    this.#tell();
  }

  #showList() {
    const all = this.#all();
    const { id, raters } = this.saved.assessment;
    const isListed = all.some(({ assessment }) => assessment.id === id);
    this.fillList("list", isListed ? all : [this.saved, ...all], id);
    const mine = this.assessments.filter(({ assessment }) => !assessment.raters.length && !raters.some((one) => one.id === assessment.id));
    this.fillList("own", mine, "");
    this.find("own-field").hidden = !mine.length;
  }

  #showPeople() {
    const { raters } = this.saved.assessment;
    this.find("people").replaceChildren(...raters.map((rater) => this.#person(rater)));
  }

  /** @param {Rater} rater */
  #person(rater) {
    const { raters } = this.saved.assessment;
    const who = this.people.label(rater, raters);
    const standing = stand(this.questionnaire, {
      framework: this.saved.framework,
      assessment: { ...rater, answers: carry(this.questionnaire, rater.answers).answers, raters: [], before: null },
    });
    const { answered, total } = counts(standing);
    const [role, name, , level] = [...this.root.querySelectorAll(".mp-people-table th")].map((head) => head.textContent ?? "");
    const field = (/** @type {"role" | "name"} */ key, /** @type {string} */ label) =>
      h("td", { "data-label": label }, h("input", { type: "text", name: key, value: rater[key], "data-rater": rater.id, "aria-label": `${label}: ${who}`, autocomplete: "off" }));
    return h(
      "tr",
      {},
      field("role", role),
      field("name", name),
      h("td", {}, this.say("answered", { n: answered, total }), rater.version !== this.questionnaire.framework.version && h("span", { class: "mp-small" }, " ", this.say("version", { version: rater.version }))),
      h("td", { "data-label": level }, this.names.level(standing.result.claimed.at)),
      h("td", {}, h("button", { type: "button", class: "mp-plain", "data-do": "remove", "data-rater": rater.id, "aria-label": `${this.say("remove")}: ${who}` }, this.say("remove"))),
    );
  }

  /** @param {Kind} kind */
  #ofKind(kind) {
    return ofKind(this.questionnaire, this.findings, kind);
  }

  /** @param {Kind} kind */
  #showKind(kind) {
    const all = this.#ofKind(kind);
    this.find(kind).hidden = !all.length;
    const list = this.find(`${kind}-list`);
    if (kind === "disagree") this.#showDisagreements(all, list);
    else {
      this.find(`${kind}-count`).textContent = String(all.length);
      const isTalked = kind === "find_out" || kind === "close";
      list.replaceChildren(...all.map((finding) => (isTalked ? this.#card(finding).folded() : this.#line(finding))));
    }
  }

  /** Show as many disagreements as a workshop has time for, and the rest folded. @param {Finding[]} all @param {HTMLElement} list */
  #showDisagreements(all, list) {
    const [first, rest] = [all.slice(0, this.today), all.slice(this.today)];
    this.find("disagree-title").textContent = rest.length ? this.say("talk_today", { n: first.length, total: all.length }) : this.say("talk", { n: all.length });
    list.replaceChildren(...first.map((finding) => this.#card(finding).element));
    this.find("later").hidden = !rest.length;
    this.find("later-title").textContent = this.say("talk_later", { n: rest.length });
    this.find("later-list").replaceChildren(...rest.map((finding) => this.#card(finding).element));
  }

  /** @param {Finding} finding */
  #card(finding) {
    const card = new Card(this, finding);
    this.cards.set(finding.practice, card);
    return card;
  }

  /** What needs no talk, in a line. @param {Finding} finding */
  #line({ practice, voices, proposal }) {
    const { raters } = this.saved.assessment;
    const summary = proposal && this.people.summary(voices, raters);
    return h(
      "li",
      {},
      ...this.linked([{ to: "question", id: practice, label: this.names.practice(practice) }]),
      h("span", { class: "mp-small" }, summary && ` ${summary}`),
    );
  }

  /** Show what changes with each recorded answer. */
  #tell() {
    const { assessment } = this.saved;
    for (const [id, card] of this.cards) card.tell(assessment.answers.get(id) ?? noAnswer());
    const lower = this.#openOf("close").length;
    const differ = this.cards.size;
    const left = [...this.cards.keys()].filter((id) => !assessment.answers.get(id)?.answer).length;
    this.find("progress").textContent = differ ? this.say("agreed_of", { n: differ - left, total: differ }) : this.say("no_disagreement");
    this.large.fit();
    this.find("lower").hidden = !lower;
    this.find("lower").textContent = this.say("lower", { n: lower });
    const standing = stand(this.questionnaire, this.saved);
    const { answered, total } = counts(standing);
    this.find("standing").replaceChildren(
      ...(answered ? [levelsElement(this.names, standing.result)] : []),
      h("p", {}, this.say("answered", { n: answered, total })),
      h("p", { class: "mp-small" }, this.say(answered < total ? "agreed_partly" : "agreed_all")),
    );
  }

  // On a projector

  #showLarge() {
    const ids = [...this.cards.keys()];
    const first = this.#openOf("disagree")[0]?.practice ?? ids[0];
    this.large.open(ids.map((id) => ({ id, element: /** @type {Card} */ (this.cards.get(id)).element })), first);
  }

  /** @param {string} id */
  #tellLarge(id) {
    const ids = [...this.cards.keys()];
    const [n, today] = [ids.indexOf(id) + 1, Math.min(this.today, this.#ofKind("disagree").length)];
    return n <= today ? this.say("place_today", { n, total: today }) : this.say("place", { n, total: ids.length });
  }

  /** The teams that are kept, of this version. */
  #all() {
    const { version } = this.questionnaire.framework;
    return this.assessments.filter(({ framework, assessment }) => assessment.raters.length && framework.version === version);
  }

  #blank() {
    return blank(this.questionnaire, today());
  }
}

/** @param {Saved} saved @returns {Rater} */
function raterOf({ framework, assessment }) {
  const { raters: _, before: __, ...own } = assessment;
  return { ...own, version: framework.version };
}

define("maturity-team", Team);
