import { jenkinsfile, lower } from './lowered';
import { JenkinsAgents, JenkinsBackend, JenkinsPlugin, JenkinsTools } from '../../../../src/pipelines/engines/jenkins';
import type { ValueNode } from '../../../../src/pipelines/graph';
import { graphOf, jobOf, runOf } from '../../graphs';

const made = (options: unknown) => new JenkinsBackend(options as never, 'ci');

describe('options', () => {
  it.each<[unknown, string]>([
    [{ file: '' }, 'FW1180'],
    [{ file: 7 }, 'FW1181'],
    [{ file: '/etc/Jenkinsfile' }, 'FW1181'],
    [{ file: '../Jenkinsfile' }, 'FW1181'],
    [{ file: 'ci/' }, 'FW1181'],
    [{ file: 'Jenkins\nfile' }, 'FW1181'],
    [{ agents: 'podman' }, 'FW1181'],
    [{ agents: null }, 'FW1181'],
    [{ tools: {} }, 'FW1181'],
    [{ plugins: 'lock' }, 'FW1181'],
    [{ plugins: ['no-such-plugin'] }, 'FW1181'],
    [{ labels: { 'linux/x64': '' } }, 'FW1180'],
    [{ labels: { 'linux/x64': 1 } }, 'FW1181'],
    [{ labels: { linux: 'linux' } }, 'FW1182'],
    [{ labels: JSON.parse('{"__proto__": "x"}') }, 'FW1181'],
    [{ toolImages: [] }, 'FW1181'],
    [{ cleanWorkspace: 'yes' }, 'FW1181'],
    [{ podImage: ['x'] }, 'FW1181'],
    [{ nodes: 3 }, 'FW1182'],
    [null, 'FW1181'],
    ['docker', 'FW1181'],
    [[], 'FW1181'],
  ])('%j are refused with %s', (options, code) => {
    expect(() => made(options)).toThrow(code);
  });

  it('name the file, for each pipeline its own', () => {
    expect(new JenkinsBackend().fileOf('ci')).toBe('Jenkinsfile');
    expect(made({ file: 'ci/<pipeline>.Jenkinsfile' }).fileOf('release')).toBe('ci/release.Jenkinsfile');
    expect(lower(graphOf([jobOf('a')]), { file: 'ci/<pipeline>.groovy' }).files[0].path).toBe('ci/ci.groovy');
  });
});

