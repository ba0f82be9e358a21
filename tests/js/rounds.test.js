import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_DAY, blank, confirmAnswer, noAnswer, read, setAnswer, setCriteria, write } from "../../content/assets/assessment/answers.js";
import { compare, earlierRound, hasDay } from "../../content/assets/assessment/comparison.js";
import { recordsOf } from "../../content/assets/assessment/evidence.js";
import { decode } from "../../content/assets/assessment/link-reader.js";
import { encode } from "../../content/assets/assessment/link-writer.js";
import { Session } from "../../content/assets/assessment/session.js";
import { Store } from "../../content/assets/assessment/store.js";
import { nextRound, roundBefore } from "../../content/assets/assessment/rounds.js";
import { stand } from "../../content/assets/assessment/standing.js";
import { CASES } from "./cases.js";

const questionnaire = CASES.questionnaires.four;
const { practices } = questionnaire;

/** An assessment of August with every kind of answer. */
function august() {
  const saved = blank(questionnaire, "2026-08-12");
  Object.assign(saved.assessment, { unit: "Search", name: "Dana", changed: "2026-08-12T10:00:00.000Z" });
  const put = (/** @type {string} */ id, /** @type {object} */ more) =>
    saved.assessment.answers.set(id, { ...noAnswer(), asked: practices[id].asked, ...more });
  put("e1", { answer: "most", criteria: [], proof: "A page", owner: "Kim", due: "2026-10-01" });
  put("p2", { answer: "half" });
  put("p3", { answer: "unknown" });
  put("p4", { asked: "", note: "Ask Kim" });
  return saved;
}

test("the next round keeps every answer, to be confirmed, with today's date and an id of its own", () => {
  const before = august();
  const untouched = write(before);
  const { assessment } = nextRound(before, "2026-11-28");
  assert.notEqual(assessment.id, before.assessment.id);
  assert.equal(assessment.date, "2026-11-28");
  assert.equal(assessment.unit, "Search");
  // What proves it was true then, not today.
  const proof_record = { on: "2026-08-12", link: "", seen_by: "" };
  assert.deepEqual(assessment.answers.get("e1"), { ...before.assessment.answers.get("e1"), confirm: true, proof_record });
  assert.deepEqual(assessment.answers.get("p4"), before.assessment.answers.get("p4"));
  assert.equal(write(before), untouched);
});

test("answers to be confirmed count as they are, and are named until somebody looks at them", () => {
  const before = august();
  const next = nextRound(before, "2026-11-28");
  assert.deepEqual(stand(questionnaire, next).result.claimed.progress, stand(questionnaire, before).result.claimed.progress);
  assert.deepEqual(stand(questionnaire, next).unconfirmed, ["e1", "p2", "p3"]);
  const { answers } = next.assessment;
  const stored = (/** @type {string} */ id) => answers.get(id) ?? noAnswer();
  confirmAnswer(practices.p2, stored("p2"));
  setAnswer(questionnaire, "p3", stored("p3"), "some");
  assert.deepEqual(stand(questionnaire, next).unconfirmed, ["e1"]);
  setCriteria(practices.e1, stored("e1"), practices.e1.criteria);
  assert.deepEqual(stand(questionnaire, next).unconfirmed, []);
});

test("the round before is there to compare with, after the file was saved and opened elsewhere", () => {
  const next = nextRound(august(), "2026-11-28");
  setCriteria(practices.e1, next.assessment.answers.get("e1") ?? noAnswer(), practices.e1.criteria);
  const { saved, dropped } = read(write(next));
  assert.equal(dropped, 0);
  const before = roundBefore(saved);
  assert.ok(before);
  assert.equal(before.assessment.date, "2026-08-12");
  // The criterion was ticked in between: what counted as half counts in full.
  assert.deepEqual(compare(questionnaire, before, saved).rose, [{ practice: "e1", from: "half", to: "most", size: 0.5 }]);
});

