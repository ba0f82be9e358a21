/** The verdict: what the answers come to, why, and what to do next. */

import { chart } from "./chart.js";
import { h } from "./dom.js";
import { cellOf, practicesOf } from "./scoring.js";

/**
 * @typedef {import("./scoring.js").Questionnaire} Questionnaire
 * @typedef {import("./scoring.js").Result} Result
 * @typedef {import("./scoring.js").Cell} Cell
 * @typedef {import("./advice.js").Advice} Advice
 * @typedef {import("./advice.js").Step} Step
 * @typedef {import("./answers.js").Saved} Saved
 * @typedef {import("./words.js").Names} Names
 *
 * @typedef {object} Standing All that the page shows of one set of answers.
 * @property {Questionnaire} questionnaire
 * @property {Names} names
 * @property {Saved} saved
 * @property {Result} result
 * @property {string[]} toConfirm Practices reworded since they were answered.
 * @property {{practices: string, roles: string}} addresses Where the pages of these kinds lie.
 * @property {(level: string) => string} summary What a level is about.
 */

/** How many entries of a list are shown before the rest is folded away. */
const UNFOLDED = 8;

/**
 * @param {Standing} standing
 * @param {Advice} advice
 * @param {Node} keep The offer to keep the answers.
 * @returns {Node[]}
 */
export function verdict(standing, advice, keep) {
  const { say } = standing.names.speaker;
  return [
    h("h2", { id: "verdict", tabindex: "-1" }, say("verdict")),
    headline(standing),
    remarks(standing, advice),
    keep,
    chart(standing),
    h("div", { class: "mp-pair" }, why(standing), distance(standing, advice)),
    steps(standing, advice),
    lists(standing, advice),
    map(standing),
  ].filter((part) => part !== null);
}

/** @param {Standing} standing */
export function counts({ result }) {
  const states = [...result.states.values()];
  /** @param {string} wanted */
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const open = count("open");
  const assumed = count("assumed");
  return { total: states.length, open, assumed, answered: states.length - open - assumed };
}

/** What stands beside the questions, always in view. @param {Standing} standing @returns {Node[]} */
export function panel(standing) {
  const { names, result } = standing;
  const { say } = names.speaker;
  const { answered, total, open } = counts(standing);
  const mayRise = answered > 0 && !result.settled;
  const end = open ? result.mayStop && "may_stop" : "all_answered";
  return [
    answered ? levels(standing) : h("p", {}, say("nothing_yet")),
    mayRise && h("p", { class: "mp-panel__range" }, say("could_be"), " ", h("strong", {}, names.level(result.possible.at))),
    h("p", {}, say("answered", { n: answered, total })),
    h("div", { class: "mp-meter", "aria-hidden": "true", style: `--mp-share: ${answered / total}` }),
    end && h("p", { class: "mp-panel__stop" }, say(end)),
  ].filter((part) => part !== false);
}

// What it is

/** @param {Standing} standing */
function levels({ result, names }) {
  const { claimed, evidenced } = result;
  const { say } = names.speaker;
  const same = claimed.at === evidenced.at;
  return h(
    "div",
    { class: "mp-levels" },
    level(names, say(same ? "you_say_and_show" : "you_say"), claimed.at),
    !same && level(names, say("you_show"), evidenced.at),
  );
}

/** @param {Names} names @param {string} label @param {number} at */
function level(names, label, at) {
  return h(
    "div",
    { class: "mp-stand", style: `--mp-position: ${position(names, at)}` },
    h("span", { class: "mp-stand__label" }, label),
    " ",
    h("strong", { class: "mp-stand__level", "data-zero": at === 0 }, names.level(at)),
  );
}

/** A level's place between the first, 0, and the last, 1. @param {Names} names @param {number} at */
const position = (names, at) => ((Math.max(1, at) - 1) / (names.levels.length - 1)).toFixed(3);

