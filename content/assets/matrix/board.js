/**
 * `<maturity-matrix>`, ideas on a matrix: takes what the reader does to the store, and shows what comes
 * of it. The matrix itself is on the page without it.
 */

import { Desk, define } from "../common/desk.js";
import { h, pressed } from "../common/dom.js";
import { Example } from "../common/example.js";
import { ask } from "../common/ask.js";
import { button } from "../common/notices.js";
import { browserStorage } from "../common/storage.js";
import { Canvas } from "./canvas.js";
import { Exchange, saveFile, saveTable } from "./exchange.js";
import { IdeaForm } from "./form.js";
import { joined, ranked, read } from "./ideas.js";
import { RankedList } from "./list.js";
import { IdeaStore } from "./store.js";

/**
 * @typedef {import("./ideas.js").Idea} Idea
 * @typedef {import("./canvas.js").Place} Place
 */

/** Milliseconds without a change before a screen reader is told where an idea went. */
const PAUSE = 500;

/** @extends {Desk<IdeaStore>} */
class MatrixDesk extends Desk {
  /** @param {HTMLElement} element */
  constructor(element) {
    /** @type {import("./ideas.js").Board} */
    const board = JSON.parse(element.dataset.board ?? "");
    const root = /** @type {HTMLElement} */ (element.closest(".mp-board"));
    super(element, new IdeaStore(browserStorage(), board), root);
    this.board = board;
    this.matrix = /** @type {HTMLElement} */ (root.querySelector(".mp-matrix"));
    const edit = (/** @type {string} */ id) => this.edit(id);
    const remove = (/** @type {string} */ id) => this.remove(id);
    this.form = new IdeaForm(board, this.say, {
      add: (idea) => this.add(idea),
      change: (id, draft) => this.#update((ideas) => ideas.map((idea) => (idea.id === id ? { ...idea, ...draft } : idea))),
      done: () => this.done(),
    });
    this.canvas = new Canvas(this.matrix, board, this.say, { move: (id, place) => this.move(id, place), choose: edit, remove, begin: (place) => this.begin(place) });
    this.list = new RankedList(this.find("list"), board, this.say, (quadrant) => this.#advice(quadrant), { edit, remove });
    this.exchange = new Exchange(board, this.say, this.notices, this.dialog);
    // In the template it would be in the table of contents of readers without the script.
    this.find("heading").append(h("h2", {}, this.say("ideas")));
    this.find("panel").replaceChildren(this.form.element);
    element.addEventListener("click", ({ target }) => this.#press(target));
    this.file = /** @type {HTMLInputElement} */ (this.find("file"));
    this.file.addEventListener("change", () => this.#open());
    this.example = new Example(this, (storage, texts) => this.#storeOf(storage, texts), () => this.startOver());
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    addEventListener("storage", (event) => this.#otherTab(event), { signal });
    addEventListener("hashchange", () => this.example.follow(), { signal });
    addEventListener("beforeprint", () => this.canvas.print(true), { signal });
    addEventListener("afterprint", () => this.canvas.print(false), { signal });
  }

  open() {
    super.open();
    this.root.dataset.live = "";
    this.showBroken();
    this.show(this.store.ideas());
    this.warn();
    this.example.follow();
  }

  close() {
    super.close();
    this.example.close();
  }

  /** Show the ideas of the store, and none in the form. */
  startOver() {
    this.form.edit(null);
    this.show(this.store.ideas());
    this.warn();
  }

  /** @param {import("../common/shelf.js").Entries} storage @param {string[]} texts */
  #storeOf(storage, texts) {
    const store = new IdeaStore(storage, this.board, new Map());
    store.update(() => texts.flatMap((text) => read(this.board, text).ideas));
    return store;
  }

  settle() {
    this.form.title.focus();
  }

  rescue() {
    return [button(this.say("save"), () => saveFile(this.board, this.store.ideas()))];
  }

  // What the reader does

  /** Add an idea. @param {Idea} idea @returns {boolean} Whether there was room for it. */
  add(idea) {
    const { most } = this.board;
    if (this.store.ideas().length >= most) {
      this.notices.say("file", this.say("full", { n: most }));
      return false;
    }
    this.#update((ideas) => [...ideas, idea]);
    this.#announce(idea.id);
    return true;
  }

  /** Move an idea. @param {string} id @param {Place} place */
  move(id, { x, y }) {
    this.#update((ideas) => ideas.map((idea) => (idea.id === id ? { ...idea, x, y } : idea)));
    this.#announce(id);
  }

  /** Show an idea in the form. @param {string} id */
  edit(id) {
    const idea = this.store.ideas().find((one) => one.id === id);
    if (!idea) return;
    this.form.edit(idea);
    this.canvas.mark(id);
    this.form.title.focus();
    this.form.element.scrollIntoView({ block: "nearest" });
  }

  /** End the changing of an idea. */
  done() {
    const id = this.form.editing;
    this.form.edit(null);
    this.canvas.mark("");
    this.canvas.focus(id);
    this.#announce(id);
  }

  /** Begin a new idea at a place. @param {Place} place */
  begin({ x, y }) {
    if (this.form.editing) this.done();
    this.form.place(x, y);
  }

  /** Remove an idea, and offer to put it back. @param {string} id */
  remove(id) {
    const ideas = this.store.ideas();
    const at = ideas.findIndex((one) => one.id === id);
    if (at < 0) return;
    const idea = ideas[at];
    this.#update((all) => all.filter((one) => one.id !== id));
    this.#offerUndo(this.say("removed", { name: idea.name }), (all) => (all.some((one) => one.id === id) ? all : all.toSpliced(at, 0, idea)), { id });
  }

  async #startAgain() {
    const { say } = this;
    const before = this.store.ideas();
    if (!before.length) return;
    const choice = await ask(this.dialog, say("clear_title"), say("clear_text", { n: before.length }), [
      { label: say("cancel"), value: "", isMain: true },
      { label: say("clear_do"), value: "clear" },
    ]);
    if (choice) this.#putBack(() => [], say("cleared", { n: before.length }));
  }

  async #open() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    this.turns.next();
    const opened = await this.exchange.open(file, () => this.store.ideas(), this.turns.watch());
    this.file.value = "";
    if (opened) this.#putBack(() => opened.ideas, opened.text, opened.list);
  }

  /** Set other ideas in the place of all, and offer to bring those back. @param {(ideas: Idea[]) => Idea[]} change @param {string} text @param {Node[]} [list] More to say. */
  #putBack(change, text, list = []) {
    const before = this.store.ideas();
    const put = new Set(change(before).map(({ id }) => id));
    this.#update(change);
    // What was added since, here or in another tab, stays.
    if (before.length) this.#offerUndo(text, (now) => joined(before, now.filter(({ id }) => !put.has(id))), { list });
    else this.notices.say("file", text, ...list);
  }

  /** @param {string} text @param {(ideas: Idea[]) => Idea[]} change @param {{id?: string, list?: Node[]}} [how] Which idea comes back; more to say. */
  #offerUndo(text, change, { id = "", list = [] } = {}) {
    const undo = () => {
      this.#update(change);
      this.canvas.focus(id);
      this.notices.show("file");
    };
    this.notices.say("file", text, ...list, button(this.say("undo"), undo, true));
    /** @type {HTMLElement | null} */ (this.element.querySelector('[data-notice="file"] button'))?.focus({ preventScroll: true });
  }

