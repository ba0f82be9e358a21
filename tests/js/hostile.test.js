import assert from "node:assert/strict";
import { test } from "node:test";
import { CASES } from "./cases.js";
import { readHostile } from "./hostile.js";
import { Luck } from "./luck.js";

/** Where the random ones begin; `make fuzz` gives others. */
const SEED = Number(process.env.SEED ?? 1);

test("no file, table or link breaks what reads it", () => {
  const { failures, accepted, refused } = readHostile(new Luck(SEED), 2000, CASES.small, CASES.boards.real);
  assert.deepEqual(failures, []);
  assert.ok(Math.min(...Object.values(accepted), ...Object.values(refused)) > 25, "each kind is read and refused");
});
