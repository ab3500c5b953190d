// An image on its way through a network, with what each layer makes of it. No screen, no server.

import type { Shape } from '../lib/dom.ts';
import type { Floats } from '../lib/message.ts';
import { product } from '../runtime/operations.ts';
import { type Network, type NetworkSpec, loadNetwork } from '../runtime/runtime.ts';
import { type Colors, correct, paint } from './unet_output.ts';

const OUTLYING = 4; // times the root mean square: values beyond have the brightest color

export type PartName = 'encoder' | 'decoder' | 'unet';
/** A part of a network as export/hourglass.py writes it. */
export interface PartSpec extends NetworkSpec {
  /** Numbers of the layers whose values are drawn. */
  ends: number[];
  /** From a drawn layer to another, counted in `ends`. */
  skips: [number, number][];
}
/** What is known of a network before an image is there. */
export interface FlowHeader {
  image: Shape;
  latent_dim: number;
  /** Whether the encoder gives a mean and a log-variance. */
  is_vae: boolean;
  parts: Partial<Record<PartName, PartSpec>>;
}
export type FlowArrays = Partial<Record<PartName | 'centers' | 'weights', Floats>>;

/** A drawn layer: (units), or (height, width, units). */
export interface Layer {
  part: PartName;
  shape: Shape;
  /** What the layer gave last. */
  values: Float32Array;
  /** Size of its large values for the image: scales of pictures stay while z is dragged. */
  largest: number;
  /** Units that are switched off. */
  off: Set<number>;
}
export const unitsOf = ({ shape }: Pick<Layer, 'shape'>): number => shape[shape.length - 1];

/** A part of a network that shows what its drawn layers give. */
class Part {
  readonly layers: Layer[];
  readonly spec: PartSpec;
  private readonly network: Network;
  private readonly at: Map<number, Layer>;

  constructor(name: PartName, spec: PartSpec, network: Network) {
    this.spec = spec;
    this.network = network;
    const shapes = shapesOf(spec);
    this.layers = spec.ends.map((end) => {
      const shape = shapes[end];
      const values = new Float32Array(product(shape));
      return { part: name, shape, values, largest: 0, off: new Set<number>() };
    });
    this.at = new Map(spec.ends.map((end, i) => [end, this.layers[i]]));
  }

  /** @param show - whether the layers keep what they give */
  run(input: ArrayLike<number>, show = true): Float32Array {
    return this.network.run(input, 1, (number, values) => {
      const layer = this.at.get(number);
      if (!layer) return;
      if (layer.off.size) silence(layer, values);
      if (show) layer.values.set(values);
    });
  }
}

/** A network, an image, and the latent between encoder and decoder. */
export class Flow {
  readonly header: FlowHeader;
  /** The layers that are drawn, in order; neither the latent nor the output. */
  readonly layers: Layer[];
  /** Mean of q(z|x); for a plain autoencoder the latent. */
  readonly mean: Float32Array;
  /** Standard deviations of q(z|x); null for a plain autoencoder. */
  readonly std: Float32Array | null;
  /** What is decoded. */
  readonly z: Float32Array;
  /** z = mean + std * epsilon; zeros while the mean is decoded. */
  readonly epsilon: Float32Array;
  output: Float32Array;
  input: Float32Array | null = null;
  private readonly parts: Partial<Record<PartName, Part>>;
  private readonly colors: Colors | null;

  constructor(header: FlowHeader, networks: Partial<Record<PartName, Network>>, colors: Colors | null) {
    this.header = header;
    this.parts = Object.fromEntries(
      (Object.entries(header.parts) as [PartName, PartSpec][]).map(([name, spec]) => [
        name,
        new Part(name, spec, networks[name]!),
      ]),
    );
    this.colors = colors;
    const { encoder, decoder, unet } = this.parts;
    this.layers = [
      ...(encoder?.layers.slice(0, -1) ?? []),
      ...(unet?.layers ?? []),
      ...(decoder?.layers.slice(0, -1) ?? []),
    ];
    const n = header.latent_dim;
    this.mean = new Float32Array(n);
    this.std = header.is_vae ? new Float32Array(n) : null;
    this.z = new Float32Array(n);
    this.epsilon = new Float32Array(n);
    this.output = new Float32Array(product(header.image));
  }

  /** Send an image through the whole network; the mean is decoded. */
  take(input: Float32Array): void {
    this.input = input;
    this.epsilon.fill(0);
    for (const layer of this.layers) layer.largest = 0;
    this.again();
  }

