// lib/component.ts
function keeping(selector, make, show) {
  const boards = /* @__PURE__ */ new WeakMap();
  return (component) => {
    const { parentElement } = component;
    const root = selector === null ? parentElement.host : parentElement.querySelector(selector);
    let board = boards.get(root);
    if (!board) boards.set(root, board = make(root, component));
    show(board, component);
    return () => {
      boards.get(root)?.stop();
      boards.delete(root);
    };
  };
}

// lib/dom.ts
var SVG = "http://www.w3.org/2000/svg";
var SVG_TAGS = ["svg", "path", "circle", "line", "polyline", "rect", "g", "polygon", "text"];
var IS_SVG = new Set(SVG_TAGS);
function h(tag, props = {}, ...children) {
  const element = IS_SVG.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === void 0 || value === false) continue;
    if (name.startsWith("on") || name === "value") Object.assign(element, { [name]: value });
    else if (name === "text") element.textContent = String(value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== void 0));
  return element;
}
function counted(number, thing) {
  return `${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`;
}

// classroom/bars.ts
function answered({ activity, ended, n_phones, n_answers }) {
  if (ended) return "";
  if (activity === "wait") return counted(n_phones, "phone");
  return `${n_answers} of ${counted(Math.max(n_phones, n_answers), "phone")} answered`;
}
function verdicts(counts, ranks) {
  if (ranks) {
    return ranks.map((rank) => ({
      text: `mean rank ${rank.toFixed(1)}`,
      share: (ranks.length - rank) / Math.max(1, ranks.length - 1)
    }));
  }
  const total = Math.max(1, counts.reduce((sum, count) => sum + count, 0));
  return counts.map((count) => {
    const share = count / total;
    return { text: `${counted(count, "vote")}, ${Math.round(100 * share)} %`, share };
  });
}

// classroom/live.ts
var WAITS = [300, 700, 1500, 3e3];
var WAKE_WITHIN = 2500;
var Live = class {
  address;
  owner;
  socket = null;
  attempts = 0;
  timer;
  isOver = false;
  constructor(address, owner) {
    this.address = address;
    this.owner = owner;
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("pageshow", this.wake);
    this.connect();
  }
  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.owner.hello()));
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      clearTimeout(this.timer);
      if (this.attempts >= 0) this.owner.connected(true);
      this.attempts = 0;
      if (typeof data === "string") this.owner.text(JSON.parse(data));
      else this.owner.bytes(new Uint8Array(data));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.again();
    };
  }
  again() {
    this.socket = null;
    if (this.isOver) return;
    this.owner.connected(false);
    const wait = WAITS[Math.min(this.attempts++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.connect(), wait * (0.7 + 0.6 * Math.random()));
  }
  /** The page is on screen again: the system may have cut the connection without a word. */
  wake = () => {
    if (this.isOver || document.visibilityState === "hidden") return;
    if (this.socket?.readyState !== WebSocket.OPEN) {
      this.socket = null;
      this.attempts = 0;
      this.connect();
      return;
    }
    const asleep = this.socket;
    this.say({ kind: "ping", turn: 0 });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.socket !== asleep) return;
      asleep.close();
      this.again();
    }, WAKE_WITHIN);
  };
  /** Say something; false where there is no connection to say it on. */
  say(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }
  /** Close the connection for good. */
  stop() {
    this.isOver = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("pageshow", this.wake);
    this.socket?.close();
  }
};

// classroom/tally.ts
var Tally = class {
  element = h("p", { class: "tally", role: "status" });
  live;
  constructor({ path, key, code, address }) {
    this.live = new Live(`${location.origin.replace("http", "ws")}${path}`, {
      hello: () => ({ key }),
      text: (message) => {
        const state = message;
        this.element.textContent = `${answered(state)} · ${address} · ${code}`;
        if (state.ended) this.stop();
      },
      bytes: () => {
      },
      connected: () => {
      }
    });
  }
  stop() {
    this.live.stop();
    this.element.remove();
  }
};

