import { fairway, programFolder, write } from './support';
import { OwnedFile, printManifest } from '../../src/core/files/manifest';
import { newFolder } from '../support/folders';

/* `fairway list`: the ownership manifests as a table and as JSON. */

const HASH = 'a'.repeat(64);

function ownershipManifest(platform: string, files: Record<string, Omit<OwnedFile, 'sha256'>>, pending: string[] = []): string {
  return printManifest({
    platform,
    files: new Map(Object.entries(files).map(([file, owned]) => [file, { sha256: HASH, ...owned }])),
    pending: new Map(pending.map(file => [file, HASH])),
  });
}

const FILES: Record<string, Omit<OwnedFile, 'sha256'>> = {
  'dist/prod/checkout/Rollout.checkout.k8s.yaml': { environment: 'prod', workload: 'checkout' },
  'dist/prod/checkout/Service.checkout.k8s.yaml': { environment: 'prod', workload: 'checkout' },
  'dist/prod/checkout/Service.checkout-canary.k8s.yaml': { environment: 'prod', workload: 'checkout' },
  'dist/dev/checkout/Deployment.checkout.k8s.yaml': { environment: 'dev', workload: 'checkout' },
  'dist/dev/argocd/Application.checkout.dev.k8s.yaml': { environment: 'dev' },
  'dist/crds.k8s.yaml': {},
  'dist/Namespace.shared.k8s.yaml': {},
  '.github/workflows/delivery.yml': {},
  'Jenkinsfile': {},
};

const PROD = '.fairway/boutique.json';

function folderOf(manifests: Record<string, string>): string {
  const folder = newFolder();
  Object.entries(manifests).forEach(([file, text]) => write(folder, file, text));
  return folder;
}

describe('the table', () => {
  test('has a row for each environment and workload; what belongs to none comes last', async () => {
    const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', FILES) }), ['list']);
    expect(run.code).toBe(0);
    expect(run.out).toBe([
      'ENVIRONMENT   WORKLOAD  FILES  KINDS',
      'dev           -         1      Application',
      'dev           checkout  1      Deployment',
      'prod          checkout  3      Rollout, Service (2)',
      '(platform)    -         2      Namespace',
      '(repository)  -         2      -',
      '',
    ].join('\n'));
  });

  test('names the platform where there are several', async () => {
    const run = await fairway(folderOf({
      '.fairway/west.json': ownershipManifest('west', { 'w/Pod.p.k8s.yaml': { environment: 'prod', workload: 'w' } }),
      '.fairway/east.json': ownershipManifest('east', { 'e/Pod.p.k8s.yaml': { environment: 'prod', workload: 'w' } }),
    }), ['list']);
    expect(run.out).toBe('PLATFORM  ENVIRONMENT  WORKLOAD  FILES  KINDS\neast      prod         w         1      Pod\nwest      prod         w         1      Pod\n');
  });

  test('breaks the kinds at the width of a terminal, and never in a pipe', async () => {
    const kinds = ['Deployment', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount'];
    const folder = folderOf({
      [PROD]: ownershipManifest('boutique', Object.fromEntries(kinds.map(kind => [`dist/prod/web/${kind}.web.k8s.yaml`, { environment: 'prod', workload: 'web' }]))),
    });
    const narrow = (await fairway(folder, ['list'], { columns: 80 })).out.split('\n');
    expect(narrow.every(line => line.length <= 80)).toBe(true);
    expect(narrow.slice(1).map(line => line.slice(30)).join(' ').trim()).toBe(kinds.join(', '));
    expect((await fairway(folder, ['list'])).out.split('\n')).toHaveLength(3);
  });

  test('is that of one environment with --environment', async () => {
    const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', FILES) }), ['list', '--environment', 'prod']);
    expect(run.out.split('\n').slice(1)).toEqual(['prod         checkout  3      Rollout, Service (2)', '']);
  });

  test('cannot be used to write to the terminal', async () => {
    const run = await fairway(folderOf({
      [PROD]: ownershipManifest('boutique', { x: { environment: 'a\u001b[31m\u202eb', workload: 5 as unknown as string } }),
    }), ['list']);
    expect(run.out).toContain('a\\u001b[31m\\u202eb  -');
  });
});

test('JSON has the same information, and the files', async () => {
  const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', FILES) }), ['list', '--json']);
  const { version, platforms: [platform] } = JSON.parse(run.out);
  expect(version).toBe(1);
  expect(platform).toMatchObject({ platform: 'boutique', manifest: PROD, files: 9 });
  expect(platform.groups.flatMap((g: { files: string[] }) => g.files).sort()).toEqual(Object.keys(FILES).sort());
  expect(platform.groups[2]).toEqual({
    environment: 'prod',
    workload: 'checkout',
    kinds: { Rollout: 1, Service: 2 },
    files: Object.keys(FILES).filter(file => file.startsWith('dist/prod/')).sort(),
  });
  expect(platform.groups.slice(3).map((g: { place: string }) => g.place)).toEqual(['platform', 'repository']);
});

test('what a synth has written is listed', async () => {
  const folder = programFolder(`
    const platform = new Platform({ name: 'acme' });
    object(new FolderChart(platform, 'web', { folder: 'prod/web', environment: 'prod', workload: 'web' }), 'ConfigMap', 'one');
    object(new Chart(platform, 'shared'), 'Namespace', 'shared');
    new RepositoryFile(platform, 'workflow', { path: '.github/workflows/x.yml', content: FileContent.yaml({ on: 'push' }) });
    platform.synth();`);
  await fairway(folder, ['synth']);
  expect((await fairway(folder, ['list'])).out).toBe([
    'ENVIRONMENT   WORKLOAD  FILES  KINDS',
    'prod          web       1      ConfigMap',
    '(platform)    -         1      -',
    '(repository)  -         1      -',
    '',
  ].join('\n'));
});

describe('when there is nothing to list', () => {
  test.each([{}, { '.fairway/notes.txt': 'by hand' }, { '.fairway': 'a file' }])('it says what to run (%j)', async manifests => {
    const run = await fairway(folderOf(manifests as Record<string, string>), ['list']);
    expect(run).toEqual({
      code: 1,
      out: '',
      err: 'fairway: Nothing has been synthesized here yet: this folder has no ownership manifest (.fairway/*.json). Run fairway synth.\n',
    });
  });

  test('a manifest that cannot be read is named', async () => {
    const run = await fairway(folderOf({ [PROD]: '<<<<<<< ours\n' }), ['list']);
    expect(run.code).toBe(1);
    expect(run.err).toContain(`The ownership manifest "${PROD}" cannot be read: it has merge conflict marks.`);
  });

  test('an unknown environment is misuse, and a near one is suggested', async () => {
    const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', FILES) }), ['list', '--environment', 'prdo']);
    expect(run).toEqual({ code: 2, out: '', err: 'fairway: There is no environment "prdo" here. Did you mean "prod"? There are "dev" and "prod".\n' });
  });

  test('no environment at all is said', async () => {
    const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', { Jenkinsfile: {} }) }), ['list', '--environment', 'prod']);
    expect(run.err).toContain('No file belongs to an environment.');
  });
});

test('an interrupted synth is mentioned', async () => {
  const run = await fairway(folderOf({ [PROD]: ownershipManifest('boutique', FILES, ['dist/crds.k8s.yaml']) }), ['list', '--json']);
  expect(run.err).toBe(`fairway: A synth was interrupted: ${PROD} has files that may not be written yet. Run fairway synth to finish it.\n`);
  expect(JSON.parse(run.out).platforms).toHaveLength(1);
});
