/** How much a finding matters. */
export enum Severity {
  /** Stops the synth: nothing is written. */
  ERROR = 'error',
  /** Legal and unwise: shown until it is mended or acknowledged. */
  WARNING = 'warning',
}

/** One thing that is wrong, or unwise, with the described system. */
export interface Finding {
  /** The code of the rule, `FW` and a number for the rules of this library. */
  readonly code: string;

  /** Whether it stops the synth. */
  readonly severity: Severity;

  /** The construct path at which it stands; empty for the platform as a whole. */
  readonly path: string;

  /** What is wrong, with the value that is wrong. */
  readonly message: string;

  /** What to write instead. */
  readonly remedy: string;

  /**
   * The reason with which a warning was acknowledged.
   *
   * @default - not acknowledged
   */
  readonly acknowledged?: string;
}
