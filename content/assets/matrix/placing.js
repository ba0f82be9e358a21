/**
 * Where markers and their names are drawn: none fully over another, none outside its quadrant. Knows
 * no page; lengths are in whatever unit the caller has.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{width: number, height: number}} Size
 * @typedef {"right" | "left" | "below" | "above"} Where
 */

/** The space between two markers. */
const AIR = 3;
/** How many rings around its place are tried for a marker, half a marker apart. */
const RINGS = 10;
/** The space between a marker and its name. */
const GAP = 7;
/** @type {Where[]} */
const SIDES = ["right", "left", "below", "above"];

/**
 * Find places for markers: where they belong, or as near by as there is room in their quadrant.
 * @param {Point[]} points Centers.
 * @param {number} size Of a marker.
 * @param {Size} plot
 * @returns {Point[]}
 */
export function spread(points, size, plot) {
  /** @type {Point[]} */
  const taken = [];
  for (const point of points) taken.push(roomFor(point, taken, size, quarter(point, plot)));
  return taken;
}

/** @param {Point} home @param {Point[]} taken @param {number} size @param {Box} box @returns {Point} */
function roomFor(home, taken, size, box) {
  for (const candidate of around(home, size)) {
    const point = inside(candidate, size, box);
    if (room(point, taken) >= size + AIR) return point;
  }
  // The quadrant is full: the place that is farthest from all others, which shows a part of each.
  const places = [inside(home, size, box), ...everywhere(size, box)].map((point) => ({ point, free: room(point, taken) }));
  return places.reduce((most, next) => (next.free > most.free ? next : most)).point;
}

/** How far the nearest of others is. @param {Point} point @param {Point[]} others */
function room({ x, y }, others) {
  let least = Infinity;
  for (const other of others) least = Math.min(least, (other.x - x) ** 2 + (other.y - y) ** 2);
  return Math.sqrt(least);
}

/** Places all over a quadrant. @param {number} size @param {Box} box @returns {Generator<Point>} */
function* everywhere(size, box) {
  for (let y = box.top + size / 2; y <= box.bottom - size / 2; y += size / 6)
    for (let x = box.left + size / 2; x <= box.right - size / 2; x += size / 6) yield { x, y };
}

/** A point and others around it, the nearest first. @param {Point} home @param {number} size @returns {Generator<Point>} */
function* around(home, size) {
  yield home;
  for (let ring = 1; ring <= RINGS; ring++)
    for (let turn = 0; turn < 6 * ring; turn++) {
      const angle = (turn / (6 * ring)) * 2 * Math.PI;
      const radius = (ring * (size + AIR)) / 2;
      yield { x: home.x + radius * Math.cos(angle), y: home.y + radius * Math.sin(angle) };
    }
}

/** @param {Point} point @param {number} size @param {Box} box @returns {Point} */
const inside = ({ x, y }, size, { left, top, right, bottom }) => ({
  x: Math.min(right - size / 2, Math.max(left + size / 2, x)),
  y: Math.min(bottom - size / 2, Math.max(top + size / 2, y)),
});

/** The quarter of the plot that a point is in. @param {Point} point @param {Size} plot @returns {Box} */
function quarter({ x, y }, { width, height }) {
  const [isRight, isBelow] = [x > width / 2, y > height / 2];
  return {
    left: isRight ? width / 2 : 0,
    right: isRight ? width : width / 2,
    top: isBelow ? height / 2 : 0,
    bottom: isBelow ? height : height / 2,
  };
}

/**
 * Find the side of its marker on which a name has room; none where it would lie over another or outside
 * of the quadrant.
 * @param {Point[]} markers Centers.
 * @param {Size[]} names By marker.
 * @param {number} size Of a marker.
 * @param {Size} plot
 * @returns {(Where | "")[]}
 */
export function named(markers, names, size, plot) {
  const taken = markers.map((marker) => boxAt(marker, { width: size, height: size }));
  return markers.map((marker, index) => {
    const quadrant = quarter(marker, plot);
    for (const where of SIDES) {
      const box = beside(marker, names[index], size, where);
      if (!contains(quadrant, box) || taken.some((other, at) => at !== index && overlap(other, box))) continue;
      taken.push(box);
      return where;
    }
    return "";
  });
}

/** @param {Point} marker @param {Size} name @param {number} size @param {Where} where */
function beside({ x, y }, name, size, where) {
  const across = size / 2 + GAP + name.width / 2;
  const along = size / 2 + GAP + name.height / 2;
  const at = { right: { x: x + across, y }, left: { x: x - across, y }, below: { x, y: y + along }, above: { x, y: y - along } };
  return boxAt(at[where], name);
}

/** @param {Point} center @param {Size} size @returns {Box} */
const boxAt = ({ x, y }, { width, height }) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

/** @param {Box} a @param {Box} b */
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** @param {Box} outer @param {Box} inner */
const contains = (outer, inner) =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
