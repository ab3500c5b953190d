// A phone's answers on their way: one at a time, and of those that wait only the latest.

import type { Answer } from './messages.ts';

export class Answers {
  private readonly say: (message: object) => boolean;
  private turn = 0;
  private onItsWay: { turn: number; answer: Answer } | null = null;
  private waiting: Answer | null = null;

  constructor(say: (message: object) => boolean) {
    this.say = say;
  }

  /** Whether everything has arrived. */
  get isDone(): boolean {
    return !this.onItsWay && !this.waiting;
  }

  give(answer: Answer): void {
    this.waiting = answer;
    if (!this.onItsWay) this.next();
  }

  private next(): void {
    if (!this.waiting) return;
    const turn = ++this.turn;
    if (!this.say({ ...this.waiting, turn })) return; // goes out when the connection is back
    this.onItsWay = { turn, answer: this.waiting };
    this.waiting = null;
  }

  taken(turn: number): void {
    if (turn !== this.onItsWay?.turn) return;
    this.onItsWay = null;
    this.next();
  }

  /** The class has moved on, or will not have it: nothing of it is said again. */
  refused(): void {
    this.onItsWay = this.waiting = null;
  }

  /** The connection is another one: what was on its way may have been lost. */
  reconnected(): void {
    this.waiting ??= this.onItsWay?.answer ?? null;
    this.onItsWay = null;
    this.next();
  }
}
