// A run's decoder with the weights of the moment: under the pointer at once, over the map in the worker.

import type { Jobs } from '../runtime/jobs.ts';
import { type Network, loadNetwork } from '../runtime/runtime.ts';
import { type Laid, Mosaic, gridLatents, squareCells } from '../explore/lattice.ts';
import type { Stage } from './messages.ts';
import { type Run, weightsOf } from './run.ts';

const PER_SIDE = 16; // images along the longer side of the map
const MOST_TILE_PIXELS = 32;

export class Decoder {
  /** The decoded grid of the newest stage that is ready. */
  laid: Laid | null = null;
  /** Counts the weights that came into use. */
  uses = 0;
  private readonly run: Run;
  private readonly jobs: Jobs;
  private readonly repaint: () => void;
  private network: Network | null = null;
  private inUse: Stage | null = null;
  private weights: Float32Array | null = null;
  private latticeOf: Stage | null = null;
  private wanted: Stage | null = null;
  private isBusy = false;

  constructor(run: Run, jobs: Jobs, repaint: () => void) {
    this.run = run;
    this.jobs = jobs;
    this.repaint = repaint;
  }

  /** Make room for the network; its weights come with the stages. */
  async start(): Promise<void> {
    const { decoder } = this.run.opening.header;
    const first = this.run.stages.map(weightsOf).find((weights) => weights !== null);
    if (!decoder || !first) return;
    this.network = await loadNetwork(decoder, first);
    if (this.weights) this.network.reload(this.weights); // meanwhile a stage has come into use
    this.uses += 1;
  }

  /** Take the weights of a stage, if they are stored. */
  use(stage: Stage): void {
    if (this.inUse === stage) return;
    this.inUse = stage;
    this.weights = weightsOf(stage);
    if (this.weights) this.network?.reload(this.weights);
    this.uses += 1;
  }

  /** Decode one latent; a view that the next call overwrites, or null. */
  decode(z: ArrayLike<number>): Float32Array | null {
    return this.network && this.weights ? this.network.run(z) : null;
  }

  /** Decode the grid with the weights in use; of stages that come too fast, the latest wins. */
  cover(): void {
    this.wanted = this.inUse;
    if (!this.isBusy) this.next();
  }

  uncover(): void {
    this.wanted = this.latticeOf = this.laid = null;
  }

  private next(): void {
    const { run, wanted: stage, jobs } = this;
    const { decoder: spec, latent_dim: z, image } = run.opening.header;
    if (!stage || stage === this.latticeOf) return;
    const weights = weightsOf(stage);
    this.latticeOf = stage;
    if (!spec || !weights) {
      this.laid = null;
      return;
    }
    const { box, columns, rows } = squareCells(run.extent, PER_SIDE);
    const tile = Math.min(MOST_TILE_PIXELS, Math.max(image[0], image[1]));
    const mosaic = new Mosaic(image, columns, rows, tile);
    const latents = gridLatents(run.plane, box, columns, rows);
    this.isBusy = true;
    jobs.load({ model: run.id, z, decoder: { spec, weights } });
    jobs.run(`lattice ${run.id}`, { model: run.id, task: 'decode', latents }, (part) => {
      mosaic.take(part);
      if (!part.last) return;
      this.isBusy = false;
      if (!this.wanted) return;
      this.laid = { canvas: mosaic.canvas, box };
      this.repaint();
      this.next();
    });
  }
}
