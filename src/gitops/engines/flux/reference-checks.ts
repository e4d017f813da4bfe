import { pattern, range } from './fields';
import type { GitReference, OciReference } from './git-reference';
import * as messages from './messages';
import { At, Check, made } from '../../../core/shape';

/*
 * References to versions. What they may hold follows git check-ref-format and the OCI distribution specification.
 */

/** What is wrong with the name of a branch or a tag, or nothing. */
function gitNameFault(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') {
    return 'is no text';
  }
  if (name.length > 250) {
    return 'has more than 250 characters';
  }
  if (/[\s\p{C}~^:?*[\\]/u.test(name) || /\.\.|@\{|\/\/|^[/-]|[/.]$|(^|\/)\.|\.lock(\/|$)|^@$/.test(name)) {
    return 'is no name that Git allows';
  }
  return undefined;
}

const textFault = (fits: RegExp, fault: string) => (value: unknown) => typeof value === 'string' && fits.test(value) ? undefined : fault;

const FAULTS: Record<string, { what: string; fault: (value: unknown) => string | undefined }> = {
  branch: { what: 'branch', fault: gitNameFault },
  tag: { what: 'tag', fault: gitNameFault },
  name: { what: 'reference name', fault: value => gitNameFault(value) ?? textFault(/^refs\/.+/, 'does not begin with refs/')(value) },
  commit: { what: 'commit', fault: textFault(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'is no whole hash in lower case') },
  ociTag: { what: 'tag', fault: textFault(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, 'is no tag of a registry') },
  digest: { what: 'digest', fault: textFault(/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/, 'is no digest like sha256:…') },
};

/** Throws FW557 for a name that Git or a registry would not have. */
export function checkVersionName(path: string, form: string, value: unknown): void {
  const { what, fault } = FAULTS[form];
  const found = fault(value);
  if (found !== undefined) {
    throw messages.invalidReference.error(path, { what, value, fault: found });
  }
}

/** What a GitRepository checks out: FW557, FW558. */
export const gitReference: Check = (at, value) => {
  made('GitReference', '_ref')(at, value);
  checkEach(at, (value as GitReference)._ref, { branch: 'branch', tag: 'tag', name: 'name', commit: 'commit' });
};

/** What an OCIRepository pulls: FW557, FW558, FW576. */
export const ociReference: Check = (at, value) => {
  made('OciReference', '_pulled')(at, value);
  checkEach(at, (value as OciReference)._pulled, { tag: 'ociTag', digest: 'digest' });
};

function checkEach(at: At, given: Readonly<Record<string, unknown>>, forms: Record<string, string>): void {
  const inside = (field: string) => ({ ...at, field: `${at.field}.${field}` });
  for (const [field, value] of Object.entries(given)) {
    // The second of two is optional.
    if (value === undefined && field === (given.commit !== undefined ? 'branch' : 'semverFilter')) {
      continue;
    }
    switch (field) {
      case 'semver': range(inside(field), value); break;
      case 'semverFilter': pattern(inside(field), value); break;
      default: checkVersionName(at.path, forms[field], value);
    }
  }
}
