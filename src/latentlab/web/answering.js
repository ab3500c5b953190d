// lib/link.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.link");
var PAGE = globalThis;
function publish(topic, value) {
  const { last, target } = link();
  last.set(topic, value);
  target.dispatchEvent(new CustomEvent(topic, { detail: value }));
}
function link() {
  PAGE[KEY] ??= { last: /* @__PURE__ */ new Map(), things: /* @__PURE__ */ new Map(), target: new EventTarget() };
  return PAGE[KEY];
}

// drawing/answering.ts
function mount({ data }) {
  publish("answered", data.drawing);
}
export {
  mount as default
};
