import { download, upload } from './artifacts';
import type { CacheEntry, Expr, Statement, Step, Test } from './ast';
import { conditionTest, siftedCondition } from './conditions';
import { emptyNames, settingOf, within } from './job-env';
import * as messages from './messages';
import { JenkinsPlugin } from './options';
import { capture, LONGEST, scriptStep } from './scripts';
import { needsCheckout, textExpr, ValueScope } from './values';
import { ABORTED, GOING_ON, World } from './world';
import { approximated, dropped, emulated, native } from '../../gaps';
import {
  asksStatus, CacheStepNode, CheckoutStepNode, ConditionNode, DeliveryStepNode, describeText, flattened, JobNode, meant, plainText, StatusName,
  StepNode, Text, ToolStepNode, ValueNode, valuesOf, valuesOfCondition,
} from '../../graph';

/** The steps of a job. */
export interface JobSteps {
  /** What comes before the variables of the job are set, because they are made of it. */
  readonly head: readonly Step[];
  /** One after the other, until one fails. */
  readonly main: readonly Step[];
  /** What runs then, whatever became of those. */
  readonly after: readonly Step[];
  /** Whether it has to be known what became of those. */
  readonly asks: boolean;
}

/** A condition that can hold although a step before has failed. */
function isTolerant(condition: ConditionNode | undefined): boolean {
  return condition !== undefined && asksStatus(condition);
}

export function jobSteps(job: JobNode, leg: string, world: World): JobSteps {
  const steps = flattened(job.steps);
  const first = steps.findIndex(step => isTolerant(step.condition));
  const main = first < 0 ? steps : steps.slice(0, first);
  const later = first < 0 ? [] : steps.slice(first);
  const asks = later.some(step => !isAlways(meant(step.condition)));
  if (later.length > 0) {
    world.row(native('steps that run after a failure', 'post { always } of the stage', job.id));
  }
  const maker = new Maker(job, leg, world, steps);
  const head = maker.head(main[0]);
  return { ...head, main: maker.sequence(head.taken ? main.slice(1) : main), after: maker.afterwards(later), asks };
}

function isAlways(condition: ConditionNode): boolean {
  return condition.kind === 'status' && condition.status === 'always';
}

class Maker {
  private readonly reads: ReadonlySet<string>;
  private inAfter = false;

  public constructor(
    private readonly job: JobNode, private readonly leg: string, private readonly world: World, private readonly steps: readonly StepNode[],
  ) {
    this.reads = commitReads(job, steps, world);
  }

  /** A checkout for what reads the commit, where the job's own comes too late or never. */
  public head(first: StepNode | undefined): { readonly head: readonly Step[]; readonly taken: boolean } {
    const early = commitReads(this.job, [], this.world).size > 0;
    if (first?.kind === 'checkout' && first.condition === undefined && early) {
      return { head: this.one(first), taken: true };
    }
    const late = this.reads.size > 0 && !this.steps.some(step => step.kind === 'checkout');
    return { head: early || late ? this.checkedOut({}) : [], taken: false };
  }

