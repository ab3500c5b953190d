// What the server says to phones and to the projector, and what a phone says; see
// server/classroom/messages.py and classroom/said.py.

import type { PadStatistics } from '../drawing/pad.ts';
import type { Look } from '../lib/colors.ts';
import type { Bytes, Floats, Ints } from '../lib/message.ts';

export type Place = [x: number, y: number];
export interface Looks {
  light: Look;
  dark: Look;
}
/** What the class is asked. */
export interface State {
  kind: 'state';
  /** Of the activity. */
  number: number;
  activity: 'wait' | 'vote' | 'rank' | 'draw' | 'guess' | 'consent';
  prompt: string;
  choices: string[];
  phase: 'open' | 'frozen' | 'revealed';
  ended: boolean;
  /** Votes for each choice, the right one, and where the image landed: once they are shown. */
  counts?: number[];
  /** Mean rank of each choice, from 1 for the first; empty where nobody has ranked them. */
  ranks?: number[];
  answer?: number | null;
  truth?: Place;
}
export interface PhoneState extends State {
  mine: { choice: number | null; ranking: number[] | null; place: Place | null; has_drawn: boolean };
  /** From one's own guess to where the image landed. */
  distance?: number | null;
}
export interface ProjectorState extends State {
  n_phones: number;
  n_answers: number;
  hidden: number[];
  guesses?: { phone: number; place: Place; distance: number }[];
}
export type Reply =
  | { kind: 'taken'; turn: number }
  | { kind: 'not_taken'; text: string }
  | { kind: 'refused'; text: string };
export type Answer =
  | { kind: 'vote'; number: number; choice: number }
  | { kind: 'rank'; number: number; order: number[] }
  | { kind: 'guess'; number: number; x: number; y: number }
  | { kind: 'draw'; number: number; pixels: string }
  | { kind: 'ping' };

/** The map of the class's network, and how its images are drawn. */
export interface Scene extends PadStatistics {
  id: 'scene';
  class_names: string[];
  /** Of distances on the map. */
  units: string;
}
export interface SceneArrays {
  places: Floats;
  labels: Ints;
}
/** The image that the class guesses about. */
export interface Picture {
  id: 'picture';
  row: number;
}
export interface Landed {
  id: 'drawings';
  number: number;
  items: { phone: number; place: Place; is_far: boolean; error: number }[];
}
export interface Comparison {
  id: 'comparison';
  titles: string[];
  sentences: string[];
}
export type Blob = Scene | Picture | Landed | Comparison;
export interface Pixels {
  pixels: Bytes;
}