// lessons/deep.ts
function allRoots(root = document) {
  const inside = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ? allRoots(shadowRoot) : []);
  return [root, ...inside];
}
function deepAll(selector, roots = allRoots()) {
  try {
    return roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  } catch {
    return [];
  }
}
function parentOf(node) {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
function isShown(element) {
  return element.getClientRects().length > 0;
}

// lessons/span.ts
function together([first, ...others], room) {
  return others.reduce((seen, other) => {
    const both = { top: Math.min(seen.top, other.top), bottom: Math.max(seen.bottom, other.bottom) };
    return both.bottom - both.top > room ? seen : both;
  }, first);
}
function around(boxes) {
  return boxes.reduce(
    (all, box) => all && box ? {
      left: Math.min(all.left, box.left),
      top: Math.min(all.top, box.top),
      right: Math.max(all.right, box.right),
      bottom: Math.max(all.bottom, box.bottom)
    } : all ?? box,
    null
  );
}
function shared(one, other) {
  const box = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom)
  };
  return box.left < box.right && box.top < box.bottom ? box : null;
}

// lessons/cover.ts
var WORDS = "Hidden until the class has voted. Click to show.";
var AGAIN = 100;
var Cover = class {
  sheet = new CSSStyleSheet();
  inside;
  regions = [];
  step = "";
  seen = "";
  frame = 0;
  looked = 0;
  // A new component is covered before it is painted.
  observer = new MutationObserver(() => this.look());
  /** @param inside - where plates are put */
  constructor(inside) {
    this.inside = inside;
  }
  /** @param step - one in which the plates were pressed stays uncovered */
  show(selectors, step) {
    this.step = step;
    const wanted = this.seen === step ? [] : selectors;
    if (String(wanted) === String(this.regions.map(({ selector }) => selector))) return;
    this.stop();
    if (!wanted.length) return;
    this.regions = wanted.map((selector) => ({ selector, plate: this.plate(), elements: [] }));
    const hidden = "{ visibility: hidden !important; }";
    this.sheet.replaceSync(wanted.map((each) => `:is(${each}), :is(${each}) * ${hidden}`).join("\n"));
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.follow();
  }
  stop() {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.sheet.replaceSync("");
    for (const { plate } of this.regions) plate.remove();
    this.regions = [];
  }
  plate() {
    const onclick = () => {
      this.seen = this.step;
      this.stop();
    };
    const plate = h("button", { class: "plate", text: WORDS, hidden: true, onclick });
    this.inside.append(plate);
    return plate;
  }
  look() {
    this.looked = performance.now();
    const roots = allRoots();
    for (const root of roots) {
      if (!root.adoptedStyleSheets.includes(this.sheet)) root.adoptedStyleSheets.push(this.sheet);
    }
    for (const region of this.regions) region.elements = deepAll(region.selector, roots).filter(isShown);
  }
  follow() {
    if (performance.now() > this.looked + AGAIN) this.look();
    for (const { plate, elements } of this.regions) lay(plate, around(elements.map(visiblePart)));
    this.frame = requestAnimationFrame(() => this.follow());
  }
};
function lay(plate, box) {
  plate.hidden = !box;
  if (!box) return;
  const { left, top, right, bottom } = box;
  const inset = `${top}px auto auto ${left}px`;
  const size = [`${right - left}px`, `${bottom - top}px`];
  const { style } = plate;
  if (style.inset !== inset) style.inset = inset;
  if (style.width !== size[0]) style.width = size[0];
  if (style.height !== size[1]) style.height = size[1];
}
function visiblePart(element) {
  let box = element.getBoundingClientRect();
  for (let at = parentOf(element); at && box; at = parentOf(at)) {
    if (at instanceof Element && getComputedStyle(at).overflowY !== "visible") {
      box = shared(box, at.getBoundingClientRect());
    }
  }
  return box;
}

