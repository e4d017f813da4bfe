import * as messages from './messages';
import { At, Check } from '../../core/shape';
import { Image } from '../../images';
import { checkIdentifier, line, refuse, textOrValue } from '../check';
import { Value } from '../value';

/** The repository of an image, or a value. Throws FW1051. */
export const repository: Check = (at, value) => {
  textOrValue(at, value);
  if (typeof value === 'string') {
    const fault = repositoryFault(value);
    if (fault) {
      throw messages.invalidImage.error(at.path, { what: 'image', value, fault });
    }
  }
};

function repositoryFault(given: string): string | undefined {
  try {
    Image.of(given, { tag: 'x' });
  } catch {
    return 'is no repository that registries accept; tags and digests have fields of their own';
  }
  return given.includes('/') && /[.:]|^localhost$/.test(given.split('/')[0]) ? undefined : 'has no registry: what is pushed there depends on the machine';
}

/** A digest, best the output of the step that built the image. Throws FW1051. */
export const digest: Check = (at, value) => {
  textOrValue(at, value);
  if (typeof value === 'string' && !/^sha256:[a-f0-9]{64}$/.test(value)) {
    throw messages.invalidImage.error(at.path, { what: 'digest', value, fault: 'is not sha256: and 64 hexadecimal digits' });
  }
};

/** One line of text, or a value. */
export const lineOrValue: Check = (at, value) => value instanceof Value ? undefined : line(at, value);

/** An address, or a value. Throws FW1056. */
export const address: Check = (at, value) => {
  textOrValue(at, value);
  if (typeof value === 'string') {
    checkAddress(at, value);
  }
};

export function checkAddress(at: At, value: unknown): void {
  const url = typeof value === 'string' && !/[\s\p{C}'"`\\]/u.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw messages.invalidUrl.error(at.path, { what: at.field, value });
  }
}

/** A pattern or path of files in the workspace: blanks and quotes are not read alike everywhere. */
export const pattern: Check = (at, value) => {
  line(at, value);
  if (!/^[A-Za-z0-9._*?@+][A-Za-z0-9._*?/@+-]*$/.test(value as string) || (value as string).split('/').includes('..')) {
    throw refuse(at, value, 'is no pattern over files of the workspace');
  }
};

/** `NAME=value`, known when the pipeline is written. */
export const argument: Check = (at, value) => {
  line(at, value);
  const [name] = (value as string).split('=');
  if (!(value as string).includes('=')) {
    throw refuse(at, value, 'is not of the form NAME=value');
  }
  checkIdentifier(at.path, 'argument of a build', name);
};

/** The name of an environment, a workload or an analysis. */
export const name: Check = (at, value) => {
  line(at, value);
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(value as string)) {
    throw refuse(at, value, 'is no name');
  }
};

export const nameOrValue: Check = (at, value) => value instanceof Value ? undefined : name(at, value);

export const matching = (expected: RegExp, fault: string): Check => (at, value) => {
  line(at, value);
  if (!expected.test(value as string)) {
    throw refuse(at, value, fault);
  }
};
