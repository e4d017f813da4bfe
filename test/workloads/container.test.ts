import * as fc from 'fast-check';
import { container, environment, manifest, manifests, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, Resources, WorkerProps, WorkloadOverride } from 'cdk8s-fairway';

/** An environment with a worker of the given properties. */
function inProd(props: Partial<WorkerProps>): Environment {
  const platform = newPlatform();
  const prod = environment(platform);
  worker(platform, 'app', props);
  return prod;
}

describe('resources', () => {
  const amounts = (cpu: string, memory: string, disk: string) => ({ 'cpu': cpu, 'memory': memory, 'ephemeral-storage': disk });

  test.each<[string, Resources | undefined, object, object]>([
    ['by default', undefined, amounts('100m', '128Mi', '64Mi'), amounts('500m', '128Mi', '256Mi')],
    ['empty', {}, amounts('100m', '128Mi', '64Mi'), amounts('500m', '128Mi', '256Mi')],
    ['limits follow their requests', { cpu: '250m', memory: '1Gi', ephemeralStorage: '1Gi' }, amounts('250m', '1Gi', '1Gi'), amounts('1250m', '1Gi', '4Gi')],
    ['in parts of a unit', { cpu: '0.3', memory: '1.5Gi' }, amounts('0.3', '1.5Gi', '64Mi'), amounts('1.5', '1.5Gi', '256Mi')],
    ['whole', { cpu: '2', memory: '1073741824', ephemeralStorage: '1G' }, amounts('2', '1073741824', '1G'), amounts('10', '1073741824', '4G')],
    ['limits of their own', { cpuLimit: '100m', memoryLimit: '256Mi', ephemeralStorageLimit: '64Mi' }, amounts('100m', '128Mi', '64Mi'), amounts('100m', '256Mi', '64Mi')],
    ['equal in another unit', { memory: '1Gi', memoryLimit: '1024Mi' }, amounts('100m', '1Gi', '64Mi'), amounts('500m', '1024Mi', '256Mi')],

  ])('%s', (_, resources, requests, limits) => {
    expect(container(inProd({ resources })).resources).toEqual({ requests, limits });
  });

  test('what follows a request is a quantity that Kubernetes reads, and never below it', () => {
    const quantity = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', '.5', '.125'), fc.constantFrom('k', 'M', 'G', 'Ki', 'Mi', 'Gi')).map(parts => parts.join(''));
    fc.assert(fc.property(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('m', '')).map(parts => parts.join('')), quantity, quantity, (cpu, memory, ephemeralStorage) => {
      const { requests, limits } = container(inProd({ resources: { cpu, memory, ephemeralStorage } })).resources;
      expect(requests).toEqual(amounts(cpu, memory, ephemeralStorage));
      for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
        expect(limits[name]).toMatch(/^\d+(\.\d{1,3})?(m|k|M|G|Ki|Mi|Gi)?$/);
        expect(parseFloat(limits[name])).toBeGreaterThanOrEqual(parseFloat(requests[name]));
        expect(limits[name].replace(/[\d.]/g, '')).toBe(requests[name].replace(/[\d.]/g, ''));
      }
    }), { numRuns: 50 });
  });
});

