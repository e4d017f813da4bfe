import { FileContent } from '../src/core/file-content';
import type { RepositoryFile } from '../src/core/repository-file';
import { Artifact, Condition, Job, JobStep, Matrix, Pipeline, PipelineEngine, PipelineEvent, PipelineSystem, Platform, Trigger } from 'cdk8s-fairway';

const SYSTEMS: Record<string, () => PipelineSystem> = {
  github: () => PipelineEngine.githubActions(),
  gitlab: () => PipelineEngine.gitlabCi(),
  azure: () => PipelineEngine.azurePipelines(),
  jenkins: () => PipelineEngine.jenkins(),
  tekton: () => PipelineEngine.tekton(),
};

const COUNT = 1000;

function platform(): Platform {
  return new Platform({ name: 'bench', root: '/nowhere', repository: 'https://github.com/acme/bench' });
}

/** A pipeline of the usual size: a matrix of tests, a build, and what is shipped of it. */
function usual(on: Platform, id: string, engine: PipelineSystem): Pipeline {
  const ci = new Pipeline(on, id, { engine, triggers: [Trigger.push(), Trigger.pullRequest()] });
  const dist = Artifact.named('dist');
  const matrix = Matrix.of({ NODE: ['22', '24'] });
  const lint = new Job(ci, 'lint', { steps: [JobStep.checkout(), JobStep.run('npm ci'), JobStep.run('npm run lint')] });
  const test = new Job(ci, 'test', { matrix, steps: [JobStep.checkout(), JobStep.run('npm ci && npm test', { env: { NODE: matrix.value('NODE') } })] });
  const version = JobStep.run('echo "version=1" >> "$FAIRWAY_OUTPUT"', { id: 'version', outputs: ['version'] });
  new Job(ci, 'build', { steps: [JobStep.checkout(), version, JobStep.run('npm run build'), JobStep.upload(dist, { paths: ['dist'] })], dependsOn: [lint, test] });
  new Job(ci, 'ship', {
    steps: [JobStep.download(dist), JobStep.run('./ship', { env: { VERSION: version.output('version') } })], condition: Condition.event(PipelineEvent.PUSH),
  });
  return ci;
}

/** 160 jobs in 8 waves, each of which waits for all before. */
function large(engine: PipelineSystem): Pipeline {
  const ci = new Pipeline(platform(), 'large', { engine, triggers: [Trigger.push()] });
  const before: Job[] = [];
  for (let wave = 0; wave < 8; wave++) {
    before.push(...Array.from({ length: 20 }, (_, i) => new Job(ci, `w${wave}-j${i}`, { steps: [JobStep.run('make')], dependsOn: [...before] })));
  }
  return ci;
}

/** The bytes of everything that a pipeline becomes. */
function printed(ci: Pipeline): number {
  const { files, objects } = ci.engine._backend.lower(ci._graph());
  const contents = [...files.map(file => file.content), ...objects.map(object => FileContent.yaml(object))];
  const texts = contents.map((content, i) => content._print({ path: files[i]?.path ?? 'object.yaml' } as RepositoryFile));
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** How many pipelines a second become text, from constructs to the last byte, for each system; and what becomes of a large one. */
export function loweredPipelines(): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const [name, make] of Object.entries(SYSTEMS)) {
    const engine = make();
    const on = platform();
    usual(platform(), 'warm-up', engine);
    const started = performance.now();
    for (let i = 0; i < COUNT; i++) {
      printed(usual(on, `p${i}`, engine));
    }
    figures[`${name}_per_second`] = COUNT / ((performance.now() - started) / 1000);
    figures[`${name}_large_bytes`] = printed(large(engine));
  }
  const graph = large(SYSTEMS.github())._graph();
  return { ...figures, edges_before: graph.edgesBefore, edges: graph.edges };
}
