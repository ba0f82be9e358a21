/** The search, mended where the theme's falls short. Loaded before the theme's script, this changes what that script
    asks for and what it hears.

    The index is large, and the theme would fetch it with every page: the request is held back until a reader turns to
    the search, or comes from it. The theme's worker finds words that begin as those of the query do, one by one: it is
    asked for the beginnings of the words that matter, and a page that has them all goes before one that has some. */

{
  const INDEX = /\/search\/search_index\.json$/;
  const FIELD = "[data-md-component=search-query]";
  const Request = XMLHttpRequest;

  /** Settled once somebody wants to search. */
  const wanted = new Promise((resolve) => {
    const { searchParams } = new URL(location.href);
    // A query to run, and words to mark: which ones are words, the index says.
    if (searchParams.has("q") || searchParams.has("h")) resolve(null);
    addEventListener("focusin", ({ target }) => target instanceof Element && target.matches(FIELD) && resolve(null));
    document.getElementById("__search")?.addEventListener("change", resolve);
  });

  globalThis.XMLHttpRequest = class extends Request {
    #waits = false;

    /** @param {string} method @param {string | URL} url */
    open(method, url) {
      this.#waits = INDEX.test(`${url}`);
      super.open(method, url);
    }

    /** @param {XMLHttpRequestBodyInit | Document | null} [body] */
    send(body) {
      if (this.#waits) wanted.then(() => super.send(body));
      else super.send(body);
    }
  };

  /** By language: words that say nothing by themselves, and endings after a beginning that says enough. Pages in
      another language are searched as the theme does it. @type {Record<string, { small: string, ending: RegExp }>} */
  const GRAMMAR = {
    en: {
      small:
        "a an and are as at be by can do does for from has have how i in is it its me my of on or our should so that the " +
        "their them they this to us was we what when where which who whose why will with would you your vs versus",
      ending: /^(.{3,}?)(?:i[sz]ations?|ations?|ings?|ments?|als?|ed|ies|es|e|y|s)$/,
    },
    de: {
      small:
        "als am an auf aus bei das dem den der des die ein eine einem einen einer eines für hat ich im in ist man mein mit " +
        "oder sich sind soll sollen und unser unsere vom von wann warum was welche welcher welches wem wen wer wie wir wird " +
        "wo zu zum zur",
      ending: /^(.{4,}?)(?:ungen|ung|innen|in|ern|en|er|es|em|e|n|s)$/,
    },
  };
  const grammar = GRAMMAR[document.documentElement.lang.split("-")[0]];
  const small = new Set(grammar?.small.split(" "));
  /** A query that says more than words: "a phrase", +with, -without, begin*, title:word. */
  const COMMAND = /["*:^~]|(?:^|\s)[+-]/;
  /** The theme's names for messages to its worker and from there. */
  const QUERY = 2;
  const RESULT = 3;

  /** The beginning of a word that other forms of it share. @param {string} word */
  const beginning = (word) => (/[aisu]s$/.test(word) ? word : word.replace(grammar.ending, "$1"));

  /** By the beginning that is searched for, the word of the query. @param {string} query */
  const beginnings = (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const large = words.filter((word) => !small.has(word));
    return new Map((large.length ? large : words).map((word) => [beginning(word), word]));
  };

  /** @typedef {{ score: number, text: string, tags?: string[], terms: Record<string, boolean> }} Entry a part of a
      page: whether it has each term, and its related words, marked where they do */

  /** Sort pages anew: the score of each counts as far as it has the terms. What a page lacks is named by the reader's
      own words; the related words that it was found by stand below its text. @param {Entry[][]} pages
      @param {Map<string, string>} words */
  const sort = (pages, words) => {
    for (const entries of pages) {
      const terms = new Set(entries.flatMap(({ terms }) => Object.keys(terms)));
      const has = [...terms].filter((term) => entries.some((entry) => entry.terms[term]));
      for (const entry of entries) {
        entry.score *= terms.size ? has.length / terms.size : 1;
        const named = Object.entries(entry.terms).map(([term, is]) => [is ? term : (words.get(term) ?? term), is]);
        entry.terms = Object.fromEntries(named);
        const related = entry.tags?.filter((tag) => tag.includes("<mark")) ?? [];
        if (related.length) entry.text += `<p>${related.join(", ")}</p>`;
        delete entry.tags; // the theme would make each a landmark
      }
    }
    pages.sort(([a], [b]) => b.score - a.score);
  };

  const Thread = Worker;
  globalThis.Worker = class extends Thread {
    #words = new Map();

    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      this.addEventListener("message", ({ data: { type, data } = {} }) => {
        if (type === RESULT) sort(data.items, this.#words);
      });
    }

    /** @param {any} message */
    postMessage(message) {
      if (message?.type !== QUERY) return super.postMessage(message);
      this.#words = grammar && !COMMAND.test(message.data) ? beginnings(message.data) : new Map();
      super.postMessage({ ...message, data: [...this.#words.keys()].join(" ") || message.data });
    }
  };
}