  /** @param {EventTarget | null} target */
  #press(target) {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      save: () => saveFile(this.board, this.store.ideas()),
      table: () => saveTable(this.board, this.store.ideas(), this.say),
      open: () => this.file.click(),
      clear: () => this.#startAgain(),
    };
    actions[pressed(target, "[data-do]")?.dataset.do ?? ""]?.();
  }

  /** @param {StorageEvent} event */
  #otherTab(event) {
    if (!this.store.concerns(event)) return;
    this.store.retry();
    this.show(this.store.ideas());
    this.warn();
  }

  // What is shown

  /** @param {(ideas: Idea[]) => Idea[]} change */
  #update(change) {
    this.show(this.store.update(change));
    this.warn();
  }

  /** Show ideas on the matrix and in the list. @param {Idea[]} ideas */
  show(ideas) {
    const all = ranked(this.board, ideas);
    this.root.dataset.ideas = ideas.length ? "some" : "none";
    for (const name of ["save", "table", "clear"]) /** @type {HTMLButtonElement} */ (this.find(name)).disabled = !ideas.length;
    this.canvas.show(ideas, all);
    this.list.show(all);
    const open = ideas.find(({ id }) => id === this.form.editing);
    if (open) this.form.follow(open);
    else if (this.form.editing) this.form.edit(null);
    this.canvas.mark(this.form.editing);
  }

  /** What the page says of a quadrant, links included. @param {string} id @returns {Node[]} */
  #advice(id) {
    const texts = this.matrix.querySelectorAll(`[data-quadrant="${id}"] > :not(:first-child)`);
    return Array.from(texts, (node) => node.cloneNode(true));
  }

  /** Tell a screen reader where an idea is now. @param {string} id */
  #announce(id) {
    this.announce(PAUSE, () => {
      const entry = ranked(this.board, this.store.ideas()).find(({ idea }) => idea.id === id);
      return entry ? [this.canvas.described(entry.idea, entry.rank), ...entry.held].join(" ") : "";
    });
  }
}

define("maturity-matrix", MatrixDesk);
