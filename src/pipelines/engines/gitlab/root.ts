import { print } from './expression';
import * as messages from './messages';
import { CHOICE, TriggerRule } from './triggers';
import type { Workflow } from './workflow';
import { Finding } from '../../../core/diagnostics/finding';
import { FileContent } from '../../../core/file-content';
import type { LoweredFile } from '../../engine';
import type { PipelineGraph } from '../../graph';

/** The file that GitLab reads. */
export const ROOT_FILE = '.gitlab-ci.yml';

export interface Included {
  readonly graph: PipelineGraph;
  readonly file: string;
  readonly stages: readonly string[];
  readonly triggers: readonly TriggerRule[];
  readonly workflow: Workflow;
}

/** A root that includes the pipelines of a project. Its rules are those of all of them: jobs ask for the triggers of their own. */
export function joinedRoot(pipelines: readonly Included[]): { readonly file: LoweredFile; readonly findings: readonly Finding[] } {
  const manual = pipelines.filter(({ triggers }) => triggers.some(trigger => trigger.kind === 'manual'));
  const stops = pipelines.some(({ workflow }) => workflow.interruptible);
  const rules = new Map(pipelines.flatMap(({ triggers, workflow }) => triggers.map(({ kind, expression, changes }) => {
    const rule = {
      if: print(expression),
      ...changes && { changes },
      ...(workflow.cancels === 'all' || workflow.cancels === 'pullRequests' && kind === 'pullRequest') && { auto_cancel: { on_new_commit: 'conservative' } },
    };
    return [JSON.stringify(rule), rule] as const;
  })));
  const root = {
    include: pipelines.map(({ file }) => ({ local: `/${file}` })),
    workflow: {
      ...stops && { auto_cancel: { on_new_commit: 'none' } },
      rules: rules.size > 0 ? [...rules.values()] : [{ when: 'never' }],
    },
    stages: pipelines.flatMap(({ stages }) => stages),
    ...manual.length > 0 && {
      variables: {
        [CHOICE]: {
          value: manual[0].graph.id,
          description: 'The pipeline to start.',
          options: manual.map(({ graph }) => graph.id),
        },
      },
    },
  };
  return { file: { path: ROOT_FILE, content: FileContent.yaml(root) }, findings: differentInputs(pipelines) };
}

/** The inputs of all pipelines are variables of one file. */
function differentInputs(pipelines: readonly Included[]): Finding[] {
  const known = new Map<string, { readonly from: string; readonly as: string }>();
  return pipelines.flatMap(({ graph }) => graph.inputs.flatMap(input => {
    const as = JSON.stringify(input);
    const before = known.get(input.name);
    known.set(input.name, before ?? { from: graph.id, as });
    return before !== undefined && before.as !== as
      ? [messages.differentInput.at(graph.path, { input: input.name, one: before.from, other: graph.id })] : [];
  }));
}
