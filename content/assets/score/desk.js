/** The desk: takes what the reader does to the session, and shows what comes of it. */

import { advise } from "./advice.js";
import { ABOUT, LARGEST_FILE, UnreadableError, given, isEmpty, newId, noAnswer, read, reworded, write } from "./answers.js";
import { h } from "./dom.js";
import { Form } from "./form.js";
import { ask, button, carryList, download } from "./keeping.js";
import { Names } from "./names.js";
import { score } from "./scoring.js";
import { Session } from "./session.js";
import { SAFE_LENGTH, decode, encode, isShared } from "./sharing.js";
import { Store, browserStorage } from "./store.js";
import { counts, levels, verdict } from "./verdict.js";
import { speaker } from "./words.js";

/**
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./answers.js").StoredAnswer} StoredAnswer
 * @typedef {import("./form.js").Part} Part
 * @typedef {import("./verdict.js").Standing} Standing
 */

/** Milliseconds without a change before a screen reader is told what changed. */
const PAUSE = 700;

export class Desk {
  /** The part on view; null is the verdict. @type {Part | null} */
  part = null;
  #listening = new AbortController();
  #announcing = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    const { dataset } = element;
    this.questionnaire = JSON.parse(dataset.questionnaire ?? "");
    this.speaker = speaker(JSON.parse(dataset.words ?? ""), document.documentElement.lang || "en");
    this.names = new Names(this.questionnaire, this.speaker);
    this.form = new Form(this.#find("questions"), this.questionnaire, this.speaker);
    this.store = new Store(browserStorage(), this.questionnaire.framework.id);
    this.session = new Session(this.questionnaire, this.store);
    this.standing = this.#stand();
    element.addEventListener("input", (event) => this.#input(event.target));
    element.addEventListener("change", (event) => this.#choose(event.target));
    element.addEventListener("click", (event) => this.#click(event.target));
  }

  /** Begin, also after the page was left and came back. */
  open() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener("hashchange", () => this.#follow(), { signal });
    addEventListener("storage", (event) => this.#otherTab(event), { signal });
    this.session.openLast();
    this.#warn();
    this.#showAll();
    this.#follow();
  }

  close() {
    this.#listening.abort();
    clearTimeout(this.#announcing);
  }

  // What the reader does

  /** A control was typed into, or chosen. @param {EventTarget | null} target */
  #input(target) {
    const control = /** @type {HTMLInputElement} */ (target);
    const question = this.form.askOf(target);
    if (question) this.#answer(question.id, (stored) => question.read(stored, target));
    else if (ABOUT.some((name) => name === control.name)) {
      const name = /** @type {typeof ABOUT[number]} */ (control.name);
      this.session.change((assessment) => (assessment[name] = control.value));
      this.#showList();
      this.#warn();
    }
  }

  /** A list, a way or a file was chosen. @param {EventTarget | null} target */
  #choose(target) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
    if (control.dataset.part === "file") this.#openFile(/** @type {HTMLInputElement} */ (control));
    else if (control.dataset.part === "list") this.#switch(control.value);
    else if (control.name === "walk") this.#walk(control.value);
    else if (control.name === "start") {
      this.session.change((assessment) => (assessment.start = control.value));
      this.#find("start-hint").hidden = control.value === "";
      this.#go({ by: "level", id: control.value || this.names.levels[0] });
      this.#update();
    }
  }

  /** @param {EventTarget | null} target */
  #click(target) {
    const pressed = target instanceof Element ? target.closest("button") : null;
    if (!pressed) return;
    const { dataset } = pressed;
    const question = this.form.askOf(pressed);
    if (dataset.do === "clear" && question)
      this.#answer(question.id, (stored) => (stored.answer = stored.asked = ""), true);
    else if (dataset.do === "confirm" && question)
      this.#answer(question.id, (stored) => (stored.asked = question.practice.asked));
    else if (dataset.question) this.#goToQuestion(dataset.question);
    else if (dataset.level && dataset.dimension) this.#goToCell(dataset.level, dataset.dimension);
    else if (dataset.by && dataset.id)
      this.#go({ by: /** @type {Part["by"]} */ (dataset.by), id: dataset.id });
    else if (dataset.do) this.#do(dataset.do);
  }

  /** @param {string} action */
  #do(action) {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      new: () => this.#afresh(() => this.session.start()),
      save: () => this.#save(),
      open: () => this.#find("file").click(),
      link: () => this.#copyLink(),
      print: () => print(),
      delete: () => this.#delete(),
      delete_all: () => this.#deleteAll(),
      next_open: () => this.#nextOpen(),
      see_verdict: () => this.#go(null),
    };
    actions[action]?.();
  }