describe('agents', () => {
  const node = { image: 'node:24', env: {} };

  it('have labels by system and processor', () => {
    const jobs = [
      jobOf('a'), jobOf('b', [], { runner: { os: 'linux', arch: 'arm64', labels: [] } }), jobOf('c', [], { runner: { os: 'macos', arch: 'x64', labels: [] } }),
      jobOf('d', [], { runner: { os: 'linux', arch: 'x64', labels: ['gpu', 'a b"'] } }),
    ];
    const labels = (options = {}) => [...jenkinsfile(graphOf(jobs), options).matchAll(/label '(.*)'/g)].map(match => match[1]);
    expect(labels()).toEqual(['linux', 'linux && arm64', 'macos', 'gpu && "a b\\\\""']);
    expect(labels({ labels: { 'linux/x64': 'docker', 'linux/arm64': 'graviton' } }).slice(0, 2)).toEqual(['docker', 'graviton']);
  });

  it('run images in containers', () => {
    const job = jobOf('a', [], { container: { ...node, credentials: { username: [{ kind: 'secret', name: 'U' }], password: [{ kind: 'secret', name: 'P' }] } } });
    expect(lower(graphOf([job])).findings).toMatchObject([{ code: 'FW1090', path: 'App/ci/a' }]);
    const text = jenkinsfile(graphOf([{ ...job, container: { ...job.container!, image: 'ghcr.io/acme/node:24' } }]), { registryCredentials: 'ghcr' });
    expect(text).toContain(`        docker {
          image 'ghcr.io/acme/node:24'
          label 'linux'
          registryUrl 'https://ghcr.io'
          registryCredentialsId 'ghcr'
        }`);
  });

  const db = {
    name: 'db',
    image: 'postgres:18',
    env: { POSTGRES_PASSWORD: ['x'] },
    ports: [5432],
    command: [],
    readiness: { command: ['pg_isready', '-U', 'it\'s'], intervalSeconds: 2, timeoutSeconds: 1, retries: 9 },
  };

  it('run services in a pod alone, and wait for them', () => {
    const job = jobOf('a', [], { container: node, services: [db] });
    expect(lower(graphOf([job])).findings).toMatchObject([{ code: 'FW1090', path: 'App/ci/a' }]);
    const lowering = lower(graphOf([job]), { agents: JenkinsAgents.KUBERNETES, cloud: 'prod' });
    expect(lowering.findings).toEqual([]);
    const text = jenkinsfile(graphOf([job]), { agents: JenkinsAgents.KUBERNETES, cloud: 'prod' });
    expect(text).toContain(`          cloud 'prod'
          defaultContainer 'job'
          yaml '''apiVersion: v1
kind: Pod
spec:
  automountServiceAccountToken: false
  hostAliases:
    - ip: "127.0.0.1"
      hostnames:
        - db
  containers:
    - name: job
      image: node:24
      command:
        - sleep
      args:
        - infinity
    - name: db
      image: postgres:18
      env:
        - name: POSTGRES_PASSWORD
          value: x
      ports:
        - containerPort: 5432
'''`);
    expect(text).toContain('container(\'db\') {');
    expect(text).toContain('until pg_isready -U \'it\'\\\\\'\'s\'; do');
    expect(text).not.toContain('deleteDir');
  });

  it('need what a pod can be told before it is there', () => {
    const job = (value: ValueNode) => graphOf([jobOf('a', [], { services: [{ ...db, env: { P: [value] } }] })]);
    const options = { agents: JenkinsAgents.KUBERNETES };
    expect(lower(job({ kind: 'context', name: 'sha' }), options).findings.map(each => each.code)).toEqual(['FW1090']);
    const secret = job({ kind: 'secret', name: 'DB_PASSWORD' });
    expect(lower(secret, options).findings).toEqual([]);
    expect(jenkinsfile(secret, options)).toContain('        - name: P\n          valueFrom:\n            secretKeyRef:\n              name: db-password\n              key: value\n');
    expect(lower(secret, options).remains.map(each => each.what)).toContain('Make the Secret "db-password" with the key "value", for services that read DB_PASSWORD.');
  });

  const tool = (language: 'node' | 'python' | 'java', version = '24') => ({ ...runOf(language), kind: 'tool' as const, language, version: [version] });

  it('bring tools by images, or have them installed', () => {
    const job = jobOf('a', [], { steps: [tool('node') as never, runOf('x')] });
    expect(jenkinsfile(graphOf([job]))).toContain('image \'node:24\'');
    expect(jenkinsfile(graphOf([job]), { toolImages: { 'node@24': 'mirror/node@sha256:0' } })).toContain('image \'mirror/node@sha256:0\'');
    const installed = lower(graphOf([job]), { tools: JenkinsTools.INSTALLATIONS });
    expect(jenkinsfile(graphOf([job]), { tools: JenkinsTools.INSTALLATIONS })).toContain('      tools {\n        nodejs \'node-24\'\n      }');
    expect(installed.remains.map(each => each.what)).toContain('Add an installation of node 24 with the name "node-24".');
    const two = jobOf('a', [], { steps: [tool('node') as never, tool('python', '3.13') as never, runOf('x')] });
    expect(lower(graphOf([two])).findings).toMatchObject([{ code: 'FW1090', message: expect.stringContaining('tool python') }]);
  });

  it('keep the folder of a build before only when told', () => {
    expect(jenkinsfile(graphOf([jobOf('a')]))).toContain('deleteDir()');
    expect(jenkinsfile(graphOf([jobOf('a')]), { cleanWorkspace: false })).not.toContain('deleteDir()');
  });
});

describe('plug-ins that are not there', () => {
  const lacking = { plugins: [] as JenkinsPlugin[] };

  it('are missed where safety depends on them', () => {
    const locked = jobOf('a', [], { concurrency: { group: ['prod'], onNew: 'queue', cancelPullRequests: false } });
    const known = jobOf('b', [], { identities: [{ name: 'CLOUD', audience: 'sts' }] });
    expect(lower(graphOf([locked, known]), lacking).findings.map(each => [each.code, each.path])).toEqual([['FW1090', 'App/ci/a'], ['FW1090', 'App/ci/b']]);
    expect(lower(graphOf([locked, known])).findings).toEqual([]);
    expect(jenkinsfile(graphOf([locked, known]))).toContain('withCredentials([file(credentialsId: \'CLOUD\', variable: \'CLOUD_FILE\')])');
  });

  it('leave out caches', () => {
    const cache = { ...runOf('cache'), kind: 'cache' as const, key: ['npm-', { kind: 'hash' as const, files: ['package-lock.json'] }], restoreKeys: [], paths: ['~/.npm'], mode: 'both' as const };
    const job = (publishes: boolean) => jobOf('a', [], { steps: [cache as never, runOf('x')], publishes });
    expect(lower(graphOf([job(false)]), lacking).findings).toMatchObject([{ code: 'FW1091', path: 'App/ci/a' }]);
    expect(jenkinsfile(graphOf([job(false)]))).toContain(
      'cache(maxCacheSize: 4096, caches: [arbitraryFileCache(path: \'$HOME/.npm\', cacheName: \'npm\', cacheValidityDecidingFile: \'package-lock.json\')]) {');
    expect(jenkinsfile(graphOf([job(true)]))).not.toContain('cache(');
  });
});