// lessons/dim.ts
var DIM = "data-lesson-dimmed";
var HEADER = 56;
var SETTLING = 15e3;
var AGAIN2 = 300;
var ACTS = ["wheel", "pointerdown", "keydown", "touchmove"];
var STYLE = new CSSStyleSheet();
var BAR = '[data-testid="stHeader"]';
STYLE.replaceSync(
  `[${DIM}]:not(${BAR}), ${BAR}[${DIM}] > * { opacity: 0.3; transition: opacity 0.2s; }
  [${DIM}]:not(${BAR}):is(:hover, :focus-within), ${BAR}[${DIM}]:is(:hover, :focus-within) > * { opacity: 1; }`
);
function besides(lit) {
  const way = /* @__PURE__ */ new Set();
  for (const element of lit) {
    for (let at = element; at; at = parentOf(at)) way.add(at);
  }
  const dimmed = /* @__PURE__ */ new Set();
  const own = new Set(lit);
  for (const node of way) {
    if (own.has(node) || node === document.body) continue;
    for (const child of node.childNodes) {
      if (child instanceof Element && !way.has(child)) dimmed.add(child);
    }
  }
  return dimmed;
}
var Dimmer = class {
  lit = [];
  dimmed = /* @__PURE__ */ new Set();
  waiting = 0;
  step = "";
  settled = 0;
  timer;
  act = () => {
    this.settled = 0;
  };
  observer = new MutationObserver(() => this.soon());
  keep;
  constructor(keep) {
    this.keep = keep;
    for (const kind of ACTS) window.addEventListener(kind, this.act, true);
    this.observer.observe(document.body, { childList: true, subtree: true });
  }
  /** @param step - a new one is brought into view as soon as it is on the page */
  show(lit, step) {
    this.lit = lit;
    if (step !== this.step) this.settled = performance.now() + SETTLING;
    this.step = step;
    this.soon();
  }
  stop() {
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.timer);
    for (const kind of ACTS) window.removeEventListener(kind, this.act, true);
    this.observer.disconnect();
    this.apply(/* @__PURE__ */ new Set());
  }
  soon() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.update());
  }
  update() {
    const roots = allRoots();
    const found = this.lit.flatMap((selector) => deepAll(selector, roots)).filter(isShown);
    this.apply(found.length ? besides([...found, this.keep]) : /* @__PURE__ */ new Set());
    if (performance.now() > this.settled) return;
    if (found.length) bringIntoView(found);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.soon(), AGAIN2);
  }
  apply(dimmed) {
    for (const element of this.dimmed) if (!dimmed.has(element)) element.removeAttribute(DIM);
    for (const element of dimmed) {
      element.setAttribute(DIM, "");
      const root = element.getRootNode();
      if (root instanceof Document || root instanceof ShadowRoot) {
        if (!root.adoptedStyleSheets.includes(STYLE)) root.adoptedStyleSheets.push(STYLE);
      }
    }
    this.dimmed = dimmed;
  }
};
function bringIntoView(elements) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  const room = main.getBoundingClientRect();
  const [top, bottom] = [room.top + HEADER, room.bottom];
  const inside = together(elements.map((each) => each.getBoundingClientRect()), bottom - top);
  if (inside.top < top || inside.bottom - inside.top > bottom - top) main.scrollTop += inside.top - top;
  else if (inside.bottom > bottom) main.scrollTop += inside.bottom - bottom + 8;
}

// lib/address.ts
var STEPPED = "latentlab-step";
function stepTo(address) {
  window.dispatchEvent(new Event(STEPPED));
  History.prototype.pushState.call(history, history.state, "", address);
}

