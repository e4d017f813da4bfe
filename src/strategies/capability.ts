import * as messages from './messages';
import { Finding } from '../core/diagnostics/finding';

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

/** How an engine carries out one part of a strategy. */
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

/**
 * The gaps of an engine as findings: an error where a release would behave differently, else a
 * warning. What is native or emulated is no finding.
 *
 * @internal
 */
export function gaps(path: string, engine: string, environment: string, rows: CapabilityRow[]): Finding[] {
  return rows.flatMap(({ part, support, how, matters }) => {
    const args = { part, how, engine, environment };
    switch (support) {
      case Support.UNSUPPORTED: return [(matters ? messages.unsupportedPart : messages.droppedPart).at(path, args)];
      case Support.APPROXIMATED: return [messages.approximatedPart.at(path, args)];
      default: return [];
    }
  });
}
