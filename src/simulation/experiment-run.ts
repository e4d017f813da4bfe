import { AnalysisRun, isWorse } from './analysis-run';
import type { ExperimentPlan } from './plan';
import { ReplicaSet, Timing } from './pods';
import { AnalysisVerdict as Verdict } from './timeline';

type TemplatePhase = 'progressing' | 'running' | 'successful' | 'failed';

interface Template {
  readonly set: ReplicaSet;
  readonly replicas: number;
  phase: TemplatePhase;
  changedAt: number;
  available: number;
}

/** What an experiment is made of besides its plan. */
export interface ExperimentSetting {
  readonly now: number;
  readonly title: string;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly canaryPods: Timing;
  readonly stablePods: Timing;
}

/** An Experiment of a canary step: pods for a time, and analyses of them (experiments/experiment.go). */
export class ExperimentRun {
  public phase = Verdict.RUNNING;
  public message = '';
  /** Whether its pods have all become available once: only then do analyses and weights begin. */
  public availableAt?: number;
  public readonly title: string;
  public readonly runs: Array<{ readonly name: string; readonly required: boolean; readonly run: AnalysisRun }> = [];
  private readonly templates: Template[];
  private readonly progressDeadline: number;
  private terminated = false;
  private scaleDownAt?: number;

  public constructor(public readonly plan: ExperimentPlan, setting: ExperimentSetting) {
    this.title = setting.title;
    this.progressDeadline = setting.progressDeadline;
    this.templates = plan.templates.map(template => {
      const set = new ReplicaSet(0, template.canary ? setting.canaryPods : setting.stablePods, setting.minReady);
      set.scale(template.replicas, setting.now);
      return { set, replicas: template.replicas, phase: 'progressing', changedAt: setting.now, available: 0 };
    });
  }

  public get completed(): boolean {
    return this.phase !== Verdict.RUNNING;
  }

  /** Whether weights of its templates count. */
  public get takesTraffic(): boolean {
    return !this.completed && this.availableAt !== undefined;
  }

  public get pods(): number {
    return this.templates.reduce((sum, template) => sum + template.set.pods, 0);
  }

  /** Ends it early. Returns whether it was running. */
  public cancel(): boolean {
    if (this.completed || this.terminated) {
      return false;
    }
    this.terminated = true;
    return true;
  }

  /** Whether nothing of it is left. */
  public get gone(): boolean {
    return this.completed && this.pods === 0 && this.runs.every(({ run }) => run.completed);
  }

  public next(): number {
    if (this.terminated && !this.completed) {
      return 0;
    }
    let next = this.scaleDownAt ?? Infinity;
    for (const { set, phase, changedAt, replicas } of this.templates) {
      next = Math.min(next, set.nextChange);
      if (!this.completed && (phase === 'progressing' || phase === 'running') && set.available !== replicas) {
        next = Math.min(next, changedAt + this.progressDeadline + 1000);
      }
    }
    // Once its templates are done, or miss pods, the time that passed means nothing any more.
    const waits = !this.completed && this.templates.some(({ phase, set, replicas }) => phase === 'running' && set.available === replicas);
    if (waits && this.availableAt !== undefined && this.plan.duration !== undefined) {
      next = Math.min(next, this.availableAt + this.plan.duration);
    }
    return next;
  }

  /** Does what is due. Returns whether anything changed. */
  public step(now: number): boolean {
    let changed = this.scaleDown(now);
    for (const template of this.templates) {
      if (template.set.nextChange <= now) {
        changed = template.set.update(now) || changed;
      }
    }
    if (this.completed) {
      return changed;
    }
    const passed = this.availableAt !== undefined && this.plan.duration !== undefined && now >= this.availableAt + this.plan.duration;
    for (const template of this.templates) {
      this.assess(template, now, passed);
    }
    if (passed && this.scaleDownAt === undefined && this.pods > 0 && this.templates.every(({ phase }) => phase === 'successful')) {
      this.scaleDownAt = now + this.plan.scaleDownDelay; // its analyses may go on without pods (CalculateTemplateReplicasCount)
    }
    if (this.availableAt === undefined && this.templates.every(template => template.phase === 'running')) {
      this.availableAt = now;
      this.runs.push(...this.plan.analyses.map(({ name, required, analysis }) => ({
        name,
        required,
        run: new AnalysisRun(analysis, this.title, now),
      })));
      changed = true;
    }
    this.conclude(now);
    return changed || this.completed;
  }

  private assess(template: Template, now: number, passed: boolean): void {
    const { set, replicas } = template;
    if (template.available !== set.available) {
      template.available = set.available;
      template.changedAt = now;
    }
    if (template.phase === 'successful' || template.phase === 'failed') {
      return;
    }
    if (set.available === replicas) {
      template.phase = passed || this.terminated ? 'successful' : 'running';
    } else if (now > template.changedAt + this.progressDeadline) {
      template.phase = 'failed';
    } else {
      template.phase = this.terminated ? 'successful' : 'progressing';
    }
  }

  /** calculateStatus: the templates' end, or a bad analysis, or all required analyses. */
  private conclude(now: number): void {
    const worst = this.runs.reduce((found, { run }) => (run.completed && isWorse(found, run.phase) ? run.phase : found), Verdict.SUCCESSFUL);
    const running = this.runs.some(({ run }) => !run.completed) || (this.runs.length === 0 && this.plan.analyses.length > 0);
    const required = this.runs.filter(one => one.required);
    const requiredDone = required.length > 0 && required.every(({ run }) => run.phase === Verdict.SUCCESSFUL);
    if (this.templates.some(template => template.phase === 'failed')) {
      this.end(Verdict.FAILED, 'its pods did not become available before the progress deadline', now);
    } else if (worst !== Verdict.SUCCESSFUL) {
      this.end(worst, this.runs.find(({ run }) => run.phase === worst)?.run.message ?? '', now);
    } else if (requiredDone) {
      this.end(Verdict.SUCCESSFUL, 'required analyses are done', now);
    } else if (this.templates.every(template => template.phase === 'successful')) {
      // Required analyses that are still running keep the experiment from its end; others do not.
      if (!(running && required.length > 0) || this.terminated) {
        this.end(Verdict.SUCCESSFUL, '', now);
      }
    }
  }

  private end(verdict: Verdict, message: string, now: number): void {
    this.phase = verdict;
    this.message = message;
    this.scaleDownAt ??= now + this.plan.scaleDownDelay;
    for (const { run } of this.runs) {
      run.cancel();
    }
  }

  private scaleDown(now: number): boolean {
    if (this.scaleDownAt === undefined || this.scaleDownAt > now) {
      return false;
    }
    this.scaleDownAt = undefined;
    for (const { set } of this.templates) {
      set.scale(0, now);
    }
    return true;
  }
}
