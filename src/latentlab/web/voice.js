// lib/mailbox.ts
var KEY = /* @__PURE__ */ Symbol.for("latentlab.mailbox");
var PAGE = globalThis;
var BREATH = 60;
function lendVoice(name, say) {
  mailbox().voices.set(name, say);
  speak();
}
function speak() {
  const box = mailbox();
  if (box.speaking) return;
  const next = [...box.unsaid].find(([name2]) => box.voices.has(name2));
  if (!next) return;
  box.speaking = true;
  setTimeout(() => {
    box.speaking = false;
    speak();
  }, BREATH);
  const [name, value] = next;
  box.unsaid.delete(name);
  box.voices.get(name)?.(value);
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

// lib/voice.ts
function mount({ data, setStateValue }) {
  for (const name of data.names) lendVoice(name, (value) => setStateValue(name, value));
}
export {
  mount as default
};
