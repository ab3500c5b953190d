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

// lessons/list.ts
var LETTERS = "ABCDEF";
var List = class {
  root;
  constructor(root) {
    this.root = root;
  }
  show({ lessons, sheet, own }) {
    const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
    this.root.replaceChildren(
      h(
        "header",
        { class: "screen" },
        h("p", { text: `${lessons.length} claims about autoencoders. Vote, then let the experiment decide.` }),
        lessons.length ? start(lessons[0], `Begin the lessons (${minutes} minutes)`, "begin") : null,
        h("button", { text: "Print the questions", onclick: () => window.print() })
      ),
      h("ol", { class: "screen" }, ...lessons.map(row)),
      h("p", { class: "own screen", text: own }),
      h("section", { class: "sheet" }, h("h1", { text: sheet }), ...lessons.map(printed))
    );
  }
  stop() {
    this.root.replaceChildren();
  }
};
function row(lesson) {
  return h(
    "li",
    {},
    start(
      lesson,
      "",
      "lesson",
      h("b", { text: lesson.title }),
      h("span", { class: "claim", text: `“${lesson.claim}”` }),
      h("span", { class: "minutes", text: `${lesson.minutes} min` })
    )
  );
}
function start(lesson, text, name, ...inside) {
  const anchor = h("a", { class: name, text: text || null, onclick: follow }, ...inside);
  anchor.href = lesson.address;
  return anchor;
}
function printed({ title, claim, steps }, number) {
  return h(
    "article",
    {},
    h("h2", { text: `${number + 1}. ${title}` }),
    h("p", {}, `“${claim}”  `, h("span", { text: "☐ true  ☐ false" })),
    ...steps.filter(({ question }) => question).map(
      ({ question, choices }) => h("div", {}, h("p", { text: question }), h("ul", {}, ...choices.map((text, i) => h("li", { text: `☐ ${LETTERS[i]}  ${text}` }))))
    )
  );
}
var list_default = keeping(
  "#lessons",
  (root) => new List(root),
  (list, { data }) => list.show(data)
);
export {
  list_default as default
};
