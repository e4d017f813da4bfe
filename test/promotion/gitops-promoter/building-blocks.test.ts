import { found, synth } from '../support';
import { promoter } from 'cdk8s-fairway';

/* What is written for the building blocks of GitOps Promoter. */

const { HttpAuthentication, Repository, RequestMode, Scm } = promoter;

test.each<[string, promoter.Scm, any]>([
  ['github', Scm.github({ appID: 5 }), { github: { appID: 5 } }],
  ['github, of your own', Scm.github({ appID: 5, installationID: 6, domain: 'github.acme.com' }), { github: { appID: 5, installationID: 6, domain: 'github.acme.com' } }],
  ['gitlab', Scm.gitlab(), { gitlab: {} }],
  ['gitlab, of your own', Scm.gitlab('gitlab.acme.com'), { gitlab: { domain: 'gitlab.acme.com' } }],
  ['forgejo', Scm.forgejo('forgejo.acme.com:8443'), { forgejo: { domain: 'forgejo.acme.com:8443' } }],
  ['gitea', Scm.gitea('gitea.acme.com'), { gitea: { domain: 'gitea.acme.com' } }],
  ['bitbucketCloud', Scm.bitbucketCloud(), { bitbucketCloud: {} }],
  ['azureDevOps', Scm.azureDevOps({ organization: 'acme' }), { azureDevOps: { organization: 'acme' } }],
])('a provider of %s', (_, scm, fields) => {
  const [local, cluster] = synth(c => {
    new promoter.ScmProvider(c, 'a', { metadata: { name: 'scm' }, scm, secretRef: 'scm-secret' });
    new promoter.ClusterScmProvider(c, 'b', { metadata: { name: 'scm' }, scm, secretRef: 'scm-secret' });
  });
  expect(local).toEqual({ apiVersion: 'promoter.argoproj.io/v1alpha1', kind: 'ScmProvider', metadata: { name: 'scm', namespace: 'shop' }, spec: { ...fields, secretRef: { name: 'scm-secret' } } });
  expect(cluster).toEqual({ ...local, kind: 'ClusterScmProvider', metadata: { name: 'scm' } });
});

test.each<[string, promoter.Repository, any]>([
  ['github', Repository.github({ owner: 'acme', name: 'shop' }), { owner: 'acme', name: 'shop' }],
  ['gitlab', Repository.gitlab({ namespace: 'acme/platform', name: 'shop', projectId: 7 }), { namespace: 'acme/platform', name: 'shop', projectId: 7 }],
  ['forgejo', Repository.forgejo({ owner: 'acme', name: 'shop' }), { owner: 'acme', name: 'shop' }],
  ['gitea', Repository.gitea({ owner: 'acme', name: 'shop' }), { owner: 'acme', name: 'shop' }],
  ['bitbucketCloud', Repository.bitbucketCloud({ owner: 'acme', name: 'shop' }), { owner: 'acme', name: 'shop' }],
  ['azureDevOps', Repository.azureDevOps({ project: 'Acme Shop', name: 'shop' }), { project: 'Acme Shop', name: 'shop' }],
])('a repository on %s', (host, repository, fields) => {
  const [written] = synth(c => new promoter.GitRepository(c, 'r', { repository, scmProviderRef: { name: 'scm' } }));
  expect(written.spec).toEqual({ [host]: fields, scmProviderRef: { kind: 'ScmProvider', name: 'scm' } });
});

test('a strategy says what upstream would fill in', () => {
  const [strategy] = synth(c => new promoter.PromotionStrategy(c, 's', {
    metadata: { name: 'shop' },
    gitRepositoryRef: 'shop',
    activePath: 'apps/shop',
    activeCommitStatuses: [{ key: 'argocd-health' }],
    environments: [
      { branch: 'env/dev' },
      { branch: 'env/prod', autoMerge: false, activePath: 'apps/prod', proposedCommitStatuses: [{ key: 'Other.Status_1', isExternal: true }] },
    ],
    pullRequest: { labelsExpression: '["promotion"]' },
  }));
  expect(strategy.spec).toEqual({
    gitRepositoryRef: { name: 'shop' },
    activePath: 'apps/shop',
    activeCommitStatuses: [{ key: 'argocd-health' }],
    environments: [
      { branch: 'env/dev', autoMerge: true },
      { branch: 'env/prod', autoMerge: false, activePath: 'apps/prod', proposedCommitStatuses: [{ key: 'Other.Status_1' }] },
    ],
    pullRequest: { labels: { expression: '["promotion"]' } },
  });
});

const GATE = { promotionStrategyRef: 'shop' };

