/**
 * The report: a set of answers as sections of plain text, which a page shows and a Markdown file
 * holds. Knows no page.
 */

import { dayBefore } from "../common/days.js";
import { link, table, text } from "../common/markdown.js";
import { Account } from "./account.js";
import { missingCriteria } from "./answers.js";
import { dateOf } from "./comparison.js";
import { cover, coverSections } from "./cover.js";
import { findings, ofKind } from "./findings.js";
import { headline, isOneUnit } from "./headline.js";
import { Renewals } from "./renewals.js";

/**
 * @typedef {import("./standing.js").Standing} Standing
 * @typedef {import("./account.js").Piece} Piece
 * @typedef {import("./account.js").Reference} Reference
 * @typedef {import("./advice.js").Step} Step
 * @typedef {import("./comparison.js").Comparison} Comparison
 * @typedef {import("./people.js").People} People
 * @typedef {import("./renewals.js").Renewal} Renewal
 * @typedef {import("./texts.js").Texts} Texts
 * @typedef {import("./names.js").Names} Names
 *
 * @typedef {Piece[]} Text
 * @typedef {{head: string[], rows: Text[][], practices?: string[]}} Table `practices`: what the rows are about.
 * @typedef {object} Section
 * @property {string} id
 * @property {string} title
 * @property {Text[]} [paragraphs]
 * @property {{title: string, texts: Text[]}[]} [entries]
 * @property {Table} [table]
 * @property {Text} [last] A closing paragraph.
 */

/** How many practices one line of changes names. */
const NAMED = 12;

/** A set of answers as sections of text. */
export class Report {
  /**
   * @param {Names} names
   * @param {Texts} texts
   * @param {People} people
   * @param {Standing} standing
   * @param {Comparison | null} comparison With an earlier assessment, if there is one.
   */
  constructor(names, texts, people, standing, comparison) {
    this.names = names;
    this.say = names.speaker.say;
    this.texts = texts;
    this.people = people;
    this.standing = standing;
    this.assessment = standing.saved.assessment;
    this.comparison = comparison;
    this.account = new Account(names, standing);
    this.renewals = new Renewals(names, texts, this.assessment, dateOf(standing.saved));
    /** What it says of laws and standards, if anything. @type {Section | null} */
    this.clauses = null;
  }

  /** What stands on every page: unit, date, framework and version. @returns {string[]} */
  get heading() {
    const { title, version } = this.names.questionnaire.framework;
    const date = dateOf(this.standing.saved);
    return [
      this.assessment.unit.trim() || this.say("untitled"),
      date && this.names.speaker.date(date),
      this.say("framework_version", { title, version }),
    ].filter(Boolean);
  }

  /** Who answered, and under which version if it was another one. */
  get by() {
    const { version } = this.standing.saved.framework;
    const isPresent = version === this.names.questionnaire.framework.version;
    return [this.#who, isPresent ? "" : this.say("given_to", { version })].filter(Boolean).join(" · ");
  }

  get #who() {
    const { raters } = this.assessment;
    if (raters.length) return this.say("agreed_by", { n: raters.length, list: raters.map((one) => this.people.label(one, raters)).join(", ") });
    const who = [this.assessment.name, this.assessment.role].map((part) => part.trim()).filter(Boolean).join(", ");
    return who && this.say("answered_by", { who });
  }

