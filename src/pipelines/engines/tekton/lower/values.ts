import { contextParam, resultOf } from './names';
import { CaselessNames, freeName } from '../../../../core/free-name';
import type { ContextName, Environment, Text, ValueNode } from '../../../graph';
import { valuesOf } from '../../../graph';
import { quote } from '../../../shell';
import { LIVE } from '../references';
import { slugOf, Settings } from '../settings';

/** Contexts that come from the event, as params of the Pipeline. */
export const EVENT_CONTEXTS: readonly ContextName[] = ['sha', 'baseSha', 'ref', 'branch', 'tag', 'event', 'changeNumber', 'changeTitle', 'sourceBranch', 'targetBranch', 'actor'];

/** What the values of a pipeline are in its Pipeline. */
export class PipelineValues {
  /** Contexts that become params of the Pipeline. */
  public readonly contexts = new Set<ContextName>(['event']);
  /** Whether the commit that a task of its own finds out is read. */
  public isRevisionRead = false;

  /**
   * @param revision the task that finds out the commit, where an event does not tell it
   * @param allowed jobs whose failure counts as success
   * @param matrices jobs with a matrix
   */
  public constructor(
    private readonly settings: Settings, private readonly revision: string | undefined, public readonly allowed: ReadonlySet<string>,
    public readonly matrices: ReadonlySet<string>,
  ) {}

  /** A text of the Pipeline: a reference, or the value where it is known. */
  public text(value: ValueNode): string {
    switch (value.kind) {
      case 'input': return `$(params.${value.name})`;
      case 'output': return `$(tasks.${value.job}.results.${resultOf(value.name)})`;
      case 'result': return `$(tasks.${value.job}.status) $(tasks.${value.job}.reason)`;
      case 'context': return this.context(value.name);
      default: return ''; // values of a matrix and of steps are known to the task alone
    }
  }

  private context(name: ContextName): string {
    switch (name) {
      case 'repository': return slugOf(this.settings.repository);
      case 'defaultBranch': return this.settings.defaultBranch;
      case 'runId': return '$(context.pipelineRun.uid)';
      case 'runNumber': return '';
      case 'runUrl': return this.settings.dashboard === undefined
        ? ''
        : `${this.settings.dashboard.replace(/\/$/, '')}/#/namespaces/$(context.pipelineRun.namespace)/pipelineruns/$(context.pipelineRun.name)`;
      case 'sha': if (this.revision !== undefined) {
        this.isRevisionRead = true;
        this.contexts.add('sha').add('ref');
        return `$(tasks.${this.revision}.results.sha)`;
      }
    }
    this.contexts.add(name);
    return `$(params.${contextParam(name)})`;
  }
}

/** An environment variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

/** Environment variables of a container, and those that its shell sets. */
export interface BuiltEnv {
  readonly env: EnvVar[];
  readonly exports: string[];
}

export interface TaskParam {
  readonly name: string;
  /** What the Pipeline gives. Undefined for an axis, which the matrix gives. */
  readonly value?: string;
}

/** Values within the Task of one job: params of the Task, named once. */
export class TaskValues {
  private readonly params = new Map<string, TaskParam>();
  // A run refuses params that differ in case alone (pkg/apis/pipeline/v1/taskrun_validation.go).
  private readonly names = new CaselessNames();

  /**
   * @param axes the axes of the matrix, which keep their names
   * @param isLast whether the job is a finally task, which alone is told what became of others
   * @param secretOf where a secret stands
   */
  public constructor(
    private readonly pipeline: PipelineValues, axes: readonly string[], private readonly isLast: boolean,
    private readonly secretOf: (name: string) => { name: string; key: string },
  ) {
    axes.forEach(axis => {
      this.names.add(axis);
      this.params.set(`matrix ${axis}`, { name: axis });
    });
  }

  public get all(): TaskParam[] {
    return [...this.params.values()];
  }

  public isMatrix(job: string): boolean {
    return this.pipeline.matrices.has(job);
  }

