import { resultOf } from './names';
import { bashGlob, checkoutScript, downloadScript, restoreScript, saveScript, SHARED, SOURCE, stepScript, uploadScript, Wrapping } from './scripts';
import { EnvVar, stepOutput, TaskValues } from './values';
import { freeName } from '../../../../core/free-name';
import type { PipelineRow } from '../../../engine';
import { approximated, dropped, emulated, native, unsupported } from '../../../gaps';
import type {
  CacheStepNode, CheckoutStepNode, ConditionNode, DeliveryStepNode, JobNode, PipelineGraph, RunStepNode, StepNode, Text, ToolStepNode,
} from '../../../graph';
import { asksStatus, describe, mapLeaves, meant, plainText, simplified, someCondition } from '../../../graph';
import { quote, shellCondition } from '../../../shell';
import { isTagged, Settings } from '../settings';

/** A condition of the whole job, which its first step works out: a command, and the variables that it reads. */
export interface Gate {
  readonly command: string;
  readonly env: EnvVar[];
  readonly condition: ConditionNode;
}

/** The condition of a step. */
interface Asked {
  readonly command: string;
  readonly reason: string;
  readonly env: EnvVar[];
}

/** A result of the Task: the output of a step, or a text. */
interface Result {
  readonly name: string;
  readonly step?: string;
  readonly output?: string;
  readonly text?: Text;
}

/** Steps of Tekton that come of the steps of one job. */
export interface LoweredSteps {
  readonly steps: Array<Record<string, unknown>>;
  readonly results: Array<{ readonly name: string; readonly description?: string }>;
  readonly images: string[];
  readonly usesArtifacts: boolean;
  readonly usesCache: boolean;
  readonly isBuilding: boolean;
}

/** What buildah needs as root of a user namespace of the pod; it has no rights on the node. */
const BUILDING_SECURITY = {
  runAsUser: 0,
  runAsGroup: 0,
  runAsNonRoot: false,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETFCAP', 'SETGID', 'SETUID', 'SYS_CHROOT'] },
};

const BUILDERS = ['buildah', 'podman', 'docker'];

/** Actions whose scripts take one of several tools, whichever is there: here it is this one. */
const CHOSEN: Readonly<Record<string, readonly string[]>> = { 'build-image': ['buildah'], 'login-registry': ['buildah'] };

/** Lowers the steps of a job, one after the other. */
export class StepLowering {
  private readonly steps: Array<Record<string, unknown>> = [];
  private readonly saved: Array<{ readonly id: string; readonly script: string; readonly env: EnvVar[] }> = [];
  private readonly images = new Set<string>();
  private readonly isTracked: boolean;
  private readonly hints: Result[] = [];
  private tool: string | undefined;
  private usesArtifacts = false;
  private usesCache = false;
  private isBuilding = false;

  public constructor(
    private readonly graph: PipelineGraph, private readonly job: JobNode, private readonly values: TaskValues, private readonly settings: Settings,
    private readonly rows: PipelineRow[], private readonly gate: Gate | undefined, private readonly identities: EnvVar[],
  ) {
    // A step that asks for a failure runs after one, so that all of them run, and the last one says what became of the job.
    this.isTracked = job.steps.some(step => asksAfterFailure(step));
    if (gate !== undefined) {
      this.push(this.free('gate'), settings.images.base, gate.env, stepScript('gate', 'bash', `if ${gate.command}; then\n  exit 0\nfi\necho ${quote(`does nothing: ${describe(gate.condition)} does not hold`)}\ntouch ${SHARED}/skip`, this.plainWrapping()));
    }
  }

  public add(step: StepNode): void {
    switch (step.kind) {
      case 'run': return this.run(step, step.script, step.shell, step.workingDirectory, this.image());
      case 'checkout': return this.checkout(step);
      case 'tool': return this.useTool(step);
      case 'cache': return this.cache(step);
      case 'upload':
        this.usesArtifacts = true;
        this.rows.push(emulated(`artifact ${step.artifact}`, 'a folder of a volume that lives as long as the run', this.job.id));
        if (step.retentionDays !== undefined) {
          this.rows.push(approximated(`artifact ${step.artifact}`, `it is kept as long as the run, not ${step.retentionDays} days`, this.job.id));
        }
        return this.own(step, uploadScript(step, this.job.matrix !== undefined), this.legs());
      case 'download':
        this.usesArtifacts = true;
        this.rows.push(emulated(`artifact ${step.artifact}`, 'copied from the volume of the run', this.job.id));
        return this.own(step, downloadScript(step.artifact, step.folder, this.values.isMatrix(step.from)), []);
      case 'delivery': return this.deliver(step);
      case 'native': return this.native(step.id, step.bodies.tekton, step);
      case 'group': return step.steps.forEach(each => this.add(each));
    }
  }

