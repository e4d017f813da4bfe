import * as fs from 'fs';
import * as path from 'path';
import { transformSync } from '@swc/core';
import { newFolder, readTree } from '../support/folders';

/* The guides say what is true: each program runs, and the YAML after it is a piece of what it writes. */

const DOCS = path.resolve(__dirname, '../../docs');

interface Example {
  readonly program: string;
  readonly pieces: Array<{ readonly file: string; readonly lines: string[] }>;
}

/** The programs of a guide, each with the YAML that follows it. */
function examplesOf(guide: string): Example[] {
  const examples: Example[] = [];
  for (const [, language, text] of fs.readFileSync(path.join(DOCS, guide), 'utf8').matchAll(/^```(ts|yaml)\n([^]*?)^```$/gm)) {
    if (language === 'ts') {
      examples.push({ program: text, pieces: [] });
    } else {
      const [head, ...body] = text.trimEnd().split('\n');
      expect(head).toMatch(/^# dist\//);
      body.join('\n').split(/^# …\n?/m).filter(piece => piece !== '')
        .forEach(piece => examples.at(-1)!.pieces.push({ file: head.slice(2), lines: piece.trimEnd().split('\n') }));
    }
  }
  return examples;
}

/** Runs a program in a new folder, and returns what it wrote. */
function run(program: string): Record<string, string> {
  const { code } = transformSync(program, { module: { type: 'commonjs' }, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } });
  const folder = newFolder();
  const before = process.cwd();
  process.chdir(folder);
  try {
    new Function('require', 'exports', code)(require, {});
  } finally {
    process.chdir(before);
  }
  return readTree(folder);
}

const written = jest.spyOn(process.stderr, 'write');
afterAll(() => written.mockRestore());

describe.each(['environments.md', 'workloads.md', 'gitops-argocd.md'])('%s', guide => {
  const examples = examplesOf(guide);

  test('has programs, each with what comes out', () => {
    expect(examples.length).toBeGreaterThan(1);
    expect(examples.filter(({ pieces }) => pieces.length === 0)).toEqual([]);
  });

  test.each(examples.map(example => [example.program.split('\n').find(line => line.startsWith('new '))!, example] as const))('%s', (_, { program, pieces }) => {
    written.mockClear();
    const files = run(program);
    expect(written.mock.calls).toEqual([]); // no warnings
    for (const { file, lines } of pieces) {
      expect([file, files[file]]).toEqual([file, expect.stringContaining(`${lines.join('\n')}\n`)]);
    }
  });
});
