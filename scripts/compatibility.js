/** Look in our styles and scripts for what the oldest browsers that we support lack, by MDN's public compatibility data.
    The versions stand in package.json under "browserslist", what is used all the same below in USED_ANYWAY. */

import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { parse as parseScript } from "acorn";
import { full } from "acorn-walk";
import { generate, parse as parseStyle, walk } from "css-tree";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FILES = "content/assets/**/*.{css,js}";
/** Whose methods are looked at where the object's type is not known: others share their names with methods of ours. */
const ON_PAGES = /^(Array|String|Map|Set|Promise|Object|RegExp|Date|Document|Element|Node|Event|Window|Selection|Range|HTML(?!Geolocation).*Element)$/;

/** What some of those browsers lack, and why nothing is lost there. @type {Record<string, string>} */
const USED_ANYWAY = {
  "AbortSignal.timeout": "Chrome before 124 ends with another error, which nobody looks at",
  "css.at-rules.media.scripting": "it keeps room for what scripts bring; without it the page moves once while it loads",
  "css.at-rules.page": "Safari before 18.2 takes the margins and the side of the sheet from its dialog",
  "css.at-rules.page.at_bottom-right": "the pages have no numbers; readers number them in the browser's own foot",
  "css.at-rules.page.size": "Safari before 18.2 prints broad tables upright, and makes them as narrow as that",
  "css.properties.accent-color": "Safari falls short only of a contrast by itself, and ours is enough",
  "css.properties.box-decoration-break": "paper.css has another foot of the page where it is not known",
  "css.properties.break-after.avoid": "a heading takes the first line along by its height, see paper.css",
  "css.properties.content-visibility": "with ::details-content, see there; while a page loads, what it hides is laid out without being seen",
  "css.properties.forced-color-adjust": "Safari has no forced colors",
  "css.properties.hyphenate-limit-chars": "words of headings break at more places",
  "css.properties.text-wrap": "lines of a heading or text are less even",
  "css.selectors.details-content": "the theme opens what is folded when a page is printed",
  "css.selectors.marker": "Safari gives a marker its color, and leaves its weight",
};

/**
 * @typedef {{support: Record<string, any>}} Compat
 * @typedef {{[key: string]: any, __compat?: Compat}} Feature One of MDN's, with its own features by their names.
 * @typedef {{feature: string, line: number, lacking: string[]}} Problem
 * @typedef {Record<string, string>} Oldest The oldest version of each browser.
 * @typedef {[path: string, feature: Feature | undefined]} Use A feature in use and its path in the data.
 */

/** Tell whether version `first` is not newer than `second`. @param {string} first @param {string} second */
function isUpTo(first, second) {
  const [left, right] = [first, second].map((version) => version.replace("≤", "").split(".").map(Number));
  return left[0] === right[0] ? (left[1] ?? 0) <= (right[1] ?? 0) : left[0] < right[0];
}

/** Return the browsers whose oldest version lacks a feature, whole and without prefix or flag.
    @param {Feature | undefined} feature Undefined and what has no data of its own is lacked by none.
    @param {Oldest} oldest */
function lacking(feature, oldest) {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return Object.entries(oldest).flatMap(([browser, version]) => {
    const isThere = [support[browser]].flat().some(
      (one) =>
        one && typeof one.version_added === "string" && one.version_added !== "preview" &&
        isUpTo(one.version_added, version) && !one.flags && !one.partial_implementation &&
        !(one.version_removed && isUpTo(one.version_removed, version)) && !one.prefix,
    );
    return isThere ? [] : [`${browser} ${version}`];
  });
}

/** Find the features of a name anywhere below one. @param {Feature} feature @param {string} name @param {string} path @returns {Use[]} */
function named(feature, name, path) {
  return Object.entries(feature).flatMap(([key, one]) =>
    key === "__compat" ? [] : key === name ? [[`${path}.${key}`, one]] : named(one, name, `${path}.${key}`),
  );
}

