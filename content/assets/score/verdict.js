/**
 * The verdict: what the answers come to, why, and what to do next. The page has its headings,
 * chart and map already; here they are filled in.
 */

import { h } from "./dom.js";
import { cellOf, reaches } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").Cell} Cell
 * @typedef {import("./scoring.js").Advice} Advice
 * @typedef {import("./scoring.js").Step} Step
 * @typedef {import("./words.js").Names} Names
 *
 * @typedef {object} Standing All that there is to show of one set of answers.
 * @property {import("./answers.js").Saved} saved
 * @property {Result} result
 * @property {string[]} toConfirm Practices reworded since they were answered.
 */

/** How many entries of a list are shown before the rest is folded away. */
const UNFOLDED = 8;

/** @param {Standing} standing */
export function counts({ result }) {
  const states = [...result.states.values()];
  /** @param {string} wanted */
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const open = count("open");
  const assumed = count("assumed");
  return { total: states.length, open, assumed, answered: states.length - open - assumed };
}

/** What stands beside the questions, always in view. @param {Names} names @param {Standing} standing */
export function panel(names, standing) {
  const { result } = standing;
  const { say } = names.speaker;
  const { answered, total, open, assumed } = counts(standing);
  const mayRise = answered > 0 && !result.settled;
  const end = open ? result.mayStop && "may_stop" : assumed ? "rest_assumed" : "all_answered";
  return [
    answered ? levels(names, result) : h("p", {}, say("nothing_yet")),
    mayRise &&
      h("p", { class: "mp-panel__range" }, say("could_be"), " ", h("strong", {}, names.level(result.possible.at))),
    h("p", {}, say("answered", { n: answered, total })),
    h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${answered / total}` }),
    end && h("p", { class: "mp-panel__stop" }, say(end)),
  ].filter((part) => part !== false);
}

/** The level claimed and the level shown. @param {Names} names @param {Result} result */
function levels(names, { claimed, evidenced }) {
  const { say } = names.speaker;
  /** @param {string} key @param {number} at */
  const level = (key, at) =>
    h(
      "div",
      { class: "mp-stand", style: `--mp-position: ${Math.max(0, at - 1) / (names.levels.length - 1)}` },
      h("span", { class: "mp-stand__label" }, say(key)),
      " ",
      h("strong", { class: "mp-stand__level", "data-zero": at === 0 }, names.level(at)),
    );
  const same = claimed.at === evidenced.at;
  return h(
    "div",
    { class: "mp-levels" },
    level(same ? "you_say_and_show" : "you_say", claimed.at),
    !same && level("you_show", evidenced.at),
  );
}

export class Verdict {
  /**
   * @param {HTMLElement} root
   * @param {Names} names
   * @param {DOMStringMap} addresses Where the pages of practices and roles lie.
   * @param {(level: string) => string} summary What a level is about.
   */
  constructor(root, names, addresses, summary) {
    this.root = root;
    this.names = names;
    this.questionnaire = names.questionnaire;
    this.say = names.speaker.say;
    this.addresses = addresses;
    this.summary = summary;
  }

  /** @param {Standing} standing @param {Advice} advice */
  show(standing, advice) {
    const { result, saved, toConfirm } = standing;
    this.root.toggleAttribute("data-empty", !counts(standing).answered);
    this.#fill("headline", this.#headline(standing));
    this.#fill("remarks", this.#remarks(standing, advice).map((text) => h("li", {}, text)));
    this.#fill("why", result.deciding ? this.#why(standing, result.deciding) : []);
    this.#fill("distance", result.deciding ? this.#distance(result, advice) : []);
    const steps = advice.steps.map((step) => this.#step(standing, step, "owner"));
    this.#list("steps", result.deciding && !steps.length ? [h("li", {}, this.say("no_steps"))] : steps);
    this.#list("answer_first", advice.answerFirst.map((step) => this.#step(standing, step)));
    this.#list("find_out", advice.findOut.map((step) => this.#step(standing, step, "ask")));
    this.#list("confirm", toConfirm.map((id) => this.#item(id)));
    this.#list("show", advice.showEvidence.map((id) => this.#item(id)));
    const reason = (/** @type {string} */ id) => saved.assessment.answers.get(id)?.reason ?? "";
    this.#list("left_out", advice.notApplicable.map((id) => this.#item(id, reason(id))));
    this.#chart(result);
    this.#map(result);
  }

  /** @param {Standing} standing */
  #headline(standing) {
    const { result } = standing;
    const { at } = result.claimed;
    const { answered, assumed } = counts(standing);
    if (!answered) return [h("p", {}, this.say("nothing_yet"))];
    const meaning = !result.deciding && assumed ? "done_assumed" : this.#meaning(result);
    return [
      levels(this.names, result),
      h("p", {}, this.say(`meaning.${meaning}`)),
      ...(at ? [h("p", { class: "mp-small" }, this.summary(this.names.levels[at - 1]))] : []),
    ];
  }

  /** @param {Result} result */
  #meaning({ claimed, deciding }) {
    if (!deciding) return "done";
    const first = claimed.overall ? "" : "_first";
    return this.questionnaire.scoring.level_means + first;
  }

  /** What has to be said beside the level. @param {Standing} standing @param {Advice} advice */
  #remarks(standing, { notApplicable }) {
    const { result, toConfirm } = standing;
    const { claimed, possible, waiting, settled } = result;
    const { open, assumed, answered, total } = counts(standing);
    const ends = { from: this.names.level(claimed.at), to: this.names.level(possible.at) };
    /** @param {string} key @param {number} n */
    const said = (key, n) => (n ? [this.say(key, { n, ...ends })] : []);
    return [
      this.say("answered", { n: answered, total }),
      ...said(settled ? "settled" : "range", open),
      ...said("waiting", waiting.length),
      ...said("assumed", assumed),
      ...said("to_confirm", toConfirm.length),
      ...said("left_out_count", notApplicable.length),
    ];
  }

  // Why, and how far

  /** @param {Standing} standing @param {string} deciding */
  #why(standing, deciding) {
    const { claimed } = standing.result;
    const cells = [...(claimed.cells.get(deciding)?.values() ?? [])];
    const complete = cells.filter((cell) => cell.complete).map((cell) => this.names.dimension(cell.dimension));
    const lacking = cells.filter((cell) => !cell.complete).map((cell) => this.#lacking(standing, cell));
    const isLast = this.#isLast(standing.result);
    const values = {
      level_title: this.names.level(claimed.at),
      next_title: isLast ? "" : this.names.level(claimed.at + 1),
    };
    return [
      h("h3", {}, this.say(isLast ? "why_last" : "why_not", values)),
      h("ul", { class: "mp-why" }, lacking),
      ...(complete.length ? [h("p", {}, this.say("complete_in", { level_title: this.names.levelTitle(deciding), list: complete.join(", ") }))] : []),
    ];
  }

  /** What an incomplete cell lacks. @param {Standing} standing @param {Cell} cell */
  #lacking({ saved }, { level, dimension, open, failing, mean }) {
    const { pieces, percent } = this.names.speaker;
    const { passing, threshold } = this.questionnaire.scoring;
    /** @param {string} id */
    const answered = (id) => {
      const answer = this.names.answer(saved.assessment.answers.get(id)?.answer ?? "");
      return h("span", {}, pieces("named", { practice_title: this.#question(id), answer }));
    };
    const values = { n: open.length, passing: percent(passing), mean: percent(mean), threshold: percent(threshold) };
    /** @param {string} key @param {Node[]} items */
    const sentence = (key, items) => {
      const list = h("span", {}, items.flatMap((item, index) => (index ? [", ", item] : [item])));
      return h("li", {}, pieces(key, { ...values, list }));
    };
    return h(
      "li",
      {},
      h("strong", {}, this.names.cell(level, dimension)),
      h(
        "ul",
        {},
        open.length > 0 && sentence("cell_open", open.map((id) => this.#question(id))),
        failing.length > 0 && sentence("cell_failing", failing.map(answered)),
        !open.length && !reaches(mean, threshold) && sentence("cell_mean", []),
      ),
    );
  }

  /** @param {Result} result @param {Advice} advice */
  #distance(result, { distance, count }) {
    const isLast = this.#isLast(result);
    const level = this.names.level(result.claimed.at + (isLast ? 0 : 1));
    const rows = Object.entries(distance)
      .filter(([, ids]) => ids.length)
      .map(([dimension, ids]) =>
        h(
          "li",
          {},
          h("strong", {}, this.names.dimension(dimension)),
          this.#folded("ul", ids.map((id) => h("li", {}, this.#question(id)))),
        ),
      );
    return [
      h("h3", {}, this.say(isLast ? "distance_done" : "distance", { n: count, level_title: level })),
      h("p", {}, this.say("distance_text")),
      h("ul", { class: "mp-why" }, rows),
    ];
  }

  /** @param {Result} result */
  #isLast({ claimed }) {
    return claimed.at === this.names.levels.length;
  }

  // What to do

  /**
   * @param {Standing} standing
   * @param {Step} step
   * @param {"owner" | "ask" | ""} [whose] How its owner is named.
   */
  #step({ saved }, { practice, reason, before }, whose = "") {
    const { level, dimension, owner } = this.questionnaire.practices[practice];
    const { pieces } = this.names.speaker;
    const answer = saved.assessment.answers.get(practice)?.answer;
    const because = this.say(`because.${reason}`, {
      cell: this.names.cell(level, dimension),
      level_title: this.names.levelTitle(level),
      practice_title: this.names.practice(before ?? ""),
    });
    return this.#item(
      practice,
      because,
      whose && owner ? h("span", {}, pieces(whose, { role_title: this.#role(owner) })) : "",
      whose === "owner" && answer ? this.say("answered_as", { answer: this.names.answer(answer) }) : "",
    );
  }

  /** A practice with its page, its question, and what there is to say of it. @param {string} id @param {...(string | Node)} facts */
  #item(id, ...facts) {
    const said = facts.filter(Boolean).flatMap((fact, index) => (index ? [" · ", fact] : [fact]));
    const page = h("a", { href: `${this.addresses.practices}${id}/` }, this.names.practice(id));
    const link = this.#question(id, this.say("to_question"));
    return h("li", { class: "mp-step-item" }, page, " ", link, said.length > 0 && h("p", { class: "mp-small" }, said));
  }

  /** @param {string} id */
  #role(id) {
    return h("a", { href: `${this.addresses.roles}${id}/` }, this.questionnaire.roles[id].title);
  }

  /** Leads to a question on this page. @param {string} id @param {string} [text] */
  #question(id, text) {
    const title = this.names.practice(id);
    const attributes = { href: `#practice-${id}`, "data-question": id, "aria-label": text && `${text}: ${title}` };
    return h("a", attributes, text ?? title);
  }

  /** A list of which only the beginning is open. @param {"ol" | "ul"} tag @param {Node[]} items */
  #folded(tag, items) {
    const rest = items.slice(UNFOLDED);
    return h(
      "div",
      {},
      h(tag, {}, items.slice(0, UNFOLDED)),
      rest.length > 0 &&
        h(
          "details",
          {},
          h("summary", {}, this.say("more", { n: rest.length })),
          h(tag, { start: tag === "ol" ? UNFOLDED + 1 : null }, rest),
        ),
    );
  }

  // Into the page

  /** @param {string} part @param {Node[]} content */
  #fill(part, content) {
    this.root.querySelector(`[data-part="${part}"]`)?.replaceChildren(...content);
  }

  /** Fill one of the page's lists, which is hidden while it is empty. @param {string} name @param {Node[]} items */
  #list(name, items) {
    const list = /** @type {HTMLElement} */ (this.root.querySelector(`[data-list="${name}"]`));
    list.hidden = !items.length;
    list.lastElementChild?.replaceWith(this.#folded(name === "steps" ? "ol" : "ul", items));
  }

  /** How far each dimension has come; one level is one unit of width. @param {Result} result */
  #chart({ claimed, evidenced, possible }) {
    for (const bar of this.root.querySelectorAll("svg[data-dimension]")) {
      const dimension = bar.getAttribute("data-dimension") ?? "";
      /** @type {Record<string, string>} */
      const said = { dimension_title: this.names.dimension(dimension) };
      for (const [name, view] of Object.entries({ possible, claimed, shown: evidenced })) {
        const progress = view.progress[dimension];
        bar.querySelector(`.mp-bar--${name}`)?.setAttribute("width", String(progress));
        said[name] = this.names.progress(progress);
      }
      for (const line of bar.querySelectorAll("line"))
        for (const end of ["x1", "x2"]) line.setAttribute(end, String(claimed.overall));
      bar.setAttribute("aria-label", this.say("chart_row", said));
      const text = bar.previousElementSibling?.lastElementChild;
      if (text) text.textContent = said.claimed;
    }
  }

  /** @param {Result} result */
  #map(result) {
    const { percent } = this.names.speaker;
    for (const button of this.root.querySelectorAll("button[data-level]")) {
      const { level = "", dimension = "" } = /** @type {HTMLElement} */ (button).dataset;
      const cell = cellOf(result.claimed, level, dimension);
      const state = stateOf(result, cell);
      const total = cell.practices.length;
      const { threshold } = this.questionnaire.scoring;
      const values = {
        n: total - cell.open.length,
        total,
        share: percent(cell.mean),
        threshold: percent(threshold),
      };
      button.className = `mp-heat__cell mp-heat__cell--${state}`;
      /** @type {Element} */ (button.lastElementChild).textContent = this.say(`state.${state}`, values);
    }
  }
}

/** @param {Result} result @param {Cell} cell */
function stateOf(result, cell) {
  if (cell.practices.some((id) => result.states.get(id) === "assumed")) return "assumed";
  if (cell.open.length) return "open";
  if (!cell.complete) return "mean";
  return cellOf(result.evidenced, cell.level, cell.dimension).complete ? "complete" : "claimed";
}
