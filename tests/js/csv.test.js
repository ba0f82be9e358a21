import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { csv, parse, unguarded } from "../../content/assets/common/csv.js";
import { CASES } from "./cases.js";
import { Luck } from "./luck.js";

/** Texts of a few marks each. @param {Luck} luck @param {number} count @param {number} longest */
const drawn = (luck, count, longest) =>
  Array.from({ length: count }, () => luck.pick(CASES.marks) + luck.choices(CASES.marks, longest - 1).join(""));

test("what is written as CSV can be read back to the letter", () => {
  const luck = new Luck(1);
  const texts = [...CASES.texts, "", ...drawn(luck, 600, 12)];
  for (let count = 0; count < 300; count += 1) {
    const rows = Array.from({ length: luck.below(6) }, () => [luck.pick(texts), ...luck.choices(texts, 4)]);
    assert.deepEqual(parse(csv(rows)).map((row) => row.map(unguarded)), rows);
  }
});

describe("CSV is read in the forms that programs write", () => {
  /** @type {[string, string[][], string?][]} */
  const forms = [
    ["\ufeffa,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
    ["a;b;c\n1;2,5;3", [["a", "b", "c"], ["1", "2,5", "3"]], ";"],
    ["a\tb\r1\t2\r", [["a", "b"], ["1", "2"]], "\t"],
    ['"a;b;c",d\n1,2', [["a;b;c", "d"], ["1", "2"]]],
    ['x,"a;""b"";c"\n', [["x", 'a;"b";c']]],
    ['"a\r\nb";c\n\n\n1;2', [["a\r\nb", "c"], ["1", "2"]], ";"],
    ['5" wide;6" wide', [['5" wide', '6" wide']], ";"],
    [",,\n", [["", "", ""]]],
    ['""\n', [[""]]],
    ['"never closed,\n1', [["never closed,\n1"]]],
    ['"a"b,c', [["ab", "c"]]],
    ["", []],
    ["\r\n\r\n", []],
  ];
  for (const [text, rows, separator] of forms) test(JSON.stringify(text), () => assert.deepEqual(parse(text, separator), rows));
});

test("what is no CSV is read all the same", () => {
  const texts = [...drawn(new Luck(4), 400, 60), '"'.repeat(100_001), "a,".repeat(100_000), '"a"'.repeat(50_000)];
  for (const text of texts) for (const cell of parse(text).flat()) assert.equal(typeof cell, "string");
});
