/** The report's first page: one sentence on where a unit stands, three next steps, and what runs short. Knows no page. */

import { counts } from "./standing.js";

/**
 * @typedef {import("./report.js").Report} Report
 * @typedef {import("./report.js").Text} Text
 *
 * @typedef {object} CoverStep
 * @property {Text} what The practice; what has no answer yet says so.
 * @property {string} who Who takes it on, or that nobody does yet; then who would, by the definition.
 * @property {string} when By which day, or that there is none.
 *
 * @typedef {object} Cover
 * @property {string} sentence
 * @property {CoverStep[]} steps At most three; none where nothing is to be done.
 * @property {Text[]} short What is claimed and not shown, what has no answer; never empty.
 */

/** How many steps the first page has. */
const STEPS = 3;
/** How many practices it names of those that lack something. */
const NAMED = 4;

/**
 * Return what the first page says.
 * @param {Report} report
 * @returns {Cover}
 */
export function cover(report) {
  return { sentence: sentence(report), steps: steps(report), short: short(report) };
}

/**
 * Return the first page's lists as sections, for a file of text.
 * @param {Report} report
 * @returns {import("./report.js").Section[]}
 */
export function coverSections(report) {
  const { say, cover: page } = report;
  const lines = page.steps.map(({ what, who, when }) => [...what, ` · ${who} · ${when}`]);
  return [
    { id: "next", title: say("cover.steps"), entries: [{ title: "", texts: lines.length ? lines : [[say("cover.no_steps")]] }] },
    { id: "short", title: say("cover.short"), entries: [{ title: "", texts: page.short }] },
  ];
}

/** @param {Report} report */
function sentence({ names, say, standing, assessment, account }) {
  const { claimed, evidenced, possible, settled, deciding } = standing.result;
  const { open, answered } = counts(standing);
  const unit = assessment.unit.trim() || say("cover.this_unit");
  if (!answered) return say("nothing_answered");
  if (!settled) return say("cover.range", { unit, n: open, from: names.level(claimed.at), to: names.level(possible.at) });
  const key = !claimed.overall ? "none" : claimed.at === evidenced.at ? "same" : evidenced.at ? "apart" : "unshown";
  const title = claimed.at ? names.levelTitle(names.levels[claimed.at - 1]) : "";
  const values = { unit, n: claimed.at, total: names.levels.length, title, shown: names.level(evidenced.at) };
  const where = say(`cover.${names.questionnaire.scoring.level_means}.${key}`, values);
  if (!deciding) return say("cover.all", { where });
  return say("cover.more", { where, n: account.advice.count, level_title: names.levelTitle(deciding) });
}

/** @param {Report} report @returns {CoverStep[]} */
function steps(report) {
  const { account, say, names, assessment } = report;
  const { answerFirst, findOut } = account.advice;
  const all = [
    ...report.steps.map(({ practice }) => ({ practice, label: "" })),
    ...answerFirst.map(({ practice }) => ({ practice, label: "answer_first" })),
    ...findOut.map(({ practice }) => ({ practice, label: "find_out" })),
  ];
  return all.slice(0, STEPS).map(({ practice, label }) => {
    const { owner = "", due = "" } = assessment.answers.get(practice) ?? {};
    const role = account.owner(practice);
    const nobody = role ? say("cover.no_owner_but", { role_title: role.label }) : say("cover.no_owner");
    return {
      what: [label && `${say(label)}: `, report.practice(practice)].filter(Boolean),
      who: owner.trim() || nobody,
      when: due ? names.speaker.date(due) : say("cover.no_date"),
    };
  });
}

/** @param {Report} report @returns {Text[]} */
function short(report) {
  const { account, say, standing, names } = report;
  const { deciding, claimed } = standing.result;
  const unproven = account.advice.showEvidence;
  const open = [...(claimed.cells.get(deciding ?? "")?.values() ?? [])].flatMap((cell) => cell.open);
  /** @param {string} key @param {string[]} ids @returns {Text[]} */
  const line = (key, ids) =>
    ids.length
      ? [[`${say(key, { n: ids.length, level_title: deciding ? names.levelTitle(deciding) : "" })} `, ...report.named(ids, NAMED)]]
      : [];
  const all = [...line("cover.unproven", unproven), ...line("cover.open", open)];
  return all.length ? all : [[say(counts(standing).answered ? "cover.nothing_short" : "nothing_answered")]];
}
