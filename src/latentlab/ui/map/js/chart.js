// Where the map's Plotly chart is on the page, and how its pixels and its data correspond.
//
// Plotly does not document `_fullLayout` and `_fullData`. If a later version lacks them, `findChart`
// returns null and the map is a plain picture; a browser test would notice.

const PICK_RADIUS = 14; // pixels
const CLICK_MOVEMENT = 4; // pixels between press and release that still count as a click

/** Find the chart's element, or null while there is none. */
function findChart(key) {
  const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const layout = chart && chart._fullLayout;
  return layout && layout.xaxis && layout.xaxis._length && chart._fullData ? chart : null;
}

/** Return the plot area: its place within the chart, in pixels, and the data at its edges. */
function frameOf(chart) {
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
function toPixels(frame, x, y) {
  return [
    ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * frame.width,
    ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * frame.height,
  ];
}

/** Turn pixels within the plot area into data. */
function toData(frame, px, py) {
  return [
    frame.x[0] + (px / frame.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - (py / frame.height) * (frame.y[1] - frame.y[0]),
  ];
}

/** Return where a pointer event is within the plot area, or null if it is outside. */
function pointerIn(chart, event) {
  const frame = frameOf(chart);
  const box = chart.getBoundingClientRect();
  const px = event.clientX - box.left - frame.left;
  const py = event.clientY - box.top - frame.top;
  const inside = px >= 0 && py >= 0 && px <= frame.width && py <= frame.height;
  return inside ? { frame, px, py } : null;
}

/** Find the nearest visible point within reach of the pointer; its row, or null. */
function rowAt(chart, { frame, px, py }) {
  const [x, y] = toData(frame, px, py);
  const scaleX = frame.width / Math.abs(frame.x[1] - frame.x[0]);
  const scaleY = frame.height / Math.abs(frame.y[1] - frame.y[0]);
  let nearest = PICK_RADIUS ** 2;
  let row = null;
  for (const trace of chart._fullData) {
    if (trace.visible !== true || !trace.customdata) continue;
    for (let i = 0; i < trace.x.length; i++) {
      const dx = (trace.x[i] - x) * scaleX;
      const dy = (trace.y[i] - y) * scaleY;
      const square = dx * dx + dy * dy;
      if (square < nearest) {
        nearest = square;
        row = trace.customdata[i];
      }
    }
  }
  return row;
}
