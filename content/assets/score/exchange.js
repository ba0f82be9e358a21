/** Exchange: answers to and from files and links. Whatever comes in is only opened, never trusted. */

import { today } from "../common/dates.js";
import { h } from "../common/dom.js";
import { banner, fetchFiles, wasAskedFor } from "../common/example.js";
import { copy, listToCopy } from "../common/handover.js";
import { button } from "../common/notices.js";
import { UnreadableError, blank } from "../assessment/answers.js";
import { onDay } from "../assessment/evidence.js";
import { LONGEST_UNIT, SAFE_LENGTH, encode } from "../assessment/link-writer.js";
import { nextRound } from "../assessment/rounds.js";
import { mayDelete } from "../parts/deleting.js";
import { readExample } from "../parts/example.js";
import { linesOf, linkToNewer, notLoaded, readFile, remarksOn, saveFile } from "../parts/files.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 *
 * @typedef {object} Desk What the page lets this module use.
 * @property {HTMLElement} element
 * @property {import("../assessment/names.js").Names} names
 * @property {import("../assessment/session.js").Session} session
 * @property {import("../common/notices.js").Notices} notices
 * @property {import("../common/turns.js").Turns} turns
 * @property {import("./form.js").Form} form
 * @property {HTMLDialogElement} dialog
 * @property {() => void} showList Shows the reader's assessments.
 * @property {() => void} warn Says what could not be stored.
 * @property {() => void} refresh Shows all answers anew.
 * @property {(change: () => void) => void} afresh Does something that opens other answers, and shows them.
 * @property {() => number} renewFirst Leads to the answers whose evidence has run out, and counts them.
 * @property {() => void} keepCopy Makes shared answers the reader's own.
 */

/** Days after which an assessment is taken for an earlier round. */
const ROUND = 30;

