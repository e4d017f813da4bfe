import { App, Chart } from 'cdk8s';
import { argocd } from 'cdk8s-fairway';

/* A building block in a plain cdk8s app: no platform, no model. */

const app = new App();
const chart = new Chart(app, 'apps', { namespace: 'argocd' });

new argocd.Application(chart, 'podinfo', {
  metadata: { name: 'podinfo' },
  project: 'default',
  source: { repoURL: 'https://stefanprodan.github.io/podinfo', chart: 'podinfo', targetRevision: '6.9.2' },
  destination: argocd.Destination.inCluster('podinfo'),
  syncPolicy: {
    automated: { prune: true, selfHeal: true },
    syncOptions: [argocd.SyncOption.CREATE_NAMESPACE],
  },
  finalizer: argocd.Finalizer.FOREGROUND,
});

app.synth();
