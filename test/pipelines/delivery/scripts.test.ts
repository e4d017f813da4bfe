import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { built as nodeOf, cleanUp, OK, run, withHost } from './run';
import { DIGEST, IMAGE, STEPS } from './steps';
import { buildProgram } from '../../../src/cli/program';
import { CodeHost, PlatformStep } from '../../../src/pipelines';
import { ACTIONS } from '../../../src/pipelines/delivery/actions';

afterAll(cleanUp);

const REFERENCE = `${IMAGE}@${DIGEST}`;

describe('every script', () => {
  it.each(Object.keys(STEPS))('%s is read by bash, holds no value, and needs what it names', async name => {
    const node = nodeOf(STEPS[name]());
    const { script, commands } = node.portable;
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('');
    expect(script).not.toMatch(/\$\{\{|\$\[\[|\$\(params|<secret>/);
    const known = Object.values(ACTIONS[node.action].fields).map(field => field.variable);
    expect(Object.keys(node.env).filter(variable => !known.includes(variable) && !/^RUN_/.test(variable))).toEqual([]);
    for (const missing of commands.filter(command => !['git', 'node', 'awk'].includes(command))) {
      const stubs = Object.fromEntries(commands.filter(command => command !== missing && !['git', 'node', 'awk'].includes(command)).map(command => [command, OK]));
      const { status, err } = await run(node, { stubs });
      expect([status, err]).toEqual([127, expect.stringContaining(`This step needs ${missing}`)]);
    }
  });

  it.each(Object.keys(STEPS))('%s prints no secret', async name => {
    const node = nodeOf(STEPS[name]());
    const secrets = Object.values(ACTIONS[node.action].fields).filter(field => field.isSecret && field.variable !== 'REGISTRY_USERNAME').map(field => field.variable);
    const env = Object.fromEntries(secrets.map(variable => [variable, 'hunter2']));
    const stubs = Object.fromEntries([...node.portable.commands.filter(command => !['git', 'node', 'awk'].includes(command)), 'docker', 'renovate', 'curl'].map(command => [command, OK]));
    const { out, err, calls } = await run(node, { stubs, env, files: { 'dist/a.whl': '', 'a.nupkg': '' } });
    expect(`${out}${err}`).not.toContain('hunter2');
    // dotnet takes its key as an argument alone.
    expect(calls.filter(call => !call.startsWith('dotnet')).join('\n')).not.toContain('hunter2');
  });
});

describe('images', () => {
  it('are built with BuildKit, pushed, and named by their digest', async () => {
    const docker = `while [ "$1" != --metadata-file ]; do shift; done; echo '{ "containerimage.config.digest": "sha256:00", "containerimage.digest": "${DIGEST}" }' > "$2"`;
    const { status, calls, outputs } = await run(STEPS.build(), { stubs: { docker }, env: { IMAGE_TAG: '1.5.0' } });
    expect(status).toBe(0);
    expect(calls[0].replace(/--metadata-file \S+/, '--metadata-file F')).toBe('docker buildx build --file checkout/Dockerfile --tag ghcr.io/acme/checkout:1.5.0 --target run '
      + '--build-arg VERSION=1 2 --platform linux/amd64,linux/arm64 --metadata-file F --provenance mode=max --sbom true --push checkout');
    expect(outputs).toEqual({ image: IMAGE, digest: DIGEST, reference: REFERENCE });
  });

  it('are built with buildah where there is no Docker', async () => {
    const buildah = `while [ "$#" -gt 0 ]; do if [ "$1" = --digestfile ]; then echo ${DIGEST} > "$2"; fi; shift; done`;
    const { calls, outputs } = await run(STEPS.build(), { stubs: { buildah }, env: { IMAGE_TAG: 'x' } });
    expect(calls.map(call => call.split(' ').slice(0, 3).join(' '))).toEqual(['buildah build --file', 'buildah manifest push']);
    expect(outputs.digest).toBe(DIGEST);
  });

  it('are not pushed where they are not to be', async () => {
    const { status, calls, outputs } = await run(STEPS.buildOnly(), { stubs: { docker: OK } });
    expect([status, outputs]).toEqual([0, {}]);
    expect(calls[0]).not.toMatch(/--push|--sbom/);
  });

  it.each([
    ['a tag with an option in it', { IMAGE_TAG: '--push' }, 2, /is none/],
    ['a build that fails', { IMAGE_TAG: 'x', FAIL: '1' }, 1, /^$/],
    ['a push without a digest', { IMAGE_TAG: 'x' }, 1, /nothing says its digest/],
  ])('fail for %s', async (_, env, expected, message) => {
    const { status, err, outputs } = await run(STEPS.build(), { stubs: { docker: 'exit "${FAIL:-0}"' }, env });
    expect([status, outputs]).toEqual([expected, {}]);
    expect(err.trim()).toMatch(message);
  });

  it.each(['scan', 'sign', 'attest', 'provenance', 'trivy'])('%s refuses what is no digest', async name => {
    const stubs = { grype: OK, trivy: OK, cosign: OK, syft: OK };
    const { status, calls } = await run(STEPS[name](), { stubs, env: { IMAGE_DIGEST: 'latest', SIGSTORE_FILE: '/dev/null' } });
    expect([status, calls]).toEqual([2, []]);
  });

  it('are scanned by digest', async () => {
    expect((await run(STEPS.scan(), { stubs: { grype: OK } })).calls).toEqual([`grype registry:${REFERENCE} --fail-on high --only-fixed --output table --output sarif=scan.sarif`]);
    expect((await run(STEPS.scan(), { stubs: { grype: 'exit 2' } })).status).toBe(2);
    const trivy = 'if [ "$1" = image ]; then while [ "$1" != --output ]; do shift; done; echo "$FOUND" > "$2"; fi';
    expect((await run(STEPS.trivy(), { stubs: { trivy }, env: { FOUND: '{}' } })).status).toBe(0);
    expect((await run(STEPS.trivy(), { stubs: { trivy }, env: { FOUND: '{"VulnerabilityID":"CVE-1"}' } })).status).toBe(2);
    expect((await run(STEPS.trivy(), { stubs: { trivy: 'exit 1' } })).status).toBe(1);
  });

  it('are signed by the identity of the run, or by a key, and not without', async () => {
    const files = { token: 'jwt' };
    const signed = await run(STEPS.sign(), { stubs: { cosign: OK }, files, env: { SIGSTORE_FILE: 'token' } });
    expect(signed.calls).toEqual([`cosign sign --yes --identity-token token --recursive ${REFERENCE}`]);
    expect((await run(STEPS.signByKey(), { stubs: { cosign: OK } })).calls).toEqual([`cosign sign --yes --key awskms:///alias/release --recursive ${REFERENCE}`]);
    const without = await run(STEPS.sign(), { stubs: { cosign: OK } });
    expect([without.status, without.calls]).toEqual([1, []]);
    expect(nodeOf(STEPS.sign()).outputs).toEqual([]);
  });

  it('are attested', async () => {
    const env = { SIGSTORE_FILE: 'token' };
    const cosign = 'while [ "$1" != --predicate ]; do shift; done; cat "$2"';
    const listed = await run(STEPS.attest(), { stubs: { cosign, syft: OK }, files: { token: 'jwt' }, env });
    expect(listed.calls.map(call => call.replace(/\/\S*tmp\S*/g, 'F'))).toEqual([
      `syft scan registry:${REFERENCE} --output cyclonedx-json=F`, `cosign attest --yes --identity-token token --type cyclonedx --predicate F ${REFERENCE}`,
    ]);
    const run1 = { RUN_REPOSITORY: 'acme/checkout', RUN_COMMIT: 'a'.repeat(40), RUN_URL: 'https://ci.example.com/1' };
    const proven = await run(STEPS.provenance(), { stubs: { cosign }, files: { token: 'jwt' }, env: { ...env, ...run1 } });
    expect(JSON.parse(proven.out)).toMatchObject({ buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: 'a'.repeat(40) } }] }, runDetails: { builder: { id: 'https://ci.example.com/1' } } });
    expect((await run(STEPS.provenance(), { stubs: { cosign }, files: { token: 'jwt' }, env: { ...env, ...run1, RUN_REPOSITORY: 'a", "b' } })).status).toBe(2);
  });

  it('that run are scanned again, all of them', async () => {
    const state = (digest: string) => JSON.stringify({ workloads: { cart: { image: 'ghcr.io/acme/cart', digest }, checkout: { image: IMAGE, digest } } });
    const files = { 'releases/staging.json': state('sha256:aa'), 'releases/prod.json': state('sha256:bb') };
    const clean = await run(STEPS.rescan(), { stubs: { grype: OK }, files });
    expect(clean.calls.map(call => call.split(' ')[1])).toEqual(['staging', 'prod'].flatMap((_, i) => ['cart', 'checkout'].map(name => `registry:ghcr.io/acme/${name}@sha256:${['aa', 'bb'][i]}`)));
    expect([clean.status, clean.outputs]).toEqual([0, { findings: '0' }]);
    const bad = await run(STEPS.rescan(), { stubs: { grype: 'case "$1" in *cart@sha256:aa) exit 2 ;; esac' }, files });
    expect([bad.status, bad.outputs, bad.calls.length]).toEqual([1, { findings: '1' }, 4]);
    expect((await run(STEPS.rescan(), { stubs: { grype: 'exit 1' }, files })).outputs).toEqual({});
    expect((await run(STEPS.rescan(), { stubs: { grype: OK } })).status).toBe(0);
  });

  it('are logged in for, whatever tool is there', async () => {
    const docker = await run(STEPS.login(), { stubs: { docker: 'read -r -N 100 password || true; echo "$password" > password' }, env: { REGISTRY_PASSWORD: 's3' } });
    expect(docker.calls).toEqual(['docker login --username <context> --password-stdin ghcr.io']);
    expect(fs.readFileSync(path.join(docker.folder, 'password'), 'utf8')).toBe('s3\n');
    expect((await run(STEPS.login(), { stubs: { crane: OK } })).calls[0]).toMatch(/^crane auth login /);
    expect((await run(STEPS.login())).status).toBe(127);
  });
});

describe('reports', () => {
  it('count tests', async () => {
    const files = { 'reports/a.xml': '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>', 'reports/b.xml': '<testcase ><skipped/></testcase>\n' };
    expect((await run(STEPS.junit(), { files })).out).toMatch(/^Tests: \d tests, 1 failures, 0 errors, 1 skipped\n$/);
    expect((await run(STEPS.junit(), { files })).out).toContain('3 tests');
    expect((await run(STEPS.junit())).status).toBe(1);
  });

  it('count lines', async () => {
    const files = { 'coverage.xml': '<coverage lines-valid="100" lines-covered="70"/>\n', 'more/x/coverage.xml': '<coverage lines-valid="100" lines-covered="95"/>\n', 'lcov.info': 'LF:4\nLH:3\n' };
    expect(await run(STEPS.coverage(), { files })).toMatchObject({ status: 0, outputs: { percent: '82.5' } });
    expect(await run(STEPS.coverage(), { files: { 'coverage.xml': files['coverage.xml'] } })).toMatchObject({ status: 1, err: 'That is below 80 %.\n' });
    expect((await run(STEPS.lcov(), { files })).out).toBe('Coverage of lines: 75.0 %\n');
    expect(await run(STEPS.lcov(), { files: { 'lcov.info': '' } })).toMatchObject({ status: 1, err: 'The reports count no lines.\n' });
  });

  it('count findings', async () => {
    expect((await run(STEPS.findings(), { files: { 'scan.sarif': '{"level": "error"}\n{"level":"note"}\n' } })).out).toBe('scan: 1 errors, 0 warnings, 1 notes\n');
    expect((await run(STEPS.findings())).status).toBe(1);
  });
});

describe('packages', () => {
  const token = { file: 'jwt' };
  it('go out with the identity of the run', async () => {
    const env = { PACKAGE_IDENTITY_FILE: 'file' };
    expect((await run(STEPS.npm(), { stubs: { npm: 'echo "$NPM_ID_TOKEN" > told' }, files: token, env })).calls).toEqual(['npm publish --access public']);
    const files = { ...token, 'dist/a-1.whl': '', 'dist/b 2.whl': '', 'a.nupkg': '' };
    const curl = 'cat > headers; echo \'{"success": true, "token": "minted", "apiKey": "keyed"}\'';
    const pypi = await run(STEPS.pypi(), { stubs: { twine: 'echo "$TWINE_PASSWORD" > told', curl }, files, env });
    expect(pypi.calls[1]).toBe('twine upload --non-interactive --disable-progress-bar dist/a-1.whl dist/b 2.whl');
    expect(fs.readFileSync(path.join(pypi.folder, 'told'), 'utf8')).toBe('minted\n');
    const crates = await run(STEPS.crates(), { stubs: { cargo: 'echo "$CARGO_REGISTRY_TOKEN" > told', curl }, files, env });
    expect(fs.readFileSync(path.join(crates.folder, 'told'), 'utf8')).toBe('minted\n');
    const nuget = await run(STEPS.nuget(), { stubs: { dotnet: OK, curl }, files, env });
    expect(nuget.calls[1]).toBe('dotnet nuget push a.nupkg --api-key keyed --source https://api.nuget.org/v3/index.json --skip-duplicate');
    expect(fs.readFileSync(path.join(nuget.folder, 'headers'), 'utf8')).toBe('Authorization: Bearer jwt\n');
  });

  it.each(['npm', 'pypi', 'crates', 'nuget'])('do not go to %s without it', async name => {
    const { status, calls } = await run(STEPS[name](), { stubs: { npm: OK, twine: OK, cargo: OK, dotnet: OK, curl: OK }, files: { 'dist/a': '', 'a.nupkg': '' } });
    expect([status, calls]).toEqual([1, []]);
  });

  it('do not go out when the registry trusts it not', async () => {
    const { status, calls } = await run(STEPS.pypi(), { stubs: { twine: OK, curl: 'echo "{}"' }, files: { ...token, 'dist/a': '' }, env: { PACKAGE_IDENTITY_FILE: 'file' } });
    expect([status, calls.length]).toEqual([1, 1]);
  });

  it('go to a registry of your own with a token', async () => {
    const npm = 'cat "$NPM_CONFIG_USERCONFIG" > told';
    const ran = await run(STEPS.npmByToken(), { stubs: { npm }, files: { 'packages/a/package.json': '{}' }, env: { PACKAGE_TOKEN: 's3' } });
    expect(ran.calls).toEqual(['npm publish --access public --registry https://npm.example.com/']);
    expect(fs.readFileSync(path.join(ran.folder, 'packages/a/told'), 'utf8')).toBe('//npm.example.com/:_authToken=s3\n');
    expect((await run(STEPS.maven(), { stubs: { mvn: OK } })).calls).toEqual(['mvn --batch-mode --no-transfer-progress --errors deploy']);
  });
});

describe('what was deployed', () => {
  it('is waited for', async () => {
    const argocd = 'if [ "$2" = list ]; then printf "a\\nb\\n"; fi';
    expect((await run(STEPS.argocd(), { stubs: { argocd } })).calls).toEqual([
      'argocd app list --grpc-web --selector cdk8s-fairway/environment=prod --output name', 'argocd app get a --grpc-web --refresh', 'argocd app get b --grpc-web --refresh',
      'argocd app wait a --grpc-web --operation --sync --health --timeout 600', 'argocd app wait b --grpc-web --operation --sync --health --timeout 600',
    ]);
    expect((await run(STEPS.argocd(), { stubs: { argocd: OK } })).status).toBe(1);
    expect((await run(STEPS.flux(), { stubs: { flux: OK, kubectl: 'echo apps' } })).calls[1]).toBe('flux reconcile kustomization apps --namespace flux-system --with-source --timeout 600s');
    expect((await run(STEPS.flux(), { stubs: { flux: 'exit 1', kubectl: 'echo apps' } })).status).toBe(1);
    expect((await run(STEPS.kubectl(), { stubs: { kubectl: OK } })).calls).toEqual([
      'kubectl --namespace shop rollout status deployment/checkout --timeout 600s', 'kubectl argo rollouts status cart --namespace shop --timeout 600s',
    ]);
  });

  it('answers, sooner or later', async () => {
    const answers = (...statuses: string[]) => `n=$(wc -l < "$CALLS"); while [ "$1" != --output ]; do shift; done; echo "all ok" > "$2"; set -- ${statuses.join(' ')}; printf '%s' "\${!n}"`;
    const step = PlatformStep.smokeTest({ url: 'https://shop.example.com/healthz', contains: 'ok', attempts: 3, delay: undefined });
    const env = { SMOKE_DELAY: '0' };
    expect(await run(step, { stubs: { curl: answers('503', '200', '200') }, env })).toMatchObject({ status: 0, calls: { length: 2 } });
    expect(await run(step, { stubs: { curl: answers('503', '500', '404') }, env })).toMatchObject({ status: 1, calls: { length: 3 } });
    expect(await run(step, { stubs: { curl: answers('200', '200', '200') }, env: { ...env, SMOKE_TEXT: 'fine' } })).toMatchObject({ status: 1, calls: { length: 3 } });
  });

  it('is recorded', async () => {
    const env = { RUN_REPOSITORY: 'acme/shop', DEPLOYMENT_URL: 'https://ci/1', SOURCE_COMMIT: 'abc', EVENTS_TOKEN: 's3' };
    const ran = await run(STEPS.record(), { stubs: { curl: 'cat > headers' }, env });
    expect(ran.status).toBe(0);
    const event = JSON.parse(fs.readFileSync(path.join(ran.folder, 'deployment.json'), 'utf8'));
    expect(event).toMatchObject({ specversion: '1.0', type: 'dev.cdevents.service.deployed.0.2.0', data: { subject: { id: 'platform', content: { environment: { id: 'prod' } } } } });
    expect(ran.calls[0]).toMatch(/ --header @- --data @deployment\.json -- https:\/\/events\.example\.com\/in$/);
    expect(fs.readFileSync(path.join(ran.folder, 'headers'), 'utf8')).toBe('Authorization: Bearer s3\n');
    expect((await run(STEPS.record(), { stubs: { curl: OK }, env: { ...env, DEPLOYMENT_URL: 'a"b' } })).status).toBe(2);
  });
});

describe('the platform', () => {
  it('is checked', async () => {
    expect((await run(STEPS.check(), { stubs: { npx: 'exit 1' } }))).toMatchObject({ status: 1, calls: ['npx --no-install fairway check --format sarif --output fairway.sarif --strict'] });
  });

  it('is looked through for edits', async () => {
    expect(await run(STEPS.edits(), { stubs: { npx: 'exit 1', git: OK } })).toMatchObject({ status: 1, calls: ['npx --no-install fairway synth --quiet'] });
    expect((await run(STEPS.edits(), { stubs: { npx: OK, git: OK } })).status).toBe(0);
    expect(await run(STEPS.edits(), { stubs: { npx: OK, git: 'if [ "$1" = status ]; then echo " M dist/a.yaml"; fi' } })).toMatchObject({ status: 1, err: expect.stringContaining(' M dist/a.yaml') });
  });

  it('updates its dependencies', async () => {
    const ran = await run(STEPS.dependencies(), { stubs: { renovate: 'echo "$RENOVATE_PLATFORM $RENOVATE_ENDPOINT $RENOVATE_REPOSITORIES ${HOST_TOKEN-none}"' } });
    expect(ran.out).toBe('azure https://dev.azure.com/acme/shop shop/platform none\n');
    const calls = ['npx --no-install renovate --version', 'npx --no-install renovate'];
    expect(await run(STEPS.dependencies(), { stubs: { npx: OK } })).toMatchObject({ status: 0, calls });
    expect(await run(STEPS.dependencies(), { stubs: { npx: 'exit 1' } })).toMatchObject({ status: 127, calls: calls.slice(0, 1), err: expect.stringContaining('npm install') });
  });
});

describe('the command line', () => {
  // What scripts call is what there is: options by their names, and names of workloads.
  it.each(['check', 'comment', 'edits', 'promote', 'promoteAll', 'enter', 'rollback'])('takes what %s says', async name => {
    const stubs = { npx: 'printf "%s\\n" "$@" > "$HOME/words"; cat "$HOME/words"; exit 9', git: OK };
    const { out } = await run(STEPS[name](), { stubs, env: { CHANGE_NUMBER: '7', SOURCE_COMMIT: 'abc1234' } });
    const [, , command, ...words] = out.trimEnd().split('\n');
    const program = buildProgram({ out: process.stdout, err: process.stderr } as never, () => undefined);
    const known = program.commands.find(each => each.name() === command)!;
    const { operands, unknown } = known.exitOverride().parseOptions(words);
    expect(unknown).toEqual([]);
    expect(operands.every(operand => /^[a-z]+$/.test(operand))).toBe(true);
    expect(known.registeredArguments.length > 0 || operands.length === 0).toBe(true);
  });
});

describe('comments', () => {
  const files = { 'fairway-diff.md': '**3 files**' };
  const env = (api: string) => ({ HOST_API: api, HOST_REPOSITORY: 'acme/shop', CHANGE_NUMBER: '7', HOST_TOKEN: 't' });
  const step = (host: string) => PlatformStep.commentDiff({ host: host === 'github' ? CodeHost.github() : CodeHost.gitlab() });

  it('are made once', async () => {
    await withHost({ 'GET /repos/acme/shop/issues/7/comments': [{ id: 1, body: 'hello' }], 'POST /repos/acme/shop/issues/7/comments': {} }, async (api, seen) => {
      expect((await run(step('github'), { files, env: env(api) })).status).toBe(0);
      expect(seen[1]).toBe('POST /repos/acme/shop/issues/7/comments {"body":"<!-- fairway: diff -->\\n\\n**3 files**"}');
    });
  });

  it('are updated in place', async () => {
    const mine = { id: 5, body: '<!-- fairway: diff -->\n\nold' };
    await withHost({ 'GET /repos/acme/shop/issues/7/comments': [mine], 'PATCH /repos/acme/shop/issues/comments/5': {} }, async (api, seen) => {
      expect((await run(step('github'), { files, env: env(api) })).status).toBe(0);
      expect(seen).toHaveLength(2);
    });
    await withHost({ 'GET /projects/acme%2Fshop/merge_requests/7/notes': [mine], 'PUT /projects/acme%2Fshop/merge_requests/7/notes/5': {} }, async (api, seen) => {
      expect((await run(step('gitlab'), { files, env: env(api) })).status).toBe(0);
      expect(seen).toHaveLength(2);
    });
  });

  it('on Azure Repos are threads', async () => {
    const azure = PlatformStep.commentDiff({ host: CodeHost.azureRepos({ organization: 'acme', project: 'shop', repository: 'platform' }) });
    await withHost({ 'GET /pullRequests/7/threads': { value: [] }, 'POST /pullRequests/7/threads': {} }, async (api, seen) => {
      expect((await run(azure, { files, env: env(api) })).status).toBe(0);
      expect(seen[1]).toMatch(/^POST \/pullRequests\/7\/threads\?api-version=7.1 \{"comments":/);
    });
  });

  it('that may not be made are printed; other failures fail', async () => {
    await withHost({ 'GET /repos/acme/shop/issues/7/comments': [], 'POST /repos/acme/shop/issues/7/comments': 403 }, async api => {
      expect(await run(step('github'), { files, env: env(api) })).toMatchObject({ status: 0, out: expect.stringContaining('**3 files**') });
    });
    await withHost({}, async api => {
      expect((await run(step('github'), { files, env: env(api) })).status).toBe(1);
    });
  });

  it('need a pull request and a text', async () => {
    expect((await run(step('github'), { files, env: { CHANGE_NUMBER: '' } }))).toMatchObject({ status: 0, out: expect.stringContaining('no pull request') });
    expect((await run(step('github'), { env: { CHANGE_NUMBER: '7' } })).status).toBe(1);
    const compared = await run(STEPS.comment(), { stubs: { npx: 'exit 1' }, env: { CHANGE_NUMBER: '7' } });
    expect(compared).toMatchObject({ status: 1, calls: ['npx --no-install fairway diff staging prod --format markdown --output fairway-diff.md'] });
  });
});
