import { codes, graph, job, lower, matrix, needs, run, step } from './graphs';
import type { ApprovalNode, CapabilityName, JobNode, Language } from '../../../../src/pipelines/graph';

const lowered = (more: Partial<JobNode>, options?: Parameters<typeof lower>[1]) => lower(graph([job('a', more)]), options);

describe('a job', () => {
  test('says how long it may take, and that its failure is none', () => {
    expect(lowered({ timeoutMinutes: 7, allowFailure: true }).job('a')).toMatchObject({ timeoutInMinutes: 7, continueOnError: true });
  });

  test('checks nothing out unless it says so', () => {
    expect(lowered({}).job('a').steps[0]).toEqual({ checkout: 'none' });
    const checkout = step('checkout', 'code', { name: ['Code'], depth: 0, submodules: true, lfs: true, persistCredentials: true });
    expect(lowered({ steps: [checkout] }).job('a').steps).toEqual([
      { checkout: 'self', displayName: 'Code', clean: true, fetchDepth: 0, lfs: true, submodules: 'recursive', persistCredentials: true },
    ]);
  });

  test('with a checkout in a folder keeps the root of the workspace', () => {
    const checkout = step('checkout', 'code', { depth: 1, folder: 'app', submodules: false, lfs: false, persistCredentials: false });
    const { steps } = lowered({ steps: [checkout, run('true'), run('true', { id: 'in', workingDirectory: 'app' })] }).job('a');
    expect(steps[0].path).toBe('s/app');
    expect(steps.slice(1).map((each: any) => each.workingDirectory)).toEqual(['$(Pipeline.Workspace)/s', '$(Pipeline.Workspace)/s/app']);
  });

  test('takes another ref by a step whose script does not hold it', () => {
    const checkout = step('checkout', 'code', { depth: 1, ref: [{ kind: 'context', name: 'ref' }], submodules: false, lfs: false, persistCredentials: false });
    const { steps } = lowered({ steps: [checkout] }).job('a');
    expect(steps[0].fetchDepth).toBe(0);
    expect(steps[1].env).toEqual({ CHECKOUT_REF: '$(fairway.ref)' });
    expect(steps[1].bash).not.toContain('$(');
  });

  test('runs in the pool that its labels name, or on an image', () => {
    expect(lowered({}).file.pool).toEqual({ vmImage: 'ubuntu-24.04' });
    expect(lowered({ runner: { os: 'windows', arch: 'x64', labels: [] } }, { images: { windows: 'windows-2025' } }).file.pool).toEqual({ vmImage: 'windows-2025' });
    expect(lowered({ runner: { os: 'linux', arch: 'arm64', labels: ['gpu', 'big'] } }, { pools: { gpu: 'GPU agents' } }).file.pool).toEqual({
      name: 'GPU agents', demands: ['Agent.OS -equals Linux', 'Agent.OSArchitecture -equals ARM64', 'big'],
    });
    expect(codes(lowered({ runner: { os: 'linux', arch: 'arm64', labels: [] } }).findings)).toEqual(['FW1090']);
  });

  test('says its own pool when there are others', () => {
    const made = lower(graph([job('a'), job('b', { runner: { os: 'macos', arch: 'x64', labels: [] } })]));
    expect(made.file.pool).toBeUndefined();
    expect(made.job('b').pool).toEqual({ vmImage: 'macOS-15' });
  });

  test('is not tried again as a whole, and says so', () => {
    expect(codes(lowered({ attempts: 3 }).findings)).toEqual(['FW1091']);
  });

  test.each<[CapabilityName, string[], number]>([
    ['readCode', [], 1], ['writeCode', [], 2], ['commentOnChange', [], 2], ['uploadFindings', ['FW1091'], 1],
  ])('that may %s finds %j', (capability, found, remains) => {
    const made = lowered({ grants: [{ capability, reason: 'because' }] });
    expect(codes(made.findings)).toEqual(found);
    expect(made.remains).toHaveLength(remains);
  });
});

