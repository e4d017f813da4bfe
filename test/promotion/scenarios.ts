import * as fs from 'fs';
import * as path from 'path';
import { Duration } from 'cdk8s';
import { newFolder } from '../support/folders';
import { environment, followedPlatform, image, service } from '../support/model';
import { Environment, Platform, PlatformProps, promoter, PromotionEngine, Protection, TimeWindow } from 'cdk8s-fairway';

/*
 * Roads, each written once and run on all engines of promotion.
 */

/** An environment of a road: what it is promoted from, and its gates. */
export interface Stop {
  readonly name: string;
  readonly from?: string[];
  readonly protection?: Protection;
}

/** A road, and what each engine finds about it. */
export interface Scenario {
  readonly name: string;
  readonly stops: Stop[];
  readonly workloads?: string[];
  /** Files in the folder of the releases, beside an empty release state for each environment. */
  readonly releases?: Record<string, string>;
  /** The codes that an engine finds, beyond those that it finds about every road. */
  readonly codes?: Partial<Record<EngineName, string[]>>;
  /** Engines that cannot carry out the road at all, and why. */
  readonly doesNotApply?: Partial<Record<EngineName, { code: string; because: string }>>;
}

export type EngineName = 'pullRequests' | 'kargo' | 'gitOpsPromoter' | 'fluxImageAutomation';

/** The engines with what they need, and nothing that holds a gate for them. */
export const ENGINES: Record<EngineName, (options?: any) => any> = {
  pullRequests: options => PromotionEngine.pullRequests(options),
  kargo: options => PromotionEngine.kargo(options),
  gitOpsPromoter: options => PromotionEngine.gitOpsPromoter({
    scm: promoter.Scm.github({ appID: 1 }), repository: promoter.Repository.github({ owner: 'acme', name: 'platform' }), secretRef: 'github', ...options,
  }),
  fluxImageAutomation: options => PromotionEngine.fluxImageAutomation(options),
};

export const D = (digit: string) => `sha256:${digit.repeat(64)}`;

/** A platform with a road, its releases in a new folder. */
export function roadOf(engine: EngineName, { stops, workloads = ['checkout', 'web'], releases = {} }: Scenario, options?: any, props: Partial<PlatformProps> = {}): {
  platform: Platform; environments: Record<string, Environment>;
} {
  const root = newFolder();
  fs.mkdirSync(path.join(root, 'releases'));
  const files = {
    ...Object.fromEntries(stops.map(({ name }) => [`${name}.json`, JSON.stringify({ version: 1, environment: name, workloads: {} })])),
    ...(engine === 'fluxImageAutomation' ? Object.fromEntries(stops.filter(stop => stop.from === undefined)
      .map(({ name }) => [`${name}.images.yaml`, imagesFile(name, workloads)])) : {}),
    ...releases,
  };
  Object.entries(files).forEach(([name, text]) => fs.writeFileSync(path.join(root, 'releases', name), text));
  const platform = followedPlatform({ root, promotion: ENGINES[engine](options), ...props });
  const environments: Record<string, Environment> = {};
  for (const { name, from, protection } of stops) {
    environments[name] = environment(platform, name, {
      promotedFrom: from?.map(source => environments[source]),
      protection,
      ...(engine === 'gitOpsPromoter' ? { branch: `environment/${name}` } : {}),
    });
  }
  workloads.forEach(name => service(platform, name, { image: image(name) }));
  return { platform, environments };
}

/** A file of images with a line for each workload, marked as the engine marks it. */
export function imagesFile(name: string, workloads: string[], namespace = 'flux-system'): string {
  return workloads.map(workload => `${workload}: ghcr.io/acme/${workload}:1.4.2@${D('0')} # {"$imagepolicy": "${namespace}:acme-${name}-${workload}"}\n`).join('');
}

const CHAIN: Stop[] = [{ name: 'dev' }, { name: 'staging', from: ['dev'] }];

function gated(protection: Protection): Stop[] {
  return [...CHAIN, { name: 'prod', from: ['staging'], protection }];
}

export const WINDOW = TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7), timeZone: 'Europe/Berlin' });

const NO_LINE = { code: 'FW907', because: 'a PromotionStrategy is one line' };
const ON_ENTRY = 'FW901';

