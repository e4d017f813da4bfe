import { Construct } from 'constructs';
import { checkId, checkIdentifier, checkShape, line, ours, textOrValue } from './check';
import type { InputNode } from './graph';
import { checkedInput, PipelineInputOptions, valueFault } from './input';
import { JOB_SHAPE, PipelineJob, PipelineJobProps } from './job';
import { JobOwner } from './job-owner';
import * as messages from './messages';
import { SCOPED } from './scoped-value';
import { baseOf, JobStep, STEP_SHAPE } from './step';
import { JobStepOptions } from './step-options';
import { Value } from './value';
import { mapOf } from '../core/shape';

/** Properties of a template. */
export interface PipelineTemplateProps {
  /**
   * What people see.
   *
   * @default - the id
   */
  readonly name?: string;
}

/**
 * Jobs to be used in several pipelines, or several times in one. Made once, with inputs and outputs; each use has jobs of its own. Where a system
 * has something of the kind, an option of its engine makes that of it; else the jobs are written out.
 */
export class PipelineTemplate extends JobOwner {
  /** What people see. */
  public readonly name: string;

  /** @internal */
  public readonly _isTemplate = true;

  private readonly given = new Map<string, Value>();

  /**
   * @param scope any construct in a platform
   * @param id a DNS label. Throws FW1004
   * @param props what it is called. Throws FW1001 and FW1002
   */
  public constructor(scope: Construct, id: string, props: PipelineTemplateProps = {}) {
    super(scope, checkId(scope?.node?.path ?? '', 'template', id));
    checkShape(this.node.path, 'template', props, { name: line });
    this.name = props?.name ?? id;
  }

  /**
   * Says something to those who use it.
   *
   * @param name letters, digits and underscores. Throws FW1004 and FW1005
   * @param value an output of a step of one of its jobs. Throws FW1001
   */
  public addOutput(name: string, value: Value): void {
    addOutput(this.node.path, this.given, name, value);
  }

  /** @internal */
  public get _outputs(): ReadonlyMap<string, Value> {
    return this.given;
  }
}

/** Properties of a use of a template. */
export interface TemplateJobProps extends PipelineJobProps {
  /** The template. */
  readonly template: PipelineTemplate;

  /**
   * What its inputs say.
   *
   * @default - their defaults
   */
  readonly inputs?: Record<string, string | Value>;
}

/** A use of a template: its jobs, in this pipeline. */
export class TemplateJob extends PipelineJob {
  /** The template. */
  public readonly template: PipelineTemplate;

  /** @internal */
  public readonly _given: Readonly<Record<string, string | Value>>;

  /**
   * @param scope a `Pipeline` or a `Stage`
   * @param id a DNS label, unique in its pipeline; its jobs are called after it
   * @param props the template and its inputs. Throws FW1000 to FW1005, FW1029, FW1043
   */
  public constructor(scope: Construct, id: string, props: TemplateJobProps) {
    const path = `${scope?.node?.path ?? ''}/${String(id)}`;
    checkShape(path, 'use of a template', props, { ...JOB_SHAPE, template: ours('PipelineTemplate', '_isJobOwner'), inputs: mapOf(textOrValue) }, ['template']);
    super(scope, id, props);
    if (this._owner._isTemplate) {
      throw messages.templateInputs.error(this, { use: id, template: props.template.node.id, fault: 'templates are not used within templates' });
    }
    this.template = props.template;
    this._given = checkedInputs(this.node.path, id, props.template.node.id, props.template._inputs, props.inputs);
  }

  /**
   * What the template says.
   *
   * @param name an output of the template. Throws FW1011
   */
  public output(name: string): Value {
    if (!this.template._outputs.has(name)) {
      throw messages.unknownOutput.error(this, { step: this.id, output: name, known: [...this.template._outputs.keys()] });
    }
    return new UseOutputOf(this, name);
  }
}

class UseOutputOf extends Value {
  public constructor(use: object, name: string) {
    super([{ [SCOPED]: 'useOutput', use, name }]);
  }
}

/** Options of a use of a template of steps. */
export interface UseStepsOptions extends JobStepOptions {
  /**
   * What its inputs say.
   *
   * @default - their defaults
   */
  readonly inputs?: Record<string, string | Value>;
}

/** Steps to be used in several jobs. */
export class StepTemplate extends Construct {
  /** What people see. */
  public readonly name: string;

  private readonly members: JobStep[] = [];
  private readonly asked: InputNode[] = [];
  private readonly given = new Map<string, Value>();

  /**
   * @param scope any construct in a platform
   * @param id a DNS label. Throws FW1004
   * @param props what it is called. Throws FW1001 and FW1002
   */
  public constructor(scope: Construct, id: string, props: PipelineTemplateProps = {}) {
    super(scope, checkId(scope?.node?.path ?? '', 'template', id));
    checkShape(this.node.path, 'template', props, { name: line });
    this.name = props?.name ?? id;
  }

