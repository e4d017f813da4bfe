import * as fs from 'fs';
import * as path from 'path';
import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { madeBy } from './coherent';
import { D, imagesFile, roadOf, SCENARIOS, WINDOW } from './scenarios';
import { windowOf } from '../../src/promotion/engines/gitops-promoter/windows';
import { roadOf as planOf } from '../../src/promotion/road';
import { codes } from '../support/findings';
import { expectWellSaid } from '../support/misuse';
import { environment, followedPlatform, manifests, REPOSITORY, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { kargo, PromotionEngine, Promotions, Protection, TimeWindow } from 'cdk8s-fairway';

const CHAIN = SCENARIOS[0];

function chainTo(protection: Protection) {
  return { name: '', stops: [{ name: 'dev' }, { name: 'prod', from: ['dev'], protection }], workloads: ['web'] };
}

function one(objects: any[], kind: string, name?: string): any {
  const found = objects.filter(object => object.kind === kind && (name === undefined || object.metadata.name === name));
  expect(found).toHaveLength(1);
  return found[0];
}

describe('the road', () => {
  test('is plain data that does not change', () => {
    const { platform } = roadOf('pullRequests', CHAIN);
    platform.lower();
    const road = planOf(platform);
    expect(road.environments.map(({ name, sources, next, stage }) => ({ name, sources, next, stage }))).toEqual([
      { name: 'dev', sources: [], next: ['staging'], stage: 0 },
      { name: 'staging', sources: ['dev'], next: ['prod'], stage: 1 },
      { name: 'prod', sources: ['staging'], next: [], stage: 2 },
    ]);
    expect(road.environments[2].applications.map(({ name }) => name)).toEqual(['acme-prod-namespaces', 'acme-prod-checkout', 'acme-prod-web']);
    expect(road.environments[2].folders).toEqual(['dist/argocd/apps/in-cluster/prod/', 'dist/prod/']);
    expect(road.environments[0].workloads[0]).toMatchObject({ name: 'checkout', image: 'ghcr.io/acme/checkout', isReleased: false });
    expect(() => (road.environments as any).push(1)).toThrow(TypeError);
    expect(() => (road.environments[0].workloads as any[])[0].name = 'x').toThrow(TypeError);
  });

  test('without an engine, there is still an answer', () => {
    const platform = newPlatform();
    environment(platform, 'dev');
    expect(Promotions.of(platform).explain()).toContain('has no engine of promotion');
  });
});

test('FW902 says what an engine does not do, FW903 which gates have nothing to look at', () => {
  const { platform } = roadOf('gitOpsPromoter', CHAIN);
  const gaps = platform.check().filter(finding => finding.code === 'FW902');
  expect(gaps.map(({ message }) => message)).toEqual([expect.stringContaining('"one workload at a time"'), expect.stringContaining('"rollback"')]);
  const stops = [{ name: 'dev', protection: { soakTime: Duration.hours(1), approvals: { teams: ['acme/sre'] } } }];
  const idle = roadOf('pullRequests', { name: '', stops }).platform.check().filter(finding => finding.code === 'FW903');
  expect(idle.map(({ path: where, message }) => [where, message])).toEqual([['dev', expect.stringContaining('"soakTime"')]]);
  [...gaps, ...idle].forEach(expectWellSaid);
});

describe('Kargo', () => {
  test('gates become soak time, verification and pull requests that wait', () => {
    const { platform } = roadOf('kargo', chainTo({ approvals: { teams: ['acme/sre'] }, soakTime: Duration.minutes(90), requireAnalysis: ['smoke', 'load'] }), {
      analysisArgs: { environment: '${{ ctx.stage }}' },
    });
    platform.lower();
    const objects = madeBy(platform);
    expect(one(objects, 'Stage', 'prod').spec.requestedFreight).toEqual([{
      origin: { kind: 'Warehouse', name: 'web' }, sources: { stages: ['dev'], requiredSoakTime: '5400s' },
    }]);
    expect(one(objects, 'Stage', 'dev').spec.verification).toEqual({
      analysisTemplates: [{ name: 'load' }, { name: 'smoke' }], args: [{ name: 'environment', value: '${{ ctx.stage }}' }],
    });
    expect(one(objects, 'Stage', 'prod').spec.verification).toBeUndefined();
    expect(one(objects, 'ProjectConfig').spec.promotionPolicies).toEqual([{ stageSelector: { name: 'dev' }, autoPromotionEnabled: true }]);
    const vars = (stage: string) => Object.fromEntries(one(objects, 'Stage', stage).spec.promotionTemplate.spec.steps[0].vars.map((v: any) => [v.name, v.value]));
    expect(vars('prod')).toMatchObject({ from: 'dev', review: '${{ true }}', images: '${{ {"web": "ghcr.io/acme/web"} }}' });
    expect(vars('dev')).toMatchObject({ from: '${{ nil }}', review: '${{ false }}', frozen: '${{ false }}' });
  });

  test('an environment whose gate somebody else holds is not promoted without asking', () => {
    const { platform } = roadOf('kargo', chainTo({ allowedTimes: [WINDOW] }), { heldElsewhere: { allowedTimes: 'the merge queue' } });
    platform.lower();
    expect(one(madeBy(platform), 'ProjectConfig').spec.promotionPolicies).toEqual([{ stageSelector: { name: 'dev' }, autoPromotionEnabled: true }]);
    const [{ vars }] = one(madeBy(platform), 'Stage', 'prod').spec.promotionTemplate.spec.steps;
    expect(vars.find((v: any) => v.name === 'review').value).toBe('${{ true }}'); // nor merged
  });

  test('freezes are times that a promotion is held against', () => {
    const { platform } = roadOf('kargo', chainTo({
      freezes: [{ reason: 'a', until: '2027-01-01T00:00:00+01:00' }, { reason: 'b', from: '2027-05-01T00:00Z', until: '2027-05-02T00:00:00Z' }],
    }));
    platform.lower();
    const [{ vars }] = one(madeBy(platform), 'Stage', 'prod').spec.promotionTemplate.spec.steps;
    expect(vars.find((v: any) => v.name === 'frozen').value).toBe(
      '${{ (now() < date("2026-12-31T23:00:00Z")) || (now() >= date("2027-05-01T00:00:00Z") && now() < date("2027-05-02T00:00:00Z")) }}');
  });

  test('a workload takes part only where it runs, and where releases come to', () => {
    const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: PromotionEngine.kargo() });
    const dev = environment(platform, 'dev');
    const staging = environment(platform, 'staging', { promotedFrom: [dev] });
    const prod = environment(platform, 'prod', { promotedFrom: [staging] });
    service(platform, 'app');
    service(platform, 'lost', { environments: [dev, prod] });
    platform.lower();
    const origins = (name: string) => one(madeBy(platform), 'Stage', name).spec.requestedFreight.map((each: any) => each.origin.name);
    expect([origins('dev'), origins('staging'), origins('prod')]).toEqual([['app', 'lost'], ['app'], ['app']]);
    expect(codes(platform.check())).toContain('FW222');
  });

  test('without Argo CD nothing is synced, and health is held by nobody', () => {
    const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: PromotionEngine.kargo() });
    const dev = environment(platform, 'dev');
    environment(platform, 'prod', { promotedFrom: [dev], protection: { requireHealth: true } });
    service(platform, 'app');
    expect(codes(platform.check())).toContain('FW901');
    expect(one(madeBy(platform), 'PromotionTask').spec.steps.map((step: any) => step.uses)).not.toContain('argocd-update');
  });

  test('how releases are found, for all and for one', () => {
    const { platform } = roadOf('kargo', CHAIN, {
      image: { constraint: '^1.0.0', imagePlatform: 'linux/arm64' }, images: { web: { imageSelectionStrategy: kargo.ImageSelectionStrategy.DIGEST, constraint: 'stable' } },
    });
    platform.lower();
    const image = (name: string) => one(madeBy(platform), 'Warehouse', name).spec.subscriptions[0].image;
    expect(image('checkout')).toEqual({ repoURL: 'ghcr.io/acme/checkout', imageSelectionStrategy: 'SemVer', constraint: '^1.0.0', platform: 'linux/arm64' });
    expect(image('web')).toEqual({ repoURL: 'ghcr.io/acme/web', imageSelectionStrategy: 'Digest', constraint: 'stable', platform: 'linux/arm64' });
  });

  test('what Kargo Enterprise alone reads is not written', () => {
    for (const scenario of SCENARIOS) {
      const { platform } = roadOf('kargo', scenario);
      platform.lower();
      expect(JSON.stringify(madeBy(platform))).not.toMatch(/autoRollback|promotionWindows|"targets"/);
    }
  });
});

