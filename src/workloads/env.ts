import * as messages from './messages';
import { isMap } from '../core/metadata';

/** Throws FW411 for a variable that Kubernetes refuses, or a value that is no string. */
export function checkEnv(where: string, env: Record<string, string>): void {
  if (!isMap(env)) {
    throw messages.invalidEnv.error(where, { variable: env, fault: 'is no map of names to strings' });
  }
  for (const [variable, value] of Object.entries(env)) {
    if (!/^[-._A-Za-z][-._A-Za-z0-9]*$/.test(variable) || variable === '.' || variable === '..' || variable.startsWith('..')) {
      throw messages.invalidEnv.error(where, { variable, fault: 'has a name that is refused' });
    }
    if (typeof value !== 'string') {
      throw messages.invalidEnv.error(where, { variable, fault: `has a value of type ${typeof value}, not a string` });
    }
  }
}

/** Whether a variable's name says that its value is a secret; a path to one is not. */
export function looksSecret(variable: string): boolean {
  return /(password|passwd|secret|token|api_?key|private_?key|credential)/i.test(variable) && !/_(file|path|dir|name|url)$/i.test(variable);
}

/**
 * Variables by name, each after those that it refers to by `$(NAME)`: the kubelet expands only
 * references to what stands before (core/v1 EnvVar.value).
 */
export function inOrderOfReference(env: Record<string, string>): Array<[string, string]> {
  const ordered = new Map<string, string>();
  const visit = (name: string, path: string[]) => {
    if (ordered.has(name) || path.includes(name) || !Object.hasOwn(env, name)) {
      return;
    }
    for (const [, reference] of env[name].matchAll(/\$\(([-._A-Za-z][-._A-Za-z0-9]*)\)/g)) {
      visit(reference, [...path, name]);
    }
    ordered.set(name, env[name]);
  };
  Object.keys(env).sort().forEach(name => visit(name, []));
  return [...ordered];
}