test("the next round is kept beside the round before, which stays as it was", () => {
  const store = new Store(null, questionnaire.framework.id);
  const session = new Session(questionnaire, store);
  const before = august();
  session.adopt(before);
  const kept = write(session.saved);
  session.adopt(nextRound(session.saved, "2026-11-28"));
  session.change(({ answers }) => setAnswer(questionnaire, "p2", answers.get("p2") ?? noAnswer(), "most"));
  assert.equal(store.all().saved.length, 2);
  const first = store.get(before.assessment.id);
  assert.ok(first);
  assert.equal(write(first), kept);
  assert.equal(session.saved.assessment.before?.id, before.assessment.id);
});

test("of three rounds each holds the one before it, and no more", () => {
  const second = nextRound(august(), "2026-11-28");
  const third = nextRound(second, "2027-02-28");
  assert.equal(third.assessment.before?.id, second.assessment.id);
  assert.equal("before" in (third.assessment.before ?? {}), false);
});

test("an assessment that was made from none has no round before", () => {
  assert.equal(roundBefore(august()), null);
});

test("a link says nothing of what is to be confirmed", () => {
  const before = august();
  assert.equal(encode(questionnaire, nextRound(before, "2026-11-28").assessment), encode(questionnaire, before.assessment));
});

test("a report compares with an earlier round, never with what a member of the group answered", () => {
  const one = (/** @type {string} */ id, /** @type {string} */ date, /** @type {object} */ more = {}) => {
    const saved = blank(questionnaire, date);
    Object.assign(saved.assessment, { id, unit: "Payments ML", changed: `${date}T10:00:00.000Z`, ...more });
    return saved;
  };
  const dana = one("dana", "2026-11-26");
  const kim = one("kim", "2026-11-28", { changed: "2026-11-28T09:00:00.000Z" });
  const raters = [dana, kim].map(({ assessment: { id, unit, name } }) => ({ id, unit, name }));
  const team = one("team", "2026-11-28", { raters });
  const spring = one("spring", "2026-05-02", { unit: " payments ml" });
  const otherUnit = one("other", "2026-10-01", { unit: "Search" });
  const earlier = (/** @type {any} */ saved, /** @type {any[]} */ ...others) => earlierRound(saved, [saved, ...others])?.assessment.id ?? "";
  assert.equal(earlier(team, dana, kim, otherUnit), "");
  assert.equal(earlier(kim, dana, team), "");
  assert.equal(earlier(team, dana, kim, spring), "spring");
  assert.equal(earlier(dana, kim, team, spring), "spring");
  assert.equal(earlier(spring, dana, kim, team), "");
});

test("a new date does not renew evidence: it keeps the day that it had, and none where nobody knows one", () => {
  const before = august();
  const put = (/** @type {string} */ id, /** @type {object} */ more) =>
    before.assessment.answers.set(id, { ...noAnswer(), answer: "most", asked: practices[id].asked, proof: "A page", ...more });
  put("p2", { proof_record: { on: "2026-02-01", link: "", seen_by: "Kim" } });
  put("p3", { proof_record: { on: NO_DAY, link: "", seen_by: "" } });
  const onOf = (/** @type {string} */ id, next = nextRound(before, "2026-11-28")) => next.assessment.answers.get(id)?.proof_record?.on;
  assert.deepEqual(["e1", "p2", "p3"].map((id) => onOf(id)), ["2026-08-12", "2026-02-01", NO_DAY]);
  before.assessment.date = "";
  assert.equal(onOf("e1"), NO_DAY);
});

test("a copy of a link gets a date, and its evidence none", () => {
  const before = august();
  const shared = decode(questionnaire, encode(questionnaire, before.assessment), { proof: "Given", reason: "Given" });
  const session = new Session(questionnaire, new Store(null, questionnaire.framework.id));
  session.show(shared);
  session.keep();
  const { date, answers } = session.saved.assessment;
  assert.ok(date);
  assert.equal(recordsOf(questionnaire, "e1", answers.get("e1") ?? noAnswer(), date)[0].on, "");
});

test("an assessment of a day that the calendar does not have has no place in time", () => {
  const isPlaced = (/** @type {string} */ date) => hasDay(blank(questionnaire, date));
  assert.deepEqual(["2026-11-24", "2026-02-99", "2026-02-30", "0000-01-01", ""].map(isPlaced), [true, false, false, false, false]);
});