  /** Steps after each other. A cache is around those that follow. */
  public sequence(steps: readonly StepNode[]): readonly Step[] {
    const lowered: Step[] = [];
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      const cache = this.cacheOf(step);
      if (cache) {
        const rest = this.sequence(steps.slice(i + 1));
        return rest.length === 0 ? lowered : [...lowered, { ...cache, steps: rest }];
      }
      lowered.push(...this.one(step));
    }
    return lowered;
  }

  /** Steps of which each runs whatever became of those before, if its condition holds. */
  public afterwards(steps: readonly StepNode[]): readonly Step[] {
    this.inAfter = true;
    const name = this.world.names.result(this.leg);
    const lowered = steps.map(step => ({ step, made: this.one(step) })).filter(({ made }) => made.length > 0);
    let then: readonly Step[] = [];
    let asks = false;
    for (const { step, made: first } of lowered.reverse()) {
      const failed: Statement[] = [{ do: 'env', name, value: { is: 'text', value: 'failure' } }];
      then = then.length === 0 ? first : [{ step: 'script', statements: [{ do: 'finally', first, then, ...asks && { failed } }] }];
      asks ||= !isAlways(meant(step.condition));
    }
    return then;
  }

  private one(step: StepNode): readonly Step[] {
    const body = this.body(step);
    if (body.length === 0) {
      return [];
    }
    let steps: readonly Step[] = body;
    const setting = settingOf(step.env, secret => this.scope(secret));
    steps = within(setting, steps);
    if (step.timeoutMinutes !== undefined) {
      steps = [{ step: 'script', statements: [{ do: 'timed', minutes: step.timeoutMinutes, steps }] }];
      this.world.row(emulated(`timeout of step ${step.id}`, 'timeout(time:, unit:), which would abort the build, and is made a failure', this.job.id));
    }
    if (step.continueOnError) {
      // A build that somebody stops goes on to stop.
      steps = [{ step: 'catchError', buildResult: 'SUCCESS', stageResult: 'UNSTABLE', catchInterruptions: false, steps }];
    }
    const captures = this.captures(step);
    const isRead = captures.length > 0 && !step.continueOnError && this.survives();
    // What a step has written counts although it fails, where something can still read it.
    return this.conditional(step, isRead ? [{ step: 'script', statements: [{ do: 'finally', first: steps, then: captures }] }] : [...steps, ...captures]);
  }

  /** Whether anything reads outputs of this job in spite of its failure. */
  private survives(): boolean {
    return this.world.spared.has(this.job.id) || this.steps.some(each => isTolerant(each.condition));
  }

  private conditional(step: StepNode, steps: readonly Step[]): readonly Step[] {
    if (step.condition === undefined && !this.inAfter) {
      return steps;
    }
    const scope = this.world.conditions(this.scope(() => undefined), status => this.status(status));
    const test = conditionTest(siftedCondition(meant(step.condition), this.world.sifted), scope);
    return test.is === 'true' ? steps : [{ step: 'script', statements: [{ do: 'if', test, then: steps }] }];
  }

  /** How the steps before went: while there is no failure, nothing but success is asked. */
  private status(status: StatusName): Test {
    const result: Expr = { is: 'env', name: this.world.names.result(this.leg) };
    switch (status) {
      case 'always': return { is: 'true' };
      case 'cancelled': return ABORTED;
      case 'success': return this.inAfter ? { is: 'equal', left: result, right: { is: 'text', value: 'success' } } : { is: 'true' };
      case 'failure': return { is: 'all', tests: [{ is: 'equal', left: result, right: { is: 'text', value: 'failure' } }, GOING_ON] };
    }
  }

  private scope(secret: (name: string) => void): ValueScope {
    return this.world.scope(this.job, this.leg, secret);
  }

  private label(step: StepNode): string {
    return plainText(step.name) ?? step.id;
  }

  private body(step: StepNode): readonly Step[] {
    switch (step.kind) {
      case 'run': return this.script(step, step.script, step.shell, step.workingDirectory);
      case 'checkout': return this.checkout(step);
      case 'tool': case 'cache': case 'group': return [];
      case 'upload': return upload(step, this.job, this.leg, this.world);
      case 'download': return download(step, this.world);
      case 'delivery': return this.delivery(step);
      case 'native': return this.native(step);
    }
  }

  private native(step: StepNode & { kind: 'native' }): readonly Step[] {
    const code = step.bodies.jenkins;
    if (typeof code !== 'string' || code.trim() === '') {
      this.world.findings.push(messages.nativeBody.at(step.path, { step: step.id, value: code }));
      return [];
    }
    return [{ step: 'script', statements: [{ do: 'groovy', code }] }];
  }

  private script(step: StepNode, script: string, shell: 'bash' | 'sh' | 'pwsh', folder?: string): readonly Step[] {
    const length = Buffer.byteLength(script, 'utf8') + 512;
    if (length > LONGEST) {
      this.world.findings.push(messages.longScript.at(step.path, { step: step.id, length: length - 512 }));
      return [];
    }
    const made = scriptStep({
      id: step.id,
      label: this.label(step),
      script,
      shell,
      ...emptyNames(this.job, this.world.graph.env, step.env),
      outputs: step.outputs.length > 0 || script.includes('FAIRWAY_OUTPUT'),
      retry: step.retry,
    });
    return folder === undefined || folder === '.' ? [made] : [{ step: 'dir', path: folder, steps: [made] }];
  }

  /** What the script of a step has written, for the steps and jobs that read it. */
  private captures(step: StepNode): readonly Step[] {
    if (step.outputs.length === 0 || (step.kind !== 'run' && step.kind !== 'delivery')) {
      return [];
    }
    const shell = step.kind === 'run' ? step.shell : 'bash';
    const own = this.scope(() => undefined).ownOutputs;
    const statements = step.outputs.flatMap((output): Statement[] => {
      const name = own.get(`${step.id} ${output}`) ?? this.world.names.stepOutput(this.leg, step.id, output);
      const shared = own.size > 0 ? [] : this.job.outputs.filter(each => each.step === step.id && each.output === output);
      return [
        capture(step.id, output, name, shell),
        ...shared.map((each): Statement => ({ do: 'env', name: this.world.names.output(this.job.id, each.name), value: { is: 'env', name } })),
      ];
    });
    return [{ step: 'script', statements }];
  }

  private checkout(step: CheckoutStepNode): readonly Step[] {
    const changes = {
      ...step.submodules && { submodules: true },
      ...step.lfs && { lfs: true },
      ...step.ref && { ref: textExpr(step.ref, this.scope(() => undefined)) },
    };
    const steps = this.checkedOut(changes);
    return step.folder === undefined || step.folder === '.' ? steps : [{ step: 'dir', path: step.folder, steps }];
  }

  /** What a checkout tells of the commit is kept where a job reads it. */
  private checkedOut(changes: { submodules?: boolean; lfs?: boolean; ref?: Expr }): readonly Step[] {
    const checkout: Step = Object.keys(changes).length === 0 ? { step: 'checkoutScm' } : { step: 'checkoutWith', ...changes };
    return this.reads.size > 0 ? [{ step: 'script', statements: [{ do: 'commit', checkout, base: this.reads.has('baseSha') }] }] : [checkout];
  }

  private delivery(step: DeliveryStepNode): readonly Step[] {
    const reports = step.with.files ?? step.with.paths ?? step.with.report;
    if (step.action === 'test-report' && Array.isArray(reports) && reports.length > 0 && reports.every(path => typeof path === 'string' && !/[,\s]/.test(path))) {
      this.world.row(native('step test-report', 'junit', this.job.id));
      // The script that runs the tests fails when one does; the report alone changes no result.
      return [{ step: 'junit', testResults: (reports as string[]).join(','), allowEmptyResults: true, skipMarkingBuildUnstable: true }];
    }
    this.world.row(emulated(`step ${step.action}`, step.portable.commands.length === 0 ? 'a script' : `a script with ${step.portable.commands.join(', ')}`, this.job.id));
    return this.script(step, step.portable.script, 'bash', step.portable.workingDirectory);
  }

  private cacheOf(step: StepNode): Omit<Extract<Step, { step: 'cache' }>, 'steps'> | undefined {
    if (step.kind !== 'cache' && !(step.kind === 'tool' && step.cache)) {
      return undefined;
    }
    const part = step.kind === 'cache' ? `cache ${step.id}` : `cache of ${step.language}`;
    if (this.job.publishes) {
      this.world.row(emulated(part, 'left out, because the job publishes', this.job.id));
      return undefined;
    }
    if (!this.world.options.plugins.has(JenkinsPlugin.JOB_CACHER)) {
      this.world.row(dropped(part, 'the plug-in jobcacher is not there', this.job.id));
      return undefined;
    }
    return step.kind === 'cache' ? this.userCache(step, part) : this.toolCache(step, part);
  }

  private toolCache(step: ToolStepNode, part: string) {
    const { manager, lockFiles, paths } = step.cache!;
    this.world.row(native(part, 'cache(caches: [arbitraryFileCache(…)])', this.job.id));
    return cacheBlock(paths, manager, lockFiles, {});
  }

  private userCache(step: CacheStepNode, part: string) {
    const files = valuesOf(step.key).flatMap(value => value.kind === 'hash' ? value.files : []);
    const others = valuesOf(step.key).filter(value => value.kind !== 'hash' && value.kind !== 'matrix');
    const plain = others.length === 0 && step.restoreKeys.length === 0;
    this.world.row((plain ? native : approximated)(part, plain ? 'cache(caches: [arbitraryFileCache(…)])' : 'a cache of Jenkins has one key, of files, and keeps what is there when they change', this.job.id));
    const modes = { ...step.mode === 'restore' && { skipSave: true }, ...step.mode === 'save' && { skipRestore: true } };
    return cacheBlock(step.paths, cacheName(step.key, step.id), files, modes);
  }
}