  /** Begin at the bottleneck, where the image itself is not there. */
  takeLatent(mean: ArrayLike<number>, std: ArrayLike<number> | null): void {
    this.input = null;
    this.mean.set(mean);
    if (std) this.std?.set(std);
    this.epsilon.fill(0);
    for (const layer of this.layers) {
      layer.values.fill(0);
      layer.largest = 0;
    }
    this.sample(this.epsilon);
  }

  /** Send the same image through once more, after a unit was switched off or on. */
  again(): void {
    const { encoder, unet } = this.parts;
    const { input } = this;
    if (unet && input) {
      this.output = this.restored(unet, input);
      this.scale();
    } else if (encoder && input) {
      const code = encoder.run(input);
      const n = this.mean.length;
      this.mean.set(code.subarray(0, n));
      if (this.std) for (let i = 0; i < n; i++) this.std[i] = Math.exp(0.5 * code[n + i]);
      this.sample(this.epsilon);
    } else this.decode();
  }

  /** Decode z = mean + std * epsilon. */
  sample(epsilon: ArrayLike<number>): void {
    this.epsilon.set(epsilon);
    for (let i = 0; i < this.z.length; i++) {
      this.z[i] = this.mean[i] + (this.std ? this.std[i] * epsilon[i] : 0);
    }
    this.decode();
  }

  /** Decode z as it is. */
  decode(): void {
    const decoder = this.parts.decoder;
    if (!decoder) return;
    this.output.set(decoder.run(this.z));
    this.scale();
  }

  /** What the output would be with a unit on or off, without showing it. */
  outputWith(change: () => void, undo: () => void): Float32Array {
    change();
    const { unet, encoder, decoder } = this.parts;
    let output = this.output;
    if (unet && this.input) output = this.restored(unet, this.input, false);
    else if (decoder) {
      const z = this.input && encoder ? this.latentOf(encoder, this.input) : this.z;
      output = decoder.run(z, false).slice();
    }
    undo();
    return output;
  }

  /** The latent as it is chosen now, but for what the encoder says of the image. */
  private latentOf(encoder: Part, input: Float32Array): Float32Array {
    const code = encoder.run(input, false);
    // What was dragged stays as far from the mean as it is.
    return this.z.map((value, i) => code[i] + (value - this.mean[i]));
  }

  private restored(unet: Part, input: Float32Array, show = true): Float32Array {
    const { image } = this.header;
    const run = (padded: Float32Array, isFirst: boolean) => unet.run(padded, show && isFirst);
    return this.colors
      ? paint(input, image, unet.spec, run, this.colors)
      : correct(input, image, unet.spec, run);
  }

  private scale(): void {
    for (const layer of this.layers) {
      let [most, sum] = [0, 0];
      for (const value of layer.values) {
        most = Math.max(most, Math.abs(value));
        sum += value * value;
      }
      // One outlier must not darken all the others.
      const usual = OUTLYING * Math.sqrt(sum / layer.values.length);
      layer.largest = Math.max(layer.largest, Math.min(most, usual));
    }
  }
}

/** Prepare a network. */
export async function loadFlow(header: FlowHeader, arrays: FlowArrays): Promise<Flow> {
  const names = Object.keys(header.parts) as PartName[];
  const loaded = await Promise.all(
    names.map(async (name) => [name, await loadNetwork(header.parts[name]!, arrays[name]!)] as const),
  );
  const { centers, weights } = arrays;
  const colors = centers && weights ? { centers, weights } : null;
  return new Flow(header, Object.fromEntries(loaded), colors);
}

/** The shape of what each layer gives. */
function shapesOf({ layers, input }: NetworkSpec): Shape[] {
  let shape: Shape = input;
  return layers.map((layer) => {
    if ('to' in layer) shape = layer.to;
    else if (layer.op === 'linear') shape = [layer.out];
    else if (layer.op === 'to_channels_last') shape = layer.shape;
    else if (layer.op === 'to_channels_first') shape = [product(shape)];
    return shape;
  });
}

function silence(layer: Layer, values: Float32Array): void {
  const units = unitsOf(layer);
  for (const unit of layer.off) {
    for (let i = unit; i < values.length; i += units) values[i] = 0;
  }
}

/** Mean squared error of a value. */
export function meanSquared(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}
