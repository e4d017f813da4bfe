import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.resolve(__dirname, '..', '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...fs.readdirSync(path.join(ROOT, 'docs')).map(f => `docs/${f}`)].filter(f => f.endsWith('.md'));

interface Block {
  readonly page: string;
  readonly line: number;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```$/gm)]
    .map(match => ({ page, line: text.slice(0, match.index).split('\n').length + 1, text: match[1] }));
}

test('every TypeScript block of the documentation compiles on its own', () => {
  const blocks = PAGES.flatMap(blocksOf);
  expect(blocks.length).toBeGreaterThan(3);
  const sources = new Map(blocks.map((block, i) => [path.join(ROOT, 'docs', `block-${i}.ts`), block]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile).config, ts.sys, ROOT,
  );
  const compilerOptions = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(compilerOptions);
  const { readFile, fileExists } = host;
  host.fileExists = file => sources.has(file) || fileExists.call(host, file);
  host.readFile = file => {
    const block = sources.get(file);
    return block ? `${block.text}\nexport {};\n` : readFile.call(host, file);
  };
  const program = ts.createProgram([...sources.keys()], compilerOptions, host);
  const faults = ts.getPreEmitDiagnostics(program).filter(d => d.file && sources.has(d.file.fileName)).map(d => {
    const block = sources.get(d.file!.fileName)!;
    const { line } = d.file!.getLineAndCharacterOfPosition(d.start ?? 0);
    return `${block.page}:${block.line + line} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`;
  });
  expect(faults).toEqual([]);
}, 120_000);

test('links between pages lead somewhere', () => {
  const broken = PAGES.flatMap(page => {
    const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(#[^)]*)?\)/g)]
      .map(match => path.join(path.dirname(page), match[1]))
      .filter(target => !fs.existsSync(path.join(ROOT, target)))
      .map(target => `${page}: ${target}`);
  });
  expect(broken).toEqual([]);
});
