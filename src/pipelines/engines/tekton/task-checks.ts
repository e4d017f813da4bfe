import { cleanPath, metadata, TASK_SPEC, typeOfSpec } from './fields';
import * as messages from './messages';
import type { ParamSpec } from './param-props';
import { ParamType } from './param-props';
import { Reference, referencesIn, textsOf } from './references';
import type { Step } from './step-props';
import type { TaskSpec } from './task-props';
import { At, struct } from '../../../core/shape';

/*
 * What the webhook would refuse of a Task (task_validation.go, container_validation.go), and what would stay in a script as it is.
 */

const SHAPE = struct({ metadata: metadata(), ...TASK_SPEC }, ['steps']);

/** Throws FW1220 to FW1228, FW1230 and FW1233. */
export function checkTask(path: string, props: unknown): void {
  const at: At = { path, kind: 'Task', field: '', messages };
  SHAPE(at, props);
  const spec = props as TaskSpec;
  checkTaskSpec(at, spec, spec.params ?? []);
}

/** What the shape does not say. Params may come from outside where the Task is written in a Pipeline. */
export function checkTaskSpec(at: At, spec: TaskSpec, params: readonly ParamSpec[]): void {
  const field = (name: string) => at.field === '' ? name : `${at.field}.${name}`;
  spec.steps.forEach((step, i) => {
    if (step.ref === undefined && step.image === undefined && spec.stepTemplate?.image === undefined) {
      throw messages.emptyField.error(at.path, { kind: at.kind, field: field(`steps[${i}].image`) });
    }
  });
  checkMounts(at, spec);
  const scope = new Scope(at, spec, params);
  spec.steps.forEach((step, i) => scope.checkStep(step, field(`steps[${i}]`)));
  (spec.sidecars ?? []).forEach((sidecar, i) => scope.checkUsages(sidecar.workspaces ?? [], field(`sidecars[${i}].workspaces`)));
  (spec.results ?? []).forEach((result, i) => {
    for (const reference of referencesIn(result.value ?? '')) {
      scope.checkStepResult(reference, field(`results[${i}].value`), spec.steps);
    }
  });
}

/** Mount paths of workspaces are taken once (validateDeclaredWorkspaces). */
function checkMounts(at: At, { workspaces = [], steps, stepTemplate }: TaskSpec): void {
  const taken = new Set([...steps, stepTemplate ?? {}].flatMap(({ volumeMounts = [] }) => volumeMounts).map(mount => cleanPath(mount.mountPath)));
  for (const { name, mountPath } of workspaces) {
    const path = cleanPath(mountPath ?? `/workspace/${name}`);
    if (taken.has(path)) {
      throw messages.duplicate.error(at.path, { kind: at.kind, field: at.field === '' ? 'workspaces' : `${at.field}.workspaces`, value: path });
    }
    taken.add(path);
  }
}

const CONTEXTS: Record<string, string[]> = { taskRun: ['name', 'namespace', 'uid'], task: ['name', 'retry-count'] };
const WORKSPACE_FIELDS = ['path', 'bound', 'claim', 'volume'];

/** What a Task declares, for those who refer to it. */
class Scope {
  private readonly types: Map<string, ParamType>;
  private readonly keys: Map<string, string[]>;
  private readonly results: string[];
  private readonly workspaces: string[];

  public constructor(private readonly at: At, spec: TaskSpec, params: readonly ParamSpec[]) {
    this.types = new Map(params.map(param => [param.name, typeOfSpec(param)]));
    this.keys = new Map(params.map(param => [param.name, Object.keys(param.properties ?? {})]));
    this.results = (spec.results ?? []).map(result => result.name);
    this.workspaces = (spec.workspaces ?? []).map(workspace => workspace.name);
  }

