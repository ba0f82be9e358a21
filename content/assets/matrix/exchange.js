/** Ideas to and from files. Whatever comes in is only opened, never trusted, and replaces nothing unasked. */

import { csv } from "../common/csv.js";
import { today } from "../common/dates.js";
import { download, listToCopy } from "../common/handover.js";
import { ask } from "../common/ask.js";
import { IdeasError, LARGEST_FILE, foreign, joined, noted, ranked, write } from "./ideas.js";

/**
 * @typedef {import("./ideas.js").Board} Board
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {import("./opened.js").Opened} Opened
 * @typedef {import("../common/speaker.js").Speaker["say"]} Say
 * @typedef {import("../common/notices.js").Notices} Notices
 */

/** @param {Board} board @param {string} ending */
const fileName = ({ framework, matrix }, ending) => `${framework.id}-${matrix.id}-${today()}.${ending}`;

/** Offer the ideas as a file to open here again. @param {Board} board @param {Idea[]} ideas */
export const saveFile = (board, ideas) => download(fileName(board, "json"), `${write(board, ideas, 1)}\n`);

/** Offer the ranked list as a table. @param {Board} board @param {Idea[]} ideas @param {Say} say */
export function saveTable(board, ideas, say) {
  const marks = Object.entries(board.marks);
  const head = [say("columns.rank"), say("columns.name"), say("columns.quadrant"), board.x.title, board.y.title];
  const rows = ranked(board, ideas).map(({ idea, rank, quadrant, held }) => [
    ...[rank, idea.name, board.quadrants[quadrant].title, idea.x, idea.y].map(String),
    ...marks.map(([name, { values }]) => valueText(values, noted(idea, name))),
    held.join("; "),
    idea.note,
  ]);
  const table = csv([[...head, ...marks.map(([, { title }]) => title), say("columns.held"), say("columns.note")], ...rows]);
  download(fileName(board, "csv"), `\uFEFF${table}`, "text/csv");
}

/** Return what a value says; the value of another version says its id. @param {Record<string, string>} values @param {string} value */
export const valueText = (values, value) => (Object.hasOwn(values, value) ? values[value] : value);

/** Opens files of ideas. */
export class Exchange {
  /**
   * @param {Board} board
   * @param {Say} say
   * @param {Notices} notices
   * @param {HTMLDialogElement} dialog
   */
  constructor(board, say, notices, dialog) {
    this.board = board;
    this.say = say;
    this.notices = notices;
    this.dialog = dialog;
  }

  /**
   * Open a file. Where ideas are here already, the reader says what becomes of them.
   * @param {File} file
   * @param {() => Idea[]} present
   * @param {() => boolean} isWanted Whether the reader still waits for it once it is read.
   * @returns {Promise<{ideas: Idea[], text: string, list: Node[]} | null>} What is to be here from now on, and what
   *   to say of it, with what of the file was not read; null where nothing is to change.
   */
  async open(file, present, isWanted) {
    const opened = await this.#read(file, isWanted);
    if (!opened) return null;
    const { ideas: theirs } = opened;
    const choice = present().length ? await this.#ask(present(), theirs) : "replace";
    if (!choice) return null;
    const mine = present();
    const ideas = choice === "add" ? joined(mine, theirs) : theirs;
    if (ideas.length > this.board.most) {
      this.#refuse("too-many", { count: ideas.length, most: this.board.most });
      return null;
    }
    const list = opened.unread.map(({ line, place, value }) => this.say("fault_line", { line, what: place, value: value || this.say("fault_again") }));
    const text = this.#summary(choice === "add" ? ideas.length - mine.length : theirs.length, opened);
    return { ideas, text, list: listToCopy(this.say("not_read"), list) };
  }

  /** @param {File} file @param {() => boolean} isWanted @returns {Promise<Opened | null>} */
  async #read(file, isWanted) {
    try {
      if (file.size > LARGEST_FILE) throw new IdeasError("too-large");
      // A file that has gone away reads as an empty one.
      const bytes = new Uint8Array(await file.arrayBuffer().catch(() => new ArrayBuffer(0)));
      const { readBytes } = await import("./opened.js").catch(notLoaded);
      if (!isWanted()) return null;
      const opened = readBytes(this.board, bytes);
      if (!opened.faults.length) return opened;
      this.#sayFaults(opened.faults);
    } catch (error) {
      if (!(error instanceof IdeasError)) throw error;
      const { kind } = error.values;
      if (isWanted()) this.#refuse(error.code, kind ? { what: this.say(`kind.${kind}`) } : error.values);
    }
    return null;
  }

  /** @param {Idea[]} mine @param {Idea[]} theirs */
  #ask(mine, theirs) {
    const { say } = this;
    const text = say("open_text", { mine: say("count", { n: mine.length }), theirs: say("count", { n: theirs.length }) });
    return ask(this.dialog, say("open_title"), text, [
      { label: say("open_add"), value: "add", isMain: true },
      { label: say("open_replace"), value: "replace" },
      { label: say("cancel"), value: "" },
    ]);
  }

  /** What to say of opened ideas. @param {number} n How many came. @param {Opened} opened */
  #summary(n, { ideas, unread, remarks }) {
    const unknown = foreign(this.board, ideas);
    const left = unread.length ? this.say("left_out", { n: unread.length }) : "";
    return [this.say("opened", { n }), unknown ? this.say("foreign", { n: unknown }) : "", left, ...remarks.map((key) => this.say(key))].filter(Boolean).join(" ");
  }

  /** @param {string} code @param {Record<string, string | number>} values */
  #refuse(code, values) {
    this.notices.say("file", `${this.say(`error.${code}`, values)} ${this.say("nothing_changed")}`);
  }

  /** @param {Opened["faults"]} faults */
  #sayFaults(faults) {
    const { say } = this;
    const list = faults.map((fault) => say("fault_line", { line: fault.line, what: this.#faultText(fault), value: fault.value }));
    this.notices.say("file", `${say("faulty", { n: faults.length })} ${say("nothing_changed")}`, ...listToCopy(say("not_right"), list));
  }

  /** @param {Opened["faults"][number]} fault */
  #faultText({ at, name, code, field }) {
    const { longest, steps, x, y } = this.board;
    const axis = field === "x" ? x.title : y.title;
    const what = this.say(`fault.${code}`, { axis, field, steps, longest: code === "note" ? longest.note : longest.name });
    return this.say(name ? "fault_named" : "fault_at", { at, name, what });
  }
}

/** @returns {never} */
function notLoaded() {
  throw new IdeasError("not-loaded");
}
