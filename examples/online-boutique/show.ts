import * as path from 'path';
import { Chart, ApiObject } from 'cdk8s';
import { Environment, FolderChart } from 'cdk8s-fairway';
import { boutique } from './boutique';

/* Synthesizes the example beside this file and says what was made. */

const platform = boutique('1.34', { root: __dirname, outdir: path.join(__dirname, 'dist') });
const started = performance.now();
const result = platform.synthesize();
const seconds = (performance.now() - started) / 1000;

/** Short names, as kubectl has them. */
const SHORT: Record<string, string> = {
  Deployment: 'deploy',
  Service: 'svc',
  ServiceAccount: 'sa',
  NetworkPolicy: 'netpol',
  PodDisruptionBudget: 'pdb',
  HorizontalPodAutoscaler: 'hpa',
  HTTPRoute: 'route',
  Rollout: 'rollout',
  AnalysisTemplate: 'analysis',
  Namespace: 'ns',
  PriorityClass: 'pc',
};

const color = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text: string) => color ? `\u001b[1m${text}\u001b[22m` : text;
const dim = (text: string) => color ? `\u001b[2m${text}\u001b[22m` : text;

function objectsOf(chart: Chart): ApiObject[] {
  return chart.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c));
}

function replicasOf(chart: Chart): string {
  const byKind = (kind: string) => objectsOf(chart).find(o => o.kind === kind)?.toJson().spec;
  const autoscaler = byKind('HorizontalPodAutoscaler');
  const replicas = (byKind('Deployment') ?? byKind('Rollout'))?.replicas;
  return autoscaler ? `${autoscaler.minReplicas}–${autoscaler.maxReplicas} pods` : replicas ? `${replicas} pod${replicas === 1 ? '' : 's'}` : '';
}

function strategyOf(chart: Chart): string {
  const rollout = objectsOf(chart).find(o => o.kind === 'Rollout')?.toJson().spec.strategy;
  return rollout?.canary ? 'canary' : rollout?.blueGreen ? 'blue-green' : objectsOf(chart).some(o => o.kind === 'Deployment') ? 'rolling' : '';
}

const lines: string[] = [];
for (const environment of Environment.allIn(platform)) {
  const charts = environment.node.children.filter(c => FolderChart.isFolderChart(c));
  const from = environment.promotedFrom.map(e => e.name).join(', ');
  lines.push('', `${bold(environment.name)} on ${environment.cluster.displayName}${from ? dim(`, promoted from ${from}`) : ''}`);
  for (const chart of charts) {
    const kinds = [...new Set(objectsOf(chart).map(o => SHORT[o.kind] ?? o.kind))].join(' ');
    lines.push(`  ${chart.node.id.padEnd(22)} ${replicasOf(chart).padEnd(10)} ${strategyOf(chart).padEnd(11)} ${dim(kinds)}`);
  }
}

const acknowledged = result.findings.filter(f => f.acknowledged !== undefined);
const here = path.relative(process.cwd(), __dirname) || '.';
const changed = [`${result.written.length} written`, `${result.unchanged} unchanged`, `${result.removed.length} removed`].join(', ');
lines.push(
  '',
  `${bold(`${result.objects} objects`)} in ${result.charts} folders, ${seconds.toFixed(1)} s: ${changed}.`,
  ...acknowledged.map(f => dim(`${f.code} at ${f.path} is acknowledged: ${f.acknowledged}`)),
  '',
  'Where to look next:',
  `  ${here}/boutique.ts`.padEnd(64) + dim('the program: eleven services and Redis'),
  `  ${here}/dist/prod/frontend/`.padEnd(64) + dim('everything that the frontend is in production'),
  `  ${here}/dist/argocd/bootstrap/`.padEnd(64) + dim('what you apply once; Argo CD does the rest'),
  '  docs/simulation.md'.padEnd(64) + dim('how a release goes, before it runs'),
  '  docs/gitops-argocd.md'.padEnd(64) + dim('how it reaches the clusters'),
);
process.stdout.write(`${lines.join('\n').trimStart()}\n`);
