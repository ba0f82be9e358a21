/** The texts of the questions, as far as what is said of results needs them: what evidence is called. */

/**
 * Return what each listed artifact is, by practice.
 * @param {import("./form.js").Form} form
 * @returns {import("../assessment/texts.js").Texts}
 */
export const textsOf = (form) =>
  Object.fromEntries([...form.asks.keys()].map((id) => [id, { question: "", criteria: [], options: {}, evidence: form.texts(id)?.evidence ?? {} }]));
