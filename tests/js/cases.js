/** What Python prepared for the tests: see tests/cases.py, which `make node-test` runs first. */

import { readFileSync } from "node:fs";

const FILE = new URL("../../.cache/tests/cases.json", import.meta.url);

/**
 * @type {{
 *   questionnaires: Record<string, import("../../content/assets/assessment/scoring.js").Questionnaire>,
 *   scoring: any[], teams: any[], quick: any[], ages: any[],
 *   drawn_ages: {questionnaires: import("../../content/assets/assessment/scoring.js").Questionnaire[], sittings: any[]},
 *   lifetimes: [string, string, string | null][],
 *   small: import("../../content/assets/assessment/scoring.js").Questionnaire,
 *   boards: Record<string, import("../../content/assets/matrix/ideas.js").Board>,
 *   words: Record<string, string>, example: any, texts: string[], marks: string[],
 * }} `texts` and `marks` mean something to a spreadsheet, a tracker or a browser.
 */
export const CASES = JSON.parse(readFileSync(FILE, "utf8"));
