/** The search's index is large, and the theme's script fetches it with every page. Loaded before that
    script, this holds the request back until a reader turns to the search, or comes from it. */

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
}