describe('GitOps Promoter', () => {
  test('gates become commit statuses of the environment before, and times of the environment itself', () => {
    const { platform } = roadOf('gitOpsPromoter', chainTo({
      approvals: { teams: ['acme/sre'] }, soakTime: Duration.hours(4), requireHealth: true, allowedTimes: [WINDOW], freezes: [{ reason: 'a merger' }],
    }));
    platform.lower();
    const objects = madeBy(platform);
    expect(one(objects, 'PromotionStrategy').spec.environments).toEqual([
      { branch: 'environment/dev', autoMerge: true, activeCommitStatuses: [{ key: 'argocd-health' }, { key: 'timer' }] },
      { branch: 'environment/prod', autoMerge: false, proposedCommitStatuses: [{ key: 'schedule' }] },
    ]);
    expect(one(objects, 'TimedCommitStatus').spec.environments).toEqual([{ branch: 'environment/dev', duration: '14400s' }]);
    expect(one(objects, 'ScheduledCommitStatus').spec.environments).toEqual([{
      branch: 'environment/prod',
      allow: [{ cron: '0 9 * * 1-4', duration: '420m', timezone: 'Europe/Berlin' }],
      exclude: [{ cron: '0 0 * * *', duration: '24h', timezone: 'UTC', description: 'a merger' }],
    }]);
  });

  test('an environment whose gate somebody else holds is not merged without asking', () => {
    const { platform } = roadOf('gitOpsPromoter', chainTo({ requireAnalysis: ['smoke'] }), { heldElsewhere: { requireAnalysis: 'the pipeline' } });
    platform.lower();
    expect(one(madeBy(platform), 'PromotionStrategy').spec.environments.map((each: any) => each.autoMerge)).toEqual([true, false]);
  });

  test('never: a moment of a freeze that its window leaves open', () => {
    const base = Date.parse('2026-01-01T00:00:00Z');
    const at = fc.integer({ min: 0, max: 2 * 366 * 86_400 });
    const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(fc.property(at, fc.integer({ min: 1, max: 365 * 86_400 }), part, (start, length, share) => {
      const iso = (seconds: number) => new Date(base + seconds * 1000).toISOString();
      const { cron, duration, timezone } = windowOf({ reason: 'x', from: iso(start), until: iso(start + length) })!;
      const begins = TimeWindow.of({ schedule: cron, duration: Duration.minutes(1), timeZone: timezone });
      const moment = base + (start + Math.floor(length * share)) * 1000;
      // The window that is open at the moment has begun no longer ago than it is long.
      const opening = begins.nextOpening(new Date(moment - Number(duration.replace('m', '')) * 60_000).toISOString())!;
      expect(Date.parse(opening)).toBeLessThanOrEqual(moment);
    }));
  });

  test.each([
    ['longer than a year', { from: '2026-01-01T00:00:00Z', until: '2027-02-01T00:00:00Z' }],
    ['with a beginning alone', { from: '2026-01-01T00:00:00Z' }],
    ['with an end alone', { until: '2026-01-01T00:00:00Z' }],
  ])('a freeze %s is no window', (_, freeze) => {
    expect(windowOf({ reason: 'x', ...freeze })).toBeUndefined();
  });
});

