import { parse } from '../../documents';
import type { Repository, Source } from '../repository';
import { readBySystem, type Script } from './script';

/** Every `run` that a shell gets, of workflows and composite actions. */
export function githubScripts({ workflows, actions }: Repository): Script[] {
  return [
    ...workflows.flatMap((source) => {
      const workflow = parse(source.text)[0]?.toJS();
      return Object.entries<any>(workflow?.jobs ?? {}).flatMap(([id, job]) =>
        scriptsOf(source, id, job?.steps, job?.defaults?.run?.shell ?? workflow?.defaults?.run?.shell));
    }),
    ...actions.flatMap((source) => scriptsOf(source, 'runs', parse(source.text)[0]?.toJS()?.runs?.steps, undefined)),
  ];
}

function scriptsOf({ file, object }: Source, job: string, steps: any, defaultShell: string | undefined): Script[] {
  return (Array.isArray(steps) ? steps : []).flatMap((step, index): Script[] => {
    const shell = /^(bash|sh)\b/.exec(step?.shell ?? defaultShell ?? 'bash')?.[1] as 'bash' | 'sh' | undefined;
    if (typeof step?.run !== 'string' || shell === undefined) return [];
    return [{ file, object: `step/${object}/${job}/${step.id ?? index + 1}`, shell, ...readBySystem(step.run) }];
  });
}
