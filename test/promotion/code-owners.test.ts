import * as fc from 'fast-check';
import { roadOf, Stop } from './scenarios';
import { codes } from '../support/findings';
import { environment, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { CodeOwnersForm, PromotionEngine, RepositoryFile } from 'cdk8s-fairway';

const STOPS: Stop[] = [
  { name: 'dev' },
  { name: 'staging', from: ['dev'], protection: { approvals: { teams: ['acme/leads'] } } },
  { name: 'prod', from: ['staging'], protection: { approvals: { teams: ['acme/sre', '@jane'], count: 2 } } },
];

/** The path and the lines of the file, without its head. */
function file(options: any, stops = STOPS): { path: string; lines: string[]; codes: string[] } | undefined {
  const { platform } = roadOf('pullRequests', { name: '', stops }, { codeOwners: options });
  const found = platform.check();
  const made = platform.node.findChild('promotion').node.tryFindChild('code-owners') as RepositoryFile | undefined;
  return made && { path: made.path, lines: (made as any)._render().trimEnd().split('\n').slice(1), codes: codes(found) };
}

/** Who owns a path on GitHub: the last line that fits decides. */
function owners(lines: string[], path: string): string[] {
  const unescaped = (text: string) => text.replace(/\\(.)/g, '$1');
  const fits = (pattern: string) => pattern === '*' || (pattern.endsWith('/') ? `/${path}`.startsWith(unescaped(pattern)) : `/${path}` === unescaped(pattern));
  const rules = lines.filter(line => line !== '' && !line.startsWith('#')).map(line => /^((?:\\.|\S)+) (.*)$/.exec(line)!);
  return rules.filter(([, pattern]) => fits(pattern)).at(-1)?.[2].split(' ') ?? [];
}

test('GitHub: who approves owns the release state and the folders', () => {
  const { path, lines, codes: found } = file({ lines: ['* @acme/all', '/dist/ @acme/all'] })!;
  expect(path).toBe('.github/CODEOWNERS');
  for (const [each, expected] of Object.entries({
    'src/main.ts': ['@acme/all'],
    'releases/dev.json': ['@acme/all'],
    'dist/dev/web/Deployment.web.k8s.yaml': ['@acme/all'],
    'releases/staging.json': ['@acme/leads'],
    'releases/prod.json': ['@acme/sre', '@jane'],
    'dist/prod/web/Deployment.web.k8s.yaml': ['@acme/sre', '@jane'],
    'dist/argocd/apps/in-cluster/prod/Application.acme-prod-web.k8s.yaml': ['@acme/sre', '@jane'],
    // Whoever may change the file may change who is asked.
    '.github/CODEOWNERS': ['@acme/leads', '@acme/sre', '@jane'],
  })) {
    expect([each, owners(lines, each)]).toEqual([each, expected]);
  }
  expect(found).toEqual(['FW905']);
});

test('GitLab: a section for each environment, with the number of approvals', () => {
  const { path, lines, codes: found } = file({ form: CodeOwnersForm.GITLAB })!;
  expect(path).toBe('.gitlab/CODEOWNERS');
  expect(lines).toEqual(expect.arrayContaining([
    '[Releases and manifests of staging][1] @acme/leads', '[Releases and manifests of prod][2] @acme/sre @jane', '/releases/prod.json', '/dist/prod/',
  ]));
  expect(found).toEqual([]);
});

test('Gitea: regular expressions, and a warning that nothing is waited for', () => {
  const { path, lines, codes: found } = file({ form: CodeOwnersForm.GITEA })!;
  expect(path).toBe('.gitea/CODEOWNERS');
  expect(lines).toContain('releases/prod\\.json @acme/sre @jane');
  expect(lines).toContain('dist/prod/.* @acme/sre @jane');
  expect(found).toEqual(['FW905', 'FW905']);
});

test('without approvals there is no file, unless there are lines of the user', () => {
  expect(file({}, [{ name: 'dev' }])).toBeUndefined();
  expect(file({ lines: ['* @acme/all'] }, [{ name: 'dev' }])!.lines).toEqual(['* @acme/all']);
});

test('the file of images of an entry with approvals is owned, too', () => {
  const { lines } = file({}, [{ name: 'dev', protection: { approvals: { teams: ['acme/leads'] } } }])!;
  expect(owners(lines, 'releases/dev.images.yaml')).toEqual(['@acme/leads']);
});

test('never: a path whose letters would stand for others, or for an owner', () => {
  const letter = fc.constantFrom('a', 'b', '.', '-', ' ', '#', '[', ']', '!', '*', '?', '\\', '@', '{');
  fc.assert(fc.property(fc.array(letter, { minLength: 1, maxLength: 8 }).map(letters => letters.join('')), releases => {
    let platform;
    try {
      platform = newPlatform(undefined, { releases, promotion: PromotionEngine.pullRequests() });
    } catch {
      return; // no folder that this library writes to
    }
    environment(platform, 'prod', { protection: { approvals: { teams: ['acme/sre'] } } });
    service(platform, 'web');
    platform.lower();
    const lines: string[] = (platform.node.findChild('promotion').node.findChild('code-owners') as any)._render().split('\n').slice(1);
    expect(owners(lines, `${releases}/prod.json`)).toEqual(['@acme/sre']);
    expect(lines.find(line => line.includes('prod.json'))).toMatch(/^\/(?:\\.|[^\s\\*?[\]!#])+ @acme\/sre$/);
  }));
});
