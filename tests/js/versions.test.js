import assert from "node:assert/strict";
import { test } from "node:test";
import { comesAfter } from "../../content/assets/common/versions.js";

test("versions have the order of semantic versions", () => {
  const ordered = [
    "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
    "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0-rc-1.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
  ];
  for (const [place, version] of ordered.entries())
    assert.deepEqual(ordered.filter((other) => comesAfter(version, other)), ordered.slice(0, place), version);
});
