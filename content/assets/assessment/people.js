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
    const answers = [...new Set(voices.map(({ answer }) => answer).filter(Boolean))];
    return answers
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
      .map((answer) => {
        const people = voices.filter((voice) => voice.answer === answer).map(({ rater }) => this.label(rater, raters, isShort));
        return names.speaker.say("said_by", { answer: names.answer(answer), list: people.join(", ") });
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