export const SCENARIOS: Scenario[] = [
  { name: 'a chain of three', stops: [...CHAIN, { name: 'prod', from: ['staging'] }] },
  { name: 'one environment', stops: [{ name: 'dev' }] },
  {
    name: 'a fork of two regions that are environments',
    stops: [...CHAIN, { name: 'prod-eu', from: ['staging'] }, { name: 'prod-us', from: ['staging'] }],
    doesNotApply: { gitOpsPromoter: NO_LINE },
  },
  {
    name: 'several sources',
    stops: [{ name: 'dev' }, { name: 'qa', from: ['dev'] }, { name: 'load', from: ['dev'] }, { name: 'prod', from: ['qa', 'load'] }],
    doesNotApply: { gitOpsPromoter: NO_LINE },
  },
  {
    name: 'several entries',
    stops: [{ name: 'dev' }, { name: 'sandbox' }, { name: 'prod', from: ['dev'] }],
    doesNotApply: { gitOpsPromoter: NO_LINE },
  },
  { name: 'approvals', stops: gated({ approvals: { teams: ['acme/sre', '@jane'] } }) },
  {
    name: 'more approvals than one',
    stops: gated({ approvals: { teams: ['acme/sre'], count: 2 } }),
    codes: { pullRequests: ['FW905'], kargo: ['FW905'], fluxImageAutomation: ['FW905'] },
  },
  { name: 'soak time', stops: gated({ soakTime: Duration.hours(24) }) },
  { name: 'allowed times', stops: gated({ allowedTimes: [WINDOW] }), codes: { kargo: ['FW901'] } },
  { name: 'a freeze with dates', stops: gated({ freezes: [{ reason: 'holidays', from: '2026-12-20T00:00:00Z', until: '2027-01-04T08:30:30+01:00' }] }) },
  { name: 'a freeze without end', stops: gated({ freezes: [{ reason: 'a merger' }] }) },
  { name: 'a freeze that has begun', stops: gated({ freezes: [{ reason: 'holidays', until: '2027-01-04T08:00:00Z' }] }), codes: { gitOpsPromoter: ['FW901'] } },
  {
    name: 'a freeze in the release state',
    stops: [...CHAIN, { name: 'prod', from: ['staging'] }],
    releases: { 'prod.json': JSON.stringify({ version: 1, environment: 'prod', workloads: {}, frozen: { reason: 'an incident' } }) },
    codes: { gitOpsPromoter: ['FW901'] },
  },
  { name: 'health', stops: gated({ requireHealth: true }) },
  { name: 'analysis', stops: gated({ requireAnalysis: ['smoke', 'load'] }), codes: { kargo: ['FW936'], gitOpsPromoter: ['FW901'] } },
  {
    name: 'approvals where releases enter',
    stops: [{ name: 'dev', protection: { approvals: { teams: ['acme/leads'] } } }, { name: 'prod', from: ['dev'] }],
  },
  {
    name: 'allowed times where releases enter',
    stops: [{ name: 'dev', protection: { allowedTimes: [WINDOW] } }, { name: 'prod', from: ['dev'] }],
    codes: { kargo: [ON_ENTRY], fluxImageAutomation: [ON_ENTRY] },
  },
  {
    name: 'soak time behind an entry',
    stops: [{ name: 'dev' }, { name: 'prod', from: ['dev'], protection: { soakTime: Duration.minutes(90) } }],
    codes: { fluxImageAutomation: ['FW901'] },
  },
  {
    name: 'gates that look back where releases enter',
    stops: [{ name: 'dev', protection: { soakTime: Duration.hours(1), requireHealth: true, requireAnalysis: ['smoke'] } }, { name: 'prod', from: ['dev'] }],
    codes: { pullRequests: ['FW903'], kargo: ['FW903'], gitOpsPromoter: ['FW903'], fluxImageAutomation: ['FW903'] },
  },
  {
    name: 'a release that is settled further along',
    stops: gated({}),
    releases: {
      'prod.json': JSON.stringify({
        version: 1, environment: 'prod', workloads: { web: { image: 'ghcr.io/acme/web', digest: D('1'), since: '2026-11-01T00:00:00Z' } },
      }),
    },
    codes: { gitOpsPromoter: ['FW913'] },
  },
  {
    name: 'a release that is settled where it enters',
    stops: gated({}),
    releases: {
      'dev.json': JSON.stringify({
        version: 1, environment: 'dev', workloads: { web: { image: 'ghcr.io/acme/web', digest: D('1'), since: '2026-11-01T00:00:00Z' } },
      }),
    },
    codes: { gitOpsPromoter: ['FW913'], fluxImageAutomation: ['FW227'] },
  },
];

/** What an engine finds about every road of several workloads. */
export const ALWAYS: Record<EngineName, string[]> = {
  pullRequests: [],
  kargo: [],
  gitOpsPromoter: ['FW902'],
  fluxImageAutomation: [],
};
