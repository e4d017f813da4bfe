import * as fs from 'fs';
import * as path from 'path';
import { transformSync } from '@swc/core';
import { rowsOf } from './pipeline-parts';
import { AzureRepository, PipelineEngine, PipelineSystem } from '../../src';
import { Support } from '../../src/core/capability';
import { newFolder, readTree } from '../support/folders';

/*
 * The guides say what is true. Each `ts` block is a whole program, which runs without warnings. What follows it, up to the next program:
 *
 * - `yaml` and `groovy` blocks are pieces of the files that it writes: `# dist/…` or `// Jenkinsfile` says the file, `# …` or `// …` parts the pieces;
 * - `json` and `yaml` blocks below the name of a file, "`releases/prod.json`:", stand in the folder of the next program;
 * - `text` blocks are what it prints, one for each console.log, in that order, without spaces at the ends of lines.
 *
 * A `test(…)` in a program is run at once. The tables of what a system does with a pipeline are held against the system.
 */

const DOCS = path.resolve(__dirname, '../../docs');
const GUIDES = [
  'environments.md', 'workloads.md', 'containers.md', 'configuration.md', 'autoscaling.md', 'scheduled-tasks.md', 'stateful-services.md',
  'gitops-argocd.md', 'applicationsets-or-apps.md', 'gitops-flux.md', 'applications.md', 'argocd-building-blocks.md', 'flux-building-blocks.md',
  'kargo-building-blocks.md', 'gitops-promoter-building-blocks.md',
  'zero-downtime.md', 'canary.md', 'blue-green.md', 'metrics.md', 'aborts.md', 'migrating.md', 'simulation.md', 'rollout-engines.md',
  'promotion.md', 'disaster-recovery.md',
  'pipelines.md', 'pipelines-github.md', 'pipelines-gitlab.md', 'pipelines-azure.md', 'pipelines-jenkins.md', 'pipelines-tekton.md', 'pipelines-security.md',
  'pipelines-migrating.md',
];

interface Example {
  readonly program: string;
  /** The files that it finds. */
  readonly given: Record<string, string>;
  readonly pieces: Array<{ readonly file: string; readonly lines: string[] }>;
  readonly printed: string[];
}

/** The programs of a guide, each with the YAML and the text that follow it. */
function examplesOf(guide: string): Example[] {
  const examples: Example[] = [];
  let given: Record<string, string> = {};
  for (const [, file, language, text] of fs.readFileSync(path.join(DOCS, guide), 'utf8').matchAll(/^(?:`([\w./-]+)`:\n\n)?```(ts|yaml|groovy|text|json)\n([^]*?)^```$/gm)) {
    if (language === 'json' || language === 'yaml' && file !== undefined) {
      expect(file).toMatch(/\.(json|ya?ml)$/);
      given[file] = text;
    } else if (language === 'ts') {
      examples.push({ program: text, given, pieces: [], printed: [] });
      given = {};
    } else if (language === 'text') {
      examples.at(-1)!.printed.push(text.trimEnd());
    } else {
      const [head, ...body] = text.trimEnd().split('\n');
      const target = /^(?:#|\/\/) ((?:dist\/|services\/|templates\/|\.|Jenkinsfile)\S*)$/.exec(head)?.[1];
      expect([head, target]).toEqual([head, expect.any(String)]);
      body.join('\n').split(/^(?:#|\/\/) …\n?/m).filter(piece => piece !== '')
        .forEach(piece => examples.at(-1)!.pieces.push({ file: target!, lines: piece.trimEnd().split('\n') }));
    }
  }
  return examples;
}

/** Runs a program in a new folder, and returns what it wrote and printed. */
function run(program: string, given: Record<string, string>): { files: Record<string, string>; printed: string[] } {
  const { code } = transformSync(program, { module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } });
  const folder = newFolder();
  for (const [file, text] of Object.entries(given)) {
    fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  const before = process.cwd();
  const printed: string[] = [];
  const print = jest.spyOn(console, 'log').mockImplementation((text: unknown) => {
    printed.push(String(text).replace(/ +$/gm, '').trimEnd());
  });
  process.chdir(folder);
  try {
    new Function('require', 'exports', 'test', code)(require, {}, (_: string, body: () => void) => body());
  } finally {
    process.chdir(before);
    print.mockRestore();
  }
  return { files: readTree(folder), printed };
}

const written = jest.spyOn(process.stderr, 'write');
afterAll(() => written.mockRestore());

describe.each(GUIDES)('%s', guide => {
  const examples = examplesOf(guide);

  test('has programs, each with what comes out', () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter(({ pieces, printed }) => pieces.length + printed.length === 0)).toEqual([]);
  });

  test('leads only to what exists', () => {
    const text = fs.readFileSync(path.join(DOCS, guide), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, file, anchor]) => ({ file: path.join(DOCS, file || guide), anchor }));
    const missing = targets.filter(({ file, anchor }) => !fs.existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor)));
    expect(missing).toEqual([]);
  });

  test.each(examples.map((example, i) => [`program ${i + 1}`, example] as const))('%s', (_, { program, given, pieces, printed }) => {
    written.mockClear();
    const result = run(program, given);
    expect(written.mock.calls).toEqual([]); // no warnings
    for (const { file, lines } of pieces) {
      expect([file, result.files[file]]).toEqual([file, expect.stringContaining(`${lines.join('\n')}\n`)]);
    }
    expect(result.printed).toEqual(printed);
  });
});