  /** A param with a text of the Pipeline, by a name that tells what it is. */
  public param(wanted: string, value: string): string {
    const known = this.params.get(`${wanted} ${value}`);
    if (known !== undefined) {
      return `$(params.${known.name})`;
    }
    const name = freeName(wanted, this.names);
    this.names.add(name);
    this.params.set(`${wanted} ${value}`, { name, value });
    return `$(params.${name})`;
  }

  /** A value as a text of the Task. Not for outputs of steps and secrets. */
  public reference(value: ValueNode): string {
    switch (value.kind) {
      case 'matrix': return `$(params.${value.axis})`;
      case 'input': return this.param(value.name, this.pipeline.text(value));
      case 'output': return this.param(`out-${value.job}-${value.name}`, this.pipeline.text(value));
      case 'result': return this.isLast ? this.param(`status-${value.job}`, this.pipeline.text(value)) : 'Succeeded'; // else this job would not run
      case 'context': {
        const text = this.pipeline.text(value);
        return text.startsWith('$(') || text.includes('$(context.') ? this.param(contextParam(value.name), text) : text;
      }
      default: return '';
    }
  }

  /**
   * Environment variables. Values come first and secrets last: Kubernetes puts variables that stand before in place of `$(NAME)`, and a value from outside must not reach a secret
   * (k8s third_party/forked/golang/expansion, kubelet makeEnvironmentVariables).
   */
  public environment(environments: readonly Environment[]): BuiltEnv {
    const merged = new Map<string, Text>(environments.flatMap(env => Object.entries(env)));
    const plain: EnvVar[] = [];
    const secrets: EnvVar[] = [];
    const exports: string[] = [];
    let helpers = 0;
    for (const [name, text] of merged) {
      const values = valuesOf(text);
      if (text.length === 1 && values[0]?.kind === 'secret') {
        secrets.push({ name, valueFrom: { secretKeyRef: this.secretOf(values[0].name) } });
      } else if (values.some(value => ['stepOutput', 'result', 'secret', 'hash'].includes(value.kind))) {
        const words = text.map(part => {
          if (typeof part === 'string') {
            return quote(part);
          }
          if (part.kind === 'stepOutput') {
            return stepOutput(part.step, part.name);
          }
          const helper = `FAIRWAY_VALUE_${++helpers}`;
          (part.kind === 'secret' ? secrets : plain).push(this.variable(helper, part));
          return part.kind === 'result' ? this.result(part.job, `"$${helper}"`) : `"$${helper}"`;
        });
        // Of its own, so that a command within the word that fails ends the step: `export` would succeed all the same.
        exports.push(`${name}=${words.join('')}`, `export ${name}`);
      } else {
        plain.push({ name, value: text.map((part, i) => typeof part === 'string' ? forKubernetes(part, i < text.length - 1) : this.reference(part)).join('') });
      }
    }
    return { env: [...plain, ...secrets], exports };
  }

  /** What became of a job in our words, as a word of bash, from the word that holds it in those of Tekton. */
  public result(job: string, word: string): string {
    return `"$(fairway_result ${word}${this.pipeline.allowed.has(job) ? ' success' : ''})"`;
  }

  /** A variable with one value. */
  public variable(name: string, value: ValueNode): EnvVar {
    return value.kind === 'secret' ? { name, valueFrom: { secretKeyRef: this.secretOf(value.name) } } : { name, value: this.reference(value) };
  }
}

/** The output of an earlier step, as a word of bash. */
export function stepOutput(step: string, name: string): string {
  return `"$(fairway_output ${quote(step)} ${quote(name)})"`;
}

/** A text that Kubernetes leaves as it is: it reads `$$` as `$`, and `$(NAME)` as a variable. */
export function forKubernetes(text: string, isFollowed = false): string {
  return text.replace(isFollowed ? /\$(?=[$(]|$)/g : /\$(?=[$(])/g, '$$$$');
}

/** Names of variables whose text Tekton would take for its own. */
export function liveNames(env: Environment): string[] {
  return Object.entries(env).filter(([, text]) => text.some(part => typeof part === 'string' && LIVE.test(part))).map(([name]) => name);
}
