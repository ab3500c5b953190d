// What Streamlit hands to a component: each default export of a component's module takes it.

/** One mounted component; its function is called again whenever the data or the theme changes. */
export interface Component<Data = Uint8Array> {
  /** What Python sent. Bytes may be unaligned: see message.ts. */
  data: Data;
  /** Holds the component's HTML; the same object for as long as the component is on the page. */
  parentElement: ShadowRoot;
  /** Tell Python something; the part of the script with the component runs again. */
  setStateValue: (name: string, value: unknown) => void;
  /** The same for something that happens, such as a click: said once, then forgotten. */
  setTriggerValue: (name: string, value: unknown) => void;
}

/** What a component shows, in an element that is its own. */
export interface Board {
  /** Let nothing of it keep running. */
  stop(): void;
}

/**
 * A component that keeps one board for as long as it is on the page.
 * @param selector - of the element in the component's HTML; null if it has none
 * @param make - the board; called when the component appears
 * @param show - called then, and whenever the data or the theme changes
 */
export function keeping<B extends Board, Data = Uint8Array>(
  selector: string | null,
  make: (root: HTMLElement, component: Component<Data>) => B,
  show: (board: B, component: Component<Data>) => void,
): (component: Component<Data>) => () => void {
  const boards = new WeakMap<object, B>();
  return (component) => {
    const { parentElement } = component;
    const root = selector === null ? parentElement.host : parentElement.querySelector(selector)!;
    let board = boards.get(root);
    if (!board) boards.set(root, (board = make(root as HTMLElement, component)));
    show(board, component);
    return () => {
      boards.get(root)?.stop();
      boards.delete(root);
    };
  };
}
