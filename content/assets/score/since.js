/** What changed since the round before. Loaded where answers were made from one. */

import { folded, h } from "../common/dom.js";
import { compare, dateOf } from "../assessment/comparison.js";
import { changes } from "../assessment/report.js";
import { roundBefore } from "../assessment/rounds.js";
import { textsOf } from "./texts.js";

/**
 * Render what changed from the round before to an assessment.
 * @param {import("../assessment/names.js").Names} names
 * @param {import("../assessment/answers.js").Saved} saved
 * @param {import("./form.js").Form} form
 * @param {import("./items.js").Items} items
 * @returns {Node[]} Nothing where it was made from none.
 */
export function changesSince(names, saved, form, items) {
  const earlier = roundBefore(saved);
  if (!earlier) return [];
  const { questionnaire } = names;
  const { say, date } = names.speaker;
  const comparison = compare(questionnaire, earlier, saved);
  const { before, rose, fell, fresh } = comparison;
  const texts = textsOf(form);
  const lists = changes(names, texts, comparison).map(({ title, entries }) =>
    h(
      "section",
      {},
      h("h4", {}, title),
      folded("ul", entries.flatMap((entry) => entry.texts.map((text) => h("li", {}, items.linked(text)))), say),
    ),
  );
  const values = {
    date: date(dateOf(earlier)),
    claimed: names.level(before.result.claimed.at),
    shown: names.level(before.result.evidenced.at),
    rose: rose.length,
    fell: fell.length,
    fresh: fresh.length,
  };
  return [
    h("h3", {}, say("since", values)),
    h("p", {}, say("since_text", values)),
    ...(lists.length ? [h("details", {}, h("summary", {}, say("since_all")), ...lists)] : []),
  ];
}
