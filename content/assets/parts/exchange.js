/**
 * Exchange: answers to and from files and links. Whatever comes in is only opened, never trusted.
 */

import { h } from "../common/dom.js";
import { copy, download } from "../common/handover.js";
import { newId } from "../common/ids.js";
import { button } from "../common/notices.js";
import { LARGEST_FILE, UnreadableError, read, refuseNewer, write } from "../assessment/answers.js";
import { clash } from "../assessment/session.js";
import { SAFE_LENGTH, encode, isShared } from "../assessment/sharing.js";

/**
 * @typedef {import("../assessment/answers.js").Saved} Saved
 * @typedef {import("../assessment/names.js").Names} Names
 * @typedef {import("../common/notices.js").Notices} Notices
 * @typedef {import("../assessment/session.js").Session} Session
 * @typedef {(change: () => void) => void} Afresh Does something that opens other answers, and shows them.
 */

export class Exchange {
  /**
   * @param {Names} names
   * @param {Session} session
   * @param {Notices} notices
   * @param {HTMLDialogElement} dialog
   * @param {Afresh} afresh
   * @param {(practice: string) => Record<string, string>} artifacts As in `readFile`.
   */
  constructor(names, session, notices, dialog, afresh, artifacts) {
    this.names = names;
    this.session = session;
    this.notices = notices;
    this.dialog = dialog;
    this.afresh = afresh;
    this.artifacts = artifacts;
  }

  /** Offer what is open as a file. */
  save() {
    // What waits to be carried over is saved as it came.
    const { saved, original, mode } = this.session;
    saveFile(mode === "carry" ? original : saved);
  }

  /** @param {File} file */
  async open(file) {
    await this.trying(async () => {
      const { saved, dropped } = await readFile(file, this.names, this.artifacts);
      await this.#take(saved, dropped);
    });
  }

  /** What is here is replaced only if the reader says so. @param {Saved} saved @param {number} dropped */
  async #take(saved, dropped) {
    const { say } = this.names.speaker;
    const mine = clash(this.session.store, saved);
    const ask = (/** @type {Saved} */ own) => import("./clash.js").then(({ askAboutClash }) => askAboutClash(this.names, this.dialog, own, saved), notLoaded);
    const choice = mine ? await ask(mine) : "replace";
    if (!choice) return;
    const copy = { ...saved, assessment: { ...saved.assessment, id: newId() } };
    this.afresh(() => this.session.adopt(choice === "both" ? copy : saved));
    const left = dropped ? ` ${say("dropped", { n: dropped })}` : "";
    const isOpen = this.session.mode === "own";
    if (isOpen || left) this.notices.say("file", (isOpen ? say("opened", { entry: this.names.entry(saved) }) : "") + left);
  }

  async copyLink() {
    const { say } = this.names.speaker;
    const address = new URL(location.href);
    address.hash = encode(this.session.questionnaire, this.session.saved.assessment);
    const { href } = address;
    const label = say("link_by_hand");
    const field = await copy(href, label);
    if (field) this.notices.say("file", label, field);
    else this.notices.say("file", say(href.length > SAFE_LENGTH ? "link_long" : "link_copied", { n: href.length }));
    field?.select();
  }

  /** Show the answers that an address holds. @param {string} fragment @returns {boolean} Whether it holds any. */
  follow(fragment) {
    if (!isShared(fragment)) return false;
    const given = this.names.speaker.say("shared_proof");
    this.trying(async () => {
      const { readLink } = await import("../assessment/shared.js").catch(notLoaded);
      const shared = await readLink(this.session.questionnaire, fragment, { proof: given, reason: given });
      this.afresh(() => this.session.show(shared));
      this.#sayShared(shared);
    });
    return true;
  }

  /** @param {import("../assessment/shared.js").Shared} shared */
  #sayShared({ framework: { version }, lost }) {
    const { session } = this;
    const { say } = this.names.speaker;
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
      button(say("keep_copy"), () => this.afresh(() => session.keep()), true),
      button(say("back_to_mine"), () => this.afresh(() => session.openLast())),
    ]);
  }

  /** Once something else is opened, take what was said of a file, and a link, out of the page. */
  leave() {
    this.notices.show("file");
    this.notices.show("shared");
    if (this.session.mode !== "shared" && isShared(location.hash))
      history.replaceState(null, "", location.pathname + location.search);
  }

  /** Do what may meet answers that cannot be opened, and say so. @param {() => unknown} work */
  async trying(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      const { say } = this.names.speaker;
      const way = await wayOn(error, this.names);
      this.notices.say("file", `${say(`error.${error.code}`, error.values)} ${say("nothing_changed")}`, ...way);
    }
  }
}

/** The link to where answers of a newer version can be opened, if it is known. @param {UnreadableError} error @param {Names} names @returns {Promise<Node[]>} */
export const wayOn = async (error, names) =>
  error.code === "newer-version" ? import("./newer.js").then(({ wayTo }) => wayTo(error.values.version, names), () => []) : [];

/** What few readers need is loaded when they do. @returns {never} */
function notLoaded() {
  throw new UnreadableError("not-loaded");
}

/**
 * Read a file of answers: as the page saves it, or a table of them.
 * @param {File} file
 * @param {Names} names
 * @param {(practice: string) => Record<string, string>} artifacts What a practice's listed artifacts are, by id.
 * @throws {UnreadableError}
 */
export async function readFile(file, names, artifacts) {
  if (file.size > LARGEST_FILE) throw new UnreadableError("too-large");
  // A file that has gone away reads as an empty one.
  const text = await file.text().catch(() => "");
  const isTable = /\.(csv|tsv|txt)$/i.test(file.name);
  const found = isTable
    ? (await import("../assessment/table.js").catch(notLoaded)).readTable(text, names, artifacts)
    : read(text);
  const { id, version, title } = found.saved.framework;
  if (id !== names.questionnaire.framework.id)
    throw new UnreadableError("other-framework", { other: title || id, version });
  refuseNewer(names.questionnaire, version);
  return found;
}

/** Offer an assessment as a file. @param {Saved} saved */
export function saveFile(saved) {
  const text = JSON.stringify(JSON.parse(write(saved)), null, 1);
  download(`${fileName(saved)}.json`, `${text}\n`);
}

/** What a file about an assessment is called, without its ending. @param {Saved} saved */
export const fileName = ({ framework, assessment }) =>
  [framework.id, assessment.unit, assessment.date]
    .join(" ")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 80);
