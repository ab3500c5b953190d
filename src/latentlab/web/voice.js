// lib/bus.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.bus");
var PAGE = globalThis;
var BREATH = 60;
function lendVoice(name, say) {
  bus().voices.set(name, say);
  speak();
}
function speak() {
  const { speaking, unsaid, voices } = bus();
  const next = [...unsaid].find(([name2]) => voices.has(name2));
  if (speaking || !next) return;
  bus().speaking = true;
  setTimeout(() => {
    bus().speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  unsaid.delete(name);
  voices.get(name)?.(value);
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

// lib/voice.ts
function mount({ data, setStateValue }) {
  for (const name of data.names) lendVoice(name, (value) => setStateValue(name, value));
}
export {
  mount as default
};
