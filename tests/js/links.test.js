import assert from "node:assert/strict";
import { noAnswer } from "../../content/assets/assessment/answers.js";
import { test } from "node:test";
import { decode } from "../../content/assets/assessment/link-reader.js";
import { fragmentOf } from "../../content/assets/assessment/link.js";
import { checksum, encode } from "../../content/assets/assessment/link-writer.js";
import { CASES } from "./cases.js";

/** @type {import("../../content/assets/assessment/scoring.js").Questionnaire} */
const questionnaire = {
  framework: { id: "bakery", title: "Bakery", version: "1.0.0" },
  levels: { basics: { title: "Basics" } },
  dimensions: { people: { title: "People" } },
  roles: {},
  scale: { never: { label: "Never", value: 0, needs_criteria: false, needs_evidence: false }, always: { label: "Always", value: 1, needs_criteria: true, needs_evidence: false } },
  scoring: { threshold: 0.7, passing: 0.5, level_means: "achieved" },
  practices: {
    "open-daily": {
      level: "basics", dimension: "people", title: "Open daily", essential: true, value: 2, effort: 1, requires: [], owner: null,
      formerly: [], offered: ["never", "always"], criteria: ["hours", "door"], evidence: [], may_be_not_applicable: false, asked: "0123456789abcdef",
    },
  },
};
const answer = { ...noAnswer(), answer: "always" };
const assessment = {
  id: "0123456789ab", unit: "", date: "", role: "", name: "", start: "", changed: "", answers: new Map([["open-daily", answer]]), raters: [], before: null,
};
const shared = encode(questionnaire, assessment);

