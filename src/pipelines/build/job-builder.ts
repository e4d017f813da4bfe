import * as fs from 'fs';
import * as path from 'path';
import type { IConstruct } from 'constructs';
import { idsWithin, innerOutput, StepIndex } from './step-index';
import { Decision, isUntrusted } from './trust';
import { Platform } from '../../core/platform';
import type { Concurrency } from '../concurrency';
import type { Condition } from '../condition';
import {
  ConcurrencyNode, ConditionNode, ContainerNode, describeText, describeValue, EdgeNode, EdgeReason, FilterNode, GrantNode, JobNode,
  JobOutputNode, MatrixNode, SecretNode, ServiceNode, StepBase, StepNode, Text, textOf, ValueNode,
} from '../graph';
import type { Job, PipelineJob } from '../job';
import type { JobOwner } from '../job-owner';
import * as messages from '../messages';
import type { PathFilter } from '../path-filter';
import type { Pipeline } from '../pipeline';
import type { JobContainer, ServiceContainer } from '../runner';
import { isScoped, ScopedValue, SCOPED, StepOutput } from '../scoped-value';
import type { JobStep } from '../step';
import type { Place } from '../step-spec';
import type { StepTemplate, TemplateJob } from '../template';
import { partsOf, Value } from '../value';
import { OBEYED } from '../variables';

/** What the jobs of one pipeline or template share while they are built. */
export interface Surroundings {
  readonly owner: JobOwner;
  readonly index: StepIndex;
  /** Jobs that upload each artifact. */
  readonly uploaders: ReadonlyMap<string, readonly Job[]>;
  readonly filters: Map<string, FilterNode & { readonly given: PathFilter }>;
  readonly secrets: Map<string, SecretNode>;
  /** Outputs that others read of a job, by their names there. */
  readonly outputs: Map<PipelineJob, Map<string, JobOutputNode>>;
  readonly stepTemplates: Set<StepTemplate>;
  readonly templates: Set<TemplateJob['template']>;
  /** Where outputs decide what runs: whether others choose them is known when all is built. */
  readonly decisions: Decision[];
  readonly defaults: { readonly timeoutMinutes: number; readonly runner: JobNode['runner'] };
  /** Where the files of the repository lie in that of the platform; the root without it. */
  readonly folder?: string;
}

/** What reads values: a job, or a whole pipeline or template. */
export interface Reader {
  readonly id: string;
  readonly construct: IConstruct;
  readonly job?: PipelineJob;
  /** The environment that the job deploys to, by name. */
  readonly environment?: string;
}

/** A template of steps whose steps are being built. */
interface Frame {
  readonly template: StepTemplate;
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, Text>>;
}

/** Builds what is read within one job, and notes what it waits for. */
export class JobBuilder {
  private readonly edges = new Map<string, Set<EdgeReason>>();
  /** The step that is being built, by its place; absent for the job itself. */
  private at?: number;
  private frame?: Frame;

  public constructor(private readonly around: Surroundings, private readonly reader: Reader) {}

  /** What the job waits for, in the order in which it was met. */
  public get needs(): EdgeNode[] {
    return [...this.edges].map(([job, reasons]) => ({ job, reasons: [...reasons] }));
  }

  public need(job: PipelineJob, reason: EdgeReason, how: string): void {
    if (this.reader.job === undefined) {
      throw messages.valueInPlace.error(this.construct, { where: this.reader.id, value: `output of ${job.id}`, fault: 'is not known' });
    }
    if (job._owner !== this.around.owner) {
      throw messages.foreignJob.error(this.construct, { job: this.reader.id, other: job.id, where: job._owner.node.path || 'the root', how });
    }
    const reasons = this.edges.get(job.id) ?? new Set();
    this.edges.set(job.id, reasons.add(reason));
  }

  public text(given: string | Value, place: Place): Text {
    return textOf(partsOf(given).flatMap(part => {
      if (typeof part === 'string') {
        return [part];
      }
      const text = isScoped(part) ? this.scoped(part, place) : [part];
      text.forEach(each => typeof each !== 'string' && this.checkPlace(each, place));
      return text;
    }));
  }

