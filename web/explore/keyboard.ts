// @ts-nocheck
// The map by keyboard. Listens on the map's element, so that typing elsewhere is left alone.

const STEP = 14; // pixels per arrow key
const FINE = 2;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What the help card lists. */
export const KEYS = [
  ['Arrows', 'move the cursor (with Shift: in small steps)'],
  ['Enter', 'pin what you see'],
  ['A and B', 'set the two ends of a path'],
  ['Space', 'play the path'],
  ['0 to 9', 'show one class alone'],
  ['+ and −', 'zoom; F fits the whole map'],
  ['Delete', 'remove the chosen pin'],
  ['Escape', 'clear: what is open first, then the pins'],
  ['?', 'this card'],
];

const ACTIONS = {
  Enter: (app) => app.pins.addCursor(),
  ' ': (app) => app.path.togglePlay(),
  a: (app) => app.pins.addCursor('A'),
  b: (app) => app.pins.addCursor('B'),
  f: (app) => app.stage.fit(),
  '+': (app) => app.stage.zoom(1.25),
  '=': (app) => app.stage.zoom(1.25),
  '-': (app) => app.stage.zoom(0.8),
  Delete: (app) => app.pins.remove(app.state.selected),
  Backspace: (app) => app.pins.remove(app.state.selected),
  Escape: (app) => app.escape(),
  '?': (app) => app.openHelp(),
};

/** Listen to the map's element. */
export function listenToKeys(app, element) {
  element.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(app, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

function act(app, event) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const step = event.shiftKey ? FINE : STEP;
    app.cursor.step(arrow[0] * step, arrow[1] * step);
    return true;
  }
  if (/^\d$/.test(event.key)) {
    app.solo(Number(event.key));
    return true;
  }
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  action?.(app);
  return action !== undefined;
}
