import * as fs from 'fs';
import * as path from 'path';
import { boutique } from '../../examples/online-boutique/boutique';
import { delivered } from '../../examples/online-boutique/delivery';
import { newFolder, readTree } from '../support/folders';
import { PipelineEngine } from 'cdk8s-fairway';

/*
 * The delivery of the example on all five systems, whole files, byte for byte: one line of the program differs. After
 * looking at a change, take it over with
 *
 *     UPDATE_GOLDEN=1 npx jest test/examples/golden-pipelines
 */

const GOLDEN = path.join(__dirname, 'golden-pipelines');

export const ENGINES = {
  github: () => PipelineEngine.githubActions(),
  gitlab: () => PipelineEngine.gitlabCi(),
  azure: () => PipelineEngine.azurePipelines(),
  jenkins: () => PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' }),
  tekton: () => PipelineEngine.tekton({ concurrencyHeldBy: 'Kueue admits one run at a time' }),
};

/** What belongs to pipelines: files of the repository, and objects for Tekton. */
function made(engine: keyof typeof ENGINES): Record<string, string> {
  const root = newFolder();
  delivered(ENGINES[engine](), boutique('1.34', { root, outdir: path.join(root, 'dist') })).synth();
  return Object.fromEntries(Object.entries(readTree(root))
    .filter(([file]) => !/^\.fairway\//.test(file) && (!file.startsWith('dist/') || file.startsWith('dist/pipelines/')))
    .map(([file, text]) => [`${engine}/${file}`, text]));
}

const actual = Object.assign({}, ...(Object.keys(ENGINES) as Array<keyof typeof ENGINES>).map(made)) as Record<string, string>;

if (process.env.UPDATE_GOLDEN) {
  fs.rmSync(GOLDEN, { recursive: true, force: true });
  for (const [file, content] of Object.entries(actual)) {
    fs.mkdirSync(path.dirname(path.join(GOLDEN, file)), { recursive: true });
    fs.writeFileSync(path.join(GOLDEN, file), content);
  }
}

const golden = readTree(GOLDEN);

test('the golden files are these', () => {
  expect(Object.keys(golden).sort()).toEqual(Object.keys(actual).sort());
});

test.each(Object.entries(actual))('%s', (file, content) => {
  expect(content).toBe(golden[file]);
});
