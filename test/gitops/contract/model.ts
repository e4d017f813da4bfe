import { Engine } from './engines';
import { environment, followedPlatform } from '../../support/model';
import {
  Application, ApplicationProps, ApplicationSource, Cluster, Environment, FolderChart, MetricsProvider, Platform, PlatformProps,
} from 'cdk8s-fairway';

/** A platform that an engine follows. */
export function platformOf(engine: Engine, props: Partial<PlatformProps> = {}): Platform {
  return followedPlatform({ gitops: engine.make(), ...props });
}

/** dev → staging → prod, the first two in one cluster. */
export function road(platform: Platform): { dev: Environment; staging: Environment; prod: Environment } {
  const dev = environment(platform, 'dev');
  const staging = environment(platform, 'staging', { promotedFrom: [dev] });
  const prod = environment(platform, 'prod', {
    cluster: Cluster.named('prod-eu', { kubernetesVersion: '1.34' }),
    promotedFrom: [staging],
    gateway: { name: 'public', namespace: 'gateways' },
    metrics: MetricsProvider.prometheus({ address: 'http://prometheus:9090' }),
  });
  return { dev, staging, prod };
}

export const CHART = ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2', values: { replicas: 1, ui: { color: 'blue' } } });

/** An application with what every application needs. */
export function application(platform: Platform, name: string, props: Partial<ApplicationProps> = {}): Application {
  return new Application(platform, name, { source: CHART, ...props });
}

/** The codes of the errors that a platform has, and where. */
export function errorsOf(platform: Platform): Array<[code: string, path: string]> {
  return platform.check().filter(finding => finding.severity === 'error').map(({ code, path }): [string, string] => [code, path]);
}

/** The warnings of a platform, by their codes. */
export function warningsOf(platform: Platform): string[] {
  return platform.check().filter(finding => finding.severity === 'warning').map(({ code, path }) => `${code} ${path}`);
}

/** The folder charts of an environment, by their folders as the repository has them. */
export function foldersOf(of: Environment): Map<string, FolderChart> {
  return new Map(of.node.findAll().filter(c => FolderChart.isFolderChart(c)).map(c => [`dist/${c.folder}`, c]));
}