  public checkStep(step: Step, field: string): void {
    const { script, command = [], args = [], name, image, workingDir, volumeMounts = [], env = [] } = step;
    const alone = [...command.map((value, i) => ({ value, where: `${field}.command[${i}]` })), ...args.map((value, i) => ({ value, where: `${field}.args[${i}]` }))];
    const plain = [
      ...Object.entries({ script, name, image, workingDir }).flatMap(([key, value]) => value === undefined ? [] : [{ value, where: `${field}.${key}` }]),
      ...textsOf(volumeMounts).map(value => ({ value, where: `${field}.volumeMounts` })),
      ...env.map(({ name: key, value }) => ({ value: value ?? '', where: `${field}.env[${key}]` })).filter(({ value }) => typeof value === 'string'),
    ];
    for (const { value, where } of [...plain, ...alone]) {
      const isAlone = alone.some(each => each.where === where);
      referencesIn(value).forEach(reference => this.checkReference(reference, value, where, step, isAlone));
    }
    for (const { value, where } of plain.filter(each => !each.where.includes('.env['))) {
      const found = referencesIn(value).find(({ head, parts }) => head === 'steps' && parts[1] === 'results');
      if (found !== undefined) {
        throw this.misplaced(where, found.text, 'reads a result of another step, which only env, command and args may');
      }
    }
    this.checkUsages(step.workspaces ?? [], `${field}.workspaces`);
  }

  public checkUsages(usages: ReadonlyArray<{ readonly name: string }>, field: string): void {
    usages.forEach(({ name }, i) => this.known(`${field}[${i}]`, name, 'workspace', this.workspaces));
  }

  public checkStepResult({ parts, text }: Reference, field: string, steps: readonly Step[]): void {
    const source = steps.find(step => step.name === parts[0]);
    this.known(field, parts[0], 'step', steps.flatMap(step => step.name ?? []));
    if (source?.ref === undefined && source?.results?.some(result => result.name === parts[2]) !== true) {
      throw this.unknown(field, text, 'result of a step', (source?.results ?? []).map(result => result.name));
    }
  }

  private checkReference({ head, parts, index, text }: Reference, value: string, field: string, step: Step, isArgument: boolean): void {
    const [first, second = ''] = parts;
    if (head === 'params') {
      this.checkParam({ head, parts, index, text }, value, field, isArgument);
    } else if (head === 'results' && parts.at(-1) === 'path') {
      this.known(field, parts.slice(0, -1).join('.'), 'result', this.results);
    } else if (head === 'step' && first === 'results') {
      this.known(field, second, 'result of the step', (step.results ?? []).map(result => result.name));
    } else if (head === 'workspaces' && WORKSPACE_FIELDS.includes(second)) {
      this.known(field, first, 'workspace', this.workspaces);
    } else if (head === 'context' && Object.hasOwn(CONTEXTS, first)) {
      this.known(field, second, `context of the ${first}`, CONTEXTS[first]);
    }
  }

  private checkParam({ parts, index, text }: Reference, value: string, field: string, isArgument: boolean): void {
    const name = this.types.has(parts.join('.')) ? parts.join('.') : parts[0];
    this.known(field, name, 'param', [...this.types.keys()]);
    const type = this.types.get(name)!;
    if (type === ParamType.OBJECT) {
      const key = parts.slice(1).join('.');
      if (key === '' || index !== undefined) {
        throw this.misplaced(field, text, 'takes an object as a whole');
      }
      this.known(field, key, `key of ${name}`, this.keys.get(name)!);
    }
    if (type === ParamType.ARRAY && (index === undefined || index === '[*]') && (!isArgument || value !== `$(${text})`)) {
      throw this.misplaced(field, text, 'takes a list where it does not stand alone in an argument');
    }
  }

  private known(field: string, name: string, what: string, known: string[]): void {
    if (!known.includes(name)) {
      throw this.unknown(field, name, what, known);
    }
  }

  private unknown(field: string, reference: string, what: string, known: string[]): Error {
    return messages.unknownReference.error(this.at.path, { kind: this.at.kind, field, reference, what, known });
  }

  private misplaced(field: string, value: string, fault: string): Error {
    return messages.misplaced.error(this.at.path, { kind: this.at.kind, field, value, fault });
  }
}
