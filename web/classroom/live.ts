// A connection that comes back: after a lost network, and when a phone that has slept wakes.

/** What the owner of a connection does. */
interface Owner {
  /** The first message of every connection. */
  hello: () => object;
  text: (message: { kind?: string }) => void;
  bytes: (content: Uint8Array) => void;
  /** Whether the connection stands now. */
  connected: (stands: boolean) => void;
}
const WAITS = [300, 700, 1500, 3000]; // milliseconds between attempts
const WAKE_WITHIN = 2500; // a connection that says nothing for so long after waking is dead

export class Live {
  private readonly address: string;
  private readonly owner: Owner;
  private socket: WebSocket | null = null;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;

  constructor(address: string, owner: Owner) {
    this.address = address;
    this.owner = owner;
    document.addEventListener('visibilitychange', this.wake);
    window.addEventListener('pageshow', this.wake);
    this.connect();
  }

  private connect(): void {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.owner.hello()));
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      clearTimeout(this.timer);
      if (this.attempts >= 0) this.owner.connected(true);
      this.attempts = 0;
      if (typeof data === 'string') this.owner.text(JSON.parse(data) as { kind?: string });
      else this.owner.bytes(new Uint8Array(data as ArrayBuffer));
    };
    socket.onclose = () => {
      if (socket === this.socket) this.again();
    };
  }

  private again(): void {
    this.socket = null;
    if (this.isOver) return;
    this.owner.connected(false);
    const wait = WAITS[Math.min(this.attempts++, WAITS.length - 1)];
    this.timer = setTimeout(() => this.connect(), wait * (0.7 + 0.6 * Math.random()));
  }

  /** The page is on screen again: the system may have cut the connection without a word. */
  private readonly wake = (): void => {
    if (this.isOver || document.visibilityState === 'hidden') return;
    if (this.socket?.readyState !== WebSocket.OPEN) {
      this.socket = null;
      this.attempts = 0;
      this.connect();
      return;
    }
    const asleep = this.socket;
    this.say({ kind: 'ping', turn: 0 });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.socket !== asleep) return;
      asleep.close();
      this.again();
    }, WAKE_WITHIN);
  };

  /** Say something; false where there is no connection to say it on. */
  say(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Close the connection for good. */
  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.wake);
    window.removeEventListener('pageshow', this.wake);
    this.socket?.close();
  }
}