describe('environment variables', () => {
  const names = (env: Record<string, string>) => (container(inProd({ env })).env ?? []).map((e: any) => e.name);

  test.each<[string, Record<string, string>, string[]]>([
    ['by name', { B: '1', A: '2', a: '3' }, ['A', 'B', 'a']],
    ['each after those that it refers to', { A: '$(Z)', Z: '1', M: '2' }, ['Z', 'A', 'M']],
    ['through several', { A: '$(B)/$(D)', B: '$(C)', C: '1', D: '2' }, ['C', 'B', 'D', 'A']],
    ['a reference to what is not there stays', { A: '$(POD_IP)', B: '1' }, ['A', 'B']],
    ['to itself', { A: '$(A)', B: '1' }, ['A', 'B']],
    ['in a ring', { A: '$(B)', B: '$(A)' }, ['B', 'A']],
    ['what only looks like a reference', { A: '$Z ${Z} $( Z) (Z)', Z: '1' }, ['A', 'Z']],
    ['names of prototypes', { A: '$(constructor) $(__proto__)', constructor: '1' }, ['constructor', 'A']],
    ['none', {}, []],
  ])('%s', (_, env, expected) => {
    expect(names(env)).toEqual(expected);
  });

  test('values are printed as they are', () => {
    const env = { A: '', B: ' x ', C: 'yes', D: '0x10', E: 'a\nb', F: '💥', G: '"\'`', H: '# no', I: '{{ x }}' };
    expect(container(inProd({ env })).env).toEqual(Object.entries(env).map(([name, value]) => ({ name, value })));
  });

  test('without any, there is no list', () => {
    expect('env' in container(inProd({}))).toBe(false);
  });

  test('the order of their declaration does not matter, and every reference that can be resolved is', () => {
    const key: fc.Arbitrary<string> = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G');
    const value = fc.array(fc.oneof(key.map(name => `$(${name})`), fc.constant('x')), { maxLength: 3 }).map(parts => parts.join('-'));
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name }), fc.nat(), (entries, seed) => {
      const shuffled = [...entries].sort(([a], [b]) => (a.charCodeAt(0) * seed) % 7 - (b.charCodeAt(0) * seed) % 7);
      const order: string[] = names(Object.fromEntries(entries));
      expect(names(Object.fromEntries(shuffled))).toEqual(order);
      const env = new Map(entries);
      const refers = (from: string): string[] => [...env.get(from)!.matchAll(/\$\((\w)\)/g)].map(m => m[1]).filter(name => env.has(name));
      const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
        refers(from).some(next => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
      for (const [name] of entries) {
        for (const other of refers(name).filter(o => !reaches(o, name))) {
          expect(order.indexOf(other)).toBeLessThan(order.indexOf(name));
        }
      }
    }));
  });

  describe('FW410: a secret as a literal', () => {
    const codes = (env: Record<string, string>, override?: WorkloadOverride) => {
      const platform = newPlatform();
      environment(platform, 'dev');
      environment(platform, 'prod');
      service(platform, 'app', { env, overrides: override ? { dev: override, prod: { env: { PASSWORD: '' } } } : {} });
      return platform.check().map(f => [f.code, f.severity, /"(\w+)"/.exec(f.message)?.[1]]);
    };

    test.each(['PASSWORD', 'DB_PASSWD', 'clientSecret', 'API_KEY', 'apikey', 'GITHUB_TOKEN', 'AWS_CREDENTIALS', 'TLS_PRIVATE_KEY'])('%s', name => {
      expect(codes({ [name]: 'x' })).toEqual([['FW410', 'warning', name]]);
    });

    test.each(['PASSWORD_FILE', 'TOKEN_PATH', 'SECRET_NAME', 'TOKEN_URL', 'CREDENTIALS_DIR', 'PASS', 'KEY', 'LOG_LEVEL'])('not %s', name => {
      expect(codes({ [name]: 'x' })).toEqual([]);
    });

    test('not an empty one', () => {
      expect(codes({ PASSWORD: '' })).toEqual([]);
    });

    test('also in one override, whatever the others say', () => {
      expect(codes({}, { env: { PASSWORD: 'x' } })).toEqual([['FW410', 'warning', 'PASSWORD']]);
    });
  });
});

