// @ts-nocheck
// Mouse, pen and fingers on the map. Hovering decodes; a click pins; a drag moves the map or a pin.
// With one finger, dragging decodes; two fingers zoom and move.

const CLICK = 5; // pixels: less movement than this is a click
const PICK_PIN = 14;
const GRACE = 260; // milliseconds the picture stays after the pointer has left
const WHEEL = 0.0016;

/** Listen to the map's element. */
export function listenToPointer(app, element) {
  const fingers = new Map(); // pointer id -> {x, y}
  let press = null; // what the pressed pointer is doing
  let leaving = 0;

  const place = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  element.onpointermove = (event) => {
    clearTimeout(leaving);
    const now = place(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, now);
    if (fingers.size === 2) return pinch();
    if (!press) return app.cursor.hover(now.x, now.y);
    const moved = Math.hypot(now.x - press.start.x, now.y - press.start.y);
    if (moved > CLICK) press.moved = true;
    if (!press.moved) return undefined;
    if (press.pin) app.pins.drag(press.pin, now.x, now.y);
    else if (event.pointerType === 'touch') app.cursor.hover(now.x, now.y);
    else app.stage.pan(now.x - press.last.x, now.y - press.last.y);
    press.last = now;
    return undefined;
  };

  element.onpointerdown = (event) => {
    if (event.button > 0) return;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const start = place(event);
    fingers.set(event.pointerId, start);
    if (fingers.size === 2) {
      press = null;
      spread = null;
      return;
    }
    press = { start, last: start, moved: false, pin: app.pins.at(start.x, start.y, PICK_PIN) };
    if (event.pointerType === 'touch') app.cursor.hover(start.x, start.y);
  };

  element.onpointerup = (event) => {
    const wasPinch = fingers.size === 2;
    fingers.delete(event.pointerId);
    if (!press || wasPinch) {
      press = null;
      return;
    }
    const { start, moved, pin } = press;
    press = null;
    if (moved) return;
    if (pin) app.pins.select(pin);
    else app.pins.addAt(start.x, start.y);
  };

  element.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    press = null;
  };

  element.onpointerleave = (event) => {
    if (event.pointerType === 'touch' || press) return;
    leaving = setTimeout(() => app.cursor.leave(), GRACE);
  };

  element.onwheel = (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    app.stage.zoom(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), x, y);
  };

  let spread = null;
  function pinch() {
    const [a, b] = [...fingers.values()];
    const now = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: Math.hypot(a.x - b.x, a.y - b.y) };
    if (spread) {
      app.stage.pan(now.x - spread.x, now.y - spread.y);
      app.stage.zoom(now.width / Math.max(1, spread.width), now.x, now.y);
    }
    spread = now;
  }

  return () => clearTimeout(leaving);
}