  public finished(): LoweredSteps {
    for (const { id, script, env } of this.saved) {
      this.push(id, this.settings.images.base, env, stepScript(id, 'bash', `cd ${SOURCE}\n${script}`, this.wrapping(undefined, [], false)));
    }
    const results: Result[] = [
      ...this.job.outputs.map(output => ({ name: resultOf(output.name), step: output.step, output: output.output })),
      ...this.hints.filter(hint => !this.job.outputs.some(output => resultOf(output.name) === hint.name)),
    ];
    if (results.length > 0) {
      const { env, lines } = this.resultLines(results);
      this.push(this.free('outputs'), this.settings.images.base, env, stepScript('outputs', 'bash', lines.join('\n'), this.wrapping(undefined, [], false)));
    }
    if (this.isTracked) {
      this.push(this.free('verdict'), this.settings.images.base, [], stepScript('verdict', 'bash', `if [ -e ${SHARED}/failed ]; then echo 'a step failed' >&2; exit 1; fi`, this.plainWrapping()), {});
    }
    if (this.steps.length === 0) {
      this.push(this.free('nothing'), this.settings.images.base, [], stepScript('nothing', 'bash', 'echo done', this.plainWrapping()));
    }
    return {
      steps: this.steps,
      results: results.map(({ name }) => ({ name })),
      images: [...this.images],
      usesArtifacts: this.usesArtifacts,
      usesCache: this.usesCache,
      isBuilding: this.isBuilding,
    };
  }

  private run(step: StepNode & { readonly retry?: RunStepNode['retry'] }, script: string, shell: RunStepNode['shell'], folder: string | undefined, image: string, more: Record<string, unknown> = {}): void {
    const { env, exports } = this.values.environment([this.graph.env, this.job.env, step.env]);
    const before = [...folder === undefined ? [] : [`cd ${quote(folder)}`], ...exports];
    const condition = this.conditionOf(step);
    const output = step.outputs.length > 0 ? [{ name: 'FAIRWAY_OUTPUT', value: `${SHARED}/${step.id}.out` }] : [];
    // Variables of ours come first: nothing of a secret stands before them.
    const all = [...output, ...this.identities, ...condition?.env ?? [], ...env];
    const wrapping = { ...this.wrapping(condition, before, !step.continueOnError), retry: step.retry };
    this.push(step.id, image, all, stepScript(step.id, shell, script, wrapping), {
      ...step.timeoutMinutes !== undefined && { timeout: `${step.timeoutMinutes}m0s` },
      ...(step.continueOnError || this.isTracked) && { onError: 'continue' },
      ...more,
    });
    this.sayStep(step);
  }

  private sayStep(step: StepNode): void {
    const part = `step ${step.id}`;
    if (step.condition !== undefined) {
      this.rows.push(emulated(`${part} if ${describe(step.condition)}`, this.isTracked && asksStatus(meant(step.condition)) ? 'a script works it out; failures of steps are noted in a file' : 'a script works it out', this.job.id));
    }
    if (step.retry !== undefined && step.retry.attempts > 1) {
      this.rows.push(emulated(`${part} retry`, 'a loop of the shell', this.job.id));
    }
    if (step.continueOnError) {
      this.rows.push(native(`${part} continueOnError`, 'onError: continue', this.job.id));
    }
    if (step.timeoutMinutes !== undefined) {
      this.rows.push(native(`${part} timeout`, 'timeout of the step', this.job.id));
      if (this.isTracked) {
        this.rows.push(approximated(`${part} timeout`, 'a step that takes too long ends the job at once, without the steps that run after a failure', this.job.id));
      }
    }
    if (step.outputs.length > 0) {
      this.rows.push(emulated(`${part} outputs`, 'a file that the steps of the job share', this.job.id));
    }
  }

