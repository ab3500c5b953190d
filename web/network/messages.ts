// What ui/network/messages.py sends.

import type { Look } from '../lib/colors.ts';
import type { Meanings } from '../lib/term.ts';
import type { Floats, Ints } from '../lib/message.ts';
import type { FlowArrays, FlowHeader } from './flow.ts';

/** A step of the lecture: what is not dimmed, and what is said of it. */
export interface Step {
  part: 'encode' | 'sample' | 'decode' | 'compare';
  title: string;
  sentence: string;
  code: string;
}
/** The network and what surrounds its latent. */
export interface NetworkHeader extends FlowHeader {
  network: string;
  /** KL divergence of each latent dimension, in nats; empty where none was measured. */
  kl: number[];
  /** Latent dimensions, the most telling first. */
  order: number[];
  /** Bars go from minus this to this. */
  reach: number;
  /** Percentiles of the test images' errors, or none. */
  errors: number[];
  class_names: string[];
  meanings: Meanings;
  steps: Step[];
  looks: { light: Look; dark: Look };
  /** Whether the little map is the latent space itself. */
  native: boolean;
}
export type NetworkArrays = FlowArrays & {
  origin?: Floats;
  axes?: Floats;
  points?: Floats;
  labels?: Ints;
};
/** What is done to an image before a network sees it, and how strongly. */
export interface Degradation {
  /** What the strength is called. */
  control: string;
  help: string;
  /** Of which there are several, the first that of training; empty where there is one. */
  kinds: string[];
  /** Those that can be chosen; an input is there for each, kind after kind. */
  strengths: number[];
  /** As each stands beside the slider. */
  written: string[];
  usual: number;
}
/** An image. */
export interface PictureHeader {
  network: string;
  /** Number of the last drawing that the server knows. */
  drawing: number;
  /** Whether it is one. */
  drawn: boolean;
  source: string;
  /** Whether the image is not on this machine; its latent is stored. */
  absent: boolean;
  /** What the network learned to undo. */
  task: string | null;
  degradation?: Degradation;
  stored_error: number | null;
}
export interface PictureArrays {
  /** What the network sees: one image, or one for each kind and strength of the degradation. */
  inputs?: Uint8Array;
  target?: Uint8Array;
  mean?: Floats;
  std?: Floats;
}
