import * as messages from './messages';
import { CapabilityRow, Support } from '../core/capability';
import { Finding } from '../core/diagnostics/finding';

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
