import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import {
  Cluster, Diagnostics, Environment, flux, GitOpsEngine, Image, Platform, PlatformExtension, PlatformProps, Probe, Protection, WebService, Worker,
} from 'cdk8s-fairway';

const DIGEST = `sha256:${'0'.repeat(64)}`;

/** A road of three environments with the gates that an engine of promotion holds, a branch for each. */
export function road(root: string, promotion: PlatformExtension, protection: Protection, props: Partial<PlatformProps> = {}): Platform {
  mkdirSync(join(root, 'releases'), { recursive: true });
  ['dev', 'staging', 'prod'].forEach(name => writeFileSync(join(root, 'releases', `${name}.json`), JSON.stringify({ version: 1, environment: name, workloads: {} })));
  const platform = new Platform({
    name: 'road', root, outdir: join(root, 'dist'), repository: 'https://github.com/acme/road', gitops: GitOpsEngine.argoCd({ revision: 'main' }), promotion, ...props,
  });
  const cluster = Cluster.inCluster({ kubernetesVersion: '1.34' });
  const dev = new Environment(platform, 'dev', { cluster, branch: 'environment/dev' });
  const staging = new Environment(platform, 'staging', { cluster, branch: 'environment/staging', promotedFrom: [dev], protection: { requireHealth: true } });
  new Environment(platform, 'prod', {
    cluster,
    branch: 'environment/prod',
    promotedFrom: [staging],
    protection: { approvals: { teams: ['acme/sre'] }, soakTime: Duration.hours(24), requireHealth: true, ...protection },
  });
  const image = (name: string) => Image.of(`ghcr.io/acme/${name}`, { tag: '1.4.2', digest: DIGEST });
  new WebService(platform, 'checkout', { image: image('checkout'), port: 8080, readiness: Probe.http('/readyz'), callers: ['mailer'] });
  new Worker(platform, 'mailer', { image: image('mailer') });
  // Warnings are what the guide explains; the tests of the contract look at them.
  new Set(platform.check().map(finding => finding.code)).forEach(code => Diagnostics.of(platform).acknowledge(code, 'The guide explains it.'));
  return platform;
}

/** The images that an automation looks for where releases enter. */
export const AUTOMATION = { image: { policy: flux.ImagePolicyChoice.semver('>=1.0.0 <2.0.0') } };
