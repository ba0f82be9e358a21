/**
 * Markdown for GitHub and GitLab in which plain text stays plain text: no markup, no HTML, no mention of
 * anybody, no reference to an issue and no link comes of it.
 */

/**
 * @typedef {string} Markdown One line of it, as `text` and `link` make it.
 * @typedef {{text: Markdown, isDone?: boolean, notes?: Markdown[], tasks?: Task[]}} Task
 */

/**
 * GitHub looks for references in the finished page, where a backslash is gone: an empty comment keeps their halves apart.
 * Where comments are shown it has to be left out.
 */
const APART = "<!-- -->";

/**
 * References: names (@a, a@b), issues (#1, GH-1), emoji (:a:), addresses (https://a, www.a). Or what is markup to someone:
 * emphasis, code, links, HTML, tables, labels, math; entities, requests, milestones.
 */
const SPECIAL =
  /(@(?=\w)|#(?=\d)|(?<=\bG[HL])-(?=\d)|:(?=[\w+-]+:|\/\/)|(?<=\bwww)\.)|[\\`*_{}[\]<>|~$]|&(?=[#\w])|!(?=\d)|%(?=[\w"])/gi;
/** Markup only where a line begins: lists, headings, quotes, underlines, GitLab's commands. */
const START = /^(?:[-+=#/]|\d{1,9}(?=[.)]))/;

/**
 * Render a plain text to one line.
 * @param {string} plain
 * @param {string} [apart] What goes between the halves of a name or a reference.
 * @returns {Markdown}
 */
export function text(plain, apart = APART) {
  const line = plain.replace(/[ \p{Cc}\u2028\u2029]+/gu, " ").trim();
  return line
    .replace(SPECIAL, (char, reference) => `\\${char}${reference ? apart : ""}`)
    .replace(START, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** Return an address of the web as browsers write it, or null for any other. @param {string} address */
function webAddress(address) {
  try {
    const { protocol, href } = new URL(address);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

/**
 * Render a link, or only its label if the address is not one of the web.
 * @param {string} label Plain text.
 * @param {string} address Absolute.
 * @param {string} [apart] As in `text`.
 * @returns {Markdown}
 */
export function link(label, address, apart = APART) {
  const href = webAddress(address);
  if (!href) return text(label, apart);
  const target = href
    .replace(/[()|`\\<>{}$]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?\w+;)/g, "\\&");
  return `[${text(label, apart) || text(address, apart)}](${target})`;
}

/**
 * Render a table.
 * @param {Markdown[]} head
 * @param {Markdown[][]} rows
 */
export function table(head, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(" | ")} |\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}

/**
 * Render a task list: under each task its own tasks, then its notes.
 * @param {Task[]} items
 * @param {string} [indent]
 * @returns {string}
 */
export function tasks(items, indent = "") {
  const inner = `${indent}  `;
  return items
    .map(({ text, isDone = false, notes = [], tasks: own = [] }) =>
      [
        `${indent}- [${isDone ? "x" : " "}] ${text}\n`,
        tasks(own, inner),
        ...notes.map((note) => `${inner}- ${note}\n`),
      ].join(""),
    )
    .join("");
}
