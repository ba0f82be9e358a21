import assert from "node:assert/strict";
import { test } from "node:test";
import { compatibilityData, oldestVersions, scriptProblems, styleProblems } from "../../scripts/compatibility.js";

const [data, oldest] = [compatibilityData(), oldestVersions()];
/** @param {string} text */
const inStyles = (text) => styleProblems(text, data, oldest).map(({ feature, lacking }) => `${feature.split(".").at(-1)}: ${lacking}`);
/** @param {string} text */
const inScripts = (text) => scriptProblems(text, data, oldest).map(({ feature }) => feature);

for (const [text, problems] of /** @type {const} */ ([
  ["a { color: oklch(from red l c h) }", ["relative_syntax: chrome 111,edge 111,firefox 121,safari 16.4"]],
  ["a { --b: oklch(from var(--c) l c h) }", ["relative_syntax: chrome 111,edge 111,firefox 121,safari 16.4"]],
  ["a::before { content: '!' / '' }", ["alt_text: firefox 121,safari 16.4"]],
  ["a { grid-template-rows: subgrid }", ["subgrid: chrome 111,edge 111"]],
  ["a { zoom: 2 }", ["zoom: firefox 121"]],
  ["a { user-select: none }", ["user-select: safari 16.4"]],
  ["@media (scripting: none) { a { color: red } }", ["scripting: chrome 111,edge 111,safari 16.4"]],
  ["@page { @bottom-right { content: '1' } }", ["page: safari 16.4", "at_bottom-right: chrome 111,edge 111,firefox 121,safari 16.4"]],
  ["a { & b { color: red } }", ["nesting: chrome 111,edge 111,safari 16.4"]],
  ["a { color: light-dark(red, blue) }", ["light-dark: chrome 111,edge 111,safari 16.4"]],
  ["a:has(b) { color: color-mix(in srgb, red, blue); inset: 0; width: 3dvh }", []],
]))
  test(`what old browsers lack is found in ${text}`, () => assert.deepEqual(inStyles(text), problems));

test("an older declaration, a prefix or a condition is a fallback", () => {
  assert.deepEqual(inStyles("a { content: '!'; content: '!' / '' }"), []);
  assert.deepEqual(inStyles("a { -webkit-user-select: none; user-select: none }"), []);
  assert.deepEqual(inStyles("@supports (grid-template-rows: subgrid) { a { grid-template-rows: subgrid } }"), []);
});

test("what only looks like a fallback is none", () => {
  assert.equal(inStyles("a { content: '!' / ''; content: '!' }").length, 1, "the newer one comes first");
  assert.equal(inStyles("a { color: red; color: oklch(from var(--b) l c h) }").length, 1, "a variable makes any value one that is taken");
  assert.equal(inStyles("@supports not (grid-template-rows: subgrid) { a { grid-template-rows: subgrid } }").length, 1);
});

for (const [text, problems] of /** @type {const} */ ([
  ["URL.canParse('a')", ["URL.canParse"]],
  ["one.checkVisibility({ visibilityProperty: true })", ["Element.checkVisibility", "Element.checkVisibility.visibilityProperty"]],
  ["Object.groupBy([], String)", ["Object.groupBy"]],
  ["[].findLast(String); [].toSpliced(0, 1); structuredClone({}); /(?<=a)b/.test('')", []],
  ["class Report {} new Report(); shelf.drop(1)", []],
]))
  test(`what old browsers lack is found in ${text}`, () => assert.deepEqual(inScripts(text), problems));

test("syntax of later years is refused", () => {
  assert.throws(() => inScripts("/[a--b]/v.test('')"), SyntaxError);
  assert.throws(() => inScripts("using a = b();"), SyntaxError);
});