describe('containers', () => {
  test('of jobs are pulled by a connection', () => {
    const container = { image: 'ghcr.io/acme/tools@sha256:0', env: { A: ['b'] }, credentials: { username: ['x'], password: [{ kind: 'secret' as const, name: 'P' }] } };
    expect(lowered({ container }, { registryConnections: { 'ghcr.io': 'ghcr' } }).job('a').container).toEqual({ image: container.image, endpoint: 'ghcr', env: { A: 'b' } });
    expect(codes(lowered({ container }).findings)).toEqual(['FW1090']);
  });

  const service = { name: 'db', image: 'postgres:17', env: {}, ports: [5432], command: [] };

  test('of services are resources, said once, and reached by their names', () => {
    const made = lower(graph([
      job('a', { services: [service] }), job('b', { services: [service] }),
      job('c', { services: [{ ...service, image: 'postgres:16' }], container: { image: 'node:24', env: {} } }),
    ]));
    expect(made.file.resources.containers.map((each: any) => [each.container, each.image])).toEqual([['db', 'postgres:17'], ['db-2', 'postgres:16']]);
    expect(made.job('b').services).toEqual({ db: 'db' });
    expect(made.job('c').services).toEqual({ db: 'db-2' });
    expect(made.job('a').steps[1].bash).toContain('127.0.0.1 db');
    expect(made.job('c').steps[0]).toEqual({ checkout: 'none' });
  });

  test('of services wait until they are ready', () => {
    const readiness = { command: ['pg_isready', '-U', 'it\'s'], intervalSeconds: 5, timeoutSeconds: 3, retries: 4 };
    expect(lowered({ services: [{ ...service, readiness }] }).file.resources.containers[0].options)
      .toBe('--health-cmd \'pg_isready -U \'\\\'\'it\'\\\'\'\\\'\\\'\'\'\\\'\'s\'\\\'\'\' --health-interval 5s --health-timeout 3s --health-retries 4');
  });

  test('of services run no command of their own', () => {
    expect(codes(lowered({ services: [{ ...service, command: ['x'] }] }).findings)).toEqual(['FW1090']);
  });
});

describe('a job with an environment', () => {
  test('whose name has a dot would be for a resource of another one', () => {
    expect(codes(lowered({ environment: { name: 'prod.eu' } }).findings)).toEqual(['FW1090']);
  });

  const environment = {
    name: 'prod', url: ['https://x'], protection: { approvals: { teams: ['sre'], count: 2 }, restrictedTimes: true, requireHealth: false, requireAnalysis: [] },
  };

  test('is a deployment; what protects it is to be set', () => {
    const made = lowered({ environment });
    expect(made.job('a')).toMatchObject({ deployment: 'a', environment: 'prod', strategy: { runOnce: { deploy: { steps: [{ checkout: 'none' }, { download: 'none' }, {}] } } } });
    expect(made.job('a')).not.toHaveProperty('steps');
    expect(made.remains.map(each => each.what)).toEqual(expect.arrayContaining(['Add the check Approvals: 2 of sre.', 'Add the check Business hours, or leave the times to `fairway promote`.']));
    expect(codes(made.findings)).toEqual(['FW1091']); // it has no address
  });

  test('excludes other runs by a lock', () => {
    const made = lowered({ environment: { name: 'prod' }, concurrency: { group: ['prod'], onNew: 'queue', cancelPullRequests: false } });
    expect(made.file.lockBehavior).toBe('sequential');
    expect(made.remains.map(each => each.what)).toContain('Add the check Exclusive lock.');
    const newest = lowered({ environment: { name: 'prod' }, concurrency: { group: ['prod'], onNew: 'replacePending', cancelPullRequests: false } });
    expect(newest.file.lockBehavior).toBe('runLatest');
    expect(codes(lowered({ concurrency: { group: ['prod'], onNew: 'queue', cancelPullRequests: false } }).findings)).toEqual(['FW1090']);
  });

  test('gives outputs under its own name', () => {
    const from = job('ship', { environment: { name: 'prod' }, steps: [run('true', { id: 'meta', outputs: ['v'] })], outputs: [{ name: 'v', step: 'meta', output: 'v' }] });
    const made = lower(graph([from, job('b', { needs: needs('ship'), steps: [run('true', { env: { V: [{ kind: 'output', job: 'ship', name: 'v' }] } })] })]));
    expect(made.job('b').variables['needs.ship.v']).toContain('dependencies.ship.outputs[\'ship.meta.v\']');
  });

  test('has no matrix that another job computes', () => {
    const first = job('first', { steps: [run('true', { outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'run', output: 'legs' }] });
    const many = job('many', { needs: needs('first'), environment: { name: 'prod' }, matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['a'], failFast: false } });
    expect(codes(lower(graph([first, many])).findings)).toContain('FW1090');
  });
});

