// @ts-nocheck
// Where the map's Plotly chart is on the page, and how its pixels and its data correspond.
//
// Plotly does not document `_fullLayout` and `_fullData`. If a later version lacks them, `findChart`
// returns null and the map is a plain picture; a browser test would notice.

const PICK_RADIUS = 14; // pixels
export const CLICK_MOVEMENT = 4; // pixels between press and release that still count as a click

/** Find the chart's element, or null while there is none. */
export function findChart(key) {
  const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const layout = chart && chart._fullLayout;
  return layout && layout.xaxis && layout.xaxis._length && chart._fullData ? chart : null;
}

/** Return the plot area: its place within the chart, in pixels, and the data at its edges. */
export function frameOf(chart) {
  const { xaxis, yaxis } = chart._fullLayout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    x: xaxis.range.map(Number),
    y: yaxis.range.map(Number),
  };
}

/** Turn data into pixels within the plot area. */
export function toPixels(frame, x, y) {
  return [
    ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * frame.width,
    ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * frame.height,
  ];
}

/** Turn pixels within the plot area into data. */
export function toData(frame, px, py) {
  return [
    frame.x[0] + (px / frame.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - (py / frame.height) * (frame.y[1] - frame.y[0]),
  ];
}

/** Return where a pointer event is within the plot area, or null if it is outside. */
export function pointerIn(chart, event) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const px = event.clientX - box.left - frame.left;
  const py = event.clientY - box.top - frame.top;
  return isInside(frame, px, py) ? { frame, px, py } : null;
}

/** Return a place on the map as a pointer event would give it. */
export function asPointer(chart, [x, y]) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const [px, py] = toPixels(frame, x, y);
  const [clientX, clientY] = [box.left + frame.left + px, box.top + frame.top + py];
  return { target: chart, buttons: 0, clientX, clientY };
}

/**
 * Find the point that costs least to go to from a place in the plot area; its row and where it is,
 * or null. Points outside the plot area and those the legend has hidden do not count. A browser
 * looks at 60,000 points in a millisecond or two, so that no index is needed.
 *
 * @param {(dx: number, dy: number) => number} cost - of a way in pixels
 * @param {number} [least] - what a point must cost less than
 */
export function cheapest(chart, { frame, px, py }, cost, least = Infinity) {
  const scaleX = frame.width / (frame.x[1] - frame.x[0]);
  const scaleY = frame.height / (frame.y[1] - frame.y[0]);
  const [x, y] = toData(frame, px, py);
  let found = null;
  for (const trace of chart._fullData) {
    if (trace.visible !== true || !trace.customdata) continue;
    for (let i = 0; i < trace.x.length; i++) {
      const dx = (trace.x[i] - x) * scaleX;
      const dy = (y - trace.y[i]) * scaleY;
      const price = cost(dx, dy);
      if (price >= least || !isInside(frame, px + dx, py + dy)) continue;
      least = price;
      found = { row: Number(trace.customdata[i]), at: [trace.x[i], trace.y[i]] };
    }
  }
  return found;
}

/** Find the nearest visible point within reach of the pointer; its row, or null. */
export function rowAt(chart, pointer) {
  return cheapest(chart, pointer, squared, PICK_RADIUS ** 2)?.row ?? null;
}

export function squared(dx, dy) {
  return dx * dx + dy * dy;
}

function isInside(frame, px, py) {
  return px >= 0 && py >= 0 && px <= frame.width && py <= frame.height;
}