// lessons/go.ts
function go(address) {
  stepTo(new URL(address, location.href).href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
function follow(event) {
  const { ctrlKey, metaKey, shiftKey, altKey, button, currentTarget } = event;
  if (ctrlKey || metaKey || shiftKey || altKey || button) return;
  event.preventDefault();
  go(currentTarget.href);
}

// lessons/bar.ts
var FORWARD = /* @__PURE__ */ new Set(["ArrowRight", "PageDown"]);
var BACKWARD = /* @__PURE__ */ new Set(["ArrowLeft", "PageUp"]);
var MOVED = /* @__PURE__ */ new Set(["range", "checkbox", "radio", "button", "submit", "color"]);
var Bar = class {
  dimmer;
  cover;
  sizes = new ResizeObserver(() => this.makeRoom());
  said = null;
  tally = null;
  press = (event) => this.key(event);
  root;
  constructor(root) {
    this.root = root;
    const inside = root.getRootNode();
    this.dimmer = new Dimmer(inside.host);
    this.cover = new Cover(inside);
    this.sizes.observe(root);
    window.addEventListener("keydown", this.press, true);
  }
  show(said) {
    this.said = said;
    this.root.replaceChildren(
      this.buttons(said),
      h("div", { class: "words" }, ...heading(said), ...answer(said))
    );
    document.documentElement.toggleAttribute("data-lesson-full", said.full);
    this.cover.show(said.covered, said.addresses.link);
    this.dimmer.show(said.lit, said.addresses.link);
    this.makeRoom();
  }
  stop() {
    window.removeEventListener("keydown", this.press, true);
    this.sizes.disconnect();
    this.dimmer.stop();
    this.cover.stop();
    this.tally?.stop();
    document.documentElement.removeAttribute("data-lesson-full");
    document.documentElement.style.removeProperty("--lesson-bar");
  }
  follow(classroom) {
    if (!classroom) {
      this.tally?.stop();
      this.tally = null;
    } else {
      this.tally ??= new Tally(classroom);
    }
    return this.tally?.element ?? null;
  }
  makeRoom() {
    document.documentElement.style.setProperty("--lesson-bar", `${this.root.offsetHeight}px`);
  }
  key(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!this.said || ctrlKey || metaKey || altKey || shiftKey) return;
    const { addresses, full } = this.said;
    const way = FORWARD.has(key) ? addresses.next : BACKWARD.has(key) ? addresses.back : "";
    const leaves = key === "Escape" && full ? addresses.full : "";
    const moves = key.startsWith("Arrow") || key === "Escape";
    if (!(way || leaves) || isTaken(event, moves, this.root)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) go(way || leaves);
  }
  buttons({ addresses, reveals, full, away, picture, classroom }) {
    return h(
      "nav",
      { "aria-label": "Lesson" },
      link("←", addresses.back, "Back (left arrow, Page up)", "back"),
      link(reveals ? "Reveal" : "Next →", addresses.next, "Next (right arrow, Page down)", "next"),
      away ? link("To this step", addresses.here, "Show the page of this step again", "here") : null,
      picture ? h("button", { text: "Screenshot", title: "A screenshot of this step", onclick: () => this.still(picture) }) : null,
      link(full ? "Leave" : "Present", addresses.full, "Show only the experiment (Escape leaves)", "full"),
      link("End", "./lessons?lesson=", "End the lesson", "end"),
      this.follow(classroom)
    );
  }
  still(picture) {
    const image = h("img", { "aria-label": "A screenshot of this step" });
    image.src = picture;
    const dialog = h("dialog", { onclick: () => dialog.close(), onclose: () => dialog.remove() }, image);
    this.root.append(dialog);
    dialog.showModal();
  }
};
function heading({ title, claim, place, action, question, revealed }) {
  return [
    h("p", { class: "claim" }, h("b", { text: `${title}, ${place}. ` }), `“${claim}”`),
    ...question ? [h("p", { class: "question", role: "heading", "aria-level": 2, text: question })] : [],
    ...action && !revealed ? [h("p", { class: "action", text: action })] : []
  ];
}
function answer({ choices, votes, ranks, ranked, revealed, reveal, when_true }) {
  const said = revealed ? verdicts(votes, ranked ? ranks : void 0) : [];
  const items = choices.map(({ letter, text, right }, number) => {
    const isSaid = number < said.length;
    const votedText = isSaid && ranked ? said[number].text : String(votes[number]);
    const voted = isSaid ? h("span", { class: "votes", text: votedText }) : null;
    const first = ranked ? null : h("b", { text: letter });
    const item = h("li", { class: revealed && right ? "right" : "" }, first, ` ${text} `, voted);
    if (isSaid) item.style.setProperty("--share", `${100 * said[number].share}%`);
    return item;
  });
  return [
    ...items.length ? [h("ol", { class: said.length ? "choices voted" : "choices" }, ...items)] : [],
    ...revealed && reveal ? [h("p", { class: "reveal", "aria-live": "polite", text: reveal })] : [],
    ...when_true ? [h("p", { class: "true" }, h("b", { text: "When is it true? " }), when_true)] : []
  ];
}
function link(text, address, title, name) {
  if (!address) return h("span", { class: "none", text });
  const anchor = h("a", { class: name, text, title, "aria-label": title, onclick: follow });
  anchor.href = address;
  return anchor;
}
function isTaken(event, moves, own) {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement) || own.contains(target)) return false;
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  const isClosed = target.getAttribute("aria-expanded") === "false" && !moves;
  if (target instanceof HTMLInputElement && !MOVED.has(target.type) && !isClosed) return true;
  const movable = 'input, [tabindex]:not([tabindex="-1"]), [role="slider"], [role="radio"], dialog';
  return moves && target.closest(movable) !== null;
}
var bar_default = keeping(
  "#bar",
  (root) => new Bar(root),
  (bar, { data }) => bar.show(data)
);
export {
  bar_default as default
};
