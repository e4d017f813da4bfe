import { DIRECT, from, PromotionStep, STEPS, Subscription } from './support';
import { chartOf, found, synth } from '../support';
import { kargo } from 'cdk8s-fairway';

/* What is written for the building blocks of Kargo. */

test('a Project stands in no namespace', () => {
  const [project] = synth(c => new kargo.Project(c, 'p', { name: 'shop', metadata: { labels: { a: 'b' } } }));
  expect(project).toEqual({ apiVersion: 'kargo.akuity.io/v1alpha1', kind: 'Project', metadata: { name: 'shop', labels: { a: 'b' } } });
});

test('a ProjectConfig has the name of its namespace', () => {
  const [config] = synth(c => new kargo.ProjectConfig(c, 'c', {
    promotionPolicies: [
      { stageSelector: kargo.StageSelector.named('dev'), autoPromotionEnabled: true },
      { stageSelector: kargo.StageSelector.glob('test-*') },
      { stageSelector: kargo.StageSelector.regex('^qa-(a|b)$') },
      { stageSelector: kargo.StageSelector.labels({ matchLabels: { auto: 'yes' } }) },
    ],
    webhookReceivers: [
      kargo.WebhookReceiver.github('github', 'github-secret'),
      kargo.WebhookReceiver.generic('other', 'other-secret', [{
        whenExpression: 'request.header("X-Event") == "push"',
        targetSelectionCriteria: [{ name: 'shop', matchIndices: [{ key: 'subscribedURLs', operator: 'Equals', value: '${{ request.body.url }}' }] }],
      }]),
    ],
    stageLinks: [{ title: 'Logs', url: 'https://logs.acme.com', if: 'stage.metadata.name == "dev"' }],
  }));
  expect(config.metadata).toEqual({ name: 'shop', namespace: 'shop' });
  expect(config.spec).toEqual({
    promotionPolicies: [
      { stageSelector: { name: 'dev' }, autoPromotionEnabled: true },
      { stageSelector: { name: 'glob:test-*' } },
      { stageSelector: { name: 'regex:^qa-(a|b)$' } },
      { stageSelector: { matchLabels: { auto: 'yes' } } },
    ],
    webhookReceivers: [
      { name: 'github', github: { secretRef: { name: 'github-secret' } } },
      {
        name: 'other',
        generic: {
          secretRef: { name: 'other-secret' },
          actions: [{
            action: 'Refresh',
            whenExpression: 'request.header("X-Event") == "push"',
            targetSelectionCriteria: [{ kind: 'Warehouse', name: 'shop', indexSelector: { matchIndices: [{ key: 'subscribedURLs', operator: 'Equals', value: '${{ request.body.url }}' }] } }],
          }],
        },
      },
    ],
    stageLinks: [{ title: 'Logs', url: 'https://logs.acme.com', if: 'stage.metadata.name == "dev"' }],
  });
});

test.each(['artifactory', 'azure', 'bitbucket', 'dockerhub', 'gitea', 'github', 'gitlab', 'harbor', 'quay'] as const)('a receiver of %s', type => {
  const [config] = synth(c => new kargo.ProjectConfig(c, 'c', { webhookReceivers: [kargo.WebhookReceiver[type]('r', 's')] }));
  expect(config.spec.webhookReceivers).toEqual([{ name: 'r', [type]: { secretRef: { name: 's' } } }]);
});

test('the ClusterConfig is named cluster', () => {
  const [config] = synth(c => new kargo.ClusterConfig(c, 'c', { gitClient: { name: 'Kargo', email: 'kargo@acme.com', signingKeySecret: 'key' } }));
  expect(config.metadata).toEqual({ name: 'cluster' });
  expect(config.spec).toEqual({ gitClient: { name: 'Kargo', email: 'kargo@acme.com', signingKeySecret: { name: 'key' } } });
});

