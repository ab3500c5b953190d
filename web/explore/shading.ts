// What lies under the points: a layer as color, and fog where there is no training image.

import { LAYERS } from '../latent/layers.ts';
import type { Layer } from '../latent/layers/layer.ts';
import type { Extent } from '../latent/plane.ts';
import { quantile } from '../latent/space.ts';
import { tell } from '../lib/bus.ts';
import { type Rgb, parseColor, scaleOf } from '../lib/colors.ts';
import { clamp, contextOf, debounce, figure, h } from '../lib/dom.ts';
import type { Jobs } from '../runtime/jobs.ts';
import type { View } from '../scatter/view.ts';
import type { AllMessage } from './inbox.ts';
import { type Laid, gridLatents } from './lattice.ts';
import type { Model } from './model.ts';

const LIGHT_CELL = 8; // pixels of the screen per value
const HEAVY_CELL = 22;
const AFTER_MOVING = 250;
const PICTURE_EVERY = 120; // milliseconds, while values arrive
const FOG = 'distance';

interface Field {
  values: Float32Array;
  columns: number;
  rows: number;
  box: Extent;
}
interface Needs {
  model: Model;
  view: View;
  jobs: Jobs;
  /** Whether the network that a layer runs is here. */
  canRun: (layer: Layer) => boolean;
  /** The numbers at the ends of the scale have changed. */
  rescaled: () => void;
}

/** Computes layers for the part of the map that is on screen. */
export class Shading {
  shade: Laid | null = null;
  fog: Laid | null = null;
  /** What stands at the ends of the color scale. */
  ends: [low: string, high: string] = ['', ''];
  private hasAsked = false;
  readonly refresh = debounce(() => this.compute(), AFTER_MOVING);
  private readonly needs: Needs;

  constructor(needs: Needs) {
    this.needs = needs;
  }

  /** Take the latents of all images: their density is known from now on. */
  take({ header, arrays }: AllMessage): void {
    const { jobs, model } = this.needs;
    const { name, z } = model.space;
    jobs.load({ model: name, z, all: { ...header, ...arrays } });
    model.space.counted = header.n;
    if (model.state.shade === 'density') this.refresh();
  }

  /** Compute at once what the state asks for. */
  compute(): void {
    const { state, space } = this.needs.model;
    if (state.shade === 'density' && space.sample_of !== null && !this.hasAsked) {
      this.hasAsked = true;
      tell('count', space.fingerprint);
    }
    if (state.fog) {
      this.request('fog', FOG, (field) => {
        this.fog = this.asFog(field);
      });
    } else this.fog = null;
    this.ends = ['', ''];
    if (state.shade === 'none') this.shade = null;
    else {
      this.request('shade', state.shade, (field) => {
        this.shade = this.asColors(field);
      });
    }
  }

  private request(channel: string, name: string, take: (field: Field) => void): void {
    const { model, view, jobs, canRun, rescaled } = this.needs;
    const { plane, space, canvas } = model;
    const layer = LAYERS[name];
    if (!layer || !canRun(layer)) return;
    const cell = layer.runs ? HEAVY_CELL : LIGHT_CELL * (space.z > 4 ? 2 : 1);
    const columns = Math.ceil(view.width / cell);
    const rows = Math.ceil(view.height / cell);
    const [left, top] = view.toMap(0, 0);
    const [right, bottom] = view.toMap(columns * cell, rows * cell);
    const box = { left, top, right, bottom };
    const values = new Float32Array(columns * rows).fill(NaN);
    const latents = gridLatents(plane, box, columns, rows);
    const options = { u: plane.u, v: plane.v };
    let shown = 0;
    jobs.run(channel, { model: space.name, task: name, latents, options }, (part) => {
      values.set(part.values, part.start);
      if (!part.last && performance.now() - shown < PICTURE_EVERY) return;
      shown = performance.now();
      take({ values, columns, rows, box });
      canvas.repaint('map');
      rescaled();
    });
  }

  /** Clear as far as training images are from each other, thick at four times that. */
  private asFog({ values, columns, rows, box }: Field): Laid {
    const { theme, space, state } = this.needs.model;
    const near = space.farDistance;
    // On the bare map the fog is seen by a color of its own, over a picture it hides what is below.
    const bare = !state.grid && state.shade === 'none';
    const veil = parseColor(bare ? theme.muted : theme.background);
    const most = bare ? 90 : 240;
    const thick = (value: number) => most * clamp((value - near) / (3 * near), 0, 1);
    return { box, canvas: picture(values, columns, rows, (value) => [veil, thick(value)]) };
  }

  private asColors({ values, columns, rows, box }: Field): Laid {
    const known = values.filter((value) => !Number.isNaN(value)).sort();
    const [low, high] = [quantile(known, 0.02), quantile(known, 0.98)];
    this.ends = [figure(low), figure(high)];
    const scale = scaleOf(this.needs.model.theme);
    const share = (value: number) => clamp((value - low) / (high - low || 1), 0, 1);
    const color = (value: number): [Rgb, number] => [scale[Math.round(255 * share(value))], 255];
    return { box, canvas: picture(values, columns, rows, color) };
  }
}

/** Paint values as a small picture that the map stretches; what is not known stays clear. */
function picture(
  values: Float32Array,
  columns: number,
  rows: number,
  color: (value: number) => [color: Rgb, opacity: number],
): HTMLCanvasElement {
  const canvas = h('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const image = new ImageData(columns, rows);
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const [rgb, opacity] = color(value);
    image.data.set([...rgb, opacity], 4 * i);
  });
  contextOf(canvas).putImageData(image, 0, 0);
  return canvas;
}
