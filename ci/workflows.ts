import * as path from 'path';
import { Duration } from 'cdk8s';
import {
  Artifact, Condition, Job, JobEnvironment, JobStep, PackageStep, PackageTarget, Pipeline, PipelineEngine, PipelineEvent, Platform, Setup, Trigger,
} from 'cdk8s-fairway';

/*
 * The workflows of this project, by its own model: `npm run workflows` writes them, and a test holds what is in the repository against it.
 */

/** The pipelines of this project, for a repository at `root`. */
export function workflows(root: string): Platform {
  const platform = new Platform({
    name: 'cdk8s-fairway',
    root,
    outdir: path.join(root, '.tmp', 'workflows'),
    publishedPath: '.tmp/workflows',
    repository: 'https://github.com/cdk8s-fairway/cdk8s-fairway',
  });
  const engine = PipelineEngine.githubActions();
  build(new Pipeline(platform, 'build', { engine, name: 'Build', triggers: [Trigger.push(), Trigger.pullRequest(), Trigger.mergeQueue()] }));
  release(new Pipeline(platform, 'release', { engine, name: 'Release', triggers: [Trigger.tag()] }));
  return platform;
}

/** What every change has to pass. */
function build(pipeline: Pipeline): void {
  const prepared = () => [JobStep.checkout(), Setup.node(), JobStep.run('npm ci', { id: 'install' })];
  new Job(pipeline, 'test', { name: 'Test', steps: [...prepared(), JobStep.run('npm test')], timeout: Duration.minutes(40) });
  new Job(pipeline, 'conformance', {
    name: 'Conformance',
    steps: [...prepared(), Setup.go({ cache: false }), Setup.python({ cache: false }), Setup.java({ cache: false }), JobStep.run('npm run conformance')],
    timeout: Duration.minutes(60),
  });
  new Job(pipeline, 'bench', {
    name: 'Bench',
    condition: Condition.event(PipelineEvent.PUSH),
    steps: [
      ...prepared(),
      JobStep.run('npm run --silent bench -- --json > bench.json', { id: 'measure' }),
      JobStep.upload(Artifact.named('bench'), { paths: ['bench.json'], retentionDays: 90 }),
    ],
  });
}

/** What is tagged is tested, packed once, and published as it was packed. */
function release(pipeline: Pipeline): void {
  const folder = Artifact.named('package');
  new Job(pipeline, 'pack', {
    name: 'Pack',
    steps: [
      JobStep.checkout(),
      Setup.node({ cache: false }),
      JobStep.run('npm ci', { id: 'install' }),
      JobStep.run('npm test'),
      JobStep.run('mkdir package\nnpm pack --pack-destination package', { id: 'pack' }),
      JobStep.upload(folder, { paths: ['package'] }),
    ],
    timeout: Duration.minutes(45),
  });
  new Job(pipeline, 'publish', {
    name: 'Publish',
    environment: JobEnvironment.named('npm', { url: 'https://www.npmjs.com/package/cdk8s-fairway' }),
    steps: [
      JobStep.download(folder),
      Setup.node({ cache: false }),
      JobStep.run('mkdir unpacked\ntar --extract --gzip --file package/*.tgz --directory unpacked --strip-components 1', { id: 'unpack' }),
      PackageStep.publish({ target: PackageTarget.npm({ folder: 'unpacked' }) }),
    ],
  });
}

if (require.main === module) {
  workflows(path.resolve(__dirname, '..')).synth();
}
