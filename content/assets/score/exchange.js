/** Exchange: answers to and from files and links. Whatever comes in is only opened, never trusted. */

import { h } from "../common/dom.js";
import { copy } from "../common/handover.js";
import { newId } from "../common/ids.js";
import { button } from "../common/notices.js";
import { UnreadableError } from "../assessment/answers.js";
import { clash } from "../assessment/session.js";
import { isShared } from "../assessment/link.js";
import { linkToNewer, notLoaded, readFile, saveFile } from "../parts/files.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 *
 * @typedef {object} Desk What the page lets this module use.
 * @property {import("../assessment/names.js").Names} names
 * @property {import("../assessment/session.js").Session} session
 * @property {import("../common/notices.js").Notices} notices
 * @property {import("../common/turns.js").Turns} turns
 * @property {import("./form.js").Form} form
 * @property {HTMLDialogElement} dialog
 * @property {(change: () => void) => void} afresh Does something that opens other answers, and shows them.
 */

/** Opens and hands over answers. */
export class Exchange {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.names = desk.names;
    this.say = desk.names.speaker.say;
    this.session = desk.session;
    this.notices = desk.notices;
    /** Null until it is loaded. @type {typeof import("../assessment/link-writer.js") | null} */
    this.links = null;
  }

  /** Load what makes links: by the time that a reader wants one there may be no connection. */
  async prepare() {
    this.links ??= await import("../assessment/link-writer.js").catch(() => null);
    return this.links;
  }

  /** Offer what is open as a file. */
  save() {
    // What waits to be carried over is saved as it came.
    const { saved, original, mode } = this.session;
    saveFile(mode === "carry" ? original : saved);
  }

  /** Open a file, unless the reader opens something else meanwhile. @param {File} file */
  async open(file) {
    const isWanted = this.desk.turns.watch();
    await this.trying(async () => {
      const { saved, dropped } = await readFile(file, this.names, (practice) => this.desk.form.texts(practice));
      if (isWanted()) await this.#take(saved, dropped);
    }, isWanted);
  }

  /** Open answers; what is here is replaced only if the reader says so. @param {Saved} saved @param {number} dropped */
  async #take(saved, dropped) {
    const mine = clash(this.session.store, saved);
    const choice = mine ? await this.#ask(mine, saved) : "replace";
    if (!choice) return;
    const copy = { ...saved, assessment: { ...saved.assessment, id: newId() } };
    this.desk.afresh(() => this.session.adopt(choice === "both" ? copy : saved));
    const left = dropped ? ` ${this.say("dropped", { n: dropped })}` : "";
    const isOpen = this.session.mode === "own";
    if (isOpen || left) this.notices.say("file", (isOpen ? this.say("opened", { entry: this.names.entry(saved) }) : "") + left);
  }

  /** @param {Saved} mine @param {Saved} theirs */
  async #ask(mine, theirs) {
    const { askAboutClash } = await import("../parts/clash.js").catch(notLoaded);
    return askAboutClash(this.names, this.desk.dialog, mine, theirs);
  }

  /** Copy a link that holds the answers on view, or offer it to be copied by hand. */
  async copyLink() {
    const isWanted = this.desk.turns.watch();
    // Some browsers let a page copy only while the press lasts: nothing is waited for that is there.
    const links = this.links ?? (await this.prepare());
    if (!links) return this.notices.say("file", this.say("error.not-loaded"));
    const { SAFE_LENGTH, encode } = links;
    const address = new URL(location.href);
    address.hash = encode(this.session.questionnaire, this.session.saved.assessment);
    const { href } = address;
    const label = this.say("link_by_hand");
    const field = await copy(href, label);
    if (!isWanted()) return;
    if (field) this.notices.say("file", label, field);
    else this.notices.say("file", this.say(href.length > SAFE_LENGTH ? "link_long" : "link_copied", { n: href.length }));
    field?.select();
  }

  /**
   * Show the answers that an address holds, unless the reader has gone on by the time that they are read.
   * @param {string} fragment
   * @returns {boolean} Whether it holds any.
   */
  follow(fragment) {
    if (!isShared(fragment)) return false;
    const { hash } = location;
    const isSameTurn = this.desk.turns.watch();
    const isWanted = () => isSameTurn() && location.hash === hash;
    const shared = this.say("shared_proof");
    this.trying(async () => {
      const { readLink } = await import("../assessment/link-reader.js").catch(notLoaded);
      const answers = await readLink(this.session.questionnaire, fragment, { proof: shared, reason: shared });
      if (!isWanted()) return;
      this.desk.afresh(() => this.session.show(answers));
      this.#sayShared(answers);
    }, isWanted);
    return true;
  }

  /** @param {import("../assessment/link-reader.js").Shared} shared */
  #sayShared({ framework: { version }, lost }) {
    const { session, say } = this;
    const present = session.questionnaire.framework.version;
    const { reworded } = session.carried;
    const text = [
      say("shared"),
      version === present ? "" : say("shared_version", { version, present }),
      reworded.length ? say("to_confirm", { n: reworded.length }) : "",
      lost ? say("shared_lost", { n: lost }) : "",
    ].join(" ");
    this.notices.show("shared", [
      h("p", {}, text),
      button(say("keep_copy"), () => this.desk.afresh(() => session.keep()), true),
      button(say("back_to_mine"), () => this.desk.afresh(() => session.openLast())),
    ]);
  }

  /** Take what was said of a file, and a link, out of the page, once something else is opened. */
  leave() {
    this.desk.turns.next();
    this.notices.show("file");
    this.notices.show("shared");
    if (this.session.mode !== "shared" && isShared(location.hash))
      history.replaceState(null, "", location.pathname + location.search);
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
