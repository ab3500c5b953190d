// Which stages the server is asked for: those of what is shown, and again what was lost on the way.
// A run of the script that is cut short loses what it has said but not sent.

const OVERDUE = 1000; // milliseconds that a stage may be on its way

/** A run, and the number of the newest stage that is here; -1 before the first. */
export type Known = [run: string, newest: number];

export class Asking {
  private readonly known: () => Known[];
  private readonly tell: (known: Known[]) => void;
  private asked = '';
  private sent: Record<string, number> = {};
  private overdue: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param known - what is shown, and how much of it is here
   * @param tell - ask the server for what follows
   */
  constructor(known: () => Known[], tell: (known: Known[]) => void) {
    this.known = known;
    this.tell = tell;
  }

  /** Ask for the stages of what is shown, if it is not what was shown before. */
  ask(): void {
    const known = this.known();
    const asked = known.map(([run]) => run).join(' ');
    if (asked === this.asked) return;
    this.asked = asked;
    this.tell(known);
  }

  /** Hear what was sent: the newest stage of each run. */
  hear(sent: Record<string, number>): void {
    this.sent = sent;
    this.overdue ??= setTimeout(() => this.check(), OVERDUE);
  }

  stop(): void {
    if (this.overdue) clearTimeout(this.overdue);
  }

  private check(): void {
    this.overdue = null;
    if (!this.known().some(([run, newest]) => (this.sent[run] ?? -1) > newest)) return;
    this.asked = '';
    this.ask();
  }
}
