import { DOLLAR, escapeTemplate, hasMacro, literal, parameter, withInertMacros } from './escape';
import { identifier } from './ids';
import { AzureRepository } from './options';
import type { JobPlan, PipelinePlan } from './plan';
import { unsupported } from '../../gaps';
import { ContextName, describeValue, InputNode, Text, ValueNode, writeText } from '../../graph';

/*
 * Values are variables of the job: `$(name)` in inputs and environment of a task is replaced by what the variable says, once. What others can choose
 * the text of (outputs, branches, inputs) has no live `$(name)` in it: the agent replaces those in variables, too, secrets among them
 * (azure-pipelines-agent, Variables.cs, RecalculateExpanded).
 */

/** The variable that holds the name of a leg. An axis may be called `leg`. */
export const LEG = 'fairway.leg';

const REF = 'variables[\'Build.SourceBranch\']';

/** A name after its prefix. A colon, which no ref can have (git-check-ref-format), marks where the ref begins. */
function nameOfRef(ref: string, prefix: string): string {
  return `iif(startsWith(${ref}, '${prefix}'), replace(format(':{0}', ${ref}), ':${prefix}', ''), '')`;
}

/** Variables of the pipeline that are made for what Azure Pipelines has no variable for. */
const SHARED: Record<string, string> = {
  'fairway.ref': withInertMacros(REF),
  'fairway.branch': withInertMacros(nameOfRef(REF, 'refs/heads/')),
  'fairway.tag': withInertMacros(nameOfRef(REF, 'refs/tags/')),
  'fairway.event': `iif(${event('pullRequest')}, 'pullRequest', iif(${event('schedule')}, 'schedule', iif(${event('tag')}, 'tag', iif(${event('push')}, 'push', 'manual'))))`,
  'fairway.changeNumber': 'coalesce(variables[\'System.PullRequest.PullRequestNumber\'], variables[\'System.PullRequest.PullRequestId\'], \'\')',
  'fairway.sourceBranch': withInertMacros(pullRequestBranch('SourceBranch')),
  'fairway.targetBranch': withInertMacros(pullRequestBranch('TargetBranch')),
  'fairway.actor': withInertMacros('variables[\'Build.RequestedFor\']'),
  'fairway.runNumber': 'counter(\'fairway.runNumber\', 1)',
};

/** With `refs/heads/` for Azure Repos, without for GitHub. */
function pullRequestBranch(which: string): string {
  return `replace(replace(format(':{0}', variables['System.PullRequest.${which}']), ':refs/heads/', ''), ':', '')`;
}

/** Which variables of the pipeline there are, in order, for those that are read. */
export function sharedVariables(plan: PipelinePlan): Array<[name: string, value: string]> {
  const shared = Object.entries(SHARED).filter(([name]) => plan.shared.has(name));
  const dollar: Array<[string, string]> = shared.some(([, value]) => value.includes(DOLLAR)) || plan.shared.has(DOLLAR) ? [[DOLLAR, '$']] : [];
  return [...dollar, ...shared.map(([name, value]): [string, string] => [name, `$[ ${value} ]`])];
}

/** Whether an event started the run, by `Build.Reason` (learn.microsoft.com, Predefined variables). */
export function event(name: string): string {
  const reason = 'variables[\'Build.Reason\']';
  switch (name) {
    case 'push': return `and(in(${reason}, 'IndividualCI', 'BatchedCI'), not(startsWith(${REF}, 'refs/tags/')))`;
    case 'tag': return `and(in(${reason}, 'IndividualCI', 'BatchedCI'), startsWith(${REF}, 'refs/tags/'))`;
    case 'pullRequest': return `eq(${reason}, 'PullRequest')`;
    case 'schedule': return `eq(${reason}, 'Schedule')`;
    case 'manual': return `eq(${reason}, 'Manual')`;
    case 'call': return `in(${reason}, 'ResourceTrigger', 'BuildCompletion')`;
    default: return 'false';
  }
}

const CONTEXTS: Record<Exclude<ContextName, 'defaultBranch' | 'changeTitle' | 'baseSha'>, string> = {
  repository: '$(Build.Repository.Name)',
  sha: '$(Build.SourceVersion)',
  ref: '$(fairway.ref)',
  branch: '$(fairway.branch)',
  tag: '$(fairway.tag)',
  event: '$(fairway.event)',
  changeNumber: '$(fairway.changeNumber)',
  sourceBranch: '$(fairway.sourceBranch)',
  targetBranch: '$(fairway.targetBranch)',
  actor: '$(fairway.actor)',
  runId: '$(Build.BuildId)',
  runNumber: '$(fairway.runNumber)',
  runUrl: '$(System.CollectionUri)$(System.TeamProjectId)/_build/results?buildId=$(Build.BuildId)',
};

/** What a value that is known for the whole pipeline is in a text. */
function pipelineValue(plan: PipelinePlan, value: ValueNode & { kind: 'context' | 'input' | 'secret' }, job: string | undefined): string {
  if (value.kind === 'secret') {
    return `$(${value.name})`;
  }
  if (value.kind === 'input') {
    return inputText(plan, plan.graph.inputs.find(input => input.name === value.name));
  }
  switch (value.name) {
    case 'defaultBranch': return plan.settings.defaultBranch;
    case 'baseSha': return '$(fairway.baseSha)';
    case 'changeTitle':
      plan.rows.push(unsupported('title of the pull request', 'Azure Pipelines has no variable for it', job));
      return '';
    default: {
      const written = CONTEXTS[value.name];
      const name = /^\$\((fairway\.\w+)\)$/.exec(written)?.[1];
      name !== undefined && plan.shared.add(name);
      return written;
    }
  }
}