describe('the image automation of Flux', () => {
  test('pushes to the branch itself, and to one of its own where approvals are asked for', () => {
    const stops = [{ name: 'dev' }, { name: 'qa', protection: { approvals: { teams: ['acme/qa'] } } }];
    const { platform } = roadOf('fluxImageAutomation', { name: '', stops, workloads: ['web'] });
    platform.lower();
    const branch = (name: string) => one(madeBy(platform), 'ImageUpdateAutomation', `acme-${name}`).spec.git.push.branch;
    expect([branch('dev'), branch('qa')]).toEqual(['main', 'qa-images']);
  });

  test('names exactly the lines that are missing, and reads them when they are there', () => {
    const { platform } = roadOf('fluxImageAutomation', { ...CHAIN, releases: { 'dev.images.yaml': imagesFile('dev', ['web']) } });
    const { remedy } = platform.check().find(finding => finding.code === 'FW910')!;
    const line = `checkout: ghcr.io/acme/checkout:1.4.2@${D('0')} # {"$imagepolicy": "flux-system:acme-dev-checkout"}`;
    expect(remedy).toBe(`Write ${line} into releases/dev.images.yaml.`);
    fs.appendFileSync(path.join(platform.root, 'releases/dev.images.yaml'), `${line}\n`);
    const again = followedPlatform({ root: platform.root, promotion: PromotionEngine.fluxImageAutomation() });
    environment(again, 'dev');
    service(again, 'web');
    service(again, 'checkout');
    expect(codes(again.check())).not.toContain('FW910');
  });

  test('a mark of another policy is a missing line', () => {
    const releases = { 'dev.images.yaml': imagesFile('dev', ['web'], 'elsewhere') };
    const { platform } = roadOf('fluxImageAutomation', { ...CHAIN, workloads: ['web'], releases });
    expect(codes(platform.check())).toContain('FW910');
  });

  test('only where releases enter', () => {
    const { platform } = roadOf('fluxImageAutomation', CHAIN);
    platform.lower();
    expect(manifests(platform.node.findChild('promotion'), 'ImageUpdateAutomation').map(each => each.metadata.name)).toEqual(['acme-dev']);
  });
});