describe('an approval', () => {
  const approval: ApprovalNode = { message: 'Ship ${{ it }}?', approvers: ['[acme]\\sre', 'a@b.c'], count: 1, timeoutMinutes: 60 };

  test('comes before its job, under the same condition', () => {
    const made = lower(graph([job('a'), job('ship', { needs: needs('a'), approval, condition: { kind: 'event', is: ['manual'] } })]));
    expect(made.file.jobs.map((each: any) => each.job)).toEqual(['a', 'approve_ship', 'ship']);
    expect(made.job('approve_ship')).toMatchObject({
      displayName: 'Approve ship',
      dependsOn: 'a',
      condition: 'and(succeeded(), eq(variables[\'Build.Reason\'], \'Manual\'))',
      pool: 'server',
      timeoutInMinutes: 60,
      steps: [{ task: 'ManualValidation@1', inputs: { approvers: '[acme]\\sre\na@b.c', instructions: 'Ship ${{ \'$\' }}{{ it }}?', onTimeout: 'reject' } }],
    });
    expect(made.job('ship')).toMatchObject({
      dependsOn: ['a', 'approve_ship'],
      condition: 'and(succeeded(), eq(variables[\'Build.Reason\'], \'Manual\'), in(dependencies.approve_ship.result, \'Succeeded\', \'SucceededWithIssues\'))',
    });
    expect(codes(made.findings)).toEqual([]);
  });

  test('alone is a job without an agent, and leaves the pool to the others', () => {
    const made = lower(graph([job('gate', { steps: [], approval }), job('a', { needs: needs('gate') })]));
    expect(made.file.pool).toEqual({ vmImage: 'ubuntu-24.04' });
    expect(made.job('gate').pool).toBe('server');
    expect(made.job('a').dependsOn).toBe('gate');
  });

  test('by several is an error', () => {
    expect(codes(lowered({ approval: { ...approval, count: 2 } }).findings)).toEqual(['FW1090']);
  });
});

describe('an identity', () => {
  test('is a file that every step is told of', () => {
    const made = lowered({ identities: [{ name: 'CLOUD', audience: 'api://AzureADTokenExchange' }] }, { identityConnection: 'azure' });
    const [, token, last] = made.job('a').steps;
    expect(token.env).toMatchObject({ SYSTEM_ACCESSTOKEN: '$(System.AccessToken)', SERVICE_CONNECTION_ID: 'azure' });
    expect(last.env).toEqual({ CLOUD_FILE: '$(Agent.TempDirectory)/fairway-CLOUD.jwt' });
    expect(codes(made.findings)).toEqual([]);
  });

  test('for another audience is an error', () => {
    expect(codes(lowered({ identities: [{ name: 'AWS', audience: 'sts.amazonaws.com' }] }).findings)).toEqual(['FW1090']);
  });
});

