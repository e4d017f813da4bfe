import { healthOf } from './delivery-checks';
import type { DeliveryPipelineProps, DeliveryProps, SourceImage } from './delivery-props';
import type { Platform } from '../core/platform';
import type { Environment } from '../environments';
import {
  Attestation, ChangeOptions, ChangeRoute, CodeHost, Condition, Context, ImageStep, Job, JobContainer, JobEnvironment, JobStep, PathFilter, Pipeline,
  PipelineEvent, PlatformStep, Report, Value,
} from '../pipelines';
import { PromotionBackend } from '../promotion/backend';
import type { Workload } from '../workloads';

/** What the jobs of a delivery have in common. */
export interface Delivering {
  readonly platform: Platform;
  /** In the order of promotion. */
  readonly environments: readonly Environment[];
  readonly props: DeliveryPipelineProps;
  readonly branch: string;
  /** How changes get into the repository. */
  readonly change: { readonly host: CodeHost; readonly route: ChangeRoute; readonly branch: string; readonly paths: string[] };
  readonly setup: JobStep[];
}

/** An image of this run. */
export interface ReleasedImage {
  readonly source: SourceImage;
  readonly digest: Value;
  /** Whether it was built at all; always without it. */
  readonly changed?: Condition;
  /** Scanned, signed and attested. */
  readonly ready: Job;
}

/** What brings releases into an environment. */
export interface Deployment {
  readonly job: Job;
  /** Those of its steps that change what runs. */
  readonly steps: readonly JobStep[];
}

export const ON_BRANCH = Condition.event(PipelineEvent.PUSH);

export const ON_CHANGE = Condition.event(PipelineEvent.PULL_REQUEST);

/** The login to the registry of images. */
export function loginTo({ login }: DeliveryProps): JobStep[] {
  return [login ?? ImageStep.login({ registry: 'ghcr.io' })];
}

export function routeOf(platform: Platform, { route }: DeliveryProps): ChangeRoute {
  return route ?? (PromotionBackend.tryOf(platform) ? ChangeRoute.PULL_REQUEST : ChangeRoute.PUSH);
}

/** How an image is released. */
export interface ImagePlan {
  readonly source: SourceImage;
  /** What the names of its jobs end with. */
  readonly suffix: string;
  readonly logins: JobStep[];
  readonly rules: Pick<DeliveryProps, 'scan' | 'tools' | 'signingKey'>;
  /** What comes before. */
  readonly checks: Job[];
  /** Whether it is built at all. */
  readonly changed?: Condition;
}

/**
 * Builds an image once, then scans, signs and attests it by its digest. Where its source has not changed, the steps are left out and not the jobs:
 * what comes after a job that is left out is left out as well.
 */
export function imageJobs(pipeline: Pipeline, { source, suffix, logins, rules: given, checks, changed }: ImagePlan): ReleasedImage {
  const { scan: rules, tools: container, signingKey: key } = given;
  const { workload: { name, image: { repository: image } }, context, dockerfile, platforms } = source;
  const build = ImageStep.buildImage({ image, context, dockerfile, platforms, condition: changed });
  new Job(pipeline, `build${suffix}`, { condition: ON_BRANCH, dependsOn: checks, steps: [JobStep.checkout(), ...logins, build] });
  const built = { image, digest: build.output('digest'), condition: changed };
  const report = `${name}.sarif`;
  const scan = new Job(pipeline, `scan${suffix}`, {
    container,
    condition: ON_BRANCH,
    steps: [
      ...logins,
      ImageStep.scan({ ...built, rules, report }),
      Report.findings({ file: report, category: name, condition: changed && Condition.and(Condition.always(), changed) }),
    ],
  });
  const ready = new Job(pipeline, `sign${suffix}`, {
    container,
    condition: ON_BRANCH,
    dependsOn: [scan],
    steps: [
      ...logins,
      ImageStep.sign({ ...built, key }),
      ImageStep.attest({ ...built, key }),
      ImageStep.attest({ ...built, key, type: Attestation.PROVENANCE, id: 'attest-provenance' }),
    ],
  });
  return { source, digest: built.digest, changed, ready };
}

/** The images of the platform itself: each where something in its folder has changed. */
export function ownImages(pipeline: Pipeline, { props }: Delivering, checks: Job[]): ReleasedImage[] {
  return (props.images ?? []).map(source => {
    const { workload: { name }, context } = source;
    const changed = Condition.changed(PathFilter.of(`source_${name.replaceAll('-', '_')}`, { paths: [context === '.' ? '**' : `${context}/**`] }));
    return imageJobs(pipeline, { source, suffix: `-${name}`, logins: loginTo(props), rules: props, checks, changed });
  });
}