/** Return the features of CSS that a node of a syntax tree is. @param {any} node @param {any} context @param {Feature} css @returns {Use[]} */
function stylesOf(node, { declaration, atrule }, css) {
  const property = declaration && declaration.property.replace(/^-(webkit|moz)-/, "");
  /** @type {(...keys: string[]) => Use[]} */
  const at = (...keys) => [[`css.${keys.join(".")}`, keys.reduce((one, key) => one?.[key], /** @type {any} */ (css))]];
  if (node.type === "Declaration") {
    const alternative = node.property === "content" && node.value.children?.some((/** @type {any} */ one) => one.type === "Operator" && one.value === "/");
    if (atrule?.name === "page") return at("at-rules", "page", property);
    return [...at("properties", property), ...(alternative ? at("properties", "content", "alt_text") : [])];
  }
  if (node.type === "Identifier" && declaration) return at("properties", property, node.name);
  if (node.type === "Function") {
    const isRelative = node.children.first?.type === "Identifier" && node.children.first.name === "from";
    const functions = [...at("properties", property, node.name), ...named(css.types, node.name, "css.types")];
    return [...functions, ...(isRelative ? at("types", "color", node.name, "relative_syntax") : [])];
  }
  if (node.type === "Dimension") return at("types", "length", node.unit);
  if (/^Pseudo(Class|Element)Selector$/.test(node.type)) return at("selectors", node.name.replace(/^-(webkit|moz)-(?=placeholder)/, ""));
  if (node.type === "Nth" && node.selector) return at("selectors", "nth-child", "of_syntax");
  if (node.type === "NestingSelector") return at("selectors", "nesting");
  if (node.type === "Atrule" && atrule?.name === "page" && node !== atrule) return at("at-rules", "page", `at_${node.name}`);
  if (node.type === "Atrule") return at("at-rules", node.name);
  if (node.type === "Feature") return at("at-rules", "media", node.name.replace(/^(min|max)-/, ""));
  return [];
}

/** Return what a style sheet uses that is too new. What a condition of @supports names is no problem inside of it, nor
    is a declaration that an older one of the same property stands before, unless a variable hides it.
    @param {string} text @param {Feature} data @param {Oldest} oldest @returns {Problem[]} */
export function styleProblems(text, data, oldest) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {{node: any, isAsked: boolean, uses: string[]}[]} */
  const supports = [];
  walk(parseStyle(text, { positions: true, parseCustomProperty: true }), {
    enter(/** @type {any} */ node) {
      const { atrule, atrulePrelude, block, ...around } = /** @type {any} */ (this);
      const declaration = node.type === "Declaration" ? node : around.declaration;
      if (node.type === "Atrule" && node.name === "supports") supports.push({ node, isAsked: !generate(node.prelude).startsWith("not"), uses: [] });
      for (const [feature, one] of stylesOf(node, { atrule, declaration }, data.css)) {
        const condition = atrulePrelude && supports.at(-1);
        if (condition?.isAsked) condition.uses.push(feature);
        if (condition || supports.some(({ uses }) => uses.includes(feature)) || hasFallback(declaration, block)) continue;
        problems.push({ feature, line: node.loc.start.line, lacking: lacking(one, oldest) });
      }
    },
    leave(/** @type {any} */ node) {
      if (supports.at(-1)?.node === node) supports.pop();
    },
  });
  const lacked = problems.filter((problem) => problem.lacking.length);
  const isOfAnother = (/** @type {Problem} */ { feature, line }) =>
    /^css\.properties/.test(feature) && lacked.some((one) => one.line === line && feature.startsWith(`${one.feature}.`));
  return lacked.filter((problem) => !isOfAnother(problem));
}

/** Tell whether browsers that do not know a declaration keep one before it, of the same property, or with a prefix.
    @param {any} declaration @param {any} block */
function hasFallback(declaration, block) {
  if (!declaration || !block || declaration.property.startsWith("-")) return !!declaration?.property.match(/^-\w/);
  const all = block.children.toArray();
  const before = all.slice(0, all.indexOf(declaration)).map((/** @type {any} */ one) => one.property);
  let hasVariable = false;
  walk(declaration, (node) => void (hasVariable ||= node.type === "Function" && node.name === "var"));
  return before.includes(`-webkit-${declaration.property}`) || (!hasVariable && before.includes(declaration.property));
}

/** Return what a script uses that is too new: syntax, what is global and its own, and methods that no object of a page
    has in a version old enough. Raises SyntaxError for syntax newer than that of all the oldest versions, ES2022.
    @param {string} text @param {Feature} data @param {Oldest} oldest @returns {Problem[]} */