  /** All sections that have something to say. @returns {Section[]} */
  get sections() {
    const all = [
      this.#why(),
      this.#steps(),
      this.#list("answer_first", this.account.advice.answerFirst.map(({ practice }) => practice)),
      this.#findOut(),
      this.#list("show", this.account.advice.showEvidence),
      this.#runsOut(),
      this.#list("confirm", this.standing.toConfirm),
      this.#list("look_at", this.standing.unconfirmed),
      this.#disagreements(),
      ...(this.comparison ? [this.#changes(this.comparison)] : []),
      this.clauses,
      ...this.#answers(),
    ];
    return all.filter((section) => section !== null);
  }

  /** How far each dimension has come, and how each cell stands, where no figure can say it. @returns {Section[]} */
  get figures() {
    const { claimed, evidenced } = this.standing.result;
    const { questionnaire } = this.names;
    const dimensions = Object.keys(questionnaire.dimensions);
    return [
      {
        id: "progress",
        title: this.say("progress"),
        table: {
          head: [this.say("dimension"), this.say("claimed"), this.say("shown")],
          rows: dimensions.map((id) => [
            [this.names.dimension(id)],
            [this.names.progress(claimed, id)],
            [this.names.progress(evidenced, id)],
          ]),
        },
      },
      {
        id: "map",
        title: this.say("map"),
        table: {
          head: [this.say("level_heading"), ...dimensions.map((id) => this.names.dimension(id))],
          rows: this.names.levels.map((level, index) => [
            [this.names.level(index + 1)],
            ...dimensions.map((dimension) => {
              const cell = claimed.cells.get(level)?.get(dimension);
              return [cell?.practices.length ? this.#filled(cell) : "–"];
            }),
          ]),
        },
      },
    ];
  }

  /** How a cell stands: the mean of its answers where all are given, or else how many are. @param {import("./scoring.js").Cell} cell */
  #filled({ practices, open, mean }) {
    const total = practices.length;
    if (open.length === total) return this.say("not_answered");
    return open.length ? this.say("answered", { n: total - open.length, total }) : this.names.speaker.percent(mean);
  }

  /** What the first page says. */
  get cover() {
    return cover(this);
  }

  /** The next steps: all that complete the level, and whatever somebody has taken on. @returns {Step[]} */
  get steps() {
    const { steps, needed } = this.account.advice;
    const owned = (/** @type {string} */ id) => Boolean(this.assessment.answers.get(id)?.owner.trim());
    return steps.filter(({ practice }) => needed.has(practice) || owned(practice));
  }

  /** @returns {Section | null} */
  #why() {
    const { why } = this.account;
    return why && { id: "why", title: why.title, entries: why.entries, last: [why.complete] };
  }

  /** @returns {Section | null} */
  #steps() {
    const { steps } = this;
    if (!steps.length) return null;
    const { answers } = this.assessment;
    const head = ["step", "because_heading", "role_heading", "who", "due"].map((key) => this.say(key));
    const rows = steps.map((step) => {
      const stored = answers.get(step.practice);
      return [
        [this.practice(step.practice)],
        [this.account.because(step), " ", this.say("answered_as", { answer: this.account.answer(step.practice) })],
        [this.account.owner(step.practice) ?? ""],
        [stored?.owner.trim() ?? ""],
        [stored?.due ? this.names.speaker.date(stored.due) : ""],
      ];
    });
    const far = this.account.distance;
    return { id: "steps", title: this.say("steps"), paragraphs: far ? [[far]] : [], table: { head, rows, practices: steps.map(({ practice }) => practice) } };
  }

