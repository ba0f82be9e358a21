/** People: what those are called whose answers a group has before it, and what they said in a line. */

/**
 * @typedef {import("./answers.js").Rater} Rater
 * @typedef {import("./names.js").Names} Names
 * @typedef {import("./findings.js").Voice} Voice
 */

/** The people whose answers a group has before it. */
export class People {
  /** @param {Names} names */
  constructor(names) {
    this.names = names;
  }

  /**
   * Return what a person is called: role and name, or only the name if there is one; told apart from others who give the same.
   * @param {Rater} rater
   * @param {Rater[]} raters
   * @param {boolean} [isShort]
   */
  label(rater, raters, isShort = false) {
    const label = this.#called(rater, isShort);
    const alike = raters.filter((other) => this.#called(other, isShort) === label);
    const { say } = this.names.speaker;
    if (!label) return say("person", { n: raters.indexOf(rater) + 1 });
    return alike.length > 1 ? say("person_number", { label, n: alike.indexOf(rater) + 1 }) : label;
  }

  /**
   * Return who said what in a line, the highest answer last.
   * @param {Voice[]} voices
   * @param {Rater[]} raters
   * @param {boolean} [isShort] As in `label`.
   */
  summary(voices, raters, isShort = false) {
    const { names } = this;
    const order = [...Object.keys(names.questionnaire.scale), ...new Set(voices.map(({ answer }) => answer))];
    /** @type {Map<string, Voice[]>} */
    const groups = new Map();
    for (const voice of voices.filter(({ answer }) => answer)) {
      const key = `${voice.answer} ${voice.counted}`;
      groups.set(key, [...(groups.get(key) ?? []), voice]);
    }
    const place = (/** @type {Voice[]} */ [{ answer, counted }]) => order.indexOf(answer) + order.indexOf(counted) / order.length;
    return [...groups.values()]
      .sort((a, b) => place(a) - place(b))
      .map((group) => {
        const people = group.map(({ rater }) => this.label(rater, raters, isShort));
        return names.speaker.say("said_by", { answer: names.answerCounted(group[0].answer, group[0].counted), list: people.join(", ") });
      })
      .join(" · ");
  }

  /** @param {Rater} rater @param {boolean} isShort */
  #called({ role, name }, isShort) {
    const [job, person] = [role.trim(), name.trim()];
    if (job && person && !isShort) return this.names.speaker.say("person_role", { job, name: person });
    return isShort ? person || job : job || person;
  }
}
