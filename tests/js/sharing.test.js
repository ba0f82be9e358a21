import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../content/assets/assessment/shared.js";
import { check } from "../../content/assets/assessment/sharing.js";
import { CASES } from "./cases.js";

/** @param {string} answer */
function linkWith(answer) {
  const { id, version } = CASES.small.framework;
  const body = `1~${id}~${version}~~never.${answer}~`;
  return `answers=${body}~${check(body)}`;
}

test("a link holds no id that a file refuses", () => {
  const read = (/** @type {string} */ answer) => decode(CASES.small, linkWith(answer), { proof: "", reason: "" });
  assert.equal(read("a".repeat(80)).lost, 0);
  assert.throws(() => read("a".repeat(81)), { code: "not-link" });
});