  /**
   * Adds an input. Its steps read the value in their environment, like any other.
   *
   * @param name letters, digits and underscores, beginning with a lower-case letter. Throws FW1004 and FW1005
   * @param options its type, and what it is for. Throws FW1000 to FW1002
   */
  public addInput(name: string, options: PipelineInputOptions): Value {
    this.asked.push(checkedInput(this.node.path, name, options, this.asked));
    return new StepInputOf(this, name);
  }

  /**
   * Adds a step, after the others. Approvals, steps that deploy and uses of other templates are not for templates of steps (FW1029).
   *
   * @param step the step. Throws FW1001
   */
  public addStep(step: JobStep): void {
    ours('JobStep', '_spec')({ path: this.node.path, kind: 'template', field: 'step', messages }, step);
    if (step._spec.approval || step._spec.template || step._spec.environment) {
      throw messages.templateInputs.error(this, { use: step._spec.defaultId, template: this.node.id, fault: 'a template of steps has only steps that stand for themselves' });
    }
    this.members.push(step);
  }

  /**
   * Says something to those who use it.
   *
   * @param name letters, digits and underscores. Throws FW1004 and FW1005
   * @param value an output of one of its steps. Throws FW1001
   */
  public addOutput(name: string, value: Value): void {
    addOutput(this.node.path, this.given, name, value);
  }

  /**
   * A use of it, as a step of a job.
   *
   * @param options its inputs, and how it runs. Throws FW1000 to FW1004, FW1006 for a template without steps, FW1029, FW1031
   */
  public use(options: UseStepsOptions = {}): JobStep {
    checkShape(this.node.path, 'use of a template', options, { ...STEP_SHAPE, inputs: mapOf(textOrValue) });
    if (this.members.length === 0) {
      throw messages.noSteps.error(this, { job: this.node.id });
    }
    const inputs = checkedInputs(this.node.path, options?.id ?? this.node.id, this.node.id, this.asked, options?.inputs);
    return JobStep._of({
      ...baseOf(options, this.node.id, this.name),
      outputs: [...this.given.keys()],
      grants: this.members.flatMap(step => step._spec.grants),
      identities: this.members.flatMap(step => step._spec.identities),
      publishes: this.members.some(step => step._spec.publishes),
      template: this,
      build: scope => {
        const place = { where: `an input of ${this.node.id}` };
        const texts = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, scope.text(value, place)]));
        return { ...scope.step, kind: 'group', template: this.node.id, inputs: texts, steps: scope.group(this, scope.step.id, texts) };
      },
    });
  }

  /** @internal */
  public get _steps(): readonly JobStep[] {
    return this.members;
  }

  /** @internal */
  public get _inputs(): readonly InputNode[] {
    return this.asked;
  }

  /** @internal */
  public get _outputs(): ReadonlyMap<string, Value> {
    return this.given;
  }
}

class StepInputOf extends Value {
  public constructor(owner: object, name: string) {
    super([{ [SCOPED]: 'input', owner, name }]);
  }
}

function addOutput(path: string, outputs: Map<string, Value>, name: string, value: Value): void {
  checkIdentifier(path, 'output', name);
  ours('Value', '_parts')({ path, kind: 'template', field: 'output', messages }, value);
  if (value._parts.length !== 1 || typeof value._parts[0] !== 'object') {
    throw messages.invalidField.error(path, { kind: 'template', field: `output ${name}`, value: name, fault: 'is no output of a step' });
  }
  if (outputs.has(name)) {
    throw messages.takenId.error(path, { what: 'outputs', id: name, other: path });
  }
  outputs.set(name, value);
}

/** What a use gives, with defaults for the rest. Throws FW1029. */
function checkedInputs(path: string, use: string, template: string, asked: readonly InputNode[], given: Record<string, string | Value> = {}) {
  const refuse = (fault: string) => messages.templateInputs.error(path, { use, template, fault });
  const unknown = Object.keys(given).find(name => !asked.some(input => input.name === name));
  if (unknown !== undefined) {
    throw refuse(`it has no input "${unknown}"; it has ${asked.map(input => input.name).join(', ') || 'none'}`);
  }
  const values: Record<string, string | Value> = {};
  for (const input of asked) {
    const value = given[input.name] ?? input.default;
    if (value === undefined && input.required) {
      throw refuse(`the input "${input.name}" is not given`);
    }
    const fault = typeof value === 'string' ? valueFault(input.type, input.options, value) : undefined;
    if (fault) {
      throw refuse(`the input "${input.name}" is "${String(value)}", which ${fault}`);
    }
    values[input.name] = value ?? '';
  }
  return values;
}

