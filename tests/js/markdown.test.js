import assert from "node:assert/strict";
import { test } from "node:test";
import { tasks } from "../../content/assets/common/markdown.js";

test("tasks hold tasks and notes", () => {
  const items = [
    { text: "A", tasks: [{ text: "A1", isDone: true }, { text: "A2" }], notes: ["note"] },
    { text: "B" },
  ];
  assert.equal(tasks(items), "- [ ] A\n  - [x] A1\n  - [ ] A2\n  - note\n- [ ] B\n");
});