/** As filters of mails wrap it. */
const link = `https://example.org/score/#${shared}`;
const proofpoint = encodeURIComponent(link).replaceAll("-", "%2D").replaceAll("_", "%5F").replaceAll("~", "%7E").replaceAll("%2F", "_").replaceAll("%", "-");
/** @type {string[]} */
const hidden = [];
const starred = link.replace(/[#=~]+/g, (signs) => (hidden.push(signs), signs.length > 1 ? `**${"_ABCDEF"[signs.length - 1]}` : "*"));

/** @param {string} pasted */
const opened = (pasted) => decode(questionnaire, fragmentOf(pasted), { proof: "", reason: "" });

for (const [name, pasted] of Object.entries({
  "a whole link": `https://example.org/score/#${shared}`,
  "a link among words": `Mine: https://example.org/score/#${shared}.`,
  "a link that a program escaped": `https://example.org/score/#${shared.replace("=", "%3D").replaceAll("~", "%7E")}`,
  "what stands after the # alone": shared,
  "a link that was escaped twice": encodeURIComponent(encodeURIComponent(`https://example.org/score/#${shared}`)),
  "a link whose # is escaped": `https://example.org/score/%23${shared}`,
  "a link in a mail program's wrapper": `https://safe.example.com/?url=${encodeURIComponent(`https://example.org/score/#${shared}`)}&data=05%7C01%7C~abc~&reserved=0`,
  "a link in two wrappers": `https://a.example/?u=${encodeURIComponent(`https://b.example/?url=${encodeURIComponent(`https://example.org/#${shared}`)}&k=1`)}&x=2`,
  "a link that a mail has broken": `<https://example.org/score/#${shared.slice(0, 30)}=\r\n${shared.slice(30)}>`,
  "a link that a reply has broken": `> https://example.org/score/#${shared.slice(0, 30)}\n> ${shared.slice(30)}`,
  "a link with a stray percent sign": `100 % done: https://example.org/score/#${shared}`,
  "a link that Proofpoint has wrapped": `https://urldefense.com/v3/__${starred}__;${btoa(hidden.join(""))}!!AbC-d_E!x$`,
  "a link that Proofpoint has wrapped before": `https://urldefense.proofpoint.com/v2/url?u=${proofpoint}&d=DwMFAg&c=a-b_c&e=`,
  "a link that Sophos has wrapped": `https://eu-central-1.protection.sophos.com/?d=example.org&u=${btoa(link)}&i=ab&t=x~y`,
  "a link that Cisco has wrapped": `https://secure-web.cisco.com/1AbC-dEf_x/${encodeURIComponent(link)}`,
  "a link that Barracuda has wrapped": `https://linkprotect.cudasvc.com/url?a=${encodeURIComponent(link).toLowerCase()}&c=E,1,ab-c&typo=1`,
  "a link in Markdown that shows itself": `[${link}](${link})`,
  "a link that Markdown has escaped": link.replace(/[~.-]/g, "\\$&"),
  "a link that HTML has escaped": link.replace(/[#=~]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  "a link that HTML has escaped in hexadecimal digits": link.replace(/[=~]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  "a link that JSON has escaped": link.replace(/[=~]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  "a link with other dashes and tildes": link.replaceAll("-", "\u2011").replaceAll("~", "\u223c"),
  "a link in a mail's own escapes": `https://example.org/score/#${shared.replace("answers=", "answers=3D")}`,
}))
  test(`${name} holds its answers`, () => {
    assert.equal(opened(pasted).answers.get("open-daily")?.answer, "always");
  });

for (const [name, pasted] of Object.entries({
  "nothing": "",
  "a link without its # part": "https://example.org/score/",
  "a link that was shortened": "https://short.example/3abcDEF",
  "a link that Mimecast has wrapped": "https://protect-eu.mimecast.com/s/AbCdEf?domain=example.org",
  "a link that ends at its #": "https://example.org/score/#",
  "a link to a question": "https://example.org/score/#practice-open-daily",
}))
  test(`${name} is said to hold no answers, not to be cut`, () => {
    assert.throws(() => opened(pasted), { code: "no-answers" });
  });

for (const [name, pasted] of Object.entries({
  "a link cut in half": `https://example.org/score/#${shared.slice(0, shared.length / 2)}`,
  "a link cut behind its beginning": "https://example.org/score/#answers=",
  "a changed link": `https://example.org/score/#${shared.replace("1.0.0", "1.0.1")}`,
}))
  test(`${name} is said to be cut`, () => {
    assert.throws(() => opened(pasted), { code: "cut" });
  });

/** @param {string} answer */
function linkWith(answer) {
  const { id, version } = CASES.small.framework;
  const body = `1~${id}~${version}~~never.${answer}~`;
  return `answers=${body}~${checksum(body)}`;
}

test("a link holds no id that a file refuses", () => {
  const read = (/** @type {string} */ answer) => decode(CASES.small, linkWith(answer), { proof: "", reason: "" });
  assert.equal(read("a".repeat(80)).lost.length, 0);
  assert.throws(() => read("a".repeat(81)), { code: "not-link" });
});

/** @param {string[] | null} criteria @param {Partial<typeof answer>} [more] */
const linkTo = (criteria, more = {}) =>
  encode(questionnaire, { ...assessment, answers: new Map([["open-daily", { ...answer, ...more, criteria }]]) });

test("a link says which criteria are ticked, and is no longer than before where all are", () => {
  assert.equal(linkTo(null), shared);
  assert.equal(linkTo(["hours", "door"]), shared);
  assert.match(shared, /^answers=1~/);
  for (const criteria of [[], ["hours"], ["door"]]) {
    const link = linkTo(criteria, { proof: "A photo" });
    assert.match(link, /^answers=2~/);
    const read = opened(link).answers.get("open-daily");
    assert.deepEqual(read?.criteria, criteria);
    assert.equal(read?.proof, "");
    assert.equal(read?.asked, "0123456789abcdef");
  }
});

test("a link says nothing of criteria that the answer does not need", () => {
  assert.match(linkTo([], { answer: "never" }), /^answers=1~/);
});

test("a link of a day holds the evidence that counts on it, and reasons that have not ended", () => {
  const given = new Map([["open-daily", { ...answer, proof: "A log", reason: "Closed" }]]);
  const read = (/** @type {boolean} */ counts) => {
    const link = encode(questionnaire, { ...assessment, answers: given }, "", { proves: () => counts, ended: () => !counts });
    const { proof, reason } = decode(questionnaire, link, { proof: "Some", reason: "Given" }).answers.get("open-daily") ?? noAnswer();
    return [proof, reason];
  };
  assert.deepEqual([read(true), read(false)], [["Some", "Given"], ["", ""]]);
});

test("of a question that was worded otherwise a link keeps that not all criteria were ticked", () => {
  const link = linkTo(["hours"], { asked: "fedcba9876543210" });
  assert.deepEqual(opened(link).answers.get("open-daily")?.criteria, []);
});

test("a link says whose answers these are where the sharer wants it, and what reads no names still reads it", () => {
  const named = encode(questionnaire, assessment, "Search & Döner, north");
  assert.equal(opened(shared).unit, "");
  assert.equal(opened(`https://example.org/score/#${named}).`).unit, "Search & Döner, north");
  assert.equal(opened(named).answers.get("open-daily")?.answer, "always");
  assert.ok(named.startsWith(shared));
  // As mails escape what stands behind an equals sign.
  assert.equal(opened(named.replaceAll("=", "=3D")).unit, "Search & Döner, north");
  // Cut or changed, the name is left out.
  assert.equal(opened(named.slice(0, -1)).unit, "");
  assert.equal(opened(named.replace("&unit=5", "&unit=6")).unit, "");
  assert.equal(opened(`${named.split("&")[0]}&unit=zz.1`).unit, "");
});
