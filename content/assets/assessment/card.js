/**
 * The card of a result, for a wiki or a pull request: SVG or HTML; `card.py` draws the same. It names the unit, never a person,
 * and holds no note and no link. Knows no page.
 */

/**
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./scoring.js").Result} Result
 *
 * @typedef {object} Facts What a card says beside the result.
 * @property {string} unit As somebody entered it.
 * @property {string} date The day of the assessment, or "".
 * @property {string} on The day on which evidence counts, or "".
 */

/** Characters that no XML may hold, that nobody sees, or that turn a text around. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu;
/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Where hosts of code see names, issues, labels, emoji and addresses; a comment after it keeps them apart. */
const REFERENCE = /[@#:!$%~]|&amp;|\bG[HL](?=-\d)|\bwww(?=\.)/gi;
/** How wide letters are, in fifths of most: the broadest, capitals, and what is as wide in East Asia as an emoji. @type {[RegExp, number][]} */
const WIDER = [[/[MWmw@%]/, 8], [/[A-Z\u00c0-\u00de\u0391-\u03a9\u0400-\u042f]/, 6], [/[^\0-\u10ff]/u, 10]];

/** In pixels: the width, its edge, where the bars begin, how wide they are, the height of a row. */
const [WIDTH, EDGE, BARS, SPAN, ROW] = [720, 28, 250, 240, 32];
const [INK, QUIET, LINE, STRONG, FAINT] = ["#1b1830", "#57526b", "#c9c4d4", "#3b2e83", "#e4e0f5"];
/** How many narrow characters fit. */
const LONGEST = { unit: 36, verdict: 74, dimension: 28, row: 30, foot: 100 };

/** A card of one result. */
export class Card {
  /** @param {Names} names @param {Result} result @param {Facts} facts */
  constructor(names, { claimed, evidenced }, { unit, date, on }) {
    const { say, date: written } = names.speaker;
    this.names = names;
    this.say = say;
    this.views = [claimed, evidenced];
    this.unit = unit;
    this.date = date && written(date);
    this.on = on && written(on);
    const [mine, proven] = this.views.map(({ at }) => names.level(at));
    this.verdict = say("both_readings", { claimed: mine, shown: proven });
    this.dimensions = Object.keys(names.questionnaire.dimensions);
  }

  /** The card as an SVG file, dark on white whatever it is pasted into. */
  get svg() {
    const foot = 136 + ROW * this.dimensions.length;
    const height = foot + 24;
    const title = [this.unit, this.date, this.verdict].filter(Boolean).join(" · ");
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif">`,
      `<title>${written(title)}</title>`,
      `<desc>${written(this.dimensions.map((id) => this.#said(id)).join(" "))}</desc>`,
      `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="12" fill="#ffffff" stroke="${LINE}"/>`,
      text("unit", EDGE, 44, this.unit, `font-size="22" font-weight="700" fill="${INK}"`),
      text("row", WIDTH - EDGE, 44, this.date, `font-size="14" text-anchor="end" fill="${QUIET}"`),
      text("verdict", EDGE, 76, this.verdict, `font-size="16" fill="${INK}"`),
      text("row", BARS, 110, this.say("card.key", { total: this.names.levels.length }), `font-size="12" fill="${QUIET}"`),
      ...this.dimensions.flatMap((id, index) => this.#row(id, index)),
      text("foot", EDGE, foot, this.#foot, `font-size="12" fill="${QUIET}"`),
      "</svg>",
    ].join("\n");
  }

  /** The card as a table of HTML without any style, which takes the colors around it. */
  get html() {
    const { names, say } = this;
    const unit = written(this.unit).replace(REFERENCE, "$&<!-- -->");
    const date = this.date ? ", " + escaped(this.date) : "";
    /** @param {string[]} cells @param {string} tag */
    const all = (cells, tag) => cells.map((one) => `<${tag}>${written(one)}</${tag.split(" ")[0]}>`).join("");
    /** @param {string} first @param {string[]} others */
    const row = (first, others) => `<tr>${all([first], 'th scope="row"')}${all(others, "td")}</tr>`;
    const heads = [say("card.dimension"), say("claimed"), say("shown")];
    return [
      "<table>",
      `<caption><strong>${unit}</strong>${date}</caption>`,
      `<thead><tr>${all(heads, 'th scope="col"')}</tr></thead>`,
      "<tbody>",
      row(say("card.overall"), this.views.map(({ at }) => names.level(at))),
      ...this.dimensions.map((id) => row(names.dimension(id), this.#progress(id))),
      "</tbody>",
      `<tfoot><tr><td colspan="3">${written(this.#foot)}</td></tr></tfoot>`,
      "</table>",
    ].join("\n");
  }

  /** A dimension: what it is called, a piece for each level, and how many are complete. @param {string} id @param {number} index */
  #row(id, index) {
    const [y, total] = [136 + ROW * index, this.names.levels.length];
    const [claimed, shown] = this.views.map(({ completed }) => completed[id]);
    const step = Math.floor(SPAN / total);
    const pieces = Array.from({ length: total }, (_, number) => {
      const fill = number < shown ? STRONG : number < claimed ? FAINT : "#ffffff";
      const stroke = number < Math.max(claimed, shown) ? STRONG : LINE;
      return `<rect x="${BARS + step * number}" y="${y - 12}" width="${step - 4}" height="14" rx="3" fill="${fill}" stroke="${stroke}"/>`;
    });
    return [
      text("dimension", EDGE, y, this.names.dimension(id), `font-size="14" fill="${INK}"`),
      ...pieces,
      text("row", WIDTH - EDGE, y, this.say("card.row", { shown, claimed }), `font-size="14" text-anchor="end" fill="${INK}"`),
    ];
  }

  /** How far a dimension has come, claimed and shown. @param {string} id */
  #progress(id) {
    return this.views.map((view) => this.names.progress(view, id));
  }

  /** The same for whoever does not see it. @param {string} id */
  #said(id) {
    const [claimed, shown] = this.#progress(id);
    return this.say("stairs_row", { dimension_title: this.names.dimension(id), claimed, shown });
  }

  get #foot() {
    const { title, version } = this.names.questionnaire.framework;
    const framework = this.say("framework_version", { title, version });
    return this.on ? `${framework} · ${this.say("card.as_of", { date: this.on })}` : framework;
  }
}

/** @param {keyof typeof LONGEST} kind @param {number} x @param {number} y @param {string} words @param {string} style */
const text = (kind, x, y, words, style) => `<text x="${x}" y="${y}" ${style}>${escaped(cut(clean(words), LONGEST[kind]))}</text>`;

/** As much of a text as fits. @param {string} words @param {number} longest */
function cut(words, longest) {
  const signs = [...words];
  let room = 5 * longest;
  for (const [index, sign] of signs.entries()) {
    room -= WIDER.find(([wide]) => wide.test(sign))?.[1] ?? 5;
    if (room < 0) return `${signs.slice(0, Math.max(0, index - 1)).join("")}…`;
  }
  return words;
}

/** @param {string} words */
const written = (words) => escaped(clean(words));

/** @param {string} words */
const clean = (words) => words.replace(FORBIDDEN, "").replace(/[\t\n\r ]+/g, " ").replace(/^ | $/g, "");

/** @param {string} words */
const escaped = (words) => words.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
