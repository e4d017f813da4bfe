import { metadata, PIPELINE_SPEC, typeOf, typeOfSpec } from './fields';
import { OnError } from './flow-props';
import * as messages from './messages';
import { ParamType } from './param-props';
import type { ParamSpec } from './param-props';
import type { PipelineSpec, PipelineTask } from './pipeline-props';
import { isResult, isStatus, Reference, referencesOf, valuesOf } from './references';
import { checkTaskSpec } from './task-checks';
import { At, struct } from '../../../core/shape';

/*
 * What the webhook would refuse of a Pipeline (pipeline_validation.go, matrix_types.go).
 */

const SHAPE = struct({ metadata: metadata(), ...PIPELINE_SPEC }, ['tasks']);
const MOST_COMBINATIONS = 256;
const CONTEXTS: Record<string, string[]> = { pipelineRun: ['name', 'namespace', 'uid'], pipeline: ['name'], pipelineTask: ['retries'] };

/** Throws FW1220 to FW1231, FW1233 and FW1235. */
export function checkPipeline(path: string, props: unknown): void {
  const at: At = { path, kind: 'Pipeline', field: '', messages };
  SHAPE(at, props);
  checkPipelineSpec(at, props as PipelineSpec, false);
}

/** What the shape does not say. In a run, params and workspaces come from outside as well. */
export function checkPipelineSpec(at: At, spec: PipelineSpec, isInline: boolean): void {
  const scope = new Scope(at, spec, isInline);
  scope.checkNames();
  spec.tasks.forEach((task, i) => scope.checkTask(task, `tasks[${i}]`, false));
  (spec.finally ?? []).forEach((task, i) => scope.checkTask(task, `finally[${i}]`, true));
  scope.checkResults();
  checkGraph(at, spec.tasks);
}

/** What a task reads of others, in params, matrix and conditions. */
export function readBy({ params, matrix, when = [] }: PipelineTask): Reference[] {
  return referencesOf(valuesOf(params), valuesOf(matrix?.params), (matrix?.include ?? []).map(include => valuesOf(include.params)), when);
}

class Scope {
  private readonly tasks: Map<string, PipelineTask>;
  private readonly last: Map<string, PipelineTask>;
  private readonly params: Map<string, ParamSpec>;
  private readonly workspaces: string[];

  public constructor(private readonly at: At, private readonly spec: PipelineSpec, private readonly isInline: boolean) {
    this.tasks = new Map(spec.tasks.map(task => [task.name, task]));
    this.last = new Map((spec.finally ?? []).map(task => [task.name, task]));
    this.params = new Map((spec.params ?? []).map(param => [param.name, param]));
    this.workspaces = (spec.workspaces ?? []).map(workspace => workspace.name);
  }

  public checkNames(): void {
    const seen = new Set<string>();
    for (const { name } of [...this.spec.tasks, ...this.spec.finally ?? []]) {
      if (seen.has(name)) {
        throw messages.duplicate.error(this.at.path, { kind: this.at.kind, field: this.field('tasks'), value: name });
      }
      seen.add(name);
    }
  }

  public checkTask(task: PipelineTask, place: string, isLast: boolean): void {
    const field = this.field(place);
    if (task.taskSpec !== undefined) {
      checkTaskSpec({ ...this.at, field: `${field}.taskSpec` }, task.taskSpec, [...task.taskSpec.params ?? [], ...this.params.values()]);
    }
    if (task.onError === OnError.CONTINUE && (task.retries ?? 0) > 0) {
      throw this.contradiction(field, 'goes on after an error, and is tried again');
    }
    this.checkOrder(task, field, isLast);
    this.checkMatrix(task, field);
    readBy(task).forEach(reference => this.checkReference(reference, field, isLast));
    if (!this.isInline) {
      (task.workspaces ?? []).forEach(({ name, workspace = name }, i) => this.known(`${field}.workspaces[${i}]`, workspace, 'workspace', this.workspaces));
    }
  }

  public checkResults(): void {
    (this.spec.results ?? []).forEach(({ value }, i) => {
      const field = this.field(`results[${i}].value`);
      const results = referencesOf(value).filter(isResult);
      if (results.length === 0) {
        throw messages.invalidField.error(this.at.path, { kind: this.at.kind, field, value, fault: 'is made of no result of a task' });
      }
      results.forEach(({ head, parts }) => this.known(field, parts[0], 'task', [...(head === 'finally' ? this.last : this.tasks).keys()]));
    });
  }

  private checkOrder({ runAfter = [] }: PipelineTask, field: string, isLast: boolean): void {
    if (isLast && runAfter.length > 0) {
      throw this.misplaced(`${field}.runAfter`, runAfter, 'is in finally, where all start at once');
    }
    runAfter.forEach((name, i) => this.known(`${field}.runAfter[${i}]`, name, 'task', [...this.tasks.keys()]));
  }

