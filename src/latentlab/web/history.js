// lib/address.ts
var STEPPED = "latentlab-step";
var OWNED = "latentlab-own";
function merged(search, values) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

// shell/history.ts
function guardHistory(page) {
  const { history: history2 } = page;
  const push = history2.pushState.bind(history2);
  const replace = history2.replaceState.bind(history2);
  let acted = false;
  let owners = [];
  for (const kind of ["pointerdown", "keydown"]) page.addEventListener(kind, () => acted = true, true);
  page.addEventListener(STEPPED, () => acted = false);
  page.addEventListener(OWNED, (event) => owners.push(event.detail));
  const write = (isStep, state, url) => {
    owners = owners.filter(({ isThere }) => isThere);
    const owned = owners.flatMap(({ names }) => names);
    const address = url ? brought(url, page.location.href, owned) : url;
    if (url && address === page.location.href) return;
    try {
      (isStep ? push : replace)(state, "", address);
    } catch {
    }
  };
  history2.pushState = (state, _, url) => {
    const isStep = acted;
    acted = false;
    write(isStep, state, url);
  };
  history2.replaceState = (state, _, url) => {
    write(false, state, url);
  };
}
function brought(url, present, owned) {
  const from = new URL(present);
  const to = new URL(url, present);
  const checkpoint = to.searchParams.get("checkpoint");
  const isElsewhere = to.pathname !== from.pathname || checkpoint !== from.searchParams.get("checkpoint");
  if (isElsewhere || !owned.length) return to.href;
  const query = merged(to.search, Object.fromEntries(owned.map((name) => [name, from.searchParams.get(name)])));
  if (sorted(query) === sorted(from.search)) to.search = from.search;
  else to.search = query;
  return to.href;
}
function sorted(query) {
  const values = new URLSearchParams(query);
  values.sort();
  return values.toString();
}
if (typeof window !== "undefined") guardHistory(window);
export {
  brought,
  guardHistory
};