describe('writable paths', () => {
  const mounts = (writablePaths: Record<string, string>) => {
    const { spec } = pod(inProd({ writablePaths }));
    const sizes = new Map(spec.volumes.map((v: any) => [v.name, v.emptyDir.sizeLimit]));
    expect(sizes.size).toBe(spec.volumes.length);
    return spec.containers[0].volumeMounts.map((m: any) => [m.mountPath, m.name, sizes.get(m.name)]);
  };

  test.each<[string, Record<string, string>, Array<[string, string, string]>]>([
    ['always /tmp', {}, [['/tmp', 'tmp', '64Mi']]],
    ['/tmp of another size', { '/tmp': '1Gi' }, [['/tmp', 'tmp', '1Gi']]],
    ['by path', { '/var/cache': '1Gi', '/data': '2Gi' }, [['/data', 'data', '2Gi'], ['/tmp', 'tmp', '64Mi'], ['/var/cache', 'var-cache', '1Gi']]],
    ['paths that give one name', { '/a/b': '1Mi', '/a-b': '2Mi', '/A.b': '3Mi' }, [['/A.b', 'a-b', '3Mi'], ['/a-b', 'a-b-2', '2Mi'], ['/a/b', 'a-b-3', '1Mi'], ['/tmp', 'tmp', '64Mi']]],
    ['paths without a letter', { '/ä': '1Mi', '/-': '2Mi' }, [['/-', 'folder', '2Mi'], ['/tmp', 'tmp', '64Mi'], ['/ä', 'folder-2', '1Mi']]],
    ['hidden folders', { '/.cache': '1Mi' }, [['/.cache', 'cache', '1Mi'], ['/tmp', 'tmp', '64Mi']]],
  ])('%s', (_, paths, expected) => {
    expect(mounts(paths)).toEqual(expected);
  });

  test('names of volumes are DNS labels, each its own, whatever the paths are', () => {
    const part = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9._-]{1,40}$/), fc.constantFrom('ä', '💥', '-', 'a', 'A')).filter(p => !['.', '..'].includes(p));
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map(parts => `/${parts.join('/')}`);
    fc.assert(fc.property(fc.array(path, { maxLength: 8 }), paths => {
      const volumes: string[] = mounts(Object.fromEntries(paths.map(p => [p, '1Mi']))).map(([, name]: string[]) => name);
      expect(volumes.filter(name => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
    }), { numRuns: 50 });
  });
});

describe('the rest of the pod', () => {
  test('command and arguments', () => {
    expect(container(inProd({ command: ['/bin/server'], args: ['--port', '$(PORT)'] }))).toMatchObject({ command: ['/bin/server'], args: ['--port', '$(PORT)'] });
    expect(Object.keys(container(inProd({})))).not.toEqual(expect.arrayContaining(['command']));
  });

  test.each<[any, number, number]>([[undefined, 65532, 65532], [{ user: 10001 }, 10001, 10001], [{ user: 999, group: 0 }, 999, 0]])('runs as %p', (runAs, user, group) => {
    const prod = inProd({ runAs });
    expect(pod(prod).spec.securityContext).toMatchObject({ runAsUser: user, runAsGroup: group, fsGroup: group });
    expect(container(prod).securityContext).toMatchObject({ runAsUser: user, runAsGroup: group, runAsNonRoot: true });
  });

  test('labels of the workload stand on all of its objects and on its pods; the platform has the last word', () => {
    const prod = inProd({ labels: { 'example.com/team': 'checkout', 'app.kubernetes.io/version': 'mine' } });
    expect(pod(prod).metadata.labels).toEqual({
      'app.kubernetes.io/name': 'app',
      'app.kubernetes.io/instance': 'app',
      'app.kubernetes.io/part-of': 'acme',
      'app.kubernetes.io/managed-by': 'cdk8s-fairway',
      'app.kubernetes.io/version': '1.4.2',
      'example.com/team': 'checkout',
    });
    expect(manifests(prod.node.findChild('app')).map(o => o.metadata.labels['example.com/team'])).toEqual(Array(4).fill('checkout'));
  });

  test('annotations of the pods stand there alone', () => {
    const prod = inProd({ podAnnotations: { 'Example.com/scrape': 'true' } });
    expect(pod(prod).metadata.annotations).toEqual({ 'Example.com/scrape': 'true' });
    expect(manifest(prod, 'app', 'Deployment').metadata.annotations).toBeUndefined();
    expect('annotations' in pod(inProd({})).metadata).toBe(false);
  });
});
