import { Construct } from 'constructs';
import { checkProps, entriesOf } from './delivery-checks';
import { Delivering, deployed, loginTo, ON_CHANGE, ownImages, routeOf, updateJob, verified } from './delivery-jobs';
import { DeliveryPipelineProps } from './delivery-props';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import { Platform } from '../core/platform';
import { Environment } from '../environments';
import {
  Artifact, ChangeRoute, CodeHost, DeploymentOutcome, InputType, Job, JobEnvironment, JobStep, Pipeline, PlatformStep, Report, Setup, Trigger,
} from '../pipelines';
import * as messages from '../pipelines/delivery/messages';
import { Workload } from '../workloads';

/**
 * The delivery of a platform, of its own model: what is checked on a pull request, and how a release gets from environment to environment on the
 * branch. Three pipelines: delivery; rollbacks, which people start; and what comes by the calendar. Each takes further jobs.
 *
 * It reads the environments that are declared by then: make it last (FW1061).
 */
export class DeliveryPipeline extends Construct {
  /** Checks pull requests; builds, promotes and verifies on the branch. */
  public readonly delivery: Pipeline;

  /** Brings an earlier release back. People start it. */
  public readonly rollback: Pipeline;

  /** Scans what runs, and updates dependencies. */
  public readonly maintenance: Pipeline;

  private readonly plan: Delivering;