/** The anchors of the headings of a guide, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...fs.readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

/** A simulated timeline, or a comparison, stands in each guide of progressive delivery. */
test.each(['zero-downtime.md', 'canary.md', 'blue-green.md', 'aborts.md', 'migrating.md', 'simulation.md'])('%s shows a simulation', guide => {
  expect(examplesOf(guide).flatMap(({ printed }) => printed).filter(text => /^exposure \d|served [\d,]+ of [\d,]+ requests/m.test(text)).length).toBeGreaterThan(0);
});

const SYSTEMS: Readonly<Record<string, () => PipelineSystem>> = {
  'pipelines-github.md': () => PipelineEngine.githubActions(),
  'pipelines-gitlab.md': () => PipelineEngine.gitlabCi(),
  'pipelines-azure.md': () => PipelineEngine.azurePipelines({ repository: AzureRepository.AZURE_REPOS }),
  'pipelines-jenkins.md': () => PipelineEngine.jenkins(),
  'pipelines-tekton.md': () => PipelineEngine.tekton(),
};

/** What a row of a system is called in a table of a guide. */
function claimOf({ support, matters, how }: ReturnType<typeof rowsOf>[number]): string {
  return `${support !== Support.UNSUPPORTED ? support : matters ? 'refused' : 'left out'}: ${how}`;
}

describe.each(Object.entries(SYSTEMS))('the table of %s', (guide, system) => {
  const rows = rowsOf(system);
  const told = [...fs.readFileSync(path.join(DOCS, guide), 'utf8').matchAll(/^\| [^|]+ \| (native|emulated|approximated|left out|refused) \| (.+) \|$/gm)]
    .map(([, support, how]) => `${support}: ${how.replace(/`/g, '')}`);

  test('says what the system says', () => {
    const known = new Set(rows.map(row => claimOf(row).replace(/`/g, '')));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter(claim => !known.has(claim))).toEqual([]);
  });

  test('leaves nothing out that the system does not do as it is meant', () => {
    const short = rows.filter(({ support }) => support === Support.UNSUPPORTED || support === Support.APPROXIMATED).map(row => claimOf(row).replace(/`/g, ''));
    expect([...new Set(short)].filter(claim => !told.includes(claim))).toEqual([]);
  });
});

/** The custom manager for Renovate in a guide. */
function managerOf(text: string): { readonly matchStrings: string[]; readonly managerFilePatterns: string[] } {
  return JSON.parse(/```json5\n([^]*?)^```$/m.exec(text)![1]).customManagers[0];
}

test('Renovate finds each pin of pipelines-github.md', () => {
  const text = fs.readFileSync(path.join(DOCS, 'pipelines-github.md'), 'utf8');
  const [, pins] = /`pins\.json`:\n\n```json\n([^]*?)^```$/m.exec(text)!;
  const manager = managerOf(text);
  const found = [...pins.matchAll(new RegExp(manager.matchStrings[0], 'g'))];
  expect(Object.fromEntries(found.map(({ groups }) => [groups!.depName, `${groups!.currentDigest} # ${groups!.currentValue}`]))).toEqual(JSON.parse(pins));
  expect(new RegExp(manager.managerFilePatterns[0].slice(1, -1)).test('pins.json')).toBe(true);
});

test('Renovate finds each image of pipelines-gitlab.md', () => {
  const text = fs.readFileSync(path.join(DOCS, 'pipelines-gitlab.md'), 'utf8');
  const found = [...examplesOf('pipelines-gitlab.md')[0].program.matchAll(new RegExp(managerOf(text).matchStrings[0], 'g'))];
  expect(found.map(({ groups }) => `${groups!.depName}:${groups!.currentValue}`))
    .toEqual(['docker.io/library/buildpack-deps:bookworm-scm', 'docker.io/library/node:24']);
});