describe('artifacts', () => {
  const upload = (more: Record<string, unknown>) => step('upload', 'keep', { name: ['Keep'], artifact: 'dist', paths: ['dist/'], ifMissing: 'error', ...more });
  const steps = (...given: JobNode['steps']) => lowered({ steps: given }).job('a').steps.slice(1);

  test('of one path are published', () => {
    expect(steps(upload({}))).toEqual([{ publish: '$(Build.SourcesDirectory)/dist', artifact: 'dist', displayName: 'Keep' }]);
  });

  test('of several paths are collected from the folder that they share', () => {
    expect(steps(upload({ paths: ['out/a/x.txt', 'out/b/**/*.js'] }))).toEqual([
      {
        task: 'CopyFiles@2',
        displayName: 'Collect dist',
        inputs: { SourceFolder: '$(Build.SourcesDirectory)/out', Contents: 'a/x.txt\na/x.txt/**\nb/**/*.js', TargetFolder: '$(Build.ArtifactStagingDirectory)/dist' },
      },
      { publish: '$(Build.ArtifactStagingDirectory)/dist', artifact: 'dist', displayName: 'Keep' },
    ]);
  });

  test('that need not be there, or are kept for days, are warnings', () => {
    expect(codes(lowered({ steps: [upload({ ifMissing: 'warn', retentionDays: 3 })] }).findings)).toEqual(['FW1091', 'FW1091']);
  });

  test('of legs have names of their own, and are laid together', () => {
    const from = job('build', { matrix: matrix({ os: ['x', 'y'] }), steps: [upload({})], uploads: ['dist'] });
    const to = job('use', { needs: needs('build'), steps: [step('download', 'get', { name: ['Get'], artifact: 'dist', from: 'build', folder: 'in' })] });
    const made = lower(graph([from, to]));
    expect(made.job('build').steps[1].artifact).toBe('dist-$(fairway.leg)');
    expect(made.job('build').strategy.matrix.x).toEqual({ 'matrix.os': 'x', 'fairway.leg': 'x' });
    expect(made.job('use').steps.slice(1)).toEqual(['x', 'y'].map(leg => ({
      task: 'DownloadPipelineArtifact@2', displayName: `Get (${leg})`, inputs: { buildType: 'current', artifactName: `dist-${leg}`, targetPath: '$(Build.SourcesDirectory)/in' },
    })));
  });

  test('of legs leave an axis called leg its value', () => {
    const made = lowered({ matrix: matrix({ leg: ['x'] }), steps: [upload({}), run('true', { env: { LEG: [{ kind: 'matrix', axis: 'leg' }] } })], uploads: ['dist'] });
    expect(made.job('a').strategy.matrix.x).toEqual({ 'matrix.leg': 'x', 'fairway.leg': 'x' });
    expect(made.job('a').steps[2].env).toEqual({ LEG: '$(matrix.leg)' });
  });

  test('of legs that are known later are found by their beginning', () => {
    const first = job('first', { steps: [run('true', { outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'run', output: 'legs' }] });
    const many = job('many', { needs: needs('first'), steps: [upload({})], matrix: { kind: 'dynamic', from: { kind: 'output', job: 'first', name: 'legs' }, axes: ['a'], failFast: false } });
    const use = job('use', { needs: needs('many'), steps: [step('download', 'get', { artifact: 'dist', from: 'many', folder: 'in' })] });
    const [, download, together] = lower(graph([first, many, use])).job('use').steps;
    expect(download.inputs.itemPattern).toBe('dist-leg_*/**');
    expect(together.env).toEqual({ SOURCE: '$(Agent.TempDirectory)/dist', TARGET: '$(Build.SourcesDirectory)/in' });
  });
});

describe('caches and tools', () => {
  test('keys tell text from files', () => {
    const cache = step('cache', 'deps', {
      key: ['npm-', { kind: 'context', name: 'sha' }, '-', { kind: 'hash', files: ['package-lock.json', 'a/*.json'] }], restoreKeys: [['npm-']], paths: ['~/.npm', 'tmp'], mode: 'both',
    });
    expect(lowered({ steps: [cache] }).job('a').steps.slice(1).map((each: any) => each.inputs)).toEqual([
      { key: '"~/.npm" | "npm-$(Build.SourceVersion)" | package-lock.json, a/*.json', restoreKeys: '"~/.npm" | "npm"', path: '$(HOME)/.npm' },
      { key: '"tmp" | "npm-$(Build.SourceVersion)" | package-lock.json, a/*.json', restoreKeys: '"tmp" | "npm"', path: '$(Build.SourcesDirectory)/tmp' },
    ]);
  });

  test('that only restore are a warning, and bars in keys an error', () => {
    const cache = (more: Record<string, unknown>) => step('cache', 'deps', { key: ['a'], restoreKeys: [], paths: ['x'], mode: 'both', ...more });
    expect(codes(lowered({ steps: [cache({ mode: 'restore' })] }).findings)).toEqual(['FW1091']);
    expect(codes(lowered({ steps: [cache({ key: ['a|b'] })] }).findings)).toEqual(['FW1090']);
  });

  test.each<[language: Language, version: string, task: string, inputs: object]>([
    ['node', '24', 'NodeTool@0', { versionSpec: '24' }],
    ['python', '3.13', 'UsePythonVersion@0', { versionSpec: '3.13' }],
    ['go', '1.25', 'GoTool@0', { version: '1.25.0' }],
    ['go', '1.25.3', 'GoTool@0', { version: '1.25.3' }],
    ['java', '21', 'JavaToolInstaller@0', { versionSpec: '21', jdkArchitectureOption: 'x64', jdkSourceOption: 'PreInstalled' }],
    ['dotnet', '9', 'UseDotNet@2', { packageType: 'sdk', version: '9.x' }],
  ])('%s %s is %s', (language, version, task, inputs) => {
    expect(lowered({ steps: [step('tool', 'tool', { language, version: [version] })] }).job('a').steps[1]).toMatchObject({ task, inputs });
  });

  test('rust comes by rustup', () => {
    expect(lowered({ steps: [step('tool', 'tool', { language: 'rust', version: ['1.90'] })] }).job('a').steps[1].env).toEqual({ RUST_VERSION: '1.90' });
  });
});

describe('delivery', () => {
  const portable = { script: 'report "$FILES"', commands: [] };

  test('steps that the page of a run shows have tasks', () => {
    const report = step('delivery', 'report', { action: 'test-report', with: { files: ['a.xml', 'b.xml'] }, portable });
    expect(lowered({ steps: [report] }).job('a').steps[1]).toMatchObject({ task: 'PublishTestResults@2', inputs: { testResultsFormat: 'JUnit', testResultsFiles: 'a.xml\nb.xml' } });
    const coverage = step('delivery', 'coverage', { action: 'coverage-report', with: { files: ['c.xml'] }, portable });
    expect(lowered({ steps: [coverage] }).job('a').steps[1]).toMatchObject({ task: 'PublishCodeCoverageResults@2', inputs: { summaryFileLocation: 'c.xml' } });
  });

  test('steps of another kind run their script', () => {
    const scan = step('delivery', 'scan', { action: 'scan-image', with: {}, env: { FILES: ['x'] }, portable: { ...portable, workingDirectory: 'app' }, outputs: ['digest'] });
    expect(lowered({ steps: [scan] }).job('a').steps[1]).toMatchObject({
      name: 'scan', env: { FILES: 'x' }, workingDirectory: '$(Build.SourcesDirectory)/app', target: { settableVariables: ['digest'] },
    });
  });
});