/** @param {Standing} standing */
function headline(standing) {
  const { names, result, summary, questionnaire } = standing;
  const { say } = names.speaker;
  const { at } = result.claimed;
  return h(
    "div",
    { class: "mp-headline" },
    levels(standing),
    h("p", {}, say(meaning(questionnaire, result))),
    at > 0 && h("p", { class: "mp-small" }, summary(names.levels[at - 1])),
  );
}

/** @param {Questionnaire} questionnaire @param {Result} result */
function meaning({ scoring }, { claimed, deciding }) {
  if (!deciding) return "meaning.done";
  if (scoring.level_means === "achieved")
    return claimed.overall ? "meaning.achieved" : "meaning.achieved_none";
  return claimed.overall ? "meaning.working" : "meaning.working_first";
}

/** What stands beside the verdict. @param {Standing} standing @param {Advice} advice */
function remarks(standing, advice) {
  const { names, result, toConfirm } = standing;
  const { say } = names.speaker;
  const { open, assumed } = counts(standing);
  const { claimed, possible, waiting, settled } = result;
  const texts = [
    open > 0 && settled && say("settled", { n: open }),
    open > 0 &&
      !settled &&
      say("range", { n: open, from: names.level(claimed.at), to: names.level(possible.at) }),
    waiting.length > 0 ? say("waiting", { n: waiting.length }) : open === 0 && say("same"),
    assumed > 0 && say("assumed", { n: assumed }),
    toConfirm.length > 0 && say("to_confirm", { n: toConfirm.length }),
    advice.notApplicable.length > 0 && say("left_out_count", { n: advice.notApplicable.length }),
  ].filter((text) => text !== false);
  return h("ul", { class: "mp-remarks" }, texts.map((text) => h("li", {}, text)));
}

// Why, and how far

/** @param {Standing} standing */
function why(standing) {
  const { names, result, questionnaire } = standing;
  const { deciding, claimed } = result;
  if (!deciding) return null;
  const { say } = names.speaker;
  const cells = Object.keys(questionnaire.dimensions).map((id) => cellOf(claimed, deciding, id));
  const complete = cells.filter((cell) => cell.complete).map((cell) => names.dimension(cell.dimension));
  return section(
    whyTitle(names, result),
    null,
    h(
      "ul",
      { class: "mp-why" },
      cells.filter((cell) => !cell.complete).map((cell) => lacking(standing, cell)),
    ),
    complete.length > 0 && h("p", {}, say("complete_in", { list: complete.join(", ") })),
  );
}

/** @param {Names} names @param {Result} result */
function whyTitle(names, { claimed }) {
  const { say } = names.speaker;
  const here = names.level(claimed.at);
  if (claimed.at === names.levels.length) return say("why_last", { level_title: here });
  const next = names.level(claimed.at + 1);
  return say("why_not", { level_title: here, next_title: next });
}

/** What an incomplete cell lacks. @param {Standing} standing @param {Cell} cell */
function lacking(standing, cell) {
  const { names, questionnaire, saved } = standing;
  const { say, pieces, percent } = names.speaker;
  const { passing, threshold } = questionnaire.scoring;
  /** @param {string[]} ids @param {boolean} withAnswer */
  const list = (ids, withAnswer) =>
    ids.flatMap((id, index) => [
      index ? ", " : "",
      ...(withAnswer
        ? pieces("named", {
            practice_title: toQuestion(names, id),
            answer: names.answer(saved.assessment.answers.get(id)?.answer ?? ""),
          })
        : [toQuestion(names, id)]),
    ]);
  /** @param {string} key @param {Record<string, string | number>} values @param {(string|Node)[]} items */
  const sentence = (key, values, items) =>
    h("li", {}, pieces(key, { ...values, list: h("span", {}, items) }));
  return h(
    "li",
    {},
    h("strong", {}, names.cell(cell.level, cell.dimension)),
    h(
      "ul",
      {},
      cell.open.length > 0 && sentence("cell_open", { n: cell.open.length }, list(cell.open, false)),
      cell.failing.length > 0 &&
        sentence("cell_failing", { passing: percent(passing) }, list(cell.failing, true)),
      !cell.open.length &&
        cell.mean < threshold - 1e-9 &&
        h("li", {}, say("cell_mean", { mean: percent(cell.mean), threshold: percent(threshold) })),
    ),
  );
}