  /** A step of ours, in the base image. */
  private own(step: StepNode, script: string, env: EnvVar[], image = this.settings.images.base, more: Record<string, unknown> = {}): void {
    const condition = this.conditionOf(step);
    this.push(step.id, image, [...condition?.env ?? [], ...env], stepScript(step.id, 'bash', script, { ...this.wrapping(condition, [], !step.continueOnError), retry: step.retry }), {
      ...step.timeoutMinutes !== undefined && { timeout: `${step.timeoutMinutes}m0s` }, ...(step.continueOnError || this.isTracked) && { onError: 'continue' }, ...more,
    });
    this.sayStep(step);
  }

  private checkout(step: CheckoutStepNode): void {
    const { gitSecret, repository } = this.settings;
    const reference = step.ref === undefined ? this.values.reference({ kind: 'context', name: 'ref' }) : step.ref.map(part => typeof part === 'string' ? part : this.values.reference(part)).join('');
    const host = gitSecret === undefined || repository === undefined ? undefined : new URL(repository).host;
    const env: EnvVar[] = [
      { name: 'GIT_TERMINAL_PROMPT', value: '0' },
      { name: 'FAIRWAY_REPOSITORY', value: repository ?? '' },
      { name: 'FAIRWAY_SHA', value: step.ref === undefined ? this.values.reference({ kind: 'context', name: 'sha' }) : '' },
      { name: 'FAIRWAY_REF', value: reference },
      ...host === undefined ? [] : ['username', 'password'].map(key => ({ name: `GIT_${key.toUpperCase()}`, valueFrom: { secretKeyRef: { name: gitSecret!, key } } })),
    ];
    this.rows.push(emulated('checkout', 'a script with git', this.job.id));
    if (step.persistCredentials && host === undefined) {
      this.rows.push(unsupported('checkout persistCredentials', 'no Secret is known that may push: say TektonOptions.gitSecret', this.job.id));
    }
    if (step.lfs) {
      this.rows.push(approximated('checkout lfs', 'the image of TektonOptions.images.git must have git-lfs', this.job.id));
    }
    this.own(step, checkoutScript({ ...step, folder: step.folder ?? '.', host }), env, this.settings.images.git);
  }

  private useTool(step: ToolStepNode): void {
    const version = step.version.map(part => typeof part === 'string' ? part : this.values.reference(part)).join('');
    const name = Object.hasOwn(this.settings.images.tools, step.language) ? this.settings.images.tools[step.language] : this.settings.images.base;
    if (step.version.some(part => typeof part !== 'string' && part.kind !== 'matrix' && part.kind !== 'input')) {
      this.rows.push(unsupported(`tool ${step.language}`, 'the version is part of the name of an image, and comes from a matrix or an input only', this.job.id));
    }
    if (this.job.container !== undefined) {
      this.rows.push(emulated(`tool ${step.language}`, 'the container of the job has to have it', this.job.id));
    } else if (this.tool !== undefined) {
      this.rows.push(unsupported(`tool ${step.language}`, 'a step runs in one image, and the job has another tool already: give the job a container with both', this.job.id));
    } else {
      this.tool = isTagged(name) ? name : `${name}:${version}`;
      this.rows.push(native(`tool ${step.language}`, `the image ${this.tool}`, this.job.id));
    }
    if (step.cache !== undefined) {
      const { lockFiles, paths, manager } = step.cache;
      this.cacheAround(step, `${quote(`${manager}-`)}"$(fairway_hash ${lockFiles.map(bashGlob).join(' ')})"`, [quote(`${manager}-`)], paths, 'both', []);
    }
  }

  private cache(step: CacheStepNode): void {
    const env: EnvVar[] = [];
    const word = (text: Text) => text.map(part => {
      if (typeof part === 'string') {
        return quote(part);
      }
      if (part.kind === 'hash') {
        return `"$(fairway_hash ${part.files.map(bashGlob).join(' ')})"`;
      }
      if (part.kind === 'stepOutput') {
        return stepOutput(part.step, part.name);
      }
      env.push(this.values.variable(`FAIRWAY_KEY_${env.length + 1}`, part));
      return `"$FAIRWAY_KEY_${env.length}"`;
    }).join('');
    this.cacheAround(step, word(step.key), step.restoreKeys.map(word), step.paths, step.mode, env);
  }

