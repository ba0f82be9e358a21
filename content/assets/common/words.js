/** The words that a page's template has laid out. */

import { speaker } from "./speaker.js";

/** Return a speaker in the page's language. @param {string} [json] Texts by key. */
export const speakerOf = (json = "{}") => speaker(JSON.parse(json), document.documentElement.lang || "en");
