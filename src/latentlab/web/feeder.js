// lib/mailbox.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.mailbox");
var PAGE = globalThis;
var MOST = 16;
function deliver(id, bytes) {
  const { messages, target } = mailbox();
  messages.delete(id);
  messages.set(id, bytes);
  if (messages.size > MOST) messages.delete([...messages.keys()][0]);
  target.dispatchEvent(new CustomEvent("message", { detail: { id, bytes } }));
}
function mailbox() {
  PAGE[KEY] ??= {
    messages: /* @__PURE__ */ new Map(),
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

// lib/feeder.ts
function mount({ data }) {
  if (data instanceof Uint8Array) deliver(readHeader(data).id, data);
}
export {
  mount as default
};