  /** Restores now, and saves at the end. */
  private cacheAround(step: StepNode, key: string, restoreKeys: string[], paths: readonly string[], mode: CacheStepNode['mode'], env: EnvVar[]): void {
    const part = `cache ${step.id}`;
    if (this.job.publishes) {
      this.rows.push(emulated(part, 'left out: the job publishes something, and reads nothing that others could have written', this.job.id));
    } else if (this.job.uploads.length + this.job.downloads.length > 0) {
      this.rows.push(dropped(part, 'the job has artifacts, and Tekton binds one claim to a task (coschedule)', this.job.id));
    } else if (this.settings.storage.cacheClaim === undefined) {
      this.rows.push(dropped(part, 'there is no claim for caches: say TektonOptions.storage.cacheClaim', this.job.id));
    } else {
      this.usesCache = true;
      this.rows.push(emulated(part, 'files on an optional workspace, which runs for pull requests do not get', this.job.id));
      const bound = { name: 'FAIRWAY_CACHE', value: '$(workspaces.cache.bound)' };
      if (mode !== 'save') {
        this.own(step, restoreScript(step.id, key, restoreKeys), [bound, ...env]);
      }
      if (mode !== 'restore') {
        this.saved.push({ id: this.free(`save-${step.id}`), script: saveScript(step.id, key, paths), env: [bound, ...env] });
      }
    }
  }

  private deliver(step: DeliveryStepNode): void {
    const commands = step.portable.commands.length > 0 ? step.portable.commands : CHOSEN[step.action] ?? [];
    const known = commands.filter(command => Object.hasOwn(this.settings.images.commands, command));
    const image = known.length > 0 ? this.settings.images.commands[known[0]] : this.image();
    const isBuilding = step.action === 'build-image' && known.length > 0 && BUILDERS.includes(known[0]);
    if (known.length > 1 && known.some(command => this.settings.images.commands[command] !== image)) {
      this.rows.push(approximated(`${step.action} ${step.id}`, `its image ${image} has to have ${commands.join(', ')}`, this.job.id));
    }
    this.isBuilding ||= isBuilding;
    this.rows.push(emulated(`${step.action} ${step.id}`, `a script in the image ${image}`, this.job.id));
    if (step.action === 'build-image' && step.outputs.includes('digest')) {
      const name = ['image', 'name', 'reference'].find(output => step.outputs.includes(output));
      const told = step.with.image;
      this.hints.push(
        ...name !== undefined ? [{ name: 'IMAGE_URL', step: step.id, output: name }] : Array.isArray(told) ? [{ name: 'IMAGE_URL', text: told as Text }] : [],
        { name: 'IMAGE_DIGEST', step: step.id, output: 'digest' },
      );
      this.rows.push(native('provenance', 'IMAGE_URL and IMAGE_DIGEST, which Tekton Chains signs', this.job.id));
    }
    this.run(step, step.portable.script, 'bash', step.portable.workingDirectory, image, isBuilding ? { securityContext: BUILDING_SECURITY } : {});
  }

