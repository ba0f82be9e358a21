/**
 * The staircase as a file that needs nothing else, for slides and wikis: an SVG with plain attributes in place of styles,
 * percentages and drawings inside of drawings, which most other programs do not read; and a PNG of it.
 */

import { h } from "../common/dom.js";

/**
 * @typedef {object} Caption What stands around the drawing, and what it says to whoever does not see it.
 * @property {string} title
 * @property {string} headline
 * @property {string} facts
 * @property {string} description
 */

const NAMESPACE = "http://www.w3.org/2000/svg";
/** In pixels; a PNG has twice as many, for screens that show them. */
const WIDTH = 1200;
const EDGE = 56;
const DENSITY = 2;
/** The sizes that the drawing's text has here, whatever the reader's window and font. */
const SIZES = { "--mp-text-s": "19px", "--mp-text-l": "26px" };
const HEADLINE = { size: 32, line: 42, weight: 700 };
const FACTS = { size: 20, line: 34, weight: 400 };
const GROUND = "#ffffff";
/** What a picture has of fonts: those of the reader's system, which may be wider than the page's own. */
const FALLBACK = "system-ui, sans-serif";
/** How much of the width the lines of the caption fill, so that they fit in another program's font too. */
const FILLED = 0.92;

/** What of an element's computed style its copy has, by what it is. */
const PAINT = ["fill", "stroke"];
const STROKE = ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"];
const FONT = ["font-family", "font-size", "font-weight", "text-anchor"];
/** What places an element, as lengths of any unit. */
const LENGTHS = ["x", "y", "width", "height", "x1", "y1", "x2", "y2"];

/**
 * Render a drawing that is on the page to an SVG file, in the light colors, on white.
 * @param {SVGSVGElement} drawing
 * @param {Caption} caption
 * @returns {string}
 */
export function svgFile(drawing, caption) {
  const stage = h("div", { class: "mp-stairs-stage", "data-md-color-scheme": "default", "aria-hidden": "true" });
  for (const [name, value] of Object.entries(SIZES)) stage.style.setProperty(name, value);
  for (const name of ["--mp-paper", "--md-default-bg-color"]) stage.style.setProperty(name, GROUND);
  stage.style.width = `${WIDTH - 2 * EDGE}px`;
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  stage.append(copy);
  // Beside the page's body, where the scheme that the reader has chosen does not reach.
  document.documentElement.append(stage);
  try {
    return new XMLSerializer().serializeToString(composed(copy, caption));
  } finally {
    stage.remove();
  }
}

/**
 * Render an SVG file to a PNG.
 * @param {string} file
 * @returns {Promise<Blob | null>} null where the browser does not draw it.
 */
export async function pngFile(file) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(file)}`;
  try {
    await image.decode();
  } catch {
    return null;
  }
  const canvas = h("canvas", { width: DENSITY * WIDTH, height: DENSITY * (image.naturalHeight || 0) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** The whole picture: the caption, and the drawing below it. @param {SVGSVGElement} drawing @param {Caption} caption */
function composed(drawing, { title, headline, facts, description }) {
  const brush = new Brush();
  const style = getComputedStyle(drawing);
  const [ink, family] = [brush.hex(style.fill), style.fontFamily];
  /** @type {SVGElement[]} */
  const lines = [];
  let down = EDGE - 16;
  for (const [text, { size, line, weight }] of /** @type {const} */ ([[headline, HEADLINE], [facts, FACTS]]))
    for (const words of brush.wrap(text, FILLED * (WIDTH - 2 * EDGE), `${weight} ${size}px ${FALLBACK}`)) {
      down += line;
      lines.push(element("text", { x: EDGE, y: down, fill: ink, "font-family": family, "font-size": size, "font-weight": weight }, words));
    }
  const top = down + 24;
  const height = Math.ceil(top + drawing.getBoundingClientRect().height + EDGE / 2);
  const body = element("g", { transform: `translate(${EDGE} ${top})` });
  for (const child of drawing.children) body.append(...flat(child, brush));
  const root = element("svg", { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, role: "img" });
  root.append(
    element("title", {}, title),
    element("desc", {}, description),
    element("rect", { width: WIDTH, height, fill: GROUND }),
    ...lines,
    body,
  );
  return root;
}

/**
 * An element as it looks: by attributes alone, its place in pixels. Nothing where it is not displayed.
 * @param {Element} original
 * @param {Brush} brush
 * @returns {SVGElement[]}
 */
function flat(original, brush) {
  const style = getComputedStyle(original);
  if (style.display === "none") return [];
  const tag = original.localName;
  const isGroup = tag === "svg" || tag === "g";
  const isText = tag === "text" || tag === "tspan";
  const copy = element(isGroup ? "g" : tag, {});
  const places = Object.fromEntries(LENGTHS.flatMap((name) => (original.hasAttribute(name) ? [[name, pixels(original, name)]] : [])));
  if (tag === "svg") set(copy, { transform: `translate(${places.x ?? 0} ${places.y ?? 0})` });
  else if (!isGroup) set(copy, places);
  for (const name of ["d", "transform"]) if (original.hasAttribute(name)) copy.setAttribute(name, original.getAttribute(name) ?? "");
  for (const name of isGroup ? [] : PAINT) copy.setAttribute(name, brush.hex(style.getPropertyValue(name)));
  for (const name of isGroup ? [] : isText ? FONT : STROKE) copy.setAttribute(name, style.getPropertyValue(name));
  for (const child of original.childNodes) {
    if (child instanceof Element) copy.append(...flat(child, brush));
    else if (isText && child.textContent?.trim()) copy.append(child.textContent);
  }
  return [copy];
}

/** A length that an element has, in pixels. @param {Element} original @param {string} name */
function pixels(original, name) {
  const { baseVal } = /** @type {any} */ (original)[name];
  const length = baseVal instanceof SVGLengthList ? baseVal.getItem(0) : baseVal;
  return Math.round(length.value * 100) / 100;
}

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function element(tag, attributes, text = "") {
  const made = document.createElementNS(NAMESPACE, tag);
  set(made, attributes);
  if (text) made.textContent = printable(text);
  return made;
}

/** @param {Element} one @param {Record<string, string | number>} attributes */
function set(one, attributes) {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, String(value));
}

/** A text without what no XML may hold. @param {string} text */
const printable = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

/** What a canvas knows of colors and of texts. */
class Brush {
  constructor() {
    const canvas = h("canvas", { width: 1, height: 1 });
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  }

  /** Return a color as #rrggbb, which every program reads; "none" as it is. @param {string} color */
  hex(color) {
    if (color === "none") return color;
    this.context.fillStyle = color;
    this.context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = this.context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }

  /** Return the lines of a text that are no wider than a width; a word that is wider breaks. @param {string} text @param {number} width @param {string} font */
  wrap(text, width, font) {
    this.context.font = font;
    const fits = (/** @type {string} */ line) => this.context.measureText(line).width <= width;
    const lines = [""];
    for (const word of printable(text).split(/\s+/)) {
      const line = `${lines.at(-1)} ${word}`.trim();
      if (fits(line)) lines.splice(-1, 1, line);
      else lines.push(...this.#broken(word, fits));
    }
    return lines.filter(Boolean);
  }

  /** @param {string} word @param {(line: string) => boolean} fits */
  #broken(word, fits) {
    const pieces = [""];
    for (const sign of word) {
      if (fits(pieces.at(-1) + sign)) pieces[pieces.length - 1] += sign;
      else pieces.push(sign);
    }
    return pieces;
  }
}
