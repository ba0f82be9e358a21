/**
 * The account of a set of answers: what they come to, why, and what to do next, in words. A text is
 * a list of pieces; a piece that is no string points to the page of a practice or a role, or to a
 * question. Knows no page, so that the screen, a report and a Markdown file say the same.
 */

import { reaches } from "../common/numbers.js";
import { advise } from "./advice.js";
import { countedFor } from "./scoring.js";
import { counts } from "./standing.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").Cell} Cell
 * @typedef {import("./advice.js").Step} Step
 * @typedef {import("./standing.js").Standing} Standing
 * @typedef {import("./names.js").Names} Names
 *
 * @typedef {import("../common/speaker.js").Reference} Reference
 * @typedef {import("../common/speaker.js").Piece} Piece
 * @typedef {{title: string, texts: Piece[][], rules: Piece[][]}} Entry `texts`: what to do; `rules`: what it follows from.
 */

/** What there is to say of a standing. */
export class Account {
  /** @param {Names} names @param {Standing} standing */
  constructor(names, standing) {
    this.names = names;
    this.questionnaire = names.questionnaire;
    this.say = names.speaker.say;
    this.standing = standing;
    this.result = standing.result;
    this.advice = advise(this.questionnaire, this.result);
    this.isLast = this.result.claimed.at === names.levels.length;
  }

  /** What the level means. */
  get meaning() {
    const { claimed, deciding } = this.result;
    if (deciding) return this.say(`meaning.${this.questionnaire.scoring.level_means}${claimed.overall ? "" : "_first"}`);
    return this.say(counts(this.standing).assumed ? "meaning.done_assumed" : "meaning.done");
  }

  /** What the level takes, and why less is shown than claimed, each in a sentence. @returns {string[]} */
  get sentences() {
    const { claimed, evidenced, deciding, waiting } = this.result;
    const { distance, count } = this.advice;
    const parts = Object.entries(distance).filter(([, ids]) => ids.length);
    const list = parts.map(([id, ids]) => this.say("more_in", { n: ids.length, dimension_title: this.names.dimension(id) })).join(", ");
    const isLess = evidenced.at < claimed.at && waiting.length > 0;
    const { toConfirm, unconfirmed } = this.standing;
    return [
      deciding ? this.say("more_complete", { n: count, level_title: this.names.levelTitle(deciding), list }) : this.meaning,
      ...this.#otherwiseListed,
      ...(isLess ? [this.say("shown_less", { n: waiting.length })] : []),
      ...(toConfirm.length ? [this.say("to_confirm", { n: toConfirm.length })] : []),
      ...(unconfirmed.length ? [this.say("unconfirmed", { n: unconfirmed.length })] : []),
    ];
  }

