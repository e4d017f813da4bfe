import { FairwayError } from '../../../../src/core/diagnostics/fairway-error';

/** The code of what is thrown. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (e) {
    if (FairwayError.isFairwayError(e)) {
      return e.findings[0].code;
    }
    throw e;
  }
  return 'nothing';
}
