import * as messages from './messages';
import { FlaggerVersion } from './version';

/** The version that is assumed when none is declared. */
export const NEWEST = FlaggerVersion.V1_44;

/** Throws FW653 for a field that came after the declared version. */
export function checkSince(
  path: string, kind: string, version: FlaggerVersion | undefined, since: FlaggerVersion, fields: Record<string, unknown>,
): void {
  const declared = version ?? NEWEST;
  const order = Object.values(FlaggerVersion);
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && order.indexOf(declared) < order.indexOf(since)) {
      throw messages.fieldTooNew.error(path, { kind, field, since, version: declared });
    }
  }
}