/** @param {Standing} standing @param {Advice} advice */
function distance({ names, result }, { distance: nearest, count }) {
  const { deciding, claimed } = result;
  if (!deciding) return null;
  const { say } = names.speaker;
  const isLast = claimed.at === names.levels.length;
  const title = say(isLast ? "distance_done" : "distance", {
    n: count,
    level_title: isLast ? names.level(claimed.at) : names.level(claimed.at + 1),
  });
  const rows = Object.entries(nearest)
    .filter(([, ids]) => ids.length > 0)
    .map(([dimension, ids]) =>
      h(
        "li",
        {},
        h("strong", {}, names.dimension(dimension)),
        folded(names, ids.map((id) => h("li", {}, toQuestion(names, id)))),
      ),
    );
  return section(title, say("distance_text"), h("ul", { class: "mp-why" }, rows));
}

// What to do

/** @param {Standing} standing @param {Advice} advice */
function steps(standing, advice) {
  const { names, result } = standing;
  const { say } = names.speaker;
  if (!result.deciding) return null;
  const items = advice.steps.map((step) => stepItem(standing, step, "owner"));
  return section(
    say("steps"),
    say(items.length ? "steps_text" : "no_steps"),
    items.length > 0 && folded(names, items, "ol"),
  );
}

/** The lists beside the next steps. @param {Standing} standing @param {Advice} advice */
function lists(standing, advice) {
  const { names, saved } = standing;
  const { say } = names.speaker;
  /** @param {string} title @param {string} text @param {HTMLLIElement[]} items */
  const list = (title, text, items) =>
    items.length > 0 && section(say(title), say(text), folded(names, items));
  /** @param {string[]} ids */
  const plain = (ids) => ids.map((id) => practiceItem(standing, id, []));
  const leftOut = advice.notApplicable.map((id) =>
    practiceItem(standing, id, [saved.assessment.answers.get(id)?.reason ?? ""]),
  );
  return h(
    "div",
    { class: "mp-lists" },
    list("answer_first", "answer_first_text", advice.answerFirst.map((step) => stepItem(standing, step, ""))),
    list("find_out", "find_out_text", advice.findOut.map((step) => stepItem(standing, step, "ask"))),
    list("confirm_title", "confirm_text", plain(standing.toConfirm)),
    list("show", "show_text", plain(advice.showEvidence)),
    list("left_out_title", "left_out_text", leftOut),
  );
}

/**
 * @param {Standing} standing
 * @param {Step} step
 * @param {"owner" | "ask" | ""} roleKey How its owner is named.
 */
function stepItem(standing, { practice, reason, before }, roleKey) {
  const { names, questionnaire, saved } = standing;
  const { say, pieces } = names.speaker;
  const { level, dimension, owner } = questionnaire.practices[practice];
  const answer = saved.assessment.answers.get(practice)?.answer;
  return practiceItem(standing, practice, [
    say(`because.${reason}`, {
      cell: names.cell(level, dimension),
      practice_title: before ? names.practice(before) : "",
    }),
    roleKey && owner ? h("span", {}, pieces(roleKey, { role_title: toRole(standing, owner) })) : "",
    roleKey === "owner" && answer ? say("answered_as", { answer: names.answer(answer) }) : "",
  ]);
}

/**
 * A practice with its page, its question, and what there is to say of it.
 * @param {Standing} standing
 * @param {string} id
 * @param {(string | Node)[]} facts
 */