/** An input in a text. It is put in when the file is read, as part of one scalar. */
function inputText(plan: PipelinePlan, input: InputNode | undefined): string {
  if (input === undefined) {
    return '';
  }
  // What a template is given has been made inert where it is used.
  if (plan.isTemplate && input.type !== 'boolean') {
    return parameter(input.name);
  }
  switch (input.type) {
    case 'boolean': return `\${{ lower(parameters.${input.name}) }}`;
    case 'number': return `\${{ parameters.${input.name} }}`;
    case 'choice':
      if (!input.options.some(hasMacro)) {
        return `\${{ parameters.${input.name} }}`;
      }
      break;
    default:
  }
  plan.shared.add(DOLLAR);
  return `\${{ ${withInertMacros(`parameters.${input.name}`)} }}`;
}

/** An input as an operand of a condition: a literal into which the text is put with its quotes doubled. */
export function inputOperand(input: InputNode | undefined): string {
  if (input === undefined) {
    return '\'\'';
  }
  switch (input.type) {
    case 'boolean': return `lower('\${{ parameters.${input.name} }}')`;
    case 'number': return `'\${{ parameters.${input.name} }}'`;
    default: return `'\${{ replace(parameters.${input.name}, '''', '''''') }}'`;
  }
}

/** The values that a job reads, and the variables that it needs for them. */
export class JobValues {
  /** Variables of the job, in the order in which they are first read. */
  public readonly variables = new Map<string, string>();

  public constructor(public readonly plan: PipelinePlan, public readonly job: JobPlan) {}

  /** A text with values, for inputs and environment of a task. */
  public text(text: Text): string {
    return writeText(text, value => this.value(value), escapeTemplate);
  }

  /** What stands for a value in a text. */
  public value(value: ValueNode): string {
    switch (value.kind) {
      case 'context':
        if (value.name === 'baseSha') {
          this.variables.set('fairway.baseSha', '');
        }
        return pipelineValue(this.plan, value, this.job.job.id);
      case 'input':
      case 'secret': return pipelineValue(this.plan, value, this.job.job.id);
      case 'hash': return '';
      default: return `$(${this.variable(value)})`;
    }
  }

  /** The variable that holds a value. */
  public variable(value: ValueNode & { kind: 'output' | 'result' | 'stepOutput' | 'matrix' }): string {
    switch (value.kind) {
      case 'matrix': return `matrix.${value.axis}`;
      case 'stepOutput': {
        // Empty until the step has run: a variable that is not there would be left as `$(name)`.
        const name = `${identifier(value.step)}.${value.name}`;
        this.variables.set(name, '');
        return name;
      }
      case 'result': {
        const name = `needs.${identifier(value.job)}.result`;
        this.variables.set(name, `$[ ${this.plan.result(this.job, value.job)} ]`);
        return name;
      }
      case 'output': {
        const name = `needs.${identifier(value.job)}.${value.name}`;
        const source = this.plan.output(this.job, value.job, value.name);
        if (source === undefined) {
          this.plan.rows.push(unsupported(describeValue(value), 'an output of a job whose legs are known when it runs cannot be named', this.job.job.id));
          return name;
        }
        this.plan.shared.add(DOLLAR);
        this.variables.set(name, `$[ ${withInertMacros(source)} ]`);
        return name;
      }
    }
  }

  /** The variable that holds what an expression comes to when the job starts: `True` or `False`. */
  public computed(expression: string): string {
    const source = `$[ ${expression} ]`;
    const known = [...this.variables].find(([, value]) => value === source)?.[0];
    const name = known ?? `fairway.when${[...this.variables.keys()].filter(each => each.startsWith('fairway.when')).length + 1}`;
    this.variables.set(name, source);
    return name;
  }

  /** An operand of a condition of the job itself: an expression that the server works out. Undefined where there is none. */
  public operand(value: ValueNode): string | undefined {
    switch (value.kind) {
      case 'output': return this.plan.output(this.job, value.job, value.name);
      case 'result': return this.plan.result(this.job, value.job);
      default: return this.stepOperand(value);
    }
  }

  /** An operand of a condition of a step, which the agent works out: it knows variables alone. */
  public stepOperand(value: ValueNode): string | undefined {
    switch (value.kind) {
      case 'output':
      case 'result':
      case 'matrix':
      case 'stepOutput': return `variables['${this.variable(value)}']`;
      case 'input': return inputOperand(this.plan.graph.inputs.find(input => input.name === value.name));
      case 'secret': return `variables['${value.name}']`;
      case 'hash': return undefined;
      case 'context': {
        if (value.name === 'defaultBranch') {
          return literal(this.plan.settings.defaultBranch);
        }
        const written = this.value(value);
        const name = /^\$\(([\w.]+)\)$/.exec(written)?.[1];
        return name === undefined ? undefined : `variables['${name}']`;
      }
    }
  }
}

/** Where the name of a branch or a tag stands in a variable of Azure Pipelines as it is: with this before it. */
export function refOperand(plan: PipelinePlan, value: ValueNode): { operand: string; prefix: string } | undefined {
  if (value.kind !== 'context') {
    return undefined;
  }
  const before = plan.settings.repository === AzureRepository.AZURE_REPOS ? 'refs/heads/' : '';
  switch (value.name) {
    case 'ref': return { operand: REF, prefix: '' };
    case 'branch': return { operand: REF, prefix: 'refs/heads/' };
    case 'tag': return { operand: REF, prefix: 'refs/tags/' };
    case 'sourceBranch': return { operand: 'variables[\'System.PullRequest.SourceBranch\']', prefix: before };
    case 'targetBranch': return { operand: 'variables[\'System.PullRequest.TargetBranch\']', prefix: before };
    default: return undefined;
  }
}
