/** The way to a newer version of the page, for answers that this one must not open. Loaded where it is needed. */

import { h } from "../common/dom.js";
import { comesAfter, isVersion } from "../common/versions.js";
import { json } from "../assessment/releases.js";

/** The root of this version of the site. */
const ROOT = new URL("../../", import.meta.url);
/** The name under which the newest version is published. */
const LATEST = "latest";

/**
 * Return a link to this page in the version that answers were given to, or in a later one.
 * @param {string} version
 * @param {import("../assessment/names.js").Names} names
 * @returns {Promise<Node[]>} Nothing where no such version lies beside this one.
 */
export async function linkTo(version, names) {
  const listed = await json(new URL("../versions.json", ROOT));
  const target = Array.isArray(listed) ? where(listed, version) : null;
  if (!target) return [];
  const path = location.pathname;
  const page = path.startsWith(ROOT.pathname) ? path.slice(ROOT.pathname.length) : "score/";
  const address = new URL(`../${encodeURIComponent(target.folder)}/${page}${location.hash}`, ROOT);
  const label = names.speaker.say("newer_open", { version: target.version });
  return [h("p", {}, h("a", { href: address.href }, label))];
}

/**
 * @param {unknown[]} listed What mike wrote down of the versions that it has published.
 * @param {string} version
 * @returns {{folder: string, version: string} | null}
 */
function where(listed, version) {
  const published = listed.flatMap((entry) => {
    const { version: name, aliases } = /** @type {{version?: unknown, aliases?: unknown}} */ (entry ?? {});
    return isVersion(name) ? [{ name, isLatest: Array.isArray(aliases) && aliases.includes(LATEST) }] : [];
  });
  if (published.some(({ name }) => name === version)) return { folder: version, version };
  const latest = published.find(({ name, isLatest }) => isLatest && !comesAfter(version, name));
  return latest ? { folder: LATEST, version: latest.name } : null;
}
