// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var MOST = 24;
function publish(topic, value) {
  const { last, target } = bus();
  last.delete(topic);
  last.set(topic, value);
  if (last.size > MOST) last.delete([...last.keys()][0]);
  target.dispatchEvent(new CustomEvent("said", { detail: topic }));
}
function bus() {
  PAGE[KEY] ??= {
    last: /* @__PURE__ */ new Map(),
    things: /* @__PURE__ */ new Map(),
    target: new EventTarget(),
    voices: /* @__PURE__ */ new Map(),
    unsaid: /* @__PURE__ */ new Map(),
    speaking: false
  };
  return PAGE[KEY];
}

// lib/message.ts
function readHeader(bytes) {
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength(bytes)));
  return JSON.parse(text);
}
function headerLength(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}

// lib/carrier.ts
function mount({ data }) {
  if (data instanceof Uint8Array) publish(readHeader(data).id, data);
  else publish(data.id, data.value);
}
export {
  mount as default
};