  /**
   * @param scope the platform. Throws FW110 outside of one
   * @param id a DNS label, of which the files are named
   * @param props how it is delivered. Throws FW1000 to FW1002; FW1060 without a host, FW1061 without environments, FW1062 for a gate that nothing in
   * the pipeline vouches for, FW1063 for images and environments that are not of the platform
   */
  public constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    const platform = Platform.ofConstruct(this);
    checkProps(this, props);
    const environments = Environment.allIn(platform).sort((a, b) => a.stage - b.stage);
    const host = props.host ?? CodeHost._ofAddress(platform.repository);
    if (environments.length === 0) {
      throw messages.noRoad.error(this, { fault: 'has no environments yet' });
    }
    if (host === undefined) {
      throw messages.noHost.error(this, { whose: 'platform', repository: platform.repository, remedy: 'Say it: host: CodeHost.gitlab({ api: \'https://gitlab.example.com/api/v4\' }).' });
    }
    const { engine, runner, branch = 'main' } = props;
    const route = routeOf(platform, props);
    const paths = [platform.releases, platform.publishedPath, '.fairway'];
    this.plan = { platform, environments, props, branch, change: { host, route, branch, paths }, setup: props.setup ?? [Setup.node(), JobStep.run('npm ci', { id: 'install' })] };
    // What the pipeline has pushed itself has been verified; what a pull request or another repository brings goes on from there.
    const pushed = this.bringsAll(props) ? [`${platform.releases}/**`] : environments.filter(each => each.promotedFrom.length > 0).map(each => `${platform.releases}/${each.name}.json`);
    const pathsExcept = route === ChangeRoute.PUSH ? [...pushed, ...paths.slice(1).map(path => `${path}/**`)] : undefined;
    const triggers = [Trigger.pullRequest({ branches: [branch] }), Trigger.push({ branches: [branch], pathsExcept })];
    this.delivery = new Pipeline(this, id, { engine, runner, name: 'Delivery', triggers });
    this.rollback = new Pipeline(this, `${id}-rollback`, { engine, runner, name: 'Rollback', triggers: [Trigger.manual()] });
    const schedule = Trigger.schedule({ cron: props.maintenance ?? '23 4 * * 1-5' });
    this.maintenance = new Pipeline(this, `${id}-maintenance`, { engine, runner, name: 'Maintenance', triggers: [schedule, Trigger.manual()] });
    this.release(this.check());
    this.takeBack();
    this.maintain();
    Diagnostics.of(this).addCheck({
      check: () => Environment.allIn(platform).filter(each => !environments.includes(each)).map(each => messages.noRoad.at(this, { fault: `was made before the environment ${each.name}` })),
    });
  }

  /** Whether all releases enter by this pipeline. */
  private bringsAll({ images = [] }: DeliveryPipelineProps): boolean {
    return Workload.allIn(Platform.ofConstruct(this)).filter(workload => entriesOf(this).some(each => workload.runsIn(each)))
      .every(workload => images.some(image => image.workload === workload));
  }

  /** What every change has to pass, side by side. */
  private check(): Job[] {
    const { plan: { setup, props: { test = [] }, change: { host } } } = this;
    const jobs = [
      this.job('check', [PlatformStep.check(), Report.findings({ file: 'fairway.sarif', category: 'fairway' })]),
      this.job('edits', [PlatformStep.detectEdits()]),
      ...test.length > 0 ? [this.job('test', test)] : [],
    ];
    const pairs = this.plan.environments.flatMap(to => to.promotedFrom.map(from => ({ FROM: from.name, TO: to.name })));
    if (pairs.length > 0) {
      // The program of a pull request runs in one job, the token that may comment is in another.
      const report = Artifact.named('diff');
      const compare = pairs.map(env => JobStep.run('npx --no-install fairway diff "$FROM" "$TO" --format markdown >> fairway-diff.md', { id: `diff-${env.TO}`, env }));
      new Job(this.delivery, 'diff', { condition: ON_CHANGE, steps: [JobStep.checkout(), ...setup, ...compare, JobStep.upload(report, { paths: ['fairway-diff.md'] })] });
      new Job(this.delivery, 'comment', { condition: ON_CHANGE, steps: [JobStep.download(report), PlatformStep.commentDiff({ host })] });
    }
    return jobs;
  }

  /** From environment to environment: what is verified in one comes into the next. */
  private release(checks: Job[]): void {
    const { plan, delivery } = this;
    const built = ownImages(delivery, plan, checks);
    const last = new Map<Environment, Job>();
    for (const environment of plan.environments) {
      const before = environment.promotedFrom.map(source => last.get(source)!);
      const deploy = deployed(delivery, plan, environment, before.length > 0 ? before : [...checks, ...built.map(image => image.ready)], built);
      last.set(environment, verified(delivery, plan, environment, deploy, checks));
    }
  }

  /** A job for each environment: it has the approvals of its environment. */
  private takeBack(): void {
    const { plan: { environments, change, branch, setup, props }, rollback } = this;
    const environment = rollback.addInput('environment', { description: 'Where', type: InputType.CHOICE, options: environments.map(each => each.name) });
    const workload = rollback.addInput('workload', { description: 'The workload; empty for the program', default: '' });
    const to = rollback.addInput('to', { description: 'A tag, or the beginning of a digest or commit; empty for the release before', default: '' });
    const reason = rollback.addInput('reason', { description: 'Why' });
    for (const each of environments) {
      new Job(rollback, `rollback-${each.name}`, {
        condition: environment.isOneOf(each.name),
        environment: JobEnvironment.of(each),
        steps: [
          JobStep.checkout({ depth: 0, ref: branch }),
          ...setup,
          PlatformStep.rollback({ ...change, environment: each.name, workload, to, reason }),
          PlatformStep.recordDeployment({ environment: each.name, outcome: DeploymentOutcome.ROLLBACK, endpoint: props.events }),
        ],
      });
    }
  }

  private maintain(): void {
    const { plan: { platform, environments, setup, change: { host }, props }, maintenance } = this;
    const names = environments.map(environment => environment.name);
    new Job(maintenance, 'rescan', {
      container: props.tools,
      steps: [
        JobStep.checkout(),
        ...props.login || props.images?.length ? loginTo(props) : [],
        PlatformStep.rescan({ environments: names, releases: platform.releases, rules: props.scan }),
      ],
    });
    updateJob(maintenance, host, props.renovate ?? setup);
  }

  private job(id: string, steps: JobStep[]): Job {
    return new Job(this.delivery, id, { steps: [JobStep.checkout(), ...this.plan.setup, ...steps] });
  }
}
