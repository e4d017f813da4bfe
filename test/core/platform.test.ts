import * as fs from 'fs';
import * as path from 'path';
import { App, JsonPatch, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { checkName } from '../../src/core/names';
import { Phase } from '../../src/core/platform';
import { codes, findingsOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import { chart, newPlatform, object, repositoryFile } from '../support/platform';
import { FileContent, FolderChart, GitOpsEngine, Platform, PlatformExtension, RolloutEngine } from 'cdk8s-fairway';

describe('lower', () => {
  test('runs every phase once, in one order, whatever the order of the declarations', () => {
    const platform = newPlatform();
    const order: string[] = [];
    platform._onLower(Phase.REPOSITORIES, () => order.push('repositories'));
    platform._onLower(Phase.WORKLOADS, () => {
      order.push('workloads');
      platform._onLower(Phase.GITOPS, () => order.push('gitops, declared by workloads'));
      platform._onLower(Phase.WORKLOADS, () => order.push('workloads, declared by workloads'));
    });
    platform._onLower(Phase.PIPELINES, () => order.push('pipelines'));
    platform._onLower(Phase.GITOPS, () => order.push('gitops'));
    platform.lower();
    platform.lower();
    platform.check();
    platform.synth();
    platform.synthYaml();
    expect(order).toEqual(['workloads', 'workloads, declared by workloads', 'gitops', 'gitops, declared by workloads', 'pipelines', 'repositories']);
  });

  test('leaves objects that can be found and patched before they are written', () => {
    const platform = newPlatform();
    platform._onLower(Phase.WORKLOADS, () => chart(platform, 'web', 'o'));
    expect(platform.node.tryFindChild('web')).toBeUndefined();
    platform.lower();
    const web = platform.node.findChild('web').node.findChild('o') as ReturnType<typeof object>;
    web.addJsonPatch(JsonPatch.replace('/spec/id', 'patched'));
    chart(platform, 'more', 'o');
    platform.synth();
    expect(readTree(platform.root)['dist/web.k8s.yaml']).toContain('id: patched');
    expect(Object.keys(readTree(platform.root))).toContain('dist/more.k8s.yaml');
  });

  test('model that is declared afterwards is refused', () => {
    const platform = newPlatform();
    const model = new Construct(platform, 'late');
    platform._refuseWhenLowered(model, 'workload "late"');
    platform.lower();
    expect(findingsOf(() => platform._refuseWhenLowered(model, 'workload "late"'))).toMatchObject([{
      code: 'FW106', path: 'late', message: 'The workload "late" is declared after platform.lower().',
    }]);
  });

  test('that failed fails again, and does not go on with half of the objects', () => {
    const platform = newPlatform();
    platform._onLower(Phase.WORKLOADS, () => chart(platform, 'web', 'o'));
    platform._onLower(Phase.GITOPS, () => checkName(platform, 'environment', ''));
    const late = jest.fn();
    platform._onLower(Phase.PIPELINES, late);
    expect(codes(platform.check())).toEqual(['FW105']);
    expect(codes(findingsOf(() => platform.lower()))).toEqual(['FW105']);
    expect(codes(findingsOf(() => platform.synth()))).toEqual(['FW105']);
    expect(codes(findingsOf(() => platform.synthYaml()))).toEqual(['FW105']);
    expect(late).not.toHaveBeenCalled();
    expect(readTree(platform.root)).toEqual({});
  });

  test('an error that is not of this library is not swallowed', () => {
    const platform = newPlatform();
    platform._onLower(Phase.WORKLOADS, () => { throw new Error('a bug'); });
    expect(() => platform.check()).toThrow('a bug');
    expect(() => platform.synth()).toThrow('a bug');
  });
});

describe('names', () => {
  test.each(['a', 'a1', 'checkout-api', 'a--b', 'x'.repeat(40), 'console', 'com'])('%s is fine', name => {
    expect(newPlatform(newFolder(), { name }).name).toBe(name);
  });

  test.each<[string, string]>([
    ['', 'is empty'],
    ['x'.repeat(41), 'has 41 characters, 40 are allowed'],
    ['1a', 'does not begin with a lower-case letter'],
    ['-a', 'does not begin with a lower-case letter'],
    ['Acme', 'does not begin with a lower-case letter'],
    ['éa', 'does not begin with a lower-case letter'],
    ['../a', 'does not begin with a lower-case letter'],
    ['aB', 'has characters other than'],
    ['a_b', 'has characters other than'],
    ['a.b', 'has characters other than'],
    ['a/b', 'has characters other than'],
    ['a\\b', 'has characters other than'],
    ['a b', 'has characters other than'],
    ['a\n', 'has characters other than'],
    ['a\u0000', 'has characters other than'],
    ['a\u202eb', 'has characters other than'],
    ['aб', 'has characters other than'],
    ['a-', 'ends with a hyphen'],
    ['con', 'is reserved on Windows'],
    ['com1', 'is reserved on Windows'],
  ])('%j is refused: it %s', (name, fault) => {
    const findings = findingsOf(() => newPlatform(newFolder(), { name }));
    expect(findings).toMatchObject([{ code: 'FW105', path: '' }]);
    expect(findings[0].message).toContain(fault);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(findings[0].message).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test.each([undefined, null, 7, {}])('%p is refused', name => {
    expect(codes(findingsOf(() => checkName('', 'environment', name as string)))).toEqual(['FW105']);
  });
});

describe('objects that cannot be printed', () => {
  test('are all named', () => {
    const platform = newPlatform();
    const web = chart(platform, 'web', 'fine');
    class Odd {
      public readonly size = 1;
    }
    object(web, 'odd', new Odd());
    object(web, 'deep', { list: [{ map: new Map() }] });
    object(web, 'patched').addJsonPatch(JsonPatch.replace('/spec/no/such', 1));
    object(web, 'throws', { toString: 1, resolve: () => { throw new Error('resolves to nothing'); } });
    const findings = findingsOf(() => platform.synth());
    expect(findings.map(f => [f.code, f.path])).toEqual([['FW109', 'web/odd'], ['FW109', 'web/deep'], ['FW109', 'web/patched'], ['FW109', 'web/throws']]);
    expect(findings[0].message).toContain('Odd');
    expect(findings[3].message).toContain('resolves to nothing');
    expect(codes(findingsOf(() => platform.synthYaml()))).toEqual(['FW109', 'FW109', 'FW109', 'FW109']);
    expect(readTree(platform.root)).toEqual({});
  });

  test('a patch that removes the metadata is written, or refused, but never a crash', () => {
    const { FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;
    for (const yamlOutputType of [FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE]) {
      const platform = newPlatform(newFolder(), { yamlOutputType });
      object(chart(platform, 'web'), 'o').addJsonPatch(JsonPatch.remove('/metadata'));
      platform.synth();
      expect(Object.values(readTree(path.join(platform.root, 'dist')))).toEqual(['apiVersion: example.com/v1\nkind: Thing\nspec:\n  id: o\n']);
    }
  });
});

describe('the platform of a construct', () => {
  test('is the root of its tree', () => {
    const platform = newPlatform();
    const folder = new FolderChart(platform, 'c', { folder: 'prod' });
    expect(Platform.ofConstruct(folder)).toBe(platform);
    expect(Platform.ofConstruct(platform)).toBe(platform);
    expect(Platform.isPlatform(platform)).toBe(true);
    expect(FolderChart.isFolderChart(folder)).toBe(true);
  });

  test.each([new App(), undefined, null, 'x', {}])('%p is none', x => {
    expect(Platform.isPlatform(x)).toBe(false);
    expect(FolderChart.isFolderChart(x)).toBe(false);
  });

  test('outside a platform there is none', () => {
    const web = chart(new App(), 'web', 'o');
    expect(findingsOf(() => Platform.ofConstruct(web.apiObjects[0]))).toMatchObject([{ code: 'FW110', path: 'web/o', message: '"web/o" is not inside a Platform.' }]);
  });
});

describe('properties', () => {
  test('defaults', () => {
    const platform = new Platform({ name: 'acme' });
    expect(platform).toMatchObject({ name: 'acme', root: process.cwd(), outdir: path.resolve('dist'), publishedPath: 'dist', repository: undefined });
  });

  test.each<[string | undefined, string | undefined, string]>([
    [undefined, undefined, 'dist'],
    ['out/all', undefined, 'out/all'],
    ['./out/', undefined, 'out'],
    ['/elsewhere', undefined, 'dist'],
    ['../beside', undefined, 'dist'],
    ['out', 'teams/shop/out', 'teams/shop/out'],
  ])('the output folder %s, published at %s: %s', (outdir, publishedPath, expected) => {
    expect(newPlatform(newFolder(), { outdir, publishedPath }).publishedPath).toBe(expected);
  });

  test.each(['../x', '/x', 'x/', '.git'])('the published path %s is refused', publishedPath => {
    expect(codes(findingsOf(() => newPlatform(newFolder(), { publishedPath })))).toEqual(['FW120']);
  });

  test('what is published does not follow the environment', () => {
    const before = process.env.CDK8S_OUTDIR;
    process.env.CDK8S_OUTDIR = '/tmp/somewhere';
    try {
      expect(newPlatform()).toMatchObject({ publishedPath: 'dist', outdir: '/tmp/somewhere' });
    } finally {
      if (before === undefined) {
        delete process.env.CDK8S_OUTDIR;
      }
    }
  });

  test('an extension is attached once, to the finished platform', () => {
    const attached: Platform[] = [];
    class Engine extends PlatformExtension {
      public _attach(platform: Platform): void {
        expect(platform.publishedPath).toBe('dist');
        attached.push(platform);
      }
    }
    const platform = newPlatform(newFolder(), { gitops: new Engine() });
    platform.synth();
    expect(attached).toEqual([platform]);
  });
});

describe('synthesize', () => {
  test('says what it did', () => {
    const platform = newPlatform();
    chart(platform, 'web', 'a', 'b');
    repositoryFile(platform, 'a.md', FileContent.text(''));
    const result = platform.synthesize();
    expect(result).toMatchObject({ charts: 1, objects: 2, written: ['dist/web.k8s.yaml', 'a.md'], removed: [], unchanged: 0, findings: [] });
    expect(Object.keys(result.milliseconds).sort()).toEqual(['check', 'compare', 'lower', 'print', 'resolve', 'write']);
    expect(platform.synthesize()).toMatchObject({ written: [], unchanged: 2 });
  });

  test('a folder chart is one folder with a file for each object, whatever the others are', () => {
    for (const yamlOutputType of [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE]) {
      const platform = newPlatform(newFolder(), { yamlOutputType });
      const web = new FolderChart(platform, 'web', { folder: 'prod/web' });
      object(web, 'one');
      object(web, 'two').addDependency(web.apiObjects[0]);
      platform.synth();
      expect(fs.readdirSync(path.join(platform.root, 'dist/prod/web'))).toEqual(['Thing.one.k8s.yaml', 'Thing.two.k8s.yaml']);
    }
  });

  test('names in a folder chart carry no hash', () => {
    const platform = newPlatform();
    const web = new FolderChart(platform, 'web', { folder: 'prod/web' });
    const unnamed = chart(platform, 'other');
    expect(web.generateObjectName(object(web, 'o'))).toBe('web-o');
    expect(unnamed.generateObjectName(object(unnamed, 'o'))).toMatch(/^other-o-\w+$/);
  });
});

describe('what JavaScript callers forget', () => {
  test('FW111: a name instead of an engine', () => {
    expect(() => new Platform({ name: 'shop', gitops: 'argocd' as any })).toThrow(/FW111.*\n.*"argocd" is no engine for "gitops"/);
    expect(() => new Platform({ name: 'shop', gitops: null as any })).toThrow(/FW111/);
    expect(() => new Platform({ name: 'shop', rollouts: {} as any })).toThrow(/FW111.*\n.*{} is no engine for "rollouts"/);
  });

  test('FW111: an engine in the place of another', () => {
    expect(() => new Platform({ name: 'shop', rollouts: GitOpsEngine.argoCd() })).toThrow(/FW111[^]*Write rollouts: RolloutEngine.argoRollouts/);
    expect(() => new Platform({ name: 'shop', repository: 'https://github.com/acme/shop', gitops: RolloutEngine.argoRollouts() })).toThrow(/FW111[^]*Write gitops: GitOpsEngine.argoCd/);
  });

  test('FW105: no properties, no name', () => {
    expect(() => new (Platform as any)()).toThrow(/FW105/);
    expect(() => new (Platform as any)({})).toThrow(/FW105/);
  });
});
