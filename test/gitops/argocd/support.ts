import { App, Chart, Testing } from 'cdk8s';
import { newPlatform } from '../../support/platform';
import { argocd, Finding } from 'cdk8s-fairway';

export const REPOSITORY = 'https://github.com/acme/platform';
export const SOURCE = { repoURL: REPOSITORY, path: 'dist/prod' };
export const DESTINATION = argocd.Destination.inCluster('shop');
export const SPEC = { project: 'default', source: SOURCE, destination: DESTINATION };
export const PROJECT = { metadata: { name: 'shop' }, sourceRepos: [REPOSITORY], destinations: [DESTINATION] };

/** The first object that a chart prints. */
export function synth(declare: (chart: Chart) => unknown): any {
  const chart = new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace: 'argocd' });
  declare(chart);
  return Testing.synth(chart)[0];
}

/** What checks find in a chart. */
export function found(declare: (chart: Chart) => unknown): Finding[] {
  const platform = newPlatform('/nowhere');
  declare(new Chart(platform, 'chart', { namespace: 'argocd' }));
  return platform.check();
}

/** The codes of what checks find. */
export const codesOf = (declare: (chart: Chart) => unknown) => found(declare).map(finding => finding.code);

export const application = (props: any) => synth(chart => new argocd.Application(chart, 'app', { ...SPEC, ...props }));
export const project = (props: any) => synth(chart => new argocd.AppProject(chart, 'project', { ...PROJECT, ...props }));