  public env(given: Readonly<Record<string, string | Value>>, what: string, place: Partial<Place> = {}): Readonly<Record<string, Text>> {
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [
      name, this.text(value, { ...place, where: `the variable ${name} of ${what}`, decides: OBEYED.has(name.toUpperCase()) || OBEYED.has(name) }),
    ]));
  }

  public condition(condition: Condition): ConditionNode {
    const part = condition._part;
    const place = { where: `the condition of ${this.what}`, isShown: true, isBeforeLegs: this.at === undefined };
    switch (part.kind) {
      case 'and':
      case 'or': return { kind: part.kind, of: part.of.map(each => this.condition(each)) };
      case 'not': return { kind: 'not', of: this.condition(part.of) };
      case 'result': {
        const other = part.job as PipelineJob;
        if (other === this.reader.job || this.at !== undefined) {
          throw messages.orphanStatus.error(this.construct, { job: this.reader.id, other: other.id });
        }
        this.need(other, 'status', 'asks for the result of');
        return { kind: 'result', job: other.id, is: [...part.is] };
      }
      case 'compare': return this.comparison(part.value, place, value => ({ kind: 'compare', value, in: [...part.in] }));
      case 'matches': return this.comparison(part.value, place, value => ({ kind: 'matches', value, globs: [...part.globs] }));
      case 'changed': return { kind: 'changed', filter: this.filter(part.filter) };
      case 'event': return { kind: 'event', is: [...part.is] };
      default: return part;
    }
  }

  public concurrency(concurrency: Concurrency): ConcurrencyNode {
    const group = this.text(concurrency._group, { where: `the group of ${this.what}`, isShown: true });
    return { group, onNew: concurrency._onNew, cancelPullRequests: concurrency._cancelPullRequests };
  }

  public matrix(job: Job): MatrixNode | undefined {
    const matrix = job._props.matrix;
    if (matrix === undefined) {
      return undefined;
    }
    if (matrix._matrix.kind === 'static') {
      return matrix._matrix;
    }
    const [from] = this.text(matrix._from!, { where: `the matrix of ${this.what}`, isShown: true });
    if (typeof from === 'string' || from.kind !== 'output') {
      throw messages.valueInPlace.error(job, { where: `the matrix of ${job.id}`, value: describeText([from]), fault: 'is no output of another job' });
    }
    return { ...matrix._matrix, from };
  }

  public container(container: JobContainer): ContainerNode {
    const { env = {}, username, password } = container._options;
    const place = { where: 'credentials of the container' };
    const credentials = username === undefined || password === undefined ? undefined
      : { username: this.text(username, place), password: this.text(password, place) };
    return { image: container._image, env: this.env(env, 'the container'), ...credentials && { credentials } };
  }

  public service(service: ServiceContainer): ServiceNode {
    const { image, env = {}, ports = [], command = [], readiness } = service._options;
    return {
      name: service._name,
      image,
      env: this.env(env, `the service ${service._name}`),
      ports,
      command,
      ...readiness && {
        readiness: {
          command: [...readiness.command],
          intervalSeconds: readiness.intervalSeconds ?? 5,
          timeoutSeconds: readiness.timeoutSeconds ?? 5,
          retries: readiness.retries ?? 12,
        },
      },
    };
  }

  /** The steps of a job, without the approval. */
  public steps(job: Job): StepNode[] {
    const ids = this.around.index.idsOf(job);
    return job._steps.flatMap((step, i) => {
      this.at = i;
      const built = step._spec.build ? [this.step(step, ids[i])] : [];
      this.at = undefined;
      return built;
    });
  }

  private step(step: JobStep, id: string): StepNode {
    const spec = step._spec;
    const what = `the step ${id}`;
    const base: StepBase = {
      id,
      path: this.construct.node.path,
      name: this.text(spec.name ?? spec.defaultName, { where: `the name of ${what}`, isShown: true }),
      env: this.env(spec.env, what),
      continueOnError: spec.continueOnError,
      outputs: spec.outputs,
      ...Object.keys(spec.checkedOutputs ?? {}).length > 0 && { checkedOutputs: spec.checkedOutputs },
      ...spec.condition && { condition: this.condition(spec.condition) },
      ...spec.timeoutMinutes !== undefined && { timeoutMinutes: spec.timeoutMinutes },
      ...spec.retry && { retry: spec.retry },
    };
    return spec.build!({
      step: base,
      text: (given, place) => this.text(given, place),
      env: given => this.env(given, what),
      file: name => fileOf(this.construct, path.join(this.around.folder ?? '', name)),
      uploaderOf: artifact => this.uploaderOf(artifact),
      group: (template, use, inputs) => this.group(template as StepTemplate, use, inputs),
    });
  }

  private group(template: StepTemplate, use: string, values: Readonly<Record<string, Text>>): StepNode[] {
    this.around.stepTemplates.add(template);
    return this.within({ template, ids: idsWithin(template, use), values });
  }

  /** The steps of a template by itself: its inputs are values still. */
  public template(template: StepTemplate): StepNode[] {
    const values = Object.fromEntries(template._inputs.map(({ name }): [string, Text] => [name, [{ kind: 'input', name }]]));
    return this.within({ template, ids: idsWithin(template), values });
  }

  private within(frame: Frame): StepNode[] {
    this.frame = frame;
    const built = frame.template._steps.map((step, i) => this.step(step, frame.ids[i]));
    this.frame = undefined;
    return built;
  }

  private uploaderOf(artifact: string): string {
    const uploaders = this.around.uploaders.get(artifact) ?? [];
    if (uploaders.length > 1) {
      throw messages.twoUploaders.error(this.construct, { artifact, jobs: uploaders.map(job => job.id) });
    }
    if (uploaders.length === 0 || uploaders[0] === this.reader.job) {
      throw messages.noUploader.error(this.construct, { artifact, job: this.reader.id });
    }
    this.need(uploaders[0], 'artifact', 'downloads from');
    return uploaders[0].id;
  }

  private filter(filter: PathFilter): string {
    const known = this.around.filters.get(filter._filter);
    if (known && known.given !== filter && JSON.stringify(known.paths) !== JSON.stringify(filter._paths)) {
      throw messages.takenId.error(this.construct, { what: 'filters', id: filter._filter, other: 'in the same pipeline' });
    }
    this.around.filters.set(filter._filter, { id: filter._filter, paths: filter._paths, given: known?.given ?? filter });
    return filter._filter;
  }

  private comparison(given: Value, place: Place, make: (value: ValueNode) => ConditionNode): ConditionNode {
    const text = this.text(given, place);
    if (text.length !== 1 || typeof text[0] === 'string') {
      throw messages.valueInPlace.error(this.construct, { where: place.where, value: describeText(text), fault: 'is not one value alone' });
    }
    return make(text[0]);
  }

  private scoped(value: ScopedValue, place: Place): Text {
    switch (value[SCOPED]) {
      case 'secret': return [this.secret(value.name, value.environment)];
      case 'stepOutput': return [this.stepOutput(value)];
      case 'useOutput': {
        const use = value.use as TemplateJob;
        this.need(use, 'output', 'reads an output of');
        return [{ kind: 'output', job: use.id, name: value.name }];
      }
      case 'input': {
        if (this.frame?.template === value.owner) {
          return this.frame.values[value.name];
        }
        if (value.owner !== this.around.owner) {
          throw messages.valueInPlace.error(this.construct, { where: place.where, value: `input ${value.name}`, fault: 'is not known: it is an input of something else' });
        }
        return [{ kind: 'input', name: value.name }];
      }
      case 'matrix': {
        if ((this.reader.job as Job | undefined)?._props?.matrix !== value.matrix || place.isBeforeLegs) {
          throw messages.valueInPlace.error(this.construct, { where: place.where, value: `matrix ${value.axis}`, fault: 'is not known' });
        }
        return [{ kind: 'matrix', axis: value.axis }];
      }
    }
  }

  private secret(name: string, environment: string | undefined): ValueNode {
    if (environment !== undefined && environment !== this.reader.environment) {
      throw messages.secretOfOther.error(this.construct, { job: this.reader.id, secret: name, environment });
    }
    const known = this.around.secrets.get(name);
    this.around.secrets.set(name, known ?? { name, ...environment !== undefined && { environment } });
    return { kind: 'secret', name };
  }

  private stepOutput({ step, name }: StepOutput): ValueNode {
    const within = this.frame?.template._steps.indexOf(step as JobStep) ?? -1;
    if (within >= 0) {
      return { kind: 'stepOutput', step: this.frame!.ids[within], name };
    }
    const places = this.around.index.placesOf(step);
    const own = places.find(place => place.job === this.reader.job);
    const place = own ?? (places.length === 1 ? places[0] : undefined);
    const label = (step as JobStep)._spec.id ?? (step as JobStep)._spec.defaultId;
    const template = (step as JobStep)._spec.template as StepTemplate | undefined;
    const source = place && (template ? innerOutput(template, place.id, name) : { step: place.id, name });
    if (source === undefined) {
      throw messages.unattachedStep.error(this.construct, { step: label, job: this.reader.id });
    }
    if (own) {
      if (this.at === undefined || own.index >= this.at) {
        throw messages.laterStep.error(this.construct, { step: own.id, reader: this.what });
      }
      return { kind: 'stepOutput', ...source };
    }
    this.need(place!.job, 'output', 'reads an output of');
    return { kind: 'output', job: place!.job.id, name: this.outputOf(place!.job, source) };
  }

  /** The name of an output of a job: that of the step's, with the step where two would be alike. */
  private outputOf(job: Job, source: { readonly step: string; readonly name: string }): string {
    const outputs = this.around.outputs.get(job) ?? new Map<string, JobOutputNode>();
    this.around.outputs.set(job, outputs);
    const known = [...outputs.values()].find(each => each.step === source.step && each.output === source.name);
    if (known) {
      return known.name;
    }
    let name = source.name;
    for (let n = 1; outputs.has(name); n++) {
      name = n === 1 ? `${source.step.replaceAll('-', '_')}_${source.name}` : `${source.name}_${n}`;
    }
    outputs.set(name, { name, step: source.step, output: source.name });
    return name;
  }

  private checkPlace(value: ValueNode, place: Place): void {
    if (value.kind === 'secret' && place.isShown) {
      throw messages.secretShown.error(this.construct, { where: place.where, secret: value.name });
    }
    if (place.decides && isUntrusted(value)) {
      throw messages.untrustedValue.error(this.construct, { where: place.where, value: describeValue(value) });
    }
    if (place.decides && this.reader.job !== undefined && ['output', 'stepOutput', 'matrix'].includes(value.kind)) {
      const { owner } = this.around;
      this.around.decisions.push({
        job: this.reader.id, path: this.construct.node.path, where: place.where, value, ...!isPipeline(owner) && { template: owner.node.id },
      });
    }
    if (value.kind === 'hash' && !place.isKey) {
      throw messages.valueInPlace.error(this.construct, { where: place.where, value: describeValue(value), fault: 'is not known: it belongs into the key of a cache' });
    }
  }

  private get what(): string {
    const { job, id } = this.reader;
    if (job === undefined) {
      return id;
    }
    return this.at === undefined ? `the job ${id}` : `the step ${this.around.index.idsOf(job as Job)[this.at]}`;
  }

  private get construct(): IConstruct {
    return this.reader.construct;
  }
}

/** A file of the repository of a platform. */
function fileOf(construct: IConstruct, file: string): string | undefined {
  try {
    return fs.readFileSync(path.join(Platform.ofConstruct(construct).root, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether jobs stand in a pipeline itself, and not in a template. */
function isPipeline(owner: JobOwner): boolean {
  return (owner as Partial<Pipeline>)._triggers !== undefined;
}

/** Grants by capability, reasons joined. */
export function mergedGrants(grants: readonly GrantNode[]): GrantNode[] {
  const merged = new Map<string, Set<string>>();
  grants.forEach(({ capability, reason }) => merged.set(capability, (merged.get(capability) ?? new Set()).add(reason)));
  return [...merged].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([capability, reasons]) => ({ capability: capability as GrantNode['capability'], reason: [...reasons].join('; ') }));
}
