// @ts-nocheck
// What lies under the points: density, errors, stretch as color, and fog where there is no data.

import { debounce, figure } from '../lib/dom.ts';
import { HEAVY_FIELDS } from '../latent/fields.ts';
import { gridLatents } from './lattice.ts';
import { fieldPicture } from './mapview.ts';
import { quantile } from '../latent/space.ts';

const LIGHT_CELL = 8; // pixels of the screen per value
const HEAVY_CELL = 22;
const AFTER_MOVING = 250;

/** The shadings one can choose, with what they say. `unit` goes with the two ends of the scale. */
export const SHADES = {
  none: { title: 'Nothing', help: 'Only the points and what is decoded.' },
  density: {
    title: 'Density',
    help: 'How many images landed here; 1 is as crowded as around a typical image.',
    ends: ['few images', 'many'],
  },
  reconstruction_error: {
    title: 'Reconstruction error',
    help: 'Bright where the images that landed here are drawn badly; blank where there are none.',
    ends: ['drawn well', 'drawn badly'],
  },
  round_trip: {
    title: 'Round trip',
    help: 'Bright where decoding and encoding again leads somewhere else.',
    ends: ['comes back', 'ends elsewhere'],
  },
  stretch: {
    title: 'Stretch',
    help: 'Bright where a small step changes the image a lot: the borders between kinds of images.',
    ends: ['image hardly changes', 'changes fast'],
  },
};

/** Computes fields for the part of the map that is on screen. */
export class Shading {
  constructor(app) {
    Object.assign(this, { app, shade: null, fog: null });
    this.refresh = debounce(() => this.compute(), AFTER_MOVING);
  }

  /** Compute at once what the state asks for. */
  compute() {
    const { state } = this.app;
    if (state.fog) this.request('fog', 'distance');
    if (state.shade !== 'none') this.request('shade', state.shade);
    else this.shade = null;
  }

  request(slot, task) {
    const { app } = this;
    const { view, plane, space } = app;
    if (HEAVY_FIELDS.has(task) && !app.canRun(task)) return;
    const cell = HEAVY_FIELDS.has(task) ? HEAVY_CELL : LIGHT_CELL * (space.z > 4 ? 2 : 1);
    const columns = Math.ceil(view.width / cell);
    const rows = Math.ceil(view.height / cell);
    const [left, top] = view.toMap(0, 0);
    const [right, bottom] = view.toMap(columns * cell, rows * cell);
    const box = { left, top, right, bottom };
    const values = new Float32Array(columns * rows).fill(NaN);
    const job = {
      model: space.name,
      task,
      latents: gridLatents(plane, box, columns, rows),
      options: { u: plane.u, v: plane.v },
    };
    let shown = 0;
    app.jobs.run(slot, job, (part) => {
      values.set(part.values, part.start);
      if (!part.last && performance.now() - shown < 120) return;
      shown = performance.now();
      this[slot] = this.picture({ task, values, columns, rows, box });
      app.stage.invalidate('map');
      app.emit('shade');
    });
  }

  picture({ task, values, columns, rows, box }) {
    const { theme, space } = this.app;
    if (task === 'distance') {
      // Clear as far as training images are from each other, thick at four times that.
      const near = space.farDistance;
      const thick = values.map((value) => (value - near) / (3 * near));
      return { box, canvas: fieldPicture(thick, columns, rows, theme, true) };
    }
    const known = values.filter((value) => !Number.isNaN(value)).sort();
    const [low, high] = [quantile(known, 0.02), quantile(known, 0.98)];
    const shares = values.map((value) => (value - low) / (high - low || 1));
    const canvas = fieldPicture(shares, columns, rows, theme, false);
    return { box, canvas, low, high, text: [figure(low), figure(high)] };
  }
}
