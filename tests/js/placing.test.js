import assert from "node:assert/strict";
import { test } from "node:test";
import { spread } from "../../content/assets/matrix/placing.js";

for (const count of [2, 40, 100])
  test(`of ${count} markers in one place none hides another or leaves its quadrant`, () => {
    const same = Array.from({ length: count }, () => ({ x: 118, y: 170 }));
    const points = spread(same, 28, { width: 264, height: 320 });
    for (const { x, y } of points) assert.ok(14 <= x && x <= 132 - 14 && 174 <= y && y <= 320 - 14, `${x}, ${y}`);
    const gaps = points.flatMap((a, n) => points.slice(0, n).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
    assert.ok(Math.min(...gaps) >= (count === 2 ? 28 : 7));
  });