function practiceItem({ names, addresses }, id, facts) {
  const said = facts.filter((fact) => fact !== "");
  return h(
    "li",
    { class: "mp-step-item" },
    h("a", { href: `${addresses.practices}${id}/` }, names.practice(id)),
    " ",
    toQuestion(names, id, names.speaker.say("to_question")),
    said.length > 0 &&
      h("p", { class: "mp-small" }, said.flatMap((fact, index) => (index ? [" · ", fact] : [fact]))),
  );
}

/** @param {Standing} standing @param {string} id */
function toRole({ questionnaire, addresses }, id) {
  return h("a", { href: `${addresses.roles}${id}/` }, questionnaire.roles[id].title);
}

/**
 * Leads to a question on this page.
 * @param {Names} names
 * @param {string} id
 * @param {string} [text]
 */
function toQuestion(names, id, text) {
  const title = names.practice(id);
  const label = text ? `${text}: ${title}` : null;
  const attributes = { type: "button", class: "mp-plain", "data-question": id, "aria-label": label };
  return h("button", attributes, text ?? title);
}

/** @param {string} title @param {string | null} text @param {...(Node | false | null)} content */
function section(title, text, ...content) {
  return h("section", {}, h("h3", {}, title), text !== null && h("p", {}, text), ...content);
}

/** A list of which only the beginning is open. @param {Names} names @param {HTMLLIElement[]} items @param {"ul" | "ol"} [tag] */
function folded(names, items, tag = "ul") {
  const shown = items.slice(0, UNFOLDED);
  const rest = items.slice(UNFOLDED);
  const list = h(tag, {}, shown);
  if (!rest.length) return list;
  const more = h(
    "details",
    {},
    h("summary", {}, names.speaker.say("more", { n: rest.length })),
    h(tag, tag === "ol" ? { start: UNFOLDED + 1 } : {}, rest),
  );
  return h("div", {}, list, more);
}

// As a map

/** @param {Standing} standing */
function map(standing) {
  const { names, questionnaire } = standing;
  const { say } = names.speaker;
  const dimensions = Object.keys(questionnaire.dimensions);
  const head = dimensions.map((id) => h("th", { scope: "col" }, names.dimension(id)));
  const rows = names.levels.map((level, index) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, names.level(index + 1)),
      dimensions.map((dimension) => h("td", {}, mapCell(standing, level, dimension))),
    ),
  );
  return section(
    say("map"),
    null,
    h("p", { class: "mp-map-text" }, say("map_text")),
    h(
      "div",
      { class: "mp-scroll", tabindex: "0", role: "region", "aria-label": say("map") },
      h(
        "table",
        { class: "mp-grid mp-heat" },
        h("thead", {}, h("tr", {}, h("td"), head)),
        h("tbody", {}, rows),
      ),
    ),
    h("p", { class: "mp-small" }, say("map_key")),
  );
}

/** @param {Standing} standing @param {string} level @param {string} dimension */
function mapCell({ names, result, questionnaire }, level, dimension) {
  const { say, percent } = names.speaker;
  const cell = cellOf(result.claimed, level, dimension);
  if (!practicesOf(questionnaire, level, dimension).length) return say("empty");
  const n = cell.practices.length - cell.open.length;
  const state = stateOf(result, cell);
  const text = say(`state.${state}`, { n, total: cell.practices.length, share: percent(cell.mean) });
  return h(
    "button",
    {
      type: "button",
      class: `mp-heat__cell mp-heat__cell--${state}`,
      "data-level": level,
      "data-dimension": dimension,
      "aria-label": `${names.cell(level, dimension)}: ${text}`,
    },
    text,
  );
}

/** @param {Result} result @param {Cell} cell */
function stateOf(result, cell) {
  if (cell.practices.some((id) => result.states.get(id) === "assumed")) return "assumed";
  if (cell.open.length) return "open";
  if (!cell.complete) return "mean";
  return cellOf(result.evidenced, cell.level, cell.dimension).complete ? "complete" : "claimed";
}