  /**
   * Change one answer, where it is stored and on the page.
   * @param {string} id
   * @param {(stored: StoredAnswer) => unknown} change
   * @param {boolean} [refill] Whether the controls have to follow.
   */
  #answer(id, change, refill = false) {
    this.session.change(({ answers }) => {
      const stored = answers.get(id) ?? noAnswer();
      change(stored);
      if (isEmpty(stored)) answers.delete(id);
      else answers.set(id, stored);
    });
    const stored = this.session.saved.assessment.answers.get(id) ?? noAnswer();
    const question = this.form.asks.get(id);
    if (refill) question?.fill(stored);
    else question?.tell(stored);
    this.#warn();
    this.#update();
    this.#announce(question?.status.textContent ?? "");
  }

  // Which answers

  /** Open other answers and show them from the start. @param {() => void} change */
  #afresh(change) {
    change();
    this.#notice("file");
    this.#notice("removed");
    this.#leaveLink();
    this.#showAll();
  }

  /** @param {string} id */
  #switch(id) {
    const saved = this.store.get(id);
    if (saved) this.#afresh(() => this.session.open(saved));
  }

  /** Follow the address: to shared answers, a level or a question. */
  #follow() {
    const fragment = readableFragment();
    if (isShared(fragment)) this.#showShared(fragment);
    const [, kind, id] = /^#(level|practice)-(.+)$/.exec(fragment) ?? [];
    if (kind === "level" && Object.hasOwn(this.questionnaire.levels, id)) this.#go({ by: "level", id });
    if (kind === "practice" && this.form.asks.has(id)) this.#goToQuestion(id);
  }

  /** @param {string} fragment */
  #showShared(fragment) {
    const { say } = this.speaker;
    const standIns = { proof: say("shared_proof"), reason: say("shared_reason") };
    this.#trying(() => {
      const shared = decode(this.questionnaire, fragment, standIns);
      this.session.show(shared);
      this.#showAll();
      this.#notice("file");
      this.#notice("shared", this.#sharedNotice(shared));
      this.#go(null);
    });
  }

  /** @param {import("./sharing.js").Shared} shared */
  #sharedNotice({ framework, lost }) {
    const { say } = this.speaker;
    const present = this.questionnaire.framework.version;
    const { carried } = this.session;
    const isOther = framework.version !== present;
    const texts = [
      say("shared"),
      isOther && say("shared_version", { version: framework.version, present }),
      carried.reworded.length > 0 && say("to_confirm", { n: carried.reworded.length }),
      lost > 0 && say("shared_lost", { n: lost }),
    ].filter((text) => text !== false);
    return h(
      "div",
      {},
      h("p", {}, texts.join(" ")),
      h(
        "p",
        {},
        button(say("keep_copy"), () => this.#afresh(() => this.session.keep())),
        " ",
        button(say("back_to_mine"), () => this.#afresh(() => this.session.openLast())),
      ),
    );
  }

  /** Take shared answers out of the address, once they are not shown any more. */
  #leaveLink() {
    this.#notice("shared");
    if (isShared(readableFragment())) history.replaceState(null, "", location.pathname + location.search);
  }

  /** @param {StorageEvent} event */
  #otherTab(event) {
    const { id } = this.session.saved.assessment;
    this.#showList();
    if (this.session.mode !== "own" || !this.store.concerns(event, id)) return;
    const isThere = this.session.reload();
    this.#notice("removed", isThere ? null : this.#closable("removed", this.speaker.say("removed_elsewhere")));
    this.#fill();
    this.#update();
  }

  // Files and links

  #save() {
    const { framework, assessment } = this.session.saved;
    const unit = assessment.unit.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40);
    const parts = [framework.id, unit.replace(/^-|-$/g, ""), assessment.date];
    const name = parts.filter(Boolean).join("-");
    const text = JSON.stringify(JSON.parse(write(this.session.saved)), null, 1);
    download(`${name}.json`, `${text}\n`);
  }

  /** @param {HTMLInputElement} input */
  async #openFile(input) {
    const file = input.files?.[0];
    if (!file) return;
    const text = file.size > LARGEST_FILE ? null : await file.text();
    input.value = "";
    await this.#trying(async () => {
      if (text === null) throw new UnreadableError("too-large");
      const { saved, dropped } = read(text);
      const { id, version, title } = saved.framework;
      if (id !== this.questionnaire.framework.id)
        throw new UnreadableError("other-framework", { other: title || id, version });
      await this.#take(saved, dropped);
    });
  }

  /** Open an assessment from a file; what is here is replaced only if the reader says so. @param {Saved} saved @param {number} dropped */
  async #take(saved, dropped) {
    const mine = this.session.clash(saved);
    const choice = mine ? await this.#askAboutClash(mine, saved) : "replace";
    if (!choice) return;
    const copy = { ...saved, assessment: { ...saved.assessment, id: newId() } };
    const taken = choice === "both" ? copy : saved;
    this.#afresh(() => this.session.adopt(taken));
    const { say } = this.speaker;
    const texts = [say("opened", { entry: this.names.entry(saved) })];
    if (dropped) texts.push(say("dropped", { n: dropped }));
    this.#notice("file", this.#closable("file", texts.join(" ")));
  }

  /** @param {Saved} mine @param {Saved} theirs */
  #askAboutClash(mine, theirs) {
    const { say } = this.speaker;
    /** @param {Saved} saved */
    const when = ({ assessment }) => {
      const changed = new Date(assessment.changed);
      return Number.isNaN(changed.getTime()) ? "?" : changed.toLocaleString(document.documentElement.lang || "en");
    };
    return ask(this.#find("dialog"), {
      title: say("clash_title"),
      text: say("clash_text", { entry: this.names.entry(mine), mine: when(mine), theirs: when(theirs) }),
      choices: [
        { label: say("clash_both"), value: "both", isMain: true },
        { label: say("clash_replace"), value: "replace" },
        { label: say("cancel"), value: "" },
      ],
    });
  }

  async #copyLink() {
    const { say } = this.speaker;
    const address = new URL(location.href);
    address.hash = encode(this.questionnaire, this.session.saved.assessment);
    const { href } = address;
    const text = href.length > SAFE_LENGTH ? say("link_long", { n: href.length }) : say("link_copied");
    try {
      await navigator.clipboard.writeText(href);
      this.#notice("file", this.#closable("file", text));
    } catch {
      // Without https, or where the reader forbids it, there is no clipboard.
      const field = h("input", { type: "text", readonly: true, value: href, "aria-label": say("link_by_hand") });
      this.#notice("file", this.#closable("file", say("link_by_hand"), field));
      field.select();
    }
  }

  async #delete() {
    const { say } = this.speaker;
    const text = say("delete_text", { entry: this.names.entry(this.session.saved) });
    if (await this.#confirm(say("delete_title"), text)) this.#afresh(() => this.session.remove());
  }

  async #deleteAll() {
    const { say } = this.speaker;
    const { saved, broken } = this.store.all();
    const text = say("delete_all_text", { n: saved.length + broken.length });
    if (await this.#confirm(say("delete_all_title"), text)) this.#afresh(() => this.session.clear());
  }

  /** @param {string} title @param {string} text */
  async #confirm(title, text) {
    const { say } = this.speaker;
    const choices = [
      { label: say("delete_do"), value: "delete", isMain: true },
      { label: say("cancel"), value: "" },
    ];
    return (await ask(this.#find("dialog"), { title, text, choices })) === "delete";
  }

  /** Do what may meet an unreadable file or link, and say so. @param {() => unknown} work */
  async #trying(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      const { say } = this.speaker;
      const text = `${say(`error.${error.code}`, error.values)} ${say("nothing_changed")}`;
      this.#notice("file", this.#closable("file", text));
    }
  }

  // Where on the page

  /** The parts in order. @returns {Part[]} */
  #parts() {
    const by = this.#by();
    const ids = by === "level" ? this.names.levels : Object.keys(this.questionnaire.dimensions);
    return ids.map((id) => ({ by, id }));
  }

  /** @returns {Part["by"]} */
  #by() {
    const chosen = this.element.querySelector('input[name="walk"]:checked');
    return /** @type {HTMLInputElement | null} */ (chosen)?.value === "dimension" ? "dimension" : "level";
  }

  /** @param {string} by */
  #walk(by) {
    const first = this.#parts()[0];
    this.#go({ by: by === "dimension" ? "dimension" : "level", id: first.id }, false);
  }

  /** Show a part, or the verdict. @param {Part | null} part @param {boolean} [focus] */
  #go(part, focus = true) {
    const way = /** @type {HTMLInputElement | null} */ (
      this.element.querySelector(`input[name="walk"][value="${part?.by}"]`)
    );
    if (way) way.checked = true;
    this.part = part;
    this.element.dataset.view = part ? "questions" : "verdict";
    this.form.show(part);
    this.#find("verdict").hidden = part !== null;
    this.#showParts();
    this.#showOnward();
    if (!part) this.#showVerdict();
    if (focus) this.#focusTop();
  }

  #focusTop() {
    const shown = this.part ? this.#find("questions").querySelector("section:not([hidden]) > h2") : null;
    focusOn(shown ?? this.#find("verdict").querySelector("h2"));
  }

  /** @param {string} id */
  #goToQuestion(id) {
    const practice = this.questionnaire.practices[id];
    const by = this.part?.by ?? this.#by();
    this.#go({ by, id: practice[by] }, false);
    focusOn(this.form.asks.get(id)?.element ?? null);
  }

  /** @param {string} level @param {string} dimension */
  #goToCell(level, dimension) {
    const by = this.#by();
    this.#go({ by, id: by === "level" ? level : dimension }, false);
    focusOn(this.element.querySelector(`[id="${level}-${dimension}"]`));
  }

  /** Go to the next question without an answer, from where the reader is. */
  #nextOpen() {
    const order = this.#parts().flatMap(({ by, id }) =>
      [...this.form.asks.values()].filter(({ practice }) => practice[by] === id).map((question) => question.id),
    );
    const here = this.form.askOf(document.activeElement)?.id ?? this.#firstShown();
    const from = order.indexOf(here ?? "");
    const isHere = this.form.askOf(document.activeElement) ? 1 : 0;
    const rotated = [...order.slice(Math.max(0, from + isHere)), ...order.slice(0, Math.max(0, from + isHere))];
    const next = rotated.find((id) => this.standing.result.states.get(id) === "open");
    if (next) this.#goToQuestion(next);
    else this.#go(null);
  }

  #firstShown() {
    const { part } = this;
    return part ? [...this.form.asks.values()].find(({ practice }) => practice[part.by] === part.id)?.id : null;
  }

  // What is shown

  /** @returns {Standing} */
  #stand() {
    const { questionnaire, names, session, form, element } = this;
    const { saved } = session;
    const { answers, start } = saved.assessment;
    return {
      questionnaire,
      names,
      saved,
      result: score(questionnaire, given(questionnaire, answers), start),
      toConfirm: reworded(questionnaire, answers),
      addresses: { practices: element.dataset.practices ?? "", roles: element.dataset.roles ?? "" },
      summary: (level) => form.summary(level),
    };
  }

  /** Show other answers than before. */
  #showAll() {
    this.#fill();
    this.#showCarry();
    this.#warn();
    this.standing = this.#stand();
    const { result } = this.standing;
    const open = this.#parts().find(({ by, id }) =>
      [...result.states].some(([name, state]) => state === "open" && this.questionnaire.practices[name][by] === id),
    );
    this.#go(open ?? null, false);
    this.#update();
  }

  #fill() {
    const { saved, mode } = this.session;
    const { assessment } = saved;
    this.element.dataset.mode = mode;
    for (const control of this.element.querySelectorAll(".mp-about input[name], .mp-start select")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const value = assessment[/** @type {typeof ABOUT[number]} */ (field.name)] ?? "";
      if (field.value !== value) field.value = value;
      field.disabled = mode !== "own";
    }
    this.form.fill(assessment.answers);
    this.form.lock(mode !== "own");
    this.#find("start-hint").hidden = assessment.start === "";
    this.#showList();
  }

  /** Show what changes with every answer. */
  #update() {
    this.standing = this.#stand();
    this.#showStanding();
    this.#showParts();
    if (!this.part) this.#showVerdict();
  }

  #showStanding() {
    const { say } = this.speaker;
    const { result, questionnaire } = this.standing;
    const { answered, total, open } = counts(this.standing);
    this.element.dataset.answers = answered ? "some" : "none";
    const range = !result.settled && say("could_be");
    this.#find("standing").replaceChildren(
      answered === 0 ? h("p", {}, say("nothing_yet")) : levels(this.standing),
      ...(range && answered ? [h("p", { class: "mp-small mp-panel__range" }, `${range} `, h("strong", {}, this.names.level(result.possible.at)))] : []),
      h("p", { class: "mp-panel__count" }, say("answered", { n: answered, total })),
      h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${answered / Object.keys(questionnaire.practices).length}` }),
      ...(open === 0 ? [h("p", { class: "mp-panel__stop" }, say("all_answered"))] : []),
      ...(open > 0 && result.mayStop ? [h("p", { class: "mp-panel__stop" }, say("may_stop"))] : []),
    );
  }

  #showParts() {
    const { result } = this.standing;
    const list = /** @type {HTMLElement} */ (this.#find("steps"));
    const parts = this.#parts();
    if (list.dataset.by !== this.#by()) list.replaceChildren(...[...parts, null].map((part) => this.#partButton(part)));
    list.dataset.by = this.#by();
    const tally = tallies(this.questionnaire, result.states, this.#by());
    [...parts, null].forEach((part, index) => {
      const pressed = /** @type {HTMLElement} */ (list.children[index].firstElementChild);
      const isHere = part?.id === this.part?.id;
      pressed.toggleAttribute("aria-current", isHere);
      if (isHere) pressed.setAttribute("aria-current", "step");
      if (part) /** @type {HTMLElement} */ (pressed.lastElementChild).textContent = (tally.get(part.id) ?? [0, 0]).join("/");
    });
  }

  /** @param {Part | null} part */
  #partButton(part) {
    const { say } = this.speaker;
    if (!part)
      return h("li", {}, h("button", { type: "button", "data-do": "see_verdict", class: "mp-part-button" }, say("verdict")));
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "mp-part-button", "data-by": part.by, "data-id": part.id },
        this.#partTitle(part),
        " ",
        h("span", {}),
      ),
    );
  }

  /** @param {Part} part */
  #partTitle({ by, id }) {
    return by === "level" ? this.names.level(this.names.levels.indexOf(id) + 1) : this.names.dimension(id);
  }

  /** The way on, and back, at the end of a part. */
  #showOnward() {
    const { say } = this.speaker;
    const parts = [...this.#parts(), null];
    const index = parts.findIndex((part) => part?.id === this.part?.id);
    /** @param {string} key @param {Part | null | undefined} part @param {boolean} isMain */
    const lead = (key, part, isMain) =>
      part !== undefined && [
        h(
          "button",
          {
            type: "button",
            class: isMain ? "mp-tool mp-tool--main" : "mp-tool",
            "data-by": part?.by,
            "data-id": part?.id,
            "data-do": part ? null : "see_verdict",
          },
          say(key, { title: part ? this.#partTitle(part) : say("verdict") }),
        ),
        " ",
      ];
    const buttons = [lead("back", parts[index - 1], false), lead("next", parts[index + 1], true)];
    this.#find("onward").replaceChildren(...buttons.filter((item) => item !== false).flat());
  }

  #showVerdict() {
    const { say } = this.speaker;
    const keep = h(
      "div",
      { class: "mp-keep" },
      h("strong", {}, say("keep_title")),
      h("p", {}, say("keep")),
      h("p", {}, this.#copyOf("save"), " ", this.#copyOf("link"), " ", this.#copyOf("print")),
    );
    const parts = verdict(this.standing, advise(this.questionnaire, this.standing.result));
    parts.splice(3, 0, keep);
    this.#find("verdict").replaceChildren(...parts);
  }

  /** A second button for an action. @param {string} action */
  #copyOf(action) {
    const original = this.element.querySelector(`.mp-tools [data-do="${action}"]`);
    return h("button", { type: "button", class: "mp-tool", "data-do": action }, original?.textContent ?? "");
  }

  /** The reader's assessments. */
  #showList() {
    const { saved, mode } = this.session;
    const all = this.store.all().saved;
    const isListed = all.some(({ assessment }) => assessment.id === saved.assessment.id);
    const shown = isListed || mode === "shared" ? all : [saved, ...all];
    const options = shown.map((item) => {
      const { id } = item.assessment;
      return h("option", { value: id, selected: id === saved.assessment.id }, this.names.entry(item));
    });
    if (mode === "shared") options.unshift(h("option", { value: "", selected: true }, ""));
    this.#find("list").replaceChildren(...options);
  }

  #showCarry() {
    const { session, speaker } = this;
    const versions = { from: session.original.framework.version, to: this.questionnaire.framework.version };
    const buttons = [
      button(speaker.say("carry_do"), () => this.#afresh(() => session.keep())),
      button(speaker.say("carry_not"), () => this.#afresh(() => session.start())),
    ];
    /** @param {string} to @param {string} from */
    const pick = (to, from) => {
      session.pick(to, from);
      this.#fill();
      this.#update();
    };
    const list = session.mode === "carry" && carryList(this.names, session.carried, session.original.assessment.answers, versions, pick, buttons);
    this.#notice("carry", list || null);
  }

  // What is said

  /** Say what the reader has to know of the storage. */
  #warn() {
    const { say } = this.speaker;
    const isOff = !this.store.storage;
    const text = isOff ? say("storage_none") : say("storage_full");
    this.#notice("storage", this.store.stored && !isOff ? null : h("div", {}, h("p", {}, text), this.#copyOf("save")));
  }

  /** @param {string} key @param {string} text @param {...Node} more */
  #closable(key, text, ...more) {
    const close = button(this.speaker.say("dismiss"), () => this.#notice(key));
    return h("div", {}, h("p", {}, text), more, close);
  }

  /** Show a notice, or take it away. @param {string} key @param {HTMLElement | null} [content] */
  #notice(key, content = null) {
    const list = this.#find("notices");
    const present = list.querySelector(`[data-notice="${key}"]`);
    if (!content) present?.remove();
    else {
      content.classList.add("mp-notice");
      content.dataset.notice = key;
      if (present) present.replaceWith(content);
      else list.append(content);
    }
  }

  /** Tell a screen reader what an answer did, once the reader pauses. @param {string} remark */
  #announce(remark) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const { answered, total } = counts(this.standing);
      const standing = this.#find("standing").querySelector(".mp-levels")?.textContent ?? "";
      const count = this.speaker.say("answered", { n: answered, total });
      this.#find("said").textContent = [remark, standing, count].filter(Boolean).join(" · ");
    }, PAUSE);
  }

  /** @param {string} part @returns {any} */
  #find(part) {
    return this.element.querySelector(`[data-part="${part}"]`);
  }
}

/** The address's fragment, also where a program has escaped it. */
function readableFragment() {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return location.hash;
  }
}

/** @param {HTMLElement | null} element */
function focusOn(element) {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "start" });
}

/**
 * How many questions of each part are answered, and how many there are.
 * @param {import("./scoring.js").Questionnaire} questionnaire
 * @param {Map<string, import("./scoring.js").State>} states
 * @param {Part["by"]} by
 * @returns {Map<string, [number, number]>}
 */
function tallies({ practices }, states, by) {
  const tally = new Map();
  for (const [id, state] of states) {
    const counted = tally.get(practices[id][by]) ?? [0, 0];
    tally.set(practices[id][by], counted);
    if (state !== "open" && state !== "assumed") counted[0] += 1;
    counted[1] += 1;
  }
  return tally;
}
