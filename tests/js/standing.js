/** All that the page's modules say of files of answers, for the tests that hold Python to it. */

import { Account } from "../../content/assets/assessment/account.js";
import { advise } from "../../content/assets/assessment/advice.js";
import { carry, read } from "../../content/assets/assessment/answers.js";
import { clausesSection } from "../../content/assets/assessment/clauses.js";
import { Card } from "../../content/assets/assessment/card.js";
import { compare } from "../../content/assets/assessment/comparison.js";
import { onDay } from "../../content/assets/assessment/evidence.js";
import { Names } from "../../content/assets/assessment/names.js";
import { picture } from "../../content/assets/assessment/picture.js";
import { Renewals } from "../../content/assets/assessment/renewals.js";
import { counts, stand } from "../../content/assets/assessment/standing.js";
import { speaker } from "../../content/assets/common/speaker.js";
import { resultOf } from "./result.js";

/** @typedef {import("../../content/assets/assessment/account.js").Piece} Piece */

/** A text without its links. @param {Piece[]} pieces */
const plain = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece.label)).join("");

/**
 * Return what is said of each file on its day.
 * @param {{questionnaire: any, words: Record<string, string>, standards: any[], files: string[], days: string[]}} task
 */
export const sayAll = ({ questionnaire, words, standards, files, days }) => {
  const names = new Names(questionnaire, speaker(words, "en"));
  return files.map((text, index) => ({ ...sayOf(names, standards, text, days[index]), changes: changesOf(questionnaire, files[Math.max(0, index - 1)], text) }));
};

/** What changed from one file to another. @param {any} questionnaire @param {string} before @param {string} after */
function changesOf(questionnaire, before, after) {
  const { rose, fell, fresh, withdrawn, otherwise } = compare(questionnaire, read(before).saved, read(after).saved);
  const listed = Object.entries({ rose, fell, fresh, withdrawn, otherwise });
  return Object.fromEntries(listed.map(([kind, changes]) => [kind, changes.map(({ practice, from, to }) => [practice, from, to])]));
}

/** @param {Names} names @param {any[]} standards @param {string} text @param {string} day */
function sayOf(names, standards, text, day) {
  const { questionnaire } = names;
  const { saved } = read(text);
  const carried = carry(questionnaire, saved.assessment.answers);
  const sitting = { ...saved.assessment, answers: carried.answers };
  const standing = stand(questionnaire, { ...saved, assessment: sitting }, day ? onDay(questionnaire, day, sitting.date) : undefined);
  const account = new Account(names, standing);
  const { kept, reworded, followed, choices, gone } = carried;
  const why = account.why;
  const card = new Card(names, standing.result, { unit: sitting.unit, date: sitting.date, on: day });
  return {
    figures: figuresOf(questionnaire, standing.result),
    card: [card.svg, card.html],
    carried: {
      kept, reworded, gone,
      followed: Object.fromEntries(followed.map(({ from, to }) => [to, from])),
      choices: Object.fromEntries(choices.map(({ to, from }) => [to, from])),
    },
    counts: counts(standing),
    to_confirm: standing.toConfirm,
    unconfirmed: standing.unconfirmed,
    sentences: account.sentences,
    remarks: account.remarks,
    distance: account.distance ?? "",
    because: account.advice.walk.map((step) => account.because(step)),
    answers: account.advice.walk.map(({ practice }) => account.answer(practice)),
    progress: Object.keys(questionnaire.dimensions).map((id) => names.progress(standing.result.claimed, id)),
    picture: pictureOf(names, standing.result),
    ...renewalsOf(names, sitting, day),
    clauses: clausesSection(names.speaker.say, questionnaire, standards, standing, day).entries?.map(({ texts }) => (texts ?? []).map(plain)) ?? [],
    why: why && [why.title, why.complete, ...why.entries.flatMap(({ title, texts, rules }) => [title, ...texts.map(plain), ...rules.map(plain)])],
  };
}

/** The picture of a result. @param {Names} names @param {import("../../content/assets/assessment/scoring.js").Result} result */
function pictureOf(names, result) {
  const { steps, marks, label } = picture(names, result);
  return {
    here: steps.map(({ here }) => here),
    ahead: steps.map(({ isAhead }) => isAhead),
    marks: marks.map(({ claimed, shown, open, reading }) => [claimed, shown, open && open[0], reading]),
    label,
  };
}

/** What runs out from a day on, and which level falls. @param {Names} names @param {any} sitting @param {string} day */
function renewalsOf(names, sitting, day) {
  if (!day) return { soon: [], falls: [] };
  const texts = new Proxy({}, { get: () => ({ evidence: {} }) });
  const renewals = new Renewals(names, /** @type {any} */ (texts), sitting, day);
  return {
    soon: renewals.soon.map(({ until, practice }) => [until, practice.label]),
    falls: renewals.falls.map(plain),
  };
}

/**
 * The figures of a result, in the form of scoring.yaml and whatever that leaves out.
 * @param {import("../../content/assets/assessment/scoring.js").Questionnaire} questionnaire
 * @param {import("../../content/assets/assessment/scoring.js").Result} result
 */
function figuresOf(questionnaire, result) {
  const modules = { score: () => result, advise };
  return {
    ...resultOf(/** @type {any} */ (modules), questionnaire, {}, ""),
    needed: [...advise(questionnaire, result).needed].sort(),
    waiting: result.waiting,
    states: Object.fromEntries(result.states),
    answered: [result.claimed.answered, result.evidenced.answered],
    cells: [result.claimed, result.evidenced, result.possible].map(({ cells }) =>
      [...cells.values()].flatMap((row) => [...row.values()].map((one) => [one.practices, one.open, one.failing, one.mean, one.complete])),
    ),
  };
}