/** A release that enters the road. */
export interface Entering {
  readonly environment: Environment;
  readonly workload: Workload;
  readonly digest: Value;
  readonly sourceRepository?: string;
  readonly condition?: Condition;
}

/** The step that hands a release of this run over. */
export function entering(change: ChangeOptions, { environment, workload, digest, sourceRepository, condition }: Entering): JobStep {
  return PlatformStep.promote({
    ...change,
    id: `enter-${workload.name}`,
    condition,
    environment: environment.name,
    workloads: [workload.name],
    release: { image: workload.image.repository, digest, tag: Context.SHA, sourceRepository },
  });
}

/**
 * The job that brings dependencies up to date. It may push. A lock file says what it runs to the last dependency, which a tag of an image does not.
 *
 * @param renovate what has Renovate: an image, or steps that install it
 */
export function updateJob(pipeline: Pipeline, host: CodeHost, renovate: JobContainer | JobStep[]): Job {
  const setup = Array.isArray(renovate) ? renovate : [];
  return new Job(pipeline, 'update', {
    ...!Array.isArray(renovate) && { container: renovate },
    steps: [JobStep.checkout(), ...setup, PlatformStep.updateDependencies({ host })],
  });
}

/** The job that brings releases into an environment; nothing where they enter with every merge alone. */
export function deployed(
  pipeline: Pipeline, plan: Delivering, environment: Environment, before: Job[], built: ReleasedImage[],
): Deployment | undefined {
  const { props, change, branch, setup } = plan;
  const { repository = '' } = plan.platform;
  const sourceRepository = repository.startsWith('https://') ? repository : undefined;
  const [source] = environment.promotedFrom;
  const own = source === undefined ? built.filter(({ source: { workload } }) => workload.runsIn(environment)) : [];
  const steps = source === undefined
    ? own.map(({ source: { workload }, digest, changed }) =>
      entering(change, { environment, workload, digest, sourceRepository, condition: changed }))
    : [PlatformStep.promote({ ...change, environment: environment.name, from: source.name, all: true, passed: vouched(props, environment) })];
  if (steps.length === 0) {
    return undefined;
  }
  const job = new Job(pipeline, `deploy-${environment.name}`, {
    condition: ON_BRANCH,
    dependsOn: before,
    environment: JobEnvironment.of(environment),
    steps: [JobStep.checkout({ depth: 0, ref: branch }), ...setup, ...steps],
  });
  return { job, steps };
}

/** The job that looks at what runs in an environment now, and records it where it is new. */
export function verified(pipeline: Pipeline, plan: Delivering, environment: Environment, deployment: Deployment | undefined, checks: Job[]): Job {
  const { props: { clusterAccess = [], smokeTests = {}, verification = [], ...props }, platform } = plan;
  const check = healthOf(props, environment);
  const url = Object.hasOwn(smokeTests, environment.name) ? smokeTests[environment.name] : undefined;
  const isNew = Condition.changed(PathFilter.of(`runs_in_${environment.name.replaceAll('-', '_')}`, {
    paths: [`${platform.releases}/${environment.name}.json`, `${platform.publishedPath}/${environment.name}/**`],
  }));
  // What is pushed by this run starts no other one; what a merge brings is in the commit of this run.
  const pushed = plan.change.route === ChangeRoute.PUSH ? deployment?.steps.map(step => step.output('state').isOneOf('pushed')) ?? [] : [];
  const news = [...pushed.length > 0 && environment.promotedFrom.length > 0 ? [] : [isNew], ...pushed];
  const condition = news.length === 1 ? news[0] : Condition.or(...news);
  return new Job(pipeline, `verify-${environment.name}`, {
    condition: ON_BRANCH,
    dependsOn: deployment ? [deployment.job] : checks,
    steps: [
      JobStep.checkout({ depth: 0 }),
      ...clusterAccess,
      ...check ? [PlatformStep.waitForHealth({ check })] : [],
      ...url === undefined ? [] : [PlatformStep.smokeTest({ url })],
      ...verification,
      PlatformStep.recordDeployment({ environment: environment.name, condition, endpoint: props.events }),
    ],
  });
}

/** What the jobs before have looked at, as far as the environment demands it. */
function vouched({ passed = [] }: DeliveryPipelineProps, { protection: { requireHealth, requireAnalysis = [] } }: Environment): string[] {
  return [...requireHealth ? ['health'] : [], ...passed.filter(name => requireAnalysis.includes(name))];
}
