import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Duration } from 'cdk8s';
import { fleet } from './fleet';
import { contracts, deliveries, ownWorkflows, services } from './pipelines/synthesize';
import { AUTOMATION, road } from './road';
import { shop } from './shop';
import { boutique } from '../../examples/online-boutique/boutique';
import { caller, declare, platformOf, SCENARIOS } from '../strategies/scenarios';
import {
  ApplicationForm, Diagnostics, FluxTopology, GitOpsEngine, promoter, PromotionEngine, RolloutEngine, rollouts as argoRollouts, Severity, TimeWindow,
  type Platform, type PlatformExtension, type PlatformProps, type Protection,
} from 'cdk8s-fairway';

/*
 * Synthesizes the examples, for the oldest Kubernetes and the oldest Argo Rollouts that are supported and for
 * recent ones, and for Flagger, and holds them against the outside world's tools. First the tools have to show
 * that they can refuse.
 */

const ROOT = resolve(__dirname, '../..');
const WORK = join(ROOT, '.tmp', 'conformance');

function example(version: string, engine: string, rollouts: PlatformExtension): string {
  const root = join(WORK, `boutique-${version}-${engine}`);
  boutique(version, { root, outdir: join(root, 'dist'), rollouts }).synth();
  return join(root, 'dist');
}

/** Every scenario of the contract that an engine carries out, as workloads of one platform. */
function scenarios(engine: string): string {
  const root = join(WORK, `scenarios-${engine.replaceAll(' ', '-')}`);
  const props = { root, outdir: join(root, 'dist'), repository: 'https://github.com/acme/platform', gitops: GitOpsEngine.argoCd() };
  const { platform } = platformOf(engine, props);
  const workloads = SCENARIOS.filter(scenario => scenario.environment === undefined && isCarriedOut(engine, scenario))
    .map(scenario => declare(platform, scenario, scenario.name.toLowerCase().replace(/[^a-z]+/g, '-').slice(0, 50).replace(/-$/, '')).name);
  caller(platform, ...workloads);
  // Warnings are what some scenarios are about; the tests of the contract look at them.
  new Set(platform.check().map(finding => finding.code)).forEach(code => Diagnostics.of(platform).acknowledge(code, 'The scenario shows it.'));
  platform.synth();
  return join(root, 'dist');
}

function isCarriedOut(engine: string, scenario: typeof SCENARIOS[number]): boolean {
  const { platform } = platformOf(engine, { root: join(WORK, 'trial') });
  declare(platform, scenario);
  return platform.check().every(finding => finding.severity !== Severity.ERROR);
}

function everything(): string {
  const root = join(WORK, 'shop');
  shop({ root, outdir: join(root, 'dist') }).synth();
  return join(root, 'dist');
}

/** A road with regions, branches and charts, and a shop with all that workloads can have, for each GitOps engine. */
function deployed(name: string, gitops: PlatformExtension, make: (props: Partial<PlatformProps>) => Platform): string {
  const root = join(WORK, name);
  make({ root, outdir: join(root, 'dist'), gitops }).synth();
  return join(root, 'dist');
}

/** A road, with what each engine of promotion makes for it. */
function promoted(name: string, promotion: PlatformExtension, protection: Protection): string {
  const root = join(WORK, `road-${name}`);
  road(root, promotion, protection).synth();
  return join(root, 'dist');
}

const DAYTIME = TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7), timeZone: 'Europe/Berlin' });

function plainExample(): string {
  const dist = join(WORK, 'argocd-only', 'dist');
  tsx('examples/argocd-only/main.ts', [], { CDK8S_OUTDIR: dist });
  return dist;
}

function tsx(script: string, args: string[] = [], env: Record<string, string> = {}): number {
  const { status } = spawnSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.dev.json', script, ...args], {
    cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env },
  });
  return status ?? 1;
}

rmSync(WORK, { recursive: true, force: true });
const run = 'test/conformance/run.ts';
const selfTest = tsx(run, ['--self-test']);
const examples = tsx(run, [
  plainExample(),
  example('1.28', 'flagger', RolloutEngine.flagger()),
  '--argo-rollouts-1.8', example('1.28', 'argo-rollouts-1.8', RolloutEngine.argoRollouts({ version: argoRollouts.RolloutsVersion.V1_8 })),
  '--newer', example('1.34', 'argo-rollouts', RolloutEngine.argoRollouts()),
  '--newer', everything(),
  '--newer', deployed('shop-flux', GitOpsEngine.flux(), shop),
  '--newer', deployed('fleet-argocd', GitOpsEngine.argoCd(), fleet),
  '--newer', deployed('fleet-flux', GitOpsEngine.flux(), fleet),
  '--newer', deployed('fleet-flux-hub', GitOpsEngine.flux({ topology: FluxTopology.HUB }), fleet),
  '--newer', deployed('fleet-sets', GitOpsEngine.argoCd({ form: ApplicationForm.APPLICATION_SETS, progressiveSyncs: true }), fleet),
  '--newer', promoted('kargo', PromotionEngine.kargo(), { freezes: [{ reason: 'holidays', from: '2026-12-20T00:00:00Z', until: '2027-01-04T08:00:00Z' }] }),
  '--newer', promoted('gitops-promoter', PromotionEngine.gitOpsPromoter({
    scm: promoter.Scm.github({ appID: 1 }), repository: promoter.Repository.github({ owner: 'acme', name: 'road' }), secretRef: 'github-app',
  }), { allowedTimes: [DAYTIME] }),
  '--newer', promoted('flux-images', PromotionEngine.fluxImageAutomation(AUTOMATION), { allowedTimes: [DAYTIME] }),
  '--newer', scenarios('argo-rollouts'),
  '--newer', scenarios('flagger with a gate'),
]);
const PIPELINES = join(WORK, 'pipelines');
const validators = 'test/conformance/pipelines/run.ts';
const pipelines = [
  tsx(validators, ['--self-test']),
  tsx(validators, [...contracts(PIPELINES), ...deliveries(PIPELINES), ...services(PIPELINES), ownWorkflows(PIPELINES)]),
  tsx('test/conformance/pipelines/execution.ts', ['--self-test']),
  tsx('test/conformance/pipelines/execution.ts'),
];
process.exitCode = [selfTest, examples, ...pipelines].every(status => status === 0) ? 0 : 1;
