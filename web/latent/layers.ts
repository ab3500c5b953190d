// The layers of Explore: scalar fields over the map. One layer is one file in layers/ and one line here;
// menu, address and worker are drawn from this table.

import { density } from './layers/density.ts';
import { distance } from './layers/distance.ts';
import type { Layer } from './layers/layer.ts';
import { local_sensitivity } from './layers/local_sensitivity.ts';
import { reconstruction_error } from './layers/reconstruction_error.ts';
import { reencoding_distance } from './layers/reencoding_distance.ts';

export const LAYERS: Record<string, Layer | undefined> = {
  density,
  distance,
  reconstruction_error,
  reencoding_distance,
  local_sensitivity,
};

/** What the menu offers and the address may name; the first means that nothing is colored. */
export function layerChoices(): { name: string; title: string }[] {
  const layers = Object.entries(LAYERS).map(([name, layer]) => ({ name, title: layer?.title ?? '' }));
  return [{ name: 'none', title: 'Nothing' }, ...layers];
}