test('a Warehouse', () => {
  const [warehouse] = synth(c => new kargo.Warehouse(c, 'w', {
    metadata: { name: 'shop' },
    subscriptions: [
      Subscription.git({ repoURL: 'https://github.com/acme/shop.git', branch: 'main', includePaths: ['glob:apps/**'], expressionFilter: '!(subject contains "[skip]")', since: '2026-01-01T00:00:00Z' }),
      Subscription.image({ repoURL: 'ghcr.io/acme/api', constraint: '^1.2.0 || >=2.0, <3', platform: 'linux/amd64', allowTagsRegexes: ['^v?1\\.'], discoveryLimit: 5 }),
      Subscription.chart({ repoURL: 'https://charts.acme.com', name: 'redis', semverConstraint: '1.2 - 2.x' }),
      Subscription.chart({ repoURL: 'oci://ghcr.io/acme/charts/api' }),
    ],
    freightCreationCriteria: { expression: 'imageFrom("ghcr.io/acme/api").Tag == "1"' },
  }));
  expect(warehouse.metadata).toEqual({ name: 'shop', namespace: 'shop' });
  expect(warehouse.spec).toEqual({
    interval: '5m0s',
    subscriptions: [
      { git: { repoURL: 'https://github.com/acme/shop.git', branch: 'main', includePaths: ['glob:apps/**'], expressionFilter: '!(subject contains "[skip]")', since: '2026-01-01T00:00:00Z' } },
      { image: { repoURL: 'ghcr.io/acme/api', constraint: '^1.2.0 || >=2.0, <3', platform: 'linux/amd64', allowTagsRegexes: ['^v?1\\.'], discoveryLimit: 5 } },
      { chart: { repoURL: 'https://charts.acme.com', name: 'redis', semverConstraint: '1.2 - 2.x' } },
      { chart: { repoURL: 'oci://ghcr.io/acme/charts/api' } },
    ],
    freightCreationCriteria: { expression: 'imageFrom("ghcr.io/acme/api").Tag == "1"' },
  });
});

test('a Stage', () => {
  const [stage] = synth(c => new kargo.Stage(c, 's', {
    metadata: { name: 'prod' },
    requestedFreight: [{
      origin: { name: 'shop' },
      sources: { stages: ['test'], requiredSoakTime: '24h', availabilityStrategy: kargo.AvailabilityStrategy.ALL, autoPromotionOptions: { selectionPolicy: kargo.SelectionPolicy.MATCH_UPSTREAM } },
    }],
    promotionTemplate: { vars: [{ name: 'environment', value: 'prod' }], steps: [PromotionStep.gitClear({ path: './${{ vars.environment }}' }), PromotionStep.task('publish', { as: 'publish', vars: [{ name: 'a', value: 'b' }] }), PromotionStep.clusterTask('tell')] },
    verification: { analysisTemplates: [{ name: 'smoke' }, { name: 'all', kind: kargo.AnalysisTemplateKind.CLUSTER_ANALYSIS_TEMPLATE }], args: [{ name: 'a', value: '' }], analysisRunMetadata: { labels: { a: 'b' } } },
    shard: 'eu',
  }));
  expect(stage.spec).toEqual({
    requestedFreight: [{
      origin: { kind: 'Warehouse', name: 'shop' },
      sources: { stages: ['test'], requiredSoakTime: '24h', availabilityStrategy: 'All', autoPromotionOptions: { selectionPolicy: 'MatchUpstream' } },
    }],
    promotionTemplate: {
      spec: {
        vars: [{ name: 'environment', value: 'prod' }],
        steps: [
          { uses: 'git-clear', config: { path: './${{ vars.environment }}' } },
          { task: { kind: 'PromotionTask', name: 'publish' }, as: 'publish', vars: [{ name: 'a', value: 'b' }] },
          { task: { kind: 'ClusterPromotionTask', name: 'tell' } },
        ],
      },
    },
    verification: { analysisTemplates: [{ name: 'smoke' }, { name: 'all', kind: 'ClusterAnalysisTemplate' }], args: [{ name: 'a', value: '' }], analysisRunMetadata: { labels: { a: 'b' } } },
    shard: 'eu',
  });
});

