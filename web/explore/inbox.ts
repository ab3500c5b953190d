// The messages that arrive after the first one, each for whoever needs it.

import type { AllLatents } from '../latent/plane_density.ts';
import type { NetworkMessage, Space } from '../latent/space.ts';
import { type Bytes, type Floats, unpack } from '../lib/message.ts';
import type { NetworkSpec } from '../runtime/runtime.ts';
import type { AnswerMessage } from './engine.ts';
import type { ReencoderMessage } from './reencoding.ts';

/** The encoder, and the linear baseline. */
export interface ExtrasMessage {
  header: { encoder: NetworkSpec | null };
  arrays: { mean: Floats; components: Floats; latents: Floats; encoder_weights?: Floats };
}
/** All latents, where the index is but a sample of them. */
export interface AllMessage {
  header: Pick<AllLatents, 'bandwidth' | 'typical'> & { n: number };
  arrays: { steps: Bytes; low: Floats; step: Floats };
}
interface Takers {
  network: (message: NetworkMessage) => void;
  reencoder: (message: ReencoderMessage) => void;
  answer: (message: AnswerMessage) => void;
  originals: (message: { arrays: { png: Bytes } }) => void;
  extras: (message: ExtrasMessage) => void;
  all: (message: AllMessage) => void;
  /** What the address said before the visitor left the page. */
  address: (message: { header: { values: Record<string, string> } }) => void;
}

/** Takes a message that is for this checkpoint; true: it has been used up. */
export function makeInbox(space: Space, takers: Takers): (id: string, bytes: Uint8Array) => boolean {
  const takes = (kind: string): kind is keyof Takers => Object.hasOwn(takers, kind);
  return (id, bytes) => {
    const [kind, name] = id.split(' ');
    if (!takes(kind)) return false;
    const others = { network: space.others, reencoder: space.reencoders }[kind as string];
    const isMine = others ? others.some((each) => each.fingerprint === name) : name === space.fingerprint;
    if (!isMine) return false;
    // Who packed it gave it the form that its kind has.
    const take = takers[kind] as (message: unknown) => void;
    take(unpack<unknown>(bytes));
    return kind === 'answer' || kind === 'address';
  };
}