  private native(id: string, body: unknown, step: StepNode): void {
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      this.rows.push(native(`step ${id}`, 'as it is given', this.job.id));
      const given = body as { image?: string; ref?: unknown };
      if (given.image !== undefined) {
        this.images.add(given.image);
      }
      this.steps.push({ name: id, ...given.image === undefined && given.ref === undefined ? { image: this.image() } : {}, ...body });
      if (step.condition !== undefined) {
        this.rows.push(unsupported(`step ${id} if ${describe(step.condition)}`, 'a step that is given as it is has a condition of its own', this.job.id));
      }
    } else {
      this.rows.push(unsupported(`step ${id}`, 'it has no body for Tekton', this.job.id));
    }
  }

  private push(id: string, image: string, env: EnvVar[], script: string, more: Record<string, unknown> = {}): void {
    this.images.add(image);
    // Secrets stay behind everything else: see TaskValues.environment.
    const ordered = [...env.filter(each => each.valueFrom === undefined), ...env.filter(each => each.valueFrom !== undefined)];
    this.steps.push({ name: id, image, workingDir: SOURCE, ...ordered.length > 0 && { env: ordered }, script, ...more });
  }

  private image(): string {
    return this.job.container?.image ?? this.tool ?? this.settings.images.base;
  }

  private wrapping(condition: Asked | undefined, before: readonly string[], isCounted: boolean): Wrapping {
    const unless = [
      ...this.gate === undefined ? [] : [{ file: `${SHARED}/skip` }],
      ...condition === undefined && this.isTracked ? [{ file: `${SHARED}/failed`, say: 'skipped: a step before failed' }] : [],
    ];
    return { before, unless, condition: condition?.command, reason: condition?.reason, isTracked: this.isTracked && isCounted };
  }

  private plainWrapping(): Wrapping {
    return { before: [], isTracked: false };
  }

  /** A condition of a step as a command. One that holds after a success alone needs none. */
  private conditionOf(step: StepNode): Asked | undefined {
    const said = meant(step.condition);
    // Without steps that run after a failure, every step runs after a success.
    const condition = this.isTracked ? said : simplified(mapLeaves(said, leaf => leaf.kind === 'status' && leaf.status === 'success' ? { kind: 'literal', value: true } : leaf));
    if (condition.kind === 'literal' && condition.value) {
      return undefined;
    }
    if (condition.kind === 'status' && condition.status === 'success') {
      return undefined;
    }
    const env: EnvVar[] = [];
    const read = (variable: EnvVar) => {
      env.push(variable);
      return `"$${variable.name}"`;
    };
    const name = () => `FAIRWAY_IF_${env.length + 1}`;
    const command = shellCondition(condition, {
      word: value => value.kind === 'stepOutput' ? stepOutput(value.step, value.name) : read(this.values.variable(name(), value)),
      event: () => read(this.values.variable(name(), { kind: 'context', name: 'event' })),
      status: status => ({ success: `[ ! -e ${SHARED}/failed ]`, failure: `[ -e ${SHARED}/failed ]`, always: 'true', cancelled: 'false' })[status],
      result: job => this.values.result(job, read(this.values.variable(name(), { kind: 'result', job }))),
      changed: () => 'false', // withChangesJob leaves none
    });
    return { command, reason: describe(step.condition!), env };
  }

  private resultLines(results: readonly Result[]): { env: EnvVar[]; lines: string[] } {
    const env: EnvVar[] = results.map(({ name }, i) => ({ name: `FAIRWAY_RESULT_${i + 1}`, value: `$(results.${name}.path)` }));
    const lines = results.map(({ step, output, text }, i) => {
      if (text !== undefined) {
        env.push({ name: `FAIRWAY_TEXT_${i + 1}`, value: plainText(text) ?? text.map(part => typeof part === 'string' ? part : this.values.reference(part)).join('') });
        return `printf %s "$FAIRWAY_TEXT_${i + 1}" > "$FAIRWAY_RESULT_${i + 1}"`;
      }
      return `printf %s ${stepOutput(step!, output!)} > "$FAIRWAY_RESULT_${i + 1}"`;
    });
    return { env, lines };
  }

  private legs(): EnvVar[] {
    if (this.job.matrix === undefined) {
      return [];
    }
    const axes: readonly string[] = this.job.matrix.kind === 'dynamic' ? this.job.matrix.axes : [...new Set(this.job.matrix.combinations.flatMap(Object.keys))];
    return [{ name: 'FAIRWAY_LEG', value: axes.map(axis => `$(params.${axis})`).join('-') }];
  }

  /** A name for a step of ours that no step of the user has. */
  private free(wanted: string): string {
    const taken = new Set([...this.job.steps.map(step => step.id), ...this.steps.map(step => step.name), ...this.saved.map(step => step.id)]);
    return freeName(wanted.slice(0, 60), taken);
  }
}

/** Whether the step, or one in it, may run after a failure. */
function asksAfterFailure(step: StepNode): boolean {
  return (step.condition !== undefined && someCondition(step.condition, leaf => leaf.kind === 'status' && leaf.status !== 'success')) || (step.kind === 'group' && step.steps.some(asksAfterFailure));
}

