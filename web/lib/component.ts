// What Streamlit hands to a component: each default export of a component's module takes it.

/** One mounted component; its function is called again whenever the data or the theme changes. */
export interface Component<Data = Uint8Array> {
  /** What Python sent. Bytes may be unaligned: see message.ts. */
  data: Data;
  /** Holds the component's HTML; the same object for as long as the component is on the page. */
  parentElement: ShadowRoot;
  /** Tell Python something; the part of the script with the component runs again. */
  setStateValue: (name: string, value: unknown) => void;
}
