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
 * Draw how far a dimension went from one assessment to another.
 * @param {{from: number, to: number, total: number, label: string}} way Levels.
 */
export function drawWay({ from, to, total, label }) {
  const grid = Array.from({ length: total + 1 }, (_, level) => {
    const x = across(level / total);
    return svg("line", { class: "mp-way__grid", x1: x, x2: x, y1: "10%", y2: "90%" });
  });
  const [x1, x2] = [across(from / total), across(to / total)];
  return svg("svg", { class: "mp-way-chart", role: "img", "aria-label": label }, [
    ...grid,
    svg("line", { class: `mp-way__line mp-way__line--${to < from ? "fell" : "rose"}`, x1, x2, y1: "50%", y2: "50%" }),
    svg("circle", { class: "mp-way__from", cx: x1, cy: "50%", r: 5 }),
    svg("circle", { class: "mp-way__to", cx: x2, cy: "50%", r: 6.5 }),
  ]);
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
