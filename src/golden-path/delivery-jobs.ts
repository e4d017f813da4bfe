import { healthOf } from './delivery-checks';
import type { DeliveryPipelineProps, SourceImage } from './delivery-props';
import type { Platform } from '../core/platform';
import type { Environment } from '../environments';
import {
  Attestation, ChangeRoute, CodeHost, Condition, Context, ImageStep, Job, JobEnvironment, JobStep, PathFilter, Pipeline,
  PipelineEvent, PlatformStep, Report, Value,
} from '../pipelines';

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
  readonly changed: Condition;
  /** Scanned, signed and attested. */
  readonly ready: Job;
}

/** What brings releases into an environment. */
export interface Deployment {
  readonly job: Job;
  /** Those of its steps that change what runs. */
  readonly steps: readonly JobStep[];
}

const ON_BRANCH = Condition.event(PipelineEvent.PUSH);

export function loginTo({ props: { login, images = [] } }: Delivering): JobStep[] {
  return login ? [login] : images.length > 0 ? [ImageStep.login({ registry: 'ghcr.io' })] : [];
}

/**
 * Builds each image once, then scans, signs and attests it by its digest. Where its source has not changed, the steps are left out and not the jobs:
 * what comes after a job that is left out is left out as well.
 */
export function imageJobs(pipeline: Pipeline, plan: Delivering, checks: Job[]): ReleasedImage[] {
  const { props: { images = [], scan: rules, tools: container, signingKey: key } } = plan;
  return images.map(source => {
    const { workload: { name, image: { repository: image } }, context, dockerfile, platforms } = source;
    const condition = Condition.changed(PathFilter.of(`source_${name.replaceAll('-', '_')}`, { paths: [context === '.' ? '**' : `${context}/**`] }));
    const build = ImageStep.buildImage({ image, context, dockerfile, platforms, condition });
    new Job(pipeline, `build-${name}`, { condition: ON_BRANCH, dependsOn: checks, steps: [JobStep.checkout(), ...loginTo(plan), build] });
    const built = { image, digest: build.output('digest'), condition };
    const report = `${name}.sarif`;
    const scan = new Job(pipeline, `scan-${name}`, {
      container,
      condition: ON_BRANCH,
      steps: [
        ...loginTo(plan),
        ImageStep.scan({ ...built, rules, report }),
        Report.findings({ file: report, category: name, condition: Condition.and(Condition.always(), condition) }),
      ],
    });
    const ready = new Job(pipeline, `sign-${name}`, {
      container,
      condition: ON_BRANCH,
      dependsOn: [scan],
      steps: [
        ...loginTo(plan),
        ImageStep.sign({ ...built, key }),
        ImageStep.attest({ ...built, key }),
        ImageStep.attest({ ...built, key, type: Attestation.PROVENANCE, id: 'attest-provenance' }),
      ],
    });
    return { source, digest: built.digest, changed: condition, ready };
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
  const entering = source === undefined ? built.filter(({ source: { workload } }) => workload.runsIn(environment)) : [];
  const steps = source === undefined
    ? entering.map(({ source: { workload }, digest, changed }) => PlatformStep.promote({
      ...change,
      id: `enter-${workload.name}`,
      condition: changed,
      environment: environment.name,
      workloads: [workload.name],
      release: { image: workload.image.repository, digest, tag: Context.SHA, sourceRepository },
    }))
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
