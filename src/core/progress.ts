import type { Host } from './host';

/** How long a synth is silent. */
const SILENT_MS = 1000;
const EVERY_MS = 100;

/** Says on standard error how far a synth is, once it has taken more than a second. */
export class Progress {
  private readonly started: number;
  private last = 0;
  private shown = '';

  public constructor(
    private readonly terminal: Host['terminal'],
    private readonly write: (text: string) => void = text => void process.stderr.write(text),
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
  }

  /** Called as often as is convenient; prints seldom. */
  public report(stage: string, done: number, total: number): void {
    const elapsed = this.now() - this.started;
    if (elapsed < SILENT_MS || elapsed - this.last < EVERY_MS) {
      return;
    }
    if (this.terminal.isTerminal) {
      this.last = elapsed;
      this.shown = `${stage} ${Math.floor(done / Math.max(total, 1) * 100)}%`;
      const bar = this.terminal.color ? `\u001b[2m${this.shown}\u001b[22m` : this.shown;
      this.write(`\r${bar}\u001b[K`);
    } else if (this.terminal.continuousIntegration && stage !== this.shown) {
      // A log keeps every line: one for each stage is enough.
      this.last = elapsed;
      this.shown = stage;
      this.write(`fairway: ${stage} (${total})\n`);
    }
  }

  /** Clears the line on a terminal. */
  public finish(): void {
    if (this.terminal.isTerminal && this.shown) {
      this.write('\r\u001b[K');
      this.shown = '';
    }
  }
}