/** Opens and hands over answers. */
export class Exchange {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.names = desk.names;
    this.say = desk.names.speaker.say;
    this.session = desk.session;
    this.notices = desk.notices;
  }

  /** Offer what is open as a file. @param {Element} [control] The button. */
  save(control) {
    // What waits to be carried over is saved as it came.
    const { saved, original, mode } = this.session;
    const file = saveFile(mode === "carry" ? original : saved);
    this.notices.say("file", this.say("saved", { file }));
    this.#keepNear(control);
  }

  /**
   * Offer what is open as a file called as the folder of its unit wants it: by its day.
   * @param {HTMLElement} control The button; it knows the units, and what to say.
   */
  saveRound(control) {
    const { saved, original, mode } = this.session;
    const { assessment, ...rest } = mode === "carry" ? original : saved;
    const day = assessment.date || today();
    const file = saveFile({ ...rest, assessment: { ...assessment, date: day } }, `${day}.json`);
    /** @type {Record<string, string>} */
    const units = JSON.parse(control.dataset.units ?? "{}");
    const folder = units[assessment.unit.trim().toLowerCase()] ?? "UNIT";
    const text = control.dataset.saved ?? "";
    this.notices.say("file", text.replace("{file}", file).replace("{folder}", `assessments/${folder}/`));
    this.#keepNear(control);
  }

  /** Say what was done with the result below the button that did it: elsewhere it would cover the result. @param {Element} [control] */
  #keepNear(control) {
    this.notices.move("file", control?.closest(".mp-keep .mp-buttons, .mp-quick__result .mp-buttons"));
  }

  /** Say of what was opened whose it is, or that it is of an earlier round. */
  greet() {
    const { saved, mode } = this.session;
    const { answers, date, raters, unit } = saved.assessment;
    const isOwn = mode === "own";
    if (isOwn && answers.size && (Date.now() - Date.parse(date)) / 864e5 > ROUND)
      this.notices.show("old", [
        h("p", {}, this.say("old", { date: this.names.speaker.date(date) })),
        button(this.say("next_round"), () => this.nextRound(), true),
        button(this.say("old_keep"), () => this.notices.show("old")),
      ]);
    if (!isOwn || !raters.length) return this.notices.show("agreed");
    const text = this.say("agreed_open", { n: raters.length, unit: unit.trim() || this.say("untitled") });
    const lastOfOwn = this.#lastOfOwn;
    const openMine = lastOfOwn && button(this.say("open_mine"), () => this.desk.afresh(() => this.session.open(lastOfOwn)));
    this.notices.show("agreed", [h("p", {}, text), ...(openMine ? [openMine] : [])]);
  }

  /** What the reader answered last without others; null where there is nothing. @returns {Saved | null} */
  get #lastOfOwn() {
    const { version } = this.session.questionnaire.framework;
    return this.session.store.all().saved.find(({ framework, assessment }) => framework.version === version && !assessment.raters.length) ?? null;
  }

  /** Show the fields for whose answers these are. */
  showAbout() {
    const about = /** @type {HTMLElement} */ (this.desk.element.querySelector('[data-part="about"]'));
    about.setAttribute("open", "");
    const [field] = about.getElementsByTagName("input");
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  /** Take over what another tab has stored. @param {StorageEvent} event */
  otherTab(event) {
    const { desk, session, notices } = this;
    const { mode, saved, store } = session;
    store.retry();
    desk.showList();
    desk.warn();
    if (mode === "shared" || !store.concerns(event, saved.assessment.id)) return;
    const stored = store.get(saved.assessment.id);
    if (mode === "carry") {
      if (stored) desk.afresh(() => session.open(stored));
    } else if (session.reload()) notices.show("removed");
    else notices.say("removed", this.say("removed_elsewhere"));
    desk.refresh();
  }

  /** Delete what is open, if the reader says so. */
  async delete() {
    // Something else may be open once the reader has decided.
    const { saved } = this.session;
    const text = this.say("delete_text", { entry: this.names.entry(saved) });
    await this.#confirm(this.say("delete_title"), text, () => this.session.remove(saved.assessment.id));
  }

  /** Delete everything, if the reader says so. */
  async deleteAll() {
    const { saved, broken } = this.session.store.all();
    const n = saved.length + broken.length;
    if (n) await this.#confirm(this.say("delete_all_title"), this.say("delete_all_text", { n }), () => this.session.clear());
    else this.notices.say("file", this.say("delete_none"));
  }

  /** @param {string} title @param {string} text @param {() => void} remove */
  async #confirm(title, text, remove) {
    if (!(await mayDelete(this.desk, title, text))) return;
    this.desk.afresh(remove);
    this.notices.say("file", this.say("deleted", { entry: this.names.entry(this.session.saved) }));
  }

  /** Open a file, unless the reader opens something else meanwhile. @param {File} file */
  async open(file) {
    const isWanted = this.desk.turns.watch();
    await this.trying(async () => {
      const opened = await readFile(file, this.names, (practice) => this.desk.form.texts(practice));
      if (isWanted()) await this.#take(opened);
    }, isWanted);
  }

  /** Open answers; what is here is replaced only if the reader says so. @param {import("../assessment/opened.js").Opened} opened */
  async #take(opened) {
    const { session, names, say } = this;
    const { arrive, copyOf } = await import("../parts/arrivals.js").catch(notLoaded);
    const arrived = await arrive(names, session.store, this.desk.dialog, opened.saved);
    if (!arrived) return;
    const { saved, isHere } = arrived;
    this.desk.afresh(() => (isHere ? session.open(saved) : session.adopt(saved)));
    const { text, list } = remarksOn(opened, names);
    const entry = session.mode === "own" ? say(isHere ? "here_own" : "opened", { entry: names.entry(saved) }) : "";
    const both = button(say("clash_both"), () => {
      this.notices.show("file");
      this.desk.afresh(() => session.adopt(copyOf(opened.saved)));
    });
    if (entry || text) this.notices.say("file", [entry, text].filter(Boolean).join(" "), ...list, ...(isHere ? [both] : []));
  }

  /** Begin the next round from what is open. */
  nextRound() {
    const entry = this.names.entry(this.session.saved);
    this.desk.afresh(() => this.session.adopt(nextRound(this.session.saved, today())));
    const n = this.desk.renewFirst();
    this.notices.say("file", [this.say("round_begun", { entry }), n ? this.say("round_renew", { n }) : ""].join(" ").trim());
  }

  /**
   * Copy a link that holds the answers on view, or offer it to be copied by hand. What it holds is said, and the unit's name
   * offered to go along.
   * @param {Element} control The button.
   * @param {string} [unit] The name that goes along.
   */
  async copyLink(control, unit = "") {
    const isWanted = this.desk.turns.watch();
    // A file on a drive is nowhere that others could follow a link to.
    const address = new URL(this.desk.element.dataset.home ?? location.href);
    const { questionnaire, saved } = this.session;
    const { assessment } = saved;
    address.hash = encode(questionnaire, assessment, unit, onDay(questionnaire, today(), assessment.date));
    const { href } = address;
    const label = this.say("link_by_hand");
    const field = await copy(href, label);
    if (!isWanted()) return;
    const own = [...assessment.unit.trim()].slice(0, LONGEST_UNIT).join("");
    const more = own && !unit ? [button(this.say("link_with_unit", { unit: own }), () => this.copyLink(control, own))] : [];
    const text = this.say(href.length > SAFE_LENGTH ? "link_long" : unit ? "link_copied_unit" : "link_copied", { n: href.length, unit });
    this.notices.say("file", field ? label : text, ...(field ? [field] : []), ...more);
    this.#keepNear(control);
    field?.select();
  }

  /**
   * Show the answers that an address holds, unless the reader has gone on by the time that they are read.
   * @param {string} fragment
   */
  follow(fragment) {
    if (wasAskedFor()) return this.#showExample();
    const { hash } = location;
    const isSameTurn = this.desk.turns.watch();
    const isWanted = () => isSameTurn() && location.hash === hash;
    const shared = this.say("shared_proof");
    this.trying(async () => {
      const { readLink } = await import("../assessment/link-reader.js").catch(notLoaded);
      const answers = await readLink(this.session.questionnaire, fragment, { proof: shared, reason: shared });
      if (!isWanted()) return;
      const twin = await this.#own(answers, shared);
      if (!isWanted()) return;
      this.desk.afresh(() => this.session.show(answers));
      this.#sayShared(answers, twin);
    }, isWanted);
  }

  /** Show what an example company has answered, to look at. */
  async #showExample() {
    const { desk, session } = this;
    const { element } = desk;
    if (!element.dataset.example) return;
    const isWanted = desk.turns.watch();
    const files = await fetchFiles(element).then((texts) => readExample(texts, this.say), () => []);
    if (!isWanted()) return;
    if (!files.length) return this.notices.say("file", this.say("example_failed"));
    const [{ framework, assessment }] = files;
    desk.afresh(() => session.show({ framework, ...assessment, lost: [], isUnitLost: false }));
    this.notices.show("shared", banner(element, this.say, "example_look", () => desk.afresh(() => session.openLast())));
  }

  /** Return what is kept with the same answers as a link, if anything. @param {import("../assessment/link-reader.js").Shared} shared @param {string} standIn */
  async #own({ framework, start, unit, answers }, standIn) {
    const { questionnaire, store } = this.session;
    const { twinOf } = await import("../assessment/twins.js").catch(notLoaded);
    const { assessment } = blank(questionnaire, "");
    return twinOf(questionnaire, store, { framework, assessment: { ...assessment, start, unit, answers } }, standIn)?.mine ?? null;
  }

  /** @param {import("../assessment/link-reader.js").Shared} shared @param {Saved | null} twin What is kept with the same answers. */
  #sayShared(shared, twin) {
    const { session, say, names } = this;
    const { framework: { version }, lost, unit, isUnitLost } = shared;
    const present = session.questionnaire.framework.version;
    const { reworded } = session.carried;
    const hasOwn = session.store.all().saved.length > 0;
    const text = [
      unit ? say("shared_unit", { unit }) : say("shared"),
      twin ? say("shared_own", { entry: names.entry(twin) }) : hasOwn ? say("shared_mine") : "",
      version === present ? "" : say("shared_version", { version, present }),
      reworded.length ? say("to_confirm", { n: reworded.length }) : "",
      lost.length ? say("shared_lost", { n: lost.length }) : "",
      isUnitLost ? say("shared_unit_lost") : "",
    ].filter(Boolean).join(" ");
    this.notices.show("shared", [
      h("p", {}, text),
      ...listToCopy(say("not_read"), linesOf(shared, names)),
      button(say("keep_copy"), () => this.desk.keepCopy(), true),
      button(say(hasOwn ? "back_to_mine" : "begin_mine"), () => this.desk.afresh(() => (twin ? session.open(twin) : session.openLast()))),
    ]);
  }

  /**
   * Do what may meet answers that cannot be opened, and say so.
   * @param {() => unknown} work
   * @param {() => boolean} [isWanted] Whether the reader still waits for it.
   */
  async trying(work, isWanted = this.desk.turns.watch()) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      const link = await linkToNewer(error, this.names);
      const text = `${this.say(`error.${error.code}`, error.values)} ${this.say("nothing_changed")}`;
      if (isWanted()) this.notices.say("file", text, ...link);
    }
  }
}
