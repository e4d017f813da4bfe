import type { Repository } from '../repository';
import { insertedIn, shellOf, type Script } from './script';

/** Variables whose value comes from elsewhere; those of paths do not. */
const VARIABLE = /\$\((?:params|inputs|tasks|finally|context|steps|tt)[.[][^)]*\)/g;

/** The scripts of steps and sidecars, wherever a task stands, and what containers of a CronJob hand to a shell. */
export function tektonScripts({ objects }: Repository): Script[] {
  return objects.flatMap(({ file, object, value }) => {
    const scripts: Script[] = [];
    const add = (text: string, name: unknown, byDefault: 'bash' | 'sh'): void => {
      const shell = shellOf(text, byDefault);
      if (shell !== undefined) scripts.push({ file, object: `step/${object}/${name ?? scripts.length + 1}`, text, shell, inserted: insertedIn(text, VARIABLE) });
    };
    const visit = (inner: any): void => {
      if (typeof inner !== 'object' || inner === null) return;
      if (typeof inner.script === 'string') add(inner.script, inner.name, 'sh');
      const command = [inner.command, inner.args].filter(Array.isArray).flat();
      const shell = /(?:^|\/)(ba)?sh$/.exec(String(command[0] ?? ''));
      const option = command.findIndex((word) => /^-\w*c$/.test(word));
      if (shell && option > 0 && typeof command[option + 1] === 'string') add(command[option + 1], inner.name, shell[1] ? 'bash' : 'sh');
      Object.values(inner).forEach(visit);
    };
    if (/tekton\.dev\//.test(value.apiVersion) || value.kind === 'CronJob') visit(value);
    return scripts;
  });
}