  private checkMatrix({ matrix, params = [] }: PipelineTask, field: string): void {
    const axes = matrix?.params ?? [];
    const include = matrix?.include ?? [];
    axes.forEach(({ value }, i) => {
      if (typeOf(value) !== ParamType.ARRAY && referencesOf(value).every(({ index }) => index !== '[*]')) {
        throw messages.paramType.error(this.at.path, { kind: this.at.kind, field: `${field}.matrix.params[${i}].value`, value, fault: 'is no list' });
      }
    });
    include.flatMap(({ params: each = [] }) => each).filter(({ value }) => typeof value !== 'string').forEach(({ value }) => {
      throw messages.paramType.error(this.at.path, { kind: this.at.kind, field: `${field}.matrix.include`, value, fault: 'is no text' });
    });
    const names = new Set([...axes, ...include.flatMap(each => each.params ?? [])].map(param => param.name));
    const both = params.find(({ name }) => names.has(name));
    if (both !== undefined) {
      throw this.contradiction(field, `gives the param ${JSON.stringify(both.name)} in the matrix and beside it`);
    }
    const product = axes.reduce((size, { value }) => size * (Array.isArray(value) ? value.length : 1), axes.length === 0 ? 0 : 1);
    const count = product + added(axes, include);
    if (count > MOST_COMBINATIONS) {
      throw messages.matrixSize.error(this.at.path, { kind: this.at.kind, field: `${field}.matrix`, count });
    }
  }

  private checkReference(reference: Reference, field: string, isLast: boolean): void {
    const { head, parts, text, index } = reference;
    if (isStatus(reference)) {
      if (!isLast) {
        throw this.misplaced(field, text, 'reads what became of tasks, which only finally tasks may');
      }
      if (parts.length === 2) {
        this.known(field, parts[0], 'task', [...this.tasks.keys()]);
      }
    } else if (isResult(reference)) {
      if (this.last.has(parts[0])) {
        throw this.misplaced(field, text, 'reads a result of a finally task');
      }
      this.known(field, parts[0], 'task', [...this.tasks.keys()]);
      if (this.tasks.get(parts[0])!.matrix !== undefined && index !== '[*]') {
        throw messages.aggregate.error(this.at.path, { kind: this.at.kind, field, reference: text });
      }
    } else if (head === 'params' && !this.isInline) {
      this.checkParam(reference, field);
    } else if (head === 'context' && Object.hasOwn(CONTEXTS, parts[0])) {
      this.known(field, parts[1] ?? '', `context of the ${parts[0]}`, CONTEXTS[parts[0]]);
    }
  }

  private checkParam({ parts }: Reference, field: string): void {
    const name = this.params.has(parts.join('.')) ? parts.join('.') : parts[0];
    this.known(field, name, 'param', [...this.params.keys()]);
    const spec = this.params.get(name)!;
    if (typeOfSpec(spec) === ParamType.OBJECT && parts.length > 1) {
      this.known(field, parts[1], `key of ${name}`, Object.keys(spec.properties ?? {}));
    }
  }

  private field(name: string): string {
    return this.at.field === '' ? name : `${this.at.field}.${name}`;
  }

  private known(field: string, name: string, what: string, known: string[]): void {
    if (!known.includes(name)) {
      throw messages.unknownReference.error(this.at.path, { kind: this.at.kind, field, reference: name, what, known });
    }
  }

  private misplaced(field: string, value: unknown, fault: string): Error {
    return messages.misplaced.error(this.at.path, { kind: this.at.kind, field, value, fault });
  }

  private contradiction(field: string, fault: string): Error {
    return messages.contradiction.error(this.at.path, { kind: this.at.kind, field, fault });
  }
}

type Axes = NonNullable<NonNullable<PipelineTask['matrix']>['params']>;

/** How many combinations `include` adds: those whose values of the axes are not among them (matrix_types.go, countNewCombinationsFromInclude). */
function added(axes: Axes, include: NonNullable<NonNullable<PipelineTask['matrix']>['include']>): number {
  if (axes.length === 0) {
    return include.length;
  }
  const values = new Map(axes.map(({ name, value }) => [name, Array.isArray(value) ? new Set(value) : undefined]));
  return include.filter(({ params = [] }) => params.some(({ name, value }) => values.get(name)?.has(value) === false)).length;
}

/** Rings of tasks: FW1229. */
function checkGraph(at: At, tasks: readonly PipelineTask[]): void {
  const needs = (task: PipelineTask) => new Set([...task.runAfter ?? [], ...readBy(task).filter(isResult).map(({ parts }) => parts[0])]);
  const before = new Map(tasks.map(task => [task.name, needs(task)]));
  const left = new Map([...before].map(([name, deps]) => [name, deps.size]));
  const after = new Map<string, string[]>(tasks.map(({ name }) => [name, []]));
  before.forEach((deps, name) => deps.forEach(dep => after.get(dep)?.push(name)));
  const ready = [...left].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    left.delete(name);
    for (const next of after.get(name)!) {
      left.set(next, left.get(next)! - 1);
      if (left.get(next) === 0) {
        ready.push(next);
      }
    }
  }
  if (left.size > 0) {
    throw messages.cycle.error(at.path, { ring: ring(left, before) });
  }
}

/** One ring among tasks that all wait. */
function ring(waiting: ReadonlyMap<string, number>, before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const path: string[] = [];
  let name = [...waiting.keys()][0];
  while (!path.includes(name)) {
    path.push(name);
    name = [...before.get(name)!].find(dep => waiting.has(dep))!;
  }
  return [...path.slice(path.indexOf(name)), name].reverse();
}
