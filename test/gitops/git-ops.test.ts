import { environment, followedPlatform, service } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  Application, ApplicationForm, ApplicationSource, Cluster, Environment, GitOps, GitOpsEngine, Platform, PlatformExtension, Promotion, RolloutEngine,
  RolloutStrategy, Roots,
} from 'cdk8s-fairway';

/* What is said of a platform: each part that it asks for, and how the engine carries it out. */

function shop(gitops: PlatformExtension): Platform {
  const platform = followedPlatform({ name: 'shop', gitops, rollouts: RolloutEngine.argoRollouts() });
  const dev = environment(platform, 'dev');
  new Environment(platform, 'prod', {
    promotedFrom: [dev],
    regions: [{ name: 'eu', cluster: Cluster.named('prod-eu') }, { name: 'us', cluster: Cluster.named('prod-us'), wave: 1 }],
  });
  new Application(platform, 'ingress-nginx', {
    source: ApplicationSource.helm({ repository: 'https://kubernetes.github.io/ingress-nginx', chart: 'ingress-nginx', version: '4.13.2' }),
  });
  service(platform, 'web', { dependsOn: ['api', 'ingress-nginx'] });
  service(platform, 'api', { strategy: RolloutStrategy.blueGreen({ promotion: Promotion.approval() }) });
  return platform;
}

/** The support of each part. */
function supportOf(gitops: PlatformExtension): Record<string, string> {
  const [, , ...lines] = GitOps.of(shop(gitops)).explain().trimEnd().split('\n');
  return Object.fromEntries(lines.map(line => line.trim().split(/ {2,}/).slice(0, 2)));
}

const PARTS = [
  'order: web after api', 'order across sources: web after ingress-nginx', 'regions of prod: eu, then us', 'fields that controllers own, of 4 objects',
  'drift is undone', 'a person confirms what is removed: prod', 'an environment changes its own alone', 'rights of ingress-nginx',
  'a release that waits for a person: api', 'what was released, for notifications',
];

test.each<[string, PlatformExtension, string[]]>([
  ['Argo CD', GitOpsEngine.argoCd(), [
    'approximated', 'approximated', 'unsupported', 'native', 'native', 'native', 'native', 'native', 'emulated', 'native',
  ]],
  ['Argo CD with a root for each environment', GitOpsEngine.argoCd({ roots: Roots.PER_ENVIRONMENT }), [
    'approximated', 'unsupported', 'unsupported', 'native', 'native', 'native', 'native', 'native', 'emulated', 'native',
  ]],
  ['Argo CD with ApplicationSets', GitOpsEngine.argoCd({ form: ApplicationForm.APPLICATION_SETS }), [
    'unsupported', 'unsupported', 'unsupported', 'native', 'native', 'native', 'native', 'native', 'emulated', 'unsupported',
  ]],
  ['Argo CD with progressive syncs', GitOpsEngine.argoCd({ form: ApplicationForm.APPLICATION_SETS, progressiveSyncs: true }), [
    'native', 'unsupported', 'native', 'native', 'unsupported', 'native', 'native', 'native', 'emulated', 'unsupported',
  ]],
  ['Flux', GitOpsEngine.flux(), [
    'native', 'emulated', 'unsupported', 'native', 'native', 'emulated', 'native', 'unsupported', 'native', 'native',
  ]],
])('%s', (_, engine, supports) => {
  expect(supportOf(engine)).toEqual(Object.fromEntries(PARTS.map((part, i) => [part, supports[i]])));
});

test('what a platform does not ask for is not in the table', () => {
  const platform = followedPlatform();
  environment(platform);
  service(platform);
  expect(GitOps.of(platform).explain()).toMatch(/^acme: 2 applications on 1 cluster, by Argo CD\n  part +support +how\n  drift is undone +native +selfHeal\n/);
  expect(GitOps.of(platform).explain()).not.toMatch(/order|regions|owns|waits for a person|rights of/);
});

test('a platform without an engine', () => {
  expect(GitOps.of(newPlatform()).explain()).toBe('acme has no GitOps engine: whoever applies the manifests decides on all of it.\n');
});
