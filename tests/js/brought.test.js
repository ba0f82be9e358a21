import assert from "node:assert/strict";
import { test } from "node:test";
import { readBrought } from "./brought.js";
import { CASES } from "./cases.js";
import { Luck } from "./luck.js";

test("what people bring is taken as it was, or named, or refused in words", async () => {
  const { failures, taken, refused } = await readBrought(new Luck(1), 400, CASES.small, CASES.boards.real, CASES.words);
  assert.deepEqual(failures, []);
  assert.ok(Math.min(...["file", "table", "link", "ideas"].map((kind) => taken[kind] ?? 0), refused.file, refused.table, refused.ideas) > 5, "each kind is read and refused");
});