test('gates', () => {
  const written = synth(c => {
    new promoter.ArgoCDCommitStatus(c, 'a', { ...GATE, key: 'argocd-health', applicationSelector: { matchLabels: { app: 'shop' } }, url: { template: 'https://a/{{ .Environment }}', options: ['missingkey=error'] } });
    new promoter.TimedCommitStatus(c, 'b', { ...GATE, key: 'timer', environments: [{ branch: 'env/dev', duration: '1h30m' }] });
    new promoter.ScheduledCommitStatus(c, 'c', { ...GATE, key: 'office-hours', allow: [{ cron: '0 9 * * 1-5', duration: '8h', timezone: 'Europe/Berlin' }], environments: [{ branch: 'env/prod', exclude: [{ cron: '0 0 24 DEC *', duration: '72h', description: 'Holidays' }] }] });
    new promoter.GitCommitStatus(c, 'd', { ...GATE, key: 'no-revert', expression: '!(Subject startsWith "Revert")' });
  });
  expect(written.map(({ kind, metadata, spec }) => [kind, metadata.namespace, spec])).toEqual([
    ['ArgoCDCommitStatus', 'shop', { key: 'argocd-health', promotionStrategyRef: { name: 'shop' }, applicationSelector: { matchLabels: { app: 'shop' } }, url: { template: 'https://a/{{ .Environment }}', options: ['missingkey=error'] } }],
    ['TimedCommitStatus', 'shop', { key: 'timer', promotionStrategyRef: { name: 'shop' }, environments: [{ branch: 'env/dev', duration: '1h30m' }] }],
    ['ScheduledCommitStatus', 'shop', {
      key: 'office-hours',
      promotionStrategyRef: { name: 'shop' },
      timezone: 'UTC',
      allow: [{ cron: '0 9 * * 1-5', duration: '8h', timezone: 'Europe/Berlin' }],
      environments: [{ branch: 'env/prod', exclude: [{ cron: '0 0 24 DEC *', duration: '72h', description: 'Holidays' }] }],
    }],
    ['GitCommitStatus', 'shop', { key: 'no-revert', promotionStrategyRef: { name: 'shop' }, target: 'active', expression: '!(Subject startsWith "Revert")' }],
  ]);
});

test.each<[string, promoter.HttpAuthentication, any]>([
  ['basic', HttpAuthentication.basic('s'), { basic: { secretRef: { name: 's' } } }],
  ['bearer', HttpAuthentication.bearer('s'), { bearer: { secretRef: { name: 's' } } }],
  ['tls', HttpAuthentication.tls('s'), { tls: { secretRef: { name: 's' } } }],
  ['scm', HttpAuthentication.scm(), { scm: {} }],
  ['oauth2', HttpAuthentication.oauth2({ secretRef: 's', tokenURL: 'https://a/token', scopes: ['b'] }), { oauth2: { secretRef: { name: 's' }, tokenURL: 'https://a/token', scopes: ['b'] } }],
])('a request with %s', (_, authentication, written) => {
  const [gate] = synth(c => new promoter.WebRequestCommitStatus(c, 'w', {
    ...GATE,
    key: 'approval',
    httpRequest: { urlTemplate: 'https://api.acme.com/{{ .Branch }}', authentication },
    mode: RequestMode.polling(),
    success: { expression: 'Response.StatusCode == 200' },
  }));
  expect(gate.spec).toEqual({
    key: 'approval',
    promotionStrategyRef: { name: 'shop' },
    reportOn: 'proposed',
    httpRequest: { methodTemplate: 'GET', urlTemplate: 'https://api.acme.com/{{ .Branch }}', authentication: written },
    mode: { context: 'environments', polling: { interval: '1m' } },
    success: { when: { expression: 'Response.StatusCode == 200' } },
  });
});

test('a request that waits for a trigger', () => {
  const [gate] = synth(c => new promoter.WebRequestCommitStatus(c, 'w', {
    ...GATE,
    key: 'approval',
    reportOn: promoter.CommitTarget.ACTIVE,
    httpRequest: { urlTemplate: '{{ .Url }}', methodTemplate: '{{ if .Branch }}POST{{ else }}GET{{ end }}', headerTemplates: { 'X-Branch': '{{ .Branch }}' }, bodyTemplate: '{}', timeout: '5s' },
    mode: RequestMode.trigger({
      when: { expression: 'Phase != "success"', outputExpression: '{a: 1}', variablesExpression: '{b: 2}' }, responseOutputExpression: '{c: 3}', requeueDuration: '2m', context: promoter.RequestContext.PROMOTION_STRATEGY,
    }),
    success: { expression: 'Variables.ok', variablesExpression: '{ok: true}' },
    descriptionTemplate: '{{ .Phase }}',
    urlTemplate: 'https://a',
  }));
  expect(gate.spec.mode).toEqual({
    context: 'promotionstrategy',
    trigger: { requeueDuration: '2m', when: { expression: 'Phase != "success"', output: { expression: '{a: 1}' }, variables: { expression: '{b: 2}' } }, response: { output: { expression: '{c: 3}' } } },
  });
  expect(gate.spec.success).toEqual({ when: { expression: 'Variables.ok', variables: { expression: '{ok: true}' } } });
  expect(gate.spec.reportOn).toBe('active');
});

test('a whole promotion is found sound', () => {
  expect(found(c => {
    new promoter.ClusterScmProvider(c, 'scm', { metadata: { name: 'scm' }, scm: Scm.gitlab(), secretRef: 's' });
    new promoter.GitRepository(c, 'repository', { metadata: { name: 'shop' }, repository: Repository.gitlab({ namespace: 'acme', name: 'shop', projectId: 7 }), scmProviderRef: { kind: promoter.ScmProviderKind.CLUSTER_SCM_PROVIDER, name: 'scm' } });
    new promoter.PromotionStrategy(c, 'strategy', {
      metadata: { name: 'shop' }, gitRepositoryRef: 'shop', activeCommitStatuses: [{ key: 'timer' }], environments: [{ branch: 'dev' }, { branch: 'test', proposedCommitStatuses: [{ key: 'no-revert' }] }, { branch: 'prod' }],
    });
    // Nobody waits for how long a commit has run in the last environment.
    new promoter.TimedCommitStatus(c, 'timer', { ...GATE, key: 'timer', environments: [{ branch: 'dev', duration: '1h' }, { branch: 'test', duration: '24h' }] });
    new promoter.GitCommitStatus(c, 'git', { ...GATE, key: 'no-revert', expression: 'true' });
  })).toEqual([]);
});