  /** How many of those that complete the level are not among the steps, and how many steps come before them. @returns {string[]} */
  get #otherwiseListed() {
    const { distance, count, needed, answerFirst, findOut } = this.advice;
    const nearest = new Set(Object.values(distance).flat());
    const among = (/** @type {Step[]} */ steps) => steps.filter(({ practice }) => nearest.has(practice)).length;
    const numbers = Object.entries({ more_open: among(answerFirst), more_unknown: among(findOut), more_before: needed.size - count });
    return numbers.filter(([, n]) => n > 0).map(([key, n]) => this.say(key, { n }));
  }

  /** The steps that complete the level, with what comes before them. @returns {Step[]} */
  get steps() {
    return this.advice.steps.filter(({ practice }) => this.advice.needed.has(practice));
  }

  /** The steps that the level does not wait for. @returns {Step[]} */
  get furtherSteps() {
    return this.advice.steps.filter(({ practice }) => !this.advice.needed.has(practice));
  }

  /**
   * Return how much of the lowest incomplete level is done, 0 to 1, and that in words; never rounded up. While a question of
   * it is open, nobody knows: the share is null, and the words say how many are answered.
   * @param {import("./scoring.js").View} view
   */
  share({ overall, cells }) {
    const level = this.names.levels[overall];
    if (!level) return { share: 1, text: this.say("share_all") };
    const level_title = this.names.levelTitle(level);
    const all = [...(cells.get(level)?.values() ?? [])];
    const total = all.reduce((sum, { practices }) => sum + practices.length, 0);
    const n = total - all.reduce((sum, { open }) => sum + open.length, 0);
    if (n < total) return { share: null, text: this.say(n ? "reading.partly" : "reading.open", { level_title, n, total }) };
    const share = all.reduce((sum, { mean, practices }) => sum + mean * practices.length, 0) / (total || 1);
    return { share, text: this.say(share > 0 ? "share" : "share_none", { level_title, share: this.names.speaker.percent(share) }) };
  }

  /** What has to be said beside the level. */
  get remarks() {
    const { claimed, possible, waiting, settled } = this.result;
    const { open, assumed, answered, total } = counts(this.standing);
    const ends = { from: this.names.level(claimed.at), to: this.names.level(possible.at) };
    /** @param {string} key @param {number} n */
    const remark = (key, n) => (n ? [this.say(key, { n, ...ends })] : []);
    return [
      this.say("answered", { n: answered, total }),
      ...remark(settled ? "settled" : "range", open),
      ...remark("waiting", waiting.length),
      ...remark("assumed", assumed),
      ...remark("to_confirm", this.standing.toConfirm.length),
      ...remark("unconfirmed", this.standing.unconfirmed.length),
      ...remark("left_out_count", this.advice.notApplicable.length),
    ];
  }

  /**
   * Why it is not the next level; `complete` is what is not in the way.
   * @returns {{title: string, entries: Entry[], complete: string} | null}
   */
  get why() {
    const { claimed, deciding } = this.result;
    if (!deciding) return null;
    const cells = [...(claimed.cells.get(deciding)?.values() ?? [])];
    const list = cells.filter((cell) => cell.complete).map((cell) => this.names.dimension(cell.dimension)).join(", ");
    const values = { level_title: this.names.level(claimed.at), next_title: this.isLast ? "" : this.names.level(claimed.at + 1) };
    return {
      title: this.say(this.isLast ? "why_last" : "why_not", values),
      entries: cells.filter((cell) => !cell.complete).map((cell) => this.#lacking(cell)),
      complete: list && this.say("complete_in", { level_title: this.names.levelTitle(deciding), list }),
    };
  }

  /** What an incomplete cell lacks. @param {Cell} cell @returns {Entry} */
  #lacking({ dimension, open, failing, mean }) {
    const { pieces, percent } = this.names.speaker;
    const { passing, threshold } = this.questionnaire.scoring;
    const values = { n: open.length, passing: percent(passing), mean: percent(mean), threshold: percent(threshold) };
    /** @param {string} id */
    const answered = (id) => pieces("named", { practice_title: this.question(id), answer: this.answer(id) });
    const nearest = this.advice.distance[dimension];
    const todo = pieces("cell_more", { n: nearest.length, list: joined(nearest.map((id) => [this.question(id)])) });
    const rules = [
      open.length && pieces("cell_open", { ...values, list: joined(open.map((id) => [this.question(id)])) }),
      failing.length && pieces("cell_failing", { ...values, list: joined(failing.map(answered)) }),
      !open.length && !reaches(mean, threshold) && pieces("cell_mean", values),
    ];
    return { title: this.names.dimension(dimension), texts: [todo], rules: rules.filter((text) => !!text) };
  }

  /** How far the next level is, in a line; null where every level is complete. */
  get distance() {
    if (!this.result.deciding) return null;
    const level = this.names.level(this.result.claimed.at + (this.isLast ? 0 : 1));
    const far = this.say(this.isLast ? "distance_done" : "distance", { n: this.advice.count, level_title: level });
    return [`${far}.`, ...this.#otherwiseListed].join(" ");
  }

  /** Return why a step is there. @param {Step} step */
  because({ practice, reason, before }) {
    const { level, dimension } = this.questionnaire.practices[practice];
    return this.say(`because.${reason === "more" && before ? "required" : reason}`, {
      cell: this.names.cell(level, dimension),
      level_title: this.names.levelTitle(level),
      practice_title: this.names.practice(before ?? ""),
    });
  }

  /** Return who owns a practice, by the definition; null where nobody does. @param {string} practice @returns {Reference | null} */
  owner(practice) {
    const id = this.questionnaire.practices[practice].owner;
    return id ? { to: "role", id, label: this.questionnaire.roles[id].title } : null;
  }

  /** Return what the answer to a practice is called, and what it counts as where that is another. @param {string} practice */
  answer(practice) {
    const given = this.standing.saved.assessment.answers.get(practice)?.answer ?? "";
    if (!this.result.lacking.includes(practice)) return this.names.answer(given);
    return this.names.answerCounted(given, countedFor(this.questionnaire, practice, { answer: given, lacking: true }));
  }

  /** Return a reference to a question. @param {string} id @returns {Reference} */
  question(id) {
    return { to: "question", id, label: this.names.practice(id) };
  }
}

/** Several texts as one, set apart by commas. @param {Piece[][]} texts @returns {Piece[]} */
const joined = (texts) => texts.flatMap((text, index) => (index ? [", ", ...text] : text));