export function scriptProblems(text, data, oldest) {
  const { api, javascript } = data;
  const tree = parseScript(text, { ecmaVersion: 2022, sourceType: "module", locations: true });
  const own = declaredNames(tree);
  /** @type {Problem[]} */
  const problems = [];
  /** @param {any} node @param {Use[]} uses Any of which it may be. */
  const check = (node, uses) => {
    const all = uses.filter(([, one]) => one?.__compat).map(([feature, one]) => ({ feature, lacking: lacking(one, oldest) }));
    if (all.length && all.every((one) => one.lacking.length)) problems.push({ ...all[0], line: node.loc.start.line });
  };
  full(tree, (/** @type {any} */ node) => {
    if (node.type === "Identifier" && !own.has(node.name) && /^[A-Z]|^structuredClone$/.test(node.name))
      check(node, [[node.name, api[node.name] ?? javascript.builtins[node.name]]]);
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      const methods = methodsOf(node.callee, data, own);
      check(node, methods);
      for (const name of node.arguments.flatMap((/** @type {any} */ one) => one.properties ?? []).map((/** @type {any} */ one) => one.key?.name))
        check(node, methods.map(([feature, one]) => [`${feature}.${name}`, one?.[`options_${name}_parameter`]]));
    }
    if (node.type === "Literal" && /\(\?<[=!]/.test(node.regex?.pattern))
      check(node, [["javascript.lookbehind", javascript.regular_expressions.lookbehind_assertion]]);
  });
  return problems;
}

/** Return the names that a module declares or imports itself, wherever. @param {any} tree @returns {Set<string>} */
function declaredNames(tree) {
  const names = new Set();
  full(tree, (/** @type {any} */ node) => {
    if (/^(ClassDeclaration|FunctionDeclaration|VariableDeclarator)$/.test(node.type)) names.add(node.id?.name);
    if (/^Import.*Specifier$/.test(node.type)) names.add(node.local.name);
  });
  return names;
}

/** Return the methods that a call may mean: that of a global, or those of a name that objects of a page have.
    @param {any} callee @param {Feature} data @param {Set<string>} own @returns {Use[]} */
function methodsOf({ object, property }, { api, javascript }, own) {
  const { name } = property;
  const type = object.type === "Identifier" && !own.has(object.name) && (javascript.builtins[object.name] ?? api[object.name]);
  if (type) return [[`${object.name}.${name}`, type[`${name}_static`] ?? type[name]]];
  return [...Object.entries(javascript.builtins), ...Object.entries(api)]
    .filter(([type]) => ON_PAGES.test(type))
    .map(([type, one]) => [`${type}.${name}`, one[name]]);
}

/** Return the oldest versions, from package.json. @returns {Oldest} */
export function oldestVersions() {
  /** @type {string[]} */
  const list = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")).browserslist;
  return Object.fromEntries(list.map((one) => one.split(" >= ")));
}

/** Return MDN's data. @returns {Feature} */
export const compatibilityData = () => JSON.parse(readFileSync(`${ROOT}/node_modules/@mdn/browser-compat-data/data.json`, "utf8"));

/** Print what is too new, and what is excused but not used; return how much that is. */
async function main() {
  const [data, oldest] = [compatibilityData(), oldestVersions()];
  const unused = new Set(Object.keys(USED_ANYWAY));
  const lines = [];
  for await (const file of glob(FILES, { cwd: ROOT })) {
    const problems = file.endsWith(".css") ? styleProblems : scriptProblems;
    for (const { feature, line, lacking } of problems(readFileSync(ROOT + file, "utf8"), data, oldest)) {
      unused.delete(feature);
      if (!(feature in USED_ANYWAY)) lines.push(`${file}:${line}: ${feature} is not in ${lacking.join(", ")}`);
    }
  }
  lines.push(...[...unused].map((feature) => `scripts/compatibility.js: ${feature} is excused, but not used`));
  for (const line of lines.sort()) console.error(line);
  if (lines.length) console.error("Give it a fallback (an earlier declaration, @supports), or say in USED_ANYWAY why nothing is lost.");
  return lines.length;
}

if (argv[1] === fileURLToPath(import.meta.url)) exit((await main()) ? 1 : 0);