  /** @returns {Section | null} */
  #findOut() {
    const texts = this.account.advice.findOut.map(({ practice }) => {
      const owner = this.account.owner(practice);
      const ask = owner ? [" · ", ...this.names.speaker.pieces("ask", { role_title: owner })] : [];
      return [this.practice(practice), ...ask];
    });
    return texts.length ? { id: "find_out", title: this.say("find_out"), entries: [{ title: "", texts }] } : null;
  }

  /** Practices under a heading. @param {string} id @param {string[]} practices @returns {Section | null} */
  #list(id, practices) {
    const texts = practices.map((practice) => [this.practice(practice)]);
    return texts.length ? { id, title: this.say(id), entries: [{ title: "", texts }] } : null;
  }

  /** What has run out by the day of the assessment, what will and when, and which levels fall with it. @returns {Section | null} */
  #runsOut() {
    const { over, ahead, falls, undated } = this.renewals;
    if (!over.length && !ahead.length && !undated) return null;
    const head = ["counts_until", "practice_heading", "evidence_column", "who"].map((key) => this.say(key));
    /** @param {Renewal} one @param {(date: string) => string} [dated] @returns {Text[]} */
    const row = ({ until, practice, what, owner }, dated = (date) => date) => [[dated(this.names.speaker.date(until))], [practice], [what.join("; ")], [owner]];
    const rows = [...over.map((one) => row(one, (date) => this.say("is_over", { date }))), ...ahead.map((one) => row(one))];
    return {
      id: "renew",
      title: this.say("runs_out"),
      paragraphs: falls,
      table: rows.length ? { head, rows } : undefined,
      last: undated ? [undated] : undefined,
    };
  }

  /** Where those whose answers this was agreed from saw it differently. @returns {Section | null} */
  #disagreements() {
    const { questionnaire } = this.names;
    const { raters, answers } = this.assessment;
    const all = findings(questionnaire, raters);
    const disagreements = /** @type {const} */ (["disagree", "find_out"]).flatMap((kind) => ofKind(questionnaire, all, kind));
    if (!disagreements.length) return null;
    const head = ["practice_heading", "said", "agreed"].map((key) => this.say(key));
    const rows = disagreements.map(({ practice, voices }) => [
      [this.practice(practice)],
      [this.people.summary(voices, raters, true)],
      [answers.get(practice)?.answer ? this.account.answer(practice) : this.say("not_agreed")],
    ]);
    return { id: "disagreements", title: this.say("disagreements"), table: { head, rows } };
  }

  /** What changed since an earlier assessment: what moved in full, the rest by its name. @param {Comparison} comparison @returns {Section} */
  #changes(comparison) {
    const { saved, result } = comparison.before;
    const before = { entry: this.names.entry(saved), level_title: this.names.level(result.claimed.at) };
    const entries = changes(this.names, this.texts, comparison).map(({ id, title, entries: [{ texts }] }) =>
      id === "rose" || id === "fell" ? { title, texts } : { title, texts: [this.named(texts.flat().flatMap((piece) => (typeof piece === "string" ? [] : [piece.id])))] },
    );
    const { sentence, cautions } = headline(this.names, comparison);
    const paragraphs = [[sentence], cautions.length ? [cautions.join(" ")] : []].filter((text) => text.length);
    return { id: "changes", title: this.say("changes_since", before), paragraphs, entries, last: [this.say("same_answers", { n: comparison.same })] };
  }

  /** Return practices in one line: so many by their names, and how many more there are. @param {string[]} ids @param {number} [most] @returns {Text} */
  named(ids, most = NAMED) {
    const rest = ids.length - most;
    const those = ids.slice(0, most).flatMap((id, index) => [index ? ", " : "", this.practice(id)]);
    return rest > 0 ? [...those, this.say("and_more", { n: rest })] : those;
  }

  /** Every answer, level by level; of levels without any, how many questions they have. @returns {Section[]} */
  #answers() {
    const { practices } = this.names.questionnaire;
    /** @type {Text[]} */
    const rest = [];
    const sections = this.names.levels.flatMap((level, index) => {
      const own = Object.keys(practices).filter((id) => practices[id].level === level);
      const [open, answered] = [own.filter((id) => !this.#isGiven(id)), own.filter((id) => this.#isGiven(id))];
      const level_title = this.names.level(index + 1);
      if (!answered.length && open.length) rest.push([`${level_title}: ${this.#without(open)}`]);
      if (!answered.length) return [];
      const head = ["practice_heading", "answer_heading", "evidence_heading"].map((key) => this.say(key));
      const rows = answered.map((id) => [[this.practice(id)], [this.account.answer(id)], [this.#evidence(id)]]);
      const last = open.length ? [this.#without(open)] : undefined;
      return [{ id: "answers", title: this.say("answers_at", { level_title }), table: { head, rows }, last }];
    });
    return rest.length ? [...sections, { id: "answers", title: this.say("unanswered"), entries: [{ title: "", texts: rest }] }] : sections;
  }

  /** How many practices of a level have no answer. @param {string[]} open */
  #without(open) {
    const { states } = this.standing.result;
    return this.say(open.some((id) => states.get(id) === "assumed") ? "assumed_list" : "open_list", { n: open.length });
  }

  /** Whether there is anything to report of a practice. @param {string} id */
  #isGiven(id) {
    const stored = this.assessment.answers.get(id);
    return stored !== undefined && (stored.answer !== "" || this.#evidence(id) !== "");
  }

  /** Evidence, reason and note of an answer. @param {string} id */
  #evidence(id) {
    const stored = this.assessment.answers.get(id);
    if (!stored) return "";
    const ticked = stored.evidence.flatMap((name) => this.texts[id].evidence[name] ?? []);
    const { proof, reason, note } = stored;
    const { lacking, waiting } = this.standing.result;
    const needs = waiting.includes(id) ? this.say("evidence_missing") : "";
    const practice = this.names.questionnaire.practices[id];
    const missing = lacking.includes(id) ? missingCriteria(practice, stored) : [];
    const untrue = missing.map((name) => this.texts[id].criteria[practice.criteria.indexOf(name)]);
    return [
      untrue.length > 0 && this.say("criteria_untrue", { list: untrue.join(" ") }),
      [...ticked, lines(proof)].filter(Boolean).join("; "),
      reason.trim() && this.say("reason_given", { text: lines(reason) }),
      note.trim() && this.say("note_given", { text: lines(note) }),
      needs,
    ].filter(Boolean).join(" · ");
  }

  /** Return a reference to a practice. @param {string} id @returns {Reference} */
  practice(id) {
    return { to: "practice", id, label: this.names.practice(id) };
  }
}

/**
 * Return what changed between two assessments, a list for each kind of change.
 * @param {Names} names
 * @param {Texts} texts
 * @param {Comparison} comparison
 * @returns {{id: string, title: string, entries: {title: string, texts: Text[]}[]}[]}
 */
export function changes(names, texts, comparison) {
  const { say, pieces } = names.speaker;
  const values = { before: names.entry(comparison.before.saved), after: names.entry(comparison.after.saved) };
  const kind = isOneUnit(comparison) ? "time" : "units";
  /** @param {string} id @returns {Reference} */
  const practice = (id) => ({ to: "practice", id, label: names.practice(id) });
  /** @param {string} key @param {Text[]} items */
  const list = (key, items) =>
    items.length
      ? [{ id: key, title: say(`changes.${kind}.${key}`, { n: items.length, ...values }), entries: [{ title: "", texts: items }] }]
      : [];
  /** @param {import("./comparison.js").Change[]} all */
  const moved = (all) =>
    all.map(({ practice: id, from, to }) => {
      const one = { practice_title: practice(id), from: names.answer(from), to: names.answer(to) };
      return from && to ? pieces("moved", one) : pieces("one_sided", { ...one, answer: names.answer(from || to) });
    });
  /** @param {import("./comparison.js").Proof[]} all */
  const proofs = (all) =>
    all.map((one) => {
      const named = [...one.artifacts.map((name) => texts[one.practice].evidence[name]), one.text].filter(Boolean);
      return pieces("proof_of", { practice_title: practice(one.practice), list: named.join("; ") });
    });
  /** @param {import("./ageing.js").RunOut[]} all */
  const ended = (all) => all.map((one) => pieces("ended_on", { practice_title: practice(one.practice), date: names.speaker.date(dayBefore(one.day)) }));
  const { rose, fell, fresh, withdrawn, otherwise, gained, lost, expired } = comparison;
  return [
    ...list("rose", moved(rose)),
    ...list("fell", moved(fell)),
    ...list("fresh", moved(fresh)),
    ...list("withdrawn", moved(withdrawn)),
    ...list("otherwise", moved(otherwise)),
    ...list("gained", proofs(gained)),
    ...list("lost", proofs(lost)),
    ...list("expired", ended(expired)),
  ];
}

/** Several lines as one. @param {string} typed */
const lines = (typed) => typed.trim().split(/\s*\n\s*/).join("; ");

/**
 * Render a report to Markdown, for a wiki or a pull request.
 * @param {Report} report
 * @param {(reference: Reference) => string} address Absolute.
 */
export function markdown(report, address) {
  /** @param {Text} pieces */
  const line = (pieces) =>
    pieces.map((piece) => (typeof piece === "string" ? inner(piece) : link(piece.label, address(piece)))).join("").trim();
  /** @param {Section} section */
  const written = ({ title, paragraphs = [], entries = [], table: cells, last }) =>
    [
      `## ${text(title)}`,
      ...paragraphs.map(line),
      ...entries.map((entry) => [entry.title ? `**${text(entry.title)}**\n` : "", ...entry.texts.map((one) => `- ${line(one)}`)].filter(Boolean).join("\n")),
      cells ? table(cells.head.map((one) => text(one)), cells.rows.map((row) => row.map(line))) : "",
      last ? line(last) : "",
    ].filter(Boolean).join("\n\n");
  const [title, ...rest] = report.heading;
  return [
    `# ${text(title)}`,
    text([...rest, report.by].filter(Boolean).join(" · ")),
    text(report.cover.sentence),
    ...coverSections(report).map(written),
    report.account.remarks.map((one) => `- ${text(one)}`).join("\n"),
    ...[...report.figures, ...report.sections].map(written),
  ].filter(Boolean).join("\n\n").trim() + "\n";
}

/** A piece of a line: the white space at its ends keeps it apart from its neighbors. @param {string} piece */
const inner = (piece) => `${/^\s/.test(piece) ? " " : ""}${text(piece)}${/\S\s+$/.test(piece) ? " " : ""}`;
