// Elements of the page, those inside components too.

/** The page itself, and what is inside components. */
export function allRoots(root: Document | ShadowRoot = document): (Document | ShadowRoot)[] {
  const inside = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? allRoots(shadowRoot) : []));
  return [root, ...inside];
}

/** Find elements on the page and inside components; none where a teacher's own selector is none. */
export function deepAll(selector: string, roots = allRoots()): Element[] {
  try {
    return roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  } catch {
    return [];
  }
}

/** What a node is in; of what is inside a component, the component. */
export function parentOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}

/** Whether an element has a place on the page. */
export function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}
