import { parse } from '../../documents';
import type { Repository } from '../repository';
import { insertedIn, readBySystem, type Script } from './script';

/** Macros that are surely none of the shell's: those of predefined variables, which have a dot. */
const PREDEFINED = /\$\((?:Agent|Build|Environment|Pipeline|Release|Strategy|System)\.[\w.]+\)/gi;

/** The inputs of tasks that are a script of a shell. */
const TASKS: Record<string, string> = { Bash: 'script', CmdLine: 'script', ShellScript: 'script', AzureCLI: 'inlineScript' };

/** `bash:` and `script:` wherever a step may stand, and the scripts of tasks that run a shell. */
export function azureScripts({ azure }: Repository): Script[] {
  return azure.flatMap(({ file, object, text }) => {
    const scripts: Script[] = [];
    const visit = (value: any, job: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const name = String(value.job ?? value.deployment ?? job);
      const script = scriptOf(value);
      if (script !== undefined) {
        const step = value.name ?? value.displayName ?? scripts.length + 1;
        const read = readBySystem(script);
        const inserted = [...read.inserted, ...insertedIn(read.text, PREDEFINED)];
        scripts.push({ file, object: `step/${object}/${name}/${step}`, text: read.text, shell: 'bash', inserted });
      }
      Object.values(value).forEach((inner) => visit(inner, name));
    };
    parse(text).forEach((document) => visit(document.toJS(), '-'));
    return scripts;
  });
}

function scriptOf(step: any): string | undefined {
  const [task] = typeof step.task === 'string' ? step.task.split('@') : [];
  const isPowerShell = /^ps/.test(String(step.inputs?.scriptType ?? ''));
  const script = task === undefined ? step.bash ?? step.script : isPowerShell ? undefined : step.inputs?.[TASKS[task]];
  return typeof script === 'string' ? script : undefined;
}
