import { bothHold } from './conditions';
import type { Grants } from './grants';
import type { LoweredJob } from './jobs';
import type { WorkflowScope } from './scope';
import { callInputs, secretsOf } from './triggers';
import type { LoweredFile } from '../../engine';
import { native } from '../../gaps';
import type { InputNode, JobNode, PipelineGraph, TemplateNode, Text } from '../../graph';
import { plainText, valuesOf } from '../../graph';

/** A template as a workflow of its own. */
export interface CalledWorkflow {
  readonly template: TemplateNode;
  readonly file: LoweredFile;
  readonly permissions: Grants;
}

/** Why templates cannot be workflows of their own. */
export function whyInlined(graph: PipelineGraph, used: readonly TemplateNode[], gate: boolean): string | undefined {
  const uses = (template: TemplateNode) => graph.jobs.filter(job => job.call?.template === template.id).length;
  const pullRequests = graph.triggers.filter(trigger => trigger.kind === 'pullRequest');
  switch (true) {
    case graph.filters.length > 0 || gate && pullRequests.some(trigger => trigger.paths !== undefined): return 'a job looks for changes';
    case graph.triggers.some(trigger => trigger.kind === 'call'): return 'the pipeline is itself called';
    case Object.values(graph.env).some(text => valuesOf(text).some(value => value.kind === 'input')): return 'the environment reads inputs of the pipeline';
    case graph.patches.some(patch => patch.job !== undefined && !graph.jobs.some(job => job.id === patch.job)): return 'a change is of a job of it';
    case used.some(template => template.secrets.some(secret => secret.environment !== undefined)): return 'GitHub passes on no secret of an environment';
    case used.some(template => uses(template) > 1 && template.jobs.some(job => job.uploads.length > 0)): return 'two uses would upload the same artifact';
    default: return undefined;
  }
}

/** What a called workflow is given, and gives. */
export function calledBy({ inputs, secrets, outputs }: TemplateNode): Record<string, unknown> | null {
  const call = {
    ...inputs.length > 0 && { inputs: callInputs(inputs) },
    ...secretsOf(secrets, () => ({ required: true })),
    ...outputs.length > 0 && {
      outputs: Object.fromEntries(outputs.map(({ name, job, output }) => [name, { value: `\${{ jobs.${job}.outputs.${output} }}` }])),
    },
  };
  return Object.keys(call).length > 0 ? call : null;
}

/** A job that calls a workflow: the few keys that GitHub takes there (docs.github.com, Reuse workflows, supported keywords). */
export function lowerCall(job: JobNode, called: CalledWorkflow, scope: WorkflowScope, guard: string | undefined): LoweredJob {
  const { values } = scope;
  const { template, file, permissions: grants } = called;
  const condition = bothHold(guard, scope.conditions.write(job.condition, { path: job.path, what: `job ${job.id}`, isJob: true }));
  const { permissions, comments } = grants.write();
  const { inputs } = job.call!;
  const given = template.inputs.filter(input => Object.hasOwn(inputs, input.name)).map(({ name, type }) => [name, typed(type, inputs[name], scope)]);
  scope.report.row(native('job', `jobs.${job.id}, which calls ${file.path}`, job.id));
  return {
    body: {
      name: values.text(job.name),
      ...job.needs.length > 0 && { needs: job.needs.map(edge => edge.job) },
      ...condition !== undefined && { if: condition },
      permissions,
      uses: `${scope.options.selfRepository ? '$' : '.'}/${file.path}`,
      ...given.length > 0 && { with: Object.fromEntries(given) },
      ...secretsOf(template.secrets, name => `\${{ secrets.${name} }}`),
    },
    before: {},
    behind: Object.fromEntries(Object.entries(comments).map(([name, comment]) => [`permissions/${name}`, comment])),
  };
}

/** An input of a called workflow has its type, and no text in its place. */
function typed(type: InputNode['type'], text: Text, { values }: WorkflowScope): unknown {
  const plain = plainText(text);
  if (type !== 'boolean' && type !== 'number') {
    return values.text(text);
  }
  if (plain !== undefined) {
    return type === 'boolean' ? plain === 'true' : Number(plain);
  }
  const [value] = valuesOf(text);
  return type === 'boolean' ? `\${{ ${values.isOneOf(value, ['true'])} }}` : `\${{ fromJSON(${values.expression(value)}) }}`;
}
