// Mouse, pen and fingers on the map. Hovering decodes; a click pins; a drag moves the map or a pin.
// With one finger, dragging decodes; two fingers zoom and move.

const CLICK = 5; // pixels: less movement than this is a click
const PICK_PIN = 14;
const GRACE = 260; // milliseconds the picture stays after the pointer has left
const WHEEL = 0.0016;

interface Place {
  x: number;
  y: number;
}
interface Press {
  start: Place;
  last: Place;
  moved: boolean;
  pin: string | null;
  /** Whether a loop is drawn. */
  draws: boolean;
}
/** What a pointer can do; all places are pixels of the map's element. */
export interface PointerActions {
  hover(x: number, y: number): void;
  leave(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  pinAt(x: number, y: number, radius: number): string | null;
  addPin(x: number, y: number): void;
  dragPin(letter: string, x: number, y: number): void;
  selectPin(letter: string): void;
  /** Begin to draw a loop; false: none is asked for. */
  grab(x: number, y: number): boolean;
  drawTo(x: number, y: number): void;
  drawn(): void;
}

/** Listen to the map's element. */
export function listenToPointer(actions: PointerActions, element: HTMLElement): () => void {
  const fingers = new Map<number, Place>();
  let press: Press | null = null;
  let spread: (Place & { width: number }) | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const placeOf = (event: MouseEvent): Place => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function pinch(): void {
    const [a, b] = [...fingers.values()];
    const now = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: Math.hypot(a.x - b.x, a.y - b.y) };
    if (spread) {
      actions.pan(now.x - spread.x, now.y - spread.y);
      actions.zoom(now.width / Math.max(1, spread.width), now.x, now.y);
    }
    spread = now;
  }

  function drag(held: Press, now: Place, isTouch: boolean): void {
    if (Math.hypot(now.x - held.start.x, now.y - held.start.y) > CLICK) held.moved = true;
    if (!held.moved) return;
    if (held.draws) actions.drawTo(now.x, now.y);
    else if (held.pin) actions.dragPin(held.pin, now.x, now.y);
    else if (isTouch) actions.hover(now.x, now.y);
    else actions.pan(now.x - held.last.x, now.y - held.last.y);
    held.last = now;
  }

  element.onpointermove = (event) => {
    clearTimeout(leaving);
    const now = placeOf(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, now);
    if (fingers.size === 2) pinch();
    else if (press) drag(press, now, event.pointerType === 'touch');
    else actions.hover(now.x, now.y);
  };

  element.onpointerdown = (event) => {
    if (event.button > 0) return;
    element.setPointerCapture(event.pointerId);
    const start = placeOf(event);
    fingers.set(event.pointerId, start);
    if (fingers.size === 2) {
      press = null;
      spread = null;
      return;
    }
    const draws = actions.grab(start.x, start.y);
    const pin = draws ? null : actions.pinAt(start.x, start.y, PICK_PIN);
    press = { start, last: start, moved: false, pin, draws };
    if (!draws && event.pointerType === 'touch') actions.hover(start.x, start.y);
  };

  element.onpointerup = (event) => {
    const held = fingers.size === 2 ? null : press;
    fingers.delete(event.pointerId);
    press = null;
    if (held?.draws) actions.drawn();
    if (!held || held.moved || held.draws) return;
    if (held.pin) actions.selectPin(held.pin);
    else actions.addPin(held.start.x, held.start.y);
  };

  element.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    press = null;
  };

  element.onpointerleave = (event) => {
    if (event.pointerType === 'touch' || press) return;
    leaving = setTimeout(() => actions.leave(), GRACE);
  };

  element.onwheel = (event) => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    actions.zoom(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), x, y);
  };

  return () => clearTimeout(leaving);
}
