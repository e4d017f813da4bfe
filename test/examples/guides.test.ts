import * as fs from 'fs';
import * as path from 'path';
import { transformSync } from '@swc/core';
import { newFolder, readTree } from '../support/folders';

/*
 * The guides say what is true. Each `ts` block is a whole program, which runs without warnings. What follows it, up to the next program:
 *
 * - `yaml` blocks are pieces of the files that it writes: `# dist/…` says the file, `# …` parts the pieces;
 * - `json` blocks below the name of a file, "`releases/prod.json`:", stand in the folder of the next program;
 * - `text` blocks are what it prints, one for each console.log, in that order, without spaces at the ends of lines.
 *
 * A `test(…)` in a program is run at once.
 */

const DOCS = path.resolve(__dirname, '../../docs');
const GUIDES = [
  'environments.md', 'workloads.md', 'containers.md', 'configuration.md', 'autoscaling.md', 'scheduled-tasks.md', 'stateful-services.md',
  'gitops-argocd.md', 'applicationsets-or-apps.md', 'gitops-flux.md', 'applications.md', 'argocd-building-blocks.md', 'flux-building-blocks.md',
  'kargo-building-blocks.md', 'gitops-promoter-building-blocks.md',
  'zero-downtime.md', 'canary.md', 'blue-green.md', 'metrics.md', 'aborts.md', 'migrating.md', 'simulation.md', 'rollout-engines.md',
  'promotion.md', 'disaster-recovery.md',
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
  for (const [, file, language, text] of fs.readFileSync(path.join(DOCS, guide), 'utf8').matchAll(/^(?:`([\w./-]+)`:\n\n)?```(ts|yaml|text|json)\n([^]*?)^```$/gm)) {
    if (language === 'json') {
      expect(file).toMatch(/\.json$/);
      given[file] = text;
    } else if (language === 'ts') {
      examples.push({ program: text, given, pieces: [], printed: [] });
      given = {};
    } else if (language === 'text') {
      examples.at(-1)!.printed.push(text.trimEnd());
    } else {
      const [head, ...body] = text.trimEnd().split('\n');
      expect(head).toMatch(/^# dist\//);
      body.join('\n').split(/^# …\n?/m).filter(piece => piece !== '')
        .forEach(piece => examples.at(-1)!.pieces.push({ file: head.slice(2), lines: piece.trimEnd().split('\n') }));
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
