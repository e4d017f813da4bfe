/** How an engine carries out a part of what is described. */
export enum Support {
  /** As it is meant, by a feature of the engine. */
  NATIVE = 'native',
  /** By other means, with the same effect. */
  EMULATED = 'emulated',
  /** Not quite as it is meant; what differs is harmless. */
  APPROXIMATED = 'approximated',
  /** Not at all. */
  UNSUPPORTED = 'unsupported',
}

/** How an engine carries out one part of a model. */
export interface CapabilityRow {
  /** The part, in the words of the model: `pause until approval`. */
  readonly part: string;
  /** How it is carried out. */
  readonly support: Support;
  /** By what, or why not: `spec.strategy.canary.steps[].pause`. */
  readonly how: string;
  /** Whether a release would be less safe, or behave differently, without it. Then leaving it out is an error. */
  readonly matters: boolean;
}

/** Rows of a part, its support and how, as a table for people. */
export function supportTable(rows: ReadonlyArray<readonly [part: string, support: string, how: string]>): string {
  const table = [['part', 'support', 'how'], ...rows];
  const widths = [0, 1].map(column => Math.max(...table.map(row => row[column].length)));
  return table.map(([part, support, how]) => `  ${part.padEnd(widths[0])}  ${support.padEnd(widths[1])}  ${how}\n`).join('');
}
