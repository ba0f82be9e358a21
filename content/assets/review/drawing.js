/** Drawings: changes of each dimension as a line between two points, and its way over time. */

/**
 * An SVG element. Places in it are shares of its width and height, so that it grows with its page.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Element[]} [children]
 */
function svg(tag, attributes, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Room at the ends of an axis, so that no point is cut; in percent. */
const EDGE = 2;

/** @param {number} share 0 to 1 */
const across = (share) => `${EDGE + share * (100 - 2 * EDGE)}%`;

/**
 * Draw how far a dimension went from one assessment to another, on an axis from the end of one level to that of another.
 * @param {{from: number | null, to: number | null, low: number, high: number, label: string}} way Levels; null where there is
 *   nothing to draw.
 */
export function drawWay({ from, to, low, high, label }) {
  const at = (/** @type {number} */ level) => across((level - low) / (high - low));
  const grid = Array.from({ length: high - low + 1 }, (_, index) => {
    const x = at(low + index);
    return svg("line", { class: "mp-way__grid", x1: x, x2: x, y1: "0%", y2: "100%" });
  });
  const base = svg("line", { class: "mp-way__base", x1: at(low), x2: at(high), y1: "50%", y2: "50%" });
  const line = from !== null && to !== null && svg("line", { class: `mp-way__line mp-way__line--${to < from ? "fell" : "rose"}`, x1: at(from), x2: at(to), y1: "50%", y2: "50%" });
  const dots = [
    from !== null && svg("circle", { class: "mp-way__from", cx: at(from), cy: "50%", r: 7 }),
    to !== null && svg("circle", { class: "mp-way__to", cx: at(to), cy: "50%", r: from === to ? 4 : 8 }),
  ];
  const marks = [line, ...dots].filter((one) => one !== false);
  return svg("svg", { class: "mp-way-chart", role: "img", "aria-label": label }, [...grid, base, ...marks]);
}

/**
 * Draw a dimension over time: what was claimed as a line, what was shown as a dashed one.
 * @param {{points: {time: number, claimed: number, shown: number}[], total: number, label: string}} history
 *   `time` is a share of the whole time, 0 to 1.
 */
export function drawHistory({ points, total, label }) {
  /** @param {number} level */
  const up = (level) => `${94 - (level / total) * 88}%`;
  const grid = Array.from({ length: total + 1 }, (_, level) =>
    svg("line", { class: "mp-way__grid", x1: "0%", x2: "100%", y1: up(level), y2: up(level) }),
  );
  /** @param {"claimed" | "shown"} name */
  const line = (name) =>
    points.slice(1).map((point, index) =>
      svg("line", {
        class: `mp-history__line mp-history__line--${name}`,
        x1: across(points[index].time),
        y1: up(points[index][name]),
        x2: across(point.time),
        y2: up(point[name]),
      }),
    );
  const dots = points.map((point) => svg("circle", { class: "mp-way__to", cx: across(point.time), cy: up(point.claimed), r: 4 }));
  return svg("svg", { class: "mp-history-chart", role: "img", "aria-label": label }, [
    ...grid,
    ...line("shown"),
    ...line("claimed"),
    ...dots,
  ]);
}
