// What Python says on the Training page: what there is (ui/training/page.py), how trainings go, and their
// stages (jobs/stage_files.py; ui/training/replay.py makes the same of a checkpoint).

import type { Look } from '../lib/colors.ts';
import type { Meanings } from '../lib/term.ts';
import { type Bytes, type Floats, type Ints, unpack } from '../lib/message.ts';
import type { NetworkSpec } from '../runtime/runtime.ts';

/** What a network is trained with. */
export interface Recipe {
  images: string;
  model: string;
  latent_dim: number;
  beta: number;
  /** null: as many as suit the images. */
  epochs: number | null;
  learning_rate: number;
  seed: number;
}
/** The component's data. */
export interface Setting {
  looks: { light: Look; dark: Look };
  /** The checkpoint in the header. */
  checkpoint: string;
  /** Of checkpoints; those of one group follow each other. */
  stored: { run: string; title: string; group: string }[];
  sets: { name: string; title: string }[];
  latent_dims: number[];
  recipe: Recipe;
  may: boolean;
  not_here: string;
  meanings: Meanings;
}
export type TrainingState =
  | 'starting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'interrupted';
/** One training of this machine. */
export interface Training {
  run: string;
  title: string;
  name: string;
  kept: string | null;
  mine: boolean;
  state: TrainingState;
  step: number;
  n_steps: number;
  what: string;
  problem: string | null;
  note: string;
  seconds_left: number | null;
}
/** Said again and again. */
export interface Status {
  /** The newest first. */
  trainings: Training[];
  problems: Partial<Record<keyof Recipe, string>>;
  /** Seconds. */
  estimate: number | null;
  answer: { turn?: string; order?: string; problem?: string; run?: string; kept?: string };
  /** The newest stage that was sent of each run. */
  sent: Record<string, number>;
}
/** What is the same at every stage of a run. */
export interface Opening {
  header: {
    run: string;
    model: string;
    beta: number;
    latent_dim: number;
    image: number[];
    class_names: string[];
    n_steps: number;
    n_epochs: number;
    seconds: number;
    decoder: NetworkSpec | null;
    /** Of the validation images' distances to the training latents, the quantile from which on one is far. */
    far: number;
    /** The shown images' rows, where their latents are decoded here. */
    rows?: number[];
  };
  arrays: { labels: Ints; splits: Bytes; numbers: Ints; shown: Bytes };
}
/** The network at one step. */
export interface Stage {
  header: {
    number: number;
    step: number;
    epoch: number;
    seconds: number;
    terms: Record<string, number>;
    /** Names of the history's columns. */
    history: string[];
  };
  arrays: { latents: Floats; reconstructions: Bytes; history: Floats; weights: Bytes; scale: Floats };
}

export const isLive = ({ state }: Training): boolean =>
  state === 'starting' || state === 'running' || state === 'paused';

/** Open what `ui/training/sending.py` has packed: each part is a message of its own. */
export function unpackStages(bytes: Uint8Array): { opening: Opening | null; stages: Stage[] } {
  const { arrays } = unpack<object, Record<string, Bytes>>(bytes);
  const stages = Object.entries(arrays).filter(([name]) => name !== 'opening');
  return {
    opening: Object.hasOwn(arrays, 'opening') ? open<Opening>(arrays.opening) : null,
    stages: stages.map(([, part]) => open<Stage>(part)),
  };
}

const open = <Message>(part: Uint8Array): Message => unpack(part) as Message;
