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
var PATIENCE_MS = [500, 2e3, 8e3];
function mount({ data }) {
  const leaving = new AbortController();
  if (data instanceof Uint8Array) publishBytes(data);
  else if ("id" in data) publish(data.id, data.value);
  else void fetchMessage(data.fetch, leaving.signal).then((bytes) => bytes && publishBytes(bytes));
  return () => leaving.abort();
}
function publishBytes(bytes) {
  publish(readHeader(bytes).id, bytes);
}
async function fetchMessage(name, signal) {
  const address = `${appAddress()}/messages/${name}`;
  for (const pause of [...PATIENCE_MS, null]) {
    try {
      const answer = await fetch(address, { signal });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    } catch {
    }
    if (signal.aborted) return null;
    if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  console.error(`latentlab: ${address} could not be fetched. Reload the page.`);
  return null;
}
function appAddress() {
  const { __streamlit } = window;
  return __streamlit?.BACKEND_BASE_URL ?? window.location.origin;
}
export {
  mount as default
};
