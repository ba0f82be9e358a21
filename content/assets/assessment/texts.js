/**
 * The texts of the questions, for pages that have no form.
 *
 * @typedef {object} PracticeTexts
 * @property {string} question
 * @property {string[]} criteria
 * @property {Record<string, string>} options What each offered answer means here.
 * @property {Record<string, string>} evidence What each listed artifact is.
 *
 * @typedef {Record<string, PracticeTexts>} Texts By practice.
 */

export {};