/** Megabytes: what is larger is thrown away by Jenkins. */
const LARGEST_CACHE = 4096;

function cacheBlock(paths: readonly string[], name: string, files: readonly string[], modes: { skipSave?: boolean; skipRestore?: boolean }) {
  const caches = paths.map((path, i): CacheEntry => ({
    path: path.replace(/^~(?=\/|$)/, '$HOME'),
    cacheName: paths.length === 1 ? name : `${name}-${i + 1}`,
    ...files.length > 0 && { cacheValidityDecidingFile: files.join(',') },
  }));
  return { step: 'cache' as const, maxCacheSize: LARGEST_CACHE, caches, ...modes };
}

function cacheName(key: Text, id: string): string {
  return describeText(key.filter(part => typeof part === 'string' || part.kind === 'matrix')).replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || id;
}

/** What of that which only a checkout knows a job reads. */
function commitReads(job: JobNode, steps: readonly StepNode[], world: World): ReadonlySet<string> {
  const read: ValueNode[] = [
    ...[job.env, world.graph.env, ...steps.map(step => step.env)].flatMap(env => Object.values(env)).flatMap(valuesOf),
    ...steps.flatMap(step => step.condition ? valuesOfCondition(step.condition) : []),
    ...steps.flatMap(step => step.kind === 'checkout' && step.ref ? valuesOf(step.ref) : []),
  ];
  return new Set(read.filter(needsCheckout).map(value => value.kind === 'context' ? value.name : ''));
}