test('every step is written in the words of Kargo', () => {
  const [stage] = synth(c => new kargo.Stage(c, 's', { requestedFreight: DIRECT, vars: [{ name: 'environment', value: 'dev' }], promotionTemplate: { steps: STEPS() } }));
  const steps: any[] = stage.spec.promotionTemplate.spec.steps;
  expect(steps.map(step => step.uses)).toEqual([
    'git-clone', 'git-clear', 'kustomize-set-image', 'kustomize-build', 'helm-update-chart', 'helm-template', 'yaml-update', 'yaml-parse', 'yaml-merge', 'json-update', 'json-parse', 'copy',
    'delete', 'delete', 'file-write', 'untar', 'git-commit', 'git-tag', 'git-push', 'git-open-pr', 'git-merge-pr', 'git-wait-for-pr', 'argocd-update', 'argocd-wait', 'http', 'compose-output',
    'set-metadata', 'set-freight-alias', 'toml-update', 'fail',
  ]);
  expect(steps[3].config).toEqual({ path: './src/dev', outPath: './out', outputFormat: 'kargo', plugin: { helm: { apiVersions: ['v1'], kubeVersion: '1.34' } } });
  expect(steps[9].config.updates).toEqual([{ key: 'a', value: { b: [true, 2] } }]);
  expect(steps[18]).toEqual({ uses: 'git-push', as: 'push', retry: { timeout: '5m', errorThreshold: 3 }, config: { path: './out', generateTargetBranch: true, maxAttempts: 5, provider: 'github' } });
  expect(steps[22].config.apps[0].sources[0]).toMatchObject({ helm: { images: [{ key: 'tag', value: '1' }] }, kustomize: { images: [{ repoURL: 'ghcr.io/acme/api', tag: '1' }] } });
  expect(steps.at(-1)).toEqual({ uses: 'fail', config: { message: 'never' }, if: '${{ failure() && status("push") == "Errored" }}', continueOnError: true, vars: [{ name: 'a', value: '1' }] });
});

test('tasks', () => {
  const [local, cluster] = synth(c => {
    new kargo.PromotionTask(c, 'a', { metadata: { name: 'publish' }, vars: [{ name: 'branch' }], steps: [PromotionStep.gitPush({ path: './out', targetBranch: '${{ vars.branch }}' })] });
    new kargo.ClusterPromotionTask(c, 'b', { metadata: { name: 'tell' }, steps: [PromotionStep.fail('')] });
  });
  expect(local).toMatchObject({ metadata: { name: 'publish', namespace: 'shop' }, spec: { vars: [{ name: 'branch' }], steps: [{ uses: 'git-push', config: { path: './out', targetBranch: '${{ vars.branch }}' } }] } });
  expect(cluster.metadata).toEqual({ name: 'tell' });
  expect(cluster.spec).toEqual({ steps: [{ uses: 'fail', config: {} }] });
});

test('what a program changes afterwards is not written', () => {
  const stages = ['dev'];
  const [stage] = synth(c => {
    new kargo.Stage(c, 's', { requestedFreight: from(...stages) });
    stages.push('test');
  });
  expect(stage.spec.requestedFreight[0].sources.stages).toEqual(['dev']);
});

test('a whole Project is found sound', () => {
  expect(found(c => {
    new kargo.Project(c, 'project', { name: 'shop' });
    new kargo.Warehouse(c, 'warehouse', { metadata: { name: 'shop' }, subscriptions: [Subscription.image({ repoURL: 'ghcr.io/acme/api' })] });
    new kargo.Stage(c, 'dev', { metadata: { name: 'dev' }, requestedFreight: DIRECT, vars: [{ name: 'environment', value: 'dev' }], promotionTemplate: { steps: STEPS() } });
    new kargo.Stage(c, 'prod', { metadata: { name: 'prod' }, requestedFreight: from('dev') });
    new kargo.ProjectConfig(c, 'config', { promotionPolicies: [{ stageSelector: kargo.StageSelector.named('dev'), autoPromotionEnabled: true }] });
  })).toEqual([]);
  expect(chartOf().namespace).toBe('shop');
});
