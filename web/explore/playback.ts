// Playing: from one end to the other and back, until somebody stops it.

const SECONDS = 4; // from one end to the other

export class Playback {
  private frame = 0;
  private readonly frames: number;
  private readonly moved: (share: number) => void;
  private readonly said: (text: string) => void;

  /**
   * @param frames - of a strip, for those who want less motion
   * @param moved - called with a share of the way, 0 to 1
   * @param said - called with what the button should say
   */
  constructor(frames: number, moved: (share: number) => void, said: (text: string) => void) {
    this.frames = frames;
    this.moved = moved;
    this.said = said;
    said('Play');
  }

  get isPlaying(): boolean {
    return this.frame !== 0;
  }

  /** Play; where motion is unwelcome, frame after frame, once, and no further. */
  play(still: boolean): void {
    this.said('Pause');
    const started = performance.now();
    const tick = (now: number) => {
      const [share, ended] = placeAt((now - started) / 1000, still ? this.frames : null);
      this.frame = ended ? 0 : requestAnimationFrame(tick);
      this.moved(share);
      if (ended) this.said('Play');
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.said('Play');
  }
}

/** Where playing is after so many seconds, and whether it is over. */
export function placeAt(seconds: number, frames: number | null): [share: number, ended: boolean] {
  const way = Math.max(0, seconds) / SECONDS;
  if (frames === null) return [way % 2 < 1 ? way % 2 : 2 - (way % 2), false];
  return way < 1 ? [Math.floor(way * (frames - 1)) / (frames - 1), false] : [1, true];
}
