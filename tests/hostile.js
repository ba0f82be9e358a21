/**
 * Files, tables and links that nobody wrote: thousands of them, from a seed, for the pages' own
 * readers. Each is read into something whole, or refused with one of the errors that the page has
 * words for. Gives what went otherwise, and how many were accepted.
 */
async ([base, seed, count, questionnaire, board]) => {
  const answers = await import(`${base}/assets/assessment/answers.js`);
  const { advise, score } = await import(`${base}/assets/assessment/scoring.js`);
  const sharing = await import(`${base}/assets/assessment/sharing.js`);
  const { decode } = await import(`${base}/assets/assessment/shared.js`);
  const { Names } = await import(`${base}/assets/assessment/names.js`);
  const { csv } = await import(`${base}/assets/common/csv.js`);
  const { readTable } = await import(`${base}/assets/assessment/table.js`);
  const ideas = await import(`${base}/assets/matrix/ideas.js`);

  const practices = Object.keys(questionnaire.practices);
  const scale = Object.keys(questionnaire.scale);
  const SLOWEST = 3000;
  const KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", "0", ...practices, "format",
    "framework", "assessment", "answers", "ideas", "matrix", "marks", "raters", "evidence", "id", "x", "y", "name", "version"];
  const TEXTS = ["", " ", "\0", "\n", "\u2028", "\u202e", "\ud800", "\u{1f469}\u200d\u{1f4bb}", "=1+1", "'=1", '"', '""', ",", ";",
    "\t", "\r\n", "~", ".", "%", "%41", "%ud800", "#", "&", "<img src=x onerror=\"document.title='run'\">",
    "<script>document.title='run'</script>", "{n}", "{__proto__}", "$&", "__proto__", "constructor", "unknown", "not-applicable",
    "2026-11-25", "0000-00-00", "1.0.0", "99999999999999999999.0.0", "1.0.0-a.b", "maturity-answers/2", "maturity-ideas/2",
    "0123456789abcdef", "a".repeat(5000), "a-".repeat(3000), "-".repeat(9000), "1.".repeat(4000), " ".repeat(20000), '"'.repeat(9001)];
  const VALUES = [null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { toString: 1 }, { __proto__: null, a: 1 }, { length: 9 }];

  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];
  const some = (list) => list.filter(() => random() < 0.3);

  // What is right, to begin with

  const person = () => ({
    id: answers.newId(), unit: pick(TEXTS), date: "2026-11-25", role: "", name: pick(TEXTS), start: "", changed: "",
    answers: Object.fromEntries(some(practices).map((id) => [id, {
      answer: pick([...scale, "unknown", "not-applicable"]), asked: questionnaire.practices[id].asked,
      evidence: some(questionnaire.practices[id].evidence), proof: pick(["", "x"]), reason: pick(["", "x"]), note: pick(TEXTS),
      owner: "", due: "",
    }])),
  });
  const { id, version, title } = questionnaire.framework;
  const file = () => ({
    format: answers.FORMAT, framework: { id, version, title },
    assessment: { ...person(), raters: some([1, 2]).map(() => ({ ...person(), version })) },
  });
  const place = () => 1 + below(board.steps);
  const collection = () => structuredClone({
    format: ideas.FORMAT, framework: board.framework, matrix: board.matrix,
    ideas: some([1, 2, 3, 4, 5]).map(() => ({
      id: answers.newId(), name: pick(["x", "a b", pick(TEXTS)]), note: "", x: place(), y: place(),
      marks: Object.fromEntries(some(Object.entries(board.marks)).map(([key, { values }]) => [key, pick(Object.keys(values))])),
    })),
  });

  // And broken

  const nasty = () => pick([() => pick(TEXTS), () => pick(VALUES), () => pick(KEYS)])();
  /** Every map and list inside a value, itself included. */
  const holders = (value) =>
    value && typeof value === "object" ? [value, ...Object.values(value).flatMap(holders)] : [];
  const set = (holder, key, value) =>
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  const breakTree = (tree) => {
    const all = holders(tree);
    if (all.length > 2000) return tree;
    const holder = pick(all);
    const keys = Object.keys(holder);
    const key = keys.length ? pick(keys) : "0";
    pick([
      () => delete holder[key],
      () => set(holder, key, structuredClone(nasty())),
      () => set(holder, Array.isArray(holder) ? holder.length : pick(KEYS), structuredClone(nasty())),
      () => set(holder, Array.isArray(holder) ? holder.length : pick(KEYS), structuredClone(pick(all))),
      () => Array.isArray(holder) && holder.push(...Array(below(99)).fill(structuredClone(nasty()))),
    ])();
    return tree;
  };
  const breakText = (text) => {
    const at = below(text.length + 1);
    const end = Math.min(text.length, at + pick([1, 1, 2, 9, 200]));
    return pick([
      () => text.slice(0, at) + text.slice(end),
      () => text.slice(0, at) + pick(TEXTS) + text.slice(at),
      () => text.slice(0, end) + text.slice(at, end).repeat(pick([1, 1, 50])) + text.slice(end),
      () => text.slice(0, at),
      () => text.slice(0, at) + "[".repeat(50_000) + text.slice(at),
      () => text.replaceAll(pick([",", ".", "~", '"', "\n"]), pick(TEXTS).slice(0, 9)),
    ])();
  };
  const times = (n, broken, value) => Array(n).fill(0).reduce(broken, value);
  const written = (tree) => times(pick([0, 0, 0, 1]), breakText, JSON.stringify(times(pick([1, 1, 2, 5]), breakTree, tree)));

  // What must hold

  const check = (holds, what) => {
    if (!holds) throw new Error(`not so: ${what}`);
  };
  const artifacts = (practice) => Object.fromEntries((questionnaire.practices[practice]?.evidence ?? []).map((name) => [name, name]));
  const names = new Names(questionnaire, { say: (/** @type {string} */ key) => key });
  const whole = ({ saved }) => {
    const again = answers.read(answers.write(saved));
    check(answers.write(again.saved) === answers.write(saved), "what was read can be written and read again");
    check(again.dropped === 0, "nothing of what was read is refused when it is read again");
    const result = score(questionnaire, answers.given(questionnaire, saved.assessment.answers), "");
    advise(questionnaire, result);
    answers.carry(questionnaire, saved.assessment.answers);
    decode(questionnaire, sharing.encode(questionnaire, { ...saved.assessment, start: "" }), { proof: "x", reason: "x" });
  };
  const kinds = {
    file: () => {
      const text = written(file());
      return [text, () => whole(answers.read(text)), answers.UnreadableError];
    },
    table: () => {
      const columns = ["practice", "answer", "evidence", "reason", "note", "owner", "due", "asked", "framework", "version"];
      const cell = (name) => ({ practice: pick([...practices, ...KEYS]), answer: pick([...scale, pick(TEXTS)]), framework: id, version })[name];
      const rows = Array(below(9)).fill(0).map(() => columns.map((name) => (random() < 0.8 && cell(name)) || pick(TEXTS)));
      const text = times(pick([0, 1, 1, 3]), breakText, csv([some(["x"]), columns, ...rows]));
      return [text, () => whole(readTable(text, names, artifacts)), answers.UnreadableError];
    },
    link: () => {
      const { saved } = answers.read(JSON.stringify(file()));
      const link = sharing.encode(questionnaire, saved.assessment);
      // Half of them by a forger who knows how the check is made.
      const body = times(pick([0, 1, 2]), breakText, link.slice("answers=".length, link.lastIndexOf("~")));
      const text = random() < 0.5 ? `answers=${body}~${sharing.check(body)}` : times(pick([1, 2]), breakText, link);
      const use = () => {
        const { framework, answers: given, start } = decode(questionnaire, text, { proof: "x", reason: "x" });
        const assessment = { id: answers.newId(), unit: "", date: "", role: "", name: "", start, changed: "", answers: given, raters: [] };
        whole({ saved: { framework, assessment } });
      };
      return [text, use, answers.UnreadableError];
    },
    ideas: () => {
      const text = written(collection());
      const use = () => {
        const { ideas: found, faults } = ideas.read(board, text);
        ideas.ranked(board, found);
        const again = ideas.read(board, ideas.write(board, found));
        check(again.faults.length === 0, "ideas that were read can be written and read again");
        check(faults.every(({ at, name, code }) => at > 0 && typeof name === "string" && code), "a fault says where and what");
      };
      return [text, use, ideas.IdeasError];
    },
  };

  const before = Object.getOwnPropertyNames(Object.prototype).length + Object.getOwnPropertyNames(Array.prototype).length;
  const failures = [];
  const accepted = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0]));
  const refused = { ...accepted };
  for (let number = 0; number < count; number += 1) {
    const kind = pick(Object.keys(kinds));
    const begin = state;
    const [text, use, Refusal] = kinds[kind]();
    const start = performance.now();
    const fail = (what) => failures.push({ kind, state: begin, what, text: text.slice(0, 2000) });
    try {
      use();
      accepted[kind] += 1;
    } catch (error) {
      if (error instanceof Refusal) refused[kind] += 1;
      else fail(`${error.stack}`);
    }
    if (performance.now() - start > SLOWEST) fail(`it took ${performance.now() - start} ms`);
  }
  const after = Object.getOwnPropertyNames(Object.prototype).length + Object.getOwnPropertyNames(Array.prototype).length;
  if (after !== before || {}.a !== undefined) failures.push({ kind: "all", what: "a prototype was changed" });
  return { failures: failures.slice(0, 10), accepted, refused, title: document.title };
}
