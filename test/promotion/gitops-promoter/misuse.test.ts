import { expectFinding } from '../../support/misuse';
import { chartOf, found, use, VALUES } from '../support';
import { promoter } from 'cdk8s-fairway';

/* What GitOps Promoter would refuse, or fail at, is said by the constructor. */

const {
  ArgoCDCommitStatus, ClusterScmProvider, GitCommitStatus, GitRepository, HttpAuthentication, PromotionStrategy, Repository, RequestMode,
  ScheduledCommitStatus, Scm, ScmProvider, TimedCommitStatus, WebRequestCommitStatus,
} = promoter;

const GATE = { promotionStrategyRef: 'shop', key: 'gate' };
const REQUEST = { urlTemplate: 'https://a' };
const DAILY = { cron: '0 9 * * *', duration: '8h' };

const scm = (given: any, props: any = {}) => () => new ScmProvider(chartOf(), 'o', { scm: given, secretRef: 's', ...props });
const repository = (given: any, props: any = {}) => () => new GitRepository(chartOf(), 'o', { repository: given, scmProviderRef: { name: 'scm' }, ...props });
const strategy = (props: any) => () => new PromotionStrategy(chartOf(), 'o', { gitRepositoryRef: 'shop', environments: [{ branch: 'dev' }], ...props });
const branch = (name: any) => strategy({ environments: [{ branch: name }] });
const argo = (props: any) => () => new ArgoCDCommitStatus(chartOf(), 'o', { ...GATE, applicationSelector: { matchLabels: { a: 'b' } }, ...props });
const timed = (...environments: any[]) => () => new TimedCommitStatus(chartOf(), 'o', { ...GATE, environments });
const scheduled = (props: any) => () => new ScheduledCommitStatus(chartOf(), 'o', { ...GATE, allow: [DAILY], environments: [{ branch: 'dev' }], ...props });
const window = (fields: any) => scheduled({ allow: [{ ...DAILY, ...fields }] });
const git = (props: any) => () => new GitCommitStatus(chartOf(), 'o', { ...GATE, expression: 'true', ...props });
const web = (props: any) => () => new WebRequestCommitStatus(chartOf(), 'o', { ...GATE, httpRequest: REQUEST, mode: RequestMode.polling(), success: { expression: 'true' }, ...props });
const request = (fields: any) => web({ httpRequest: { ...REQUEST, ...fields } });

test.each<[code: string, title: string, make: () => unknown]>([
  ['FW940', 'no properties', () => new PromotionStrategy(chartOf(), 'o', undefined as any)],
  ['FW940', 'no host', scm(undefined)],
  ['FW940', 'no Secret', scm(Scm.gitlab(), { secretRef: undefined })],
  ['FW940', 'no app', scm(Scm.github({} as any))],
  ['FW940', 'no domain', scm(Scm.forgejo(undefined as any))],
  ['FW940', 'no organization', scm(Scm.azureDevOps(undefined as any))],
  ['FW940', 'no name', repository(Repository.github({ owner: 'a' } as any))],
  ['FW940', 'no number', repository(Repository.gitlab({ namespace: 'a', name: 'b' } as any))],
  ['FW940', 'no provider', repository(Repository.github({ owner: 'a', name: 'b' }), { scmProviderRef: undefined })],
  ['FW940', 'no environments', strategy({ environments: [] })],
  ['FW940', 'no branch', strategy({ environments: [{}] })],
  ['FW940', 'no key', git({ key: undefined })],
  ['FW940', 'no strategy', git({ promotionStrategyRef: undefined })],
  ['FW940', 'Applications of any label', argo({ applicationSelector: {} })],
  ['FW940', 'no times', timed()],
  ['FW940', 'no time', timed({ branch: 'dev' })],
  ['FW940', 'no condition', web({ success: undefined })],
  ['FW940', 'no trigger', web({ mode: RequestMode.trigger({} as any) })],
  ['FW940', 'no token URL', request({ authentication: HttpAuthentication.oauth2({ secretRef: 's' } as any) })],
  ['FW941', 'a host that is none', scm({ github: { appID: 1 } })],
  ['FW941', 'an app of a text', scm(Scm.github({ appID: '5' as any }))],
  ['FW941', 'the usual domain', scm(Scm.github({ appID: 5, domain: 'github.com' }))],
  ['FW941', 'the usual domain of GitLab', scm(Scm.gitlab('gitlab.com'))],
  ['FW941', 'the usual domain of Azure', scm(Scm.azureDevOps({ organization: 'a', domain: 'dev.azure.com' }))],
  ['FW941', 'a domain with a scheme', scm(Scm.gitea('https://gitea.acme.com'))],
  ['FW941', 'an organization with a space', scm(Scm.azureDevOps({ organization: 'a b' }))],
  ['FW941', 'a provider for all in a namespace', () => new ClusterScmProvider(chartOf(), 'o', { scm: Scm.gitlab(), secretRef: 's', metadata: { namespace: 'a' } })],
  ['FW941', 'an owner with a slash', repository(Repository.github({ owner: 'a/b', name: 'c' }))],
  ['FW941', 'an unknown kind', repository(Repository.github({ owner: 'a', name: 'b' }), { scmProviderRef: { name: 'a', kind: 'Secret' } })],
  ['FW941', 'a branch with a colon', branch('a:b')],
  ['FW941', 'a branch with dots', branch('a..b')],
  ['FW941', 'a branch with a hyphen first', branch('-a')],
  ['FW941', 'a branch with a space', branch('a b')],
  ['FW941', 'a long branch', branch('a'.repeat(101))],
  ['FW941', 'an answer that is no flag', strategy({ environments: [{ branch: 'a', autoMerge: 'yes' }] })],
  ['FW941', 'a key with a capital', git({ key: 'Gate' })],
  ['FW941', 'a key with a space', strategy({ activeCommitStatuses: [{ key: 'a b' }] })],
  ['FW941', 'a long key', git({ key: 'a'.repeat(64) })],
  ['FW941', 'an unknown target', git({ target: 'both' })],
  ['FW941', 'an unknown side', web({ reportOn: 'both' })],
  ['FW941', 'an unknown context', web({ mode: RequestMode.polling('1m', 'all' as any) })],
  ['FW941', 'a request to a file', request({ urlTemplate: 'file:///etc/passwd' })],
  ['FW941', 'an unknown method', request({ methodTemplate: 'HEAD' })],
  ['FW941', 'a long description', window({ description: 'a'.repeat(257) })],
  ['FW941', 'too many windows', scheduled({ allow: Array(21).fill(DAILY) })],
  ['FW941', 'a mode that is none', web({ mode: { polling: {} } })],
  ['FW942', 'an unknown field', strategy({ environment: [] })],
  ['FW942', 'the deprecated method', request({ method: 'GET' })],
  ['FW942', 'a fork', strategy({ environments: [{ branch: 'a', dependsOn: ['b'] }] })],
  ['FW943', 'a time in days', timed({ branch: 'dev', duration: '1d' })],
  ['FW943', 'a window of no length', window({ duration: '0s' })],
  ['FW943', 'a timeout that is none', request({ timeout: '30' })],
  ['FW943', 'an interval of nothing', web({ mode: RequestMode.polling('0s') })],
  ['FW944', 'four fields', window({ cron: '0 9 * *' })],
  ['FW944', 'a descriptor', window({ cron: '@daily' })],
  ['FW944', 'a day that never comes', window({ cron: '0 9 31 2 *' })],
  ['FW944', 'an unknown time zone', window({ timezone: 'Europe/Atlantis' })],
  ['FW944', 'an offset', scheduled({ timezone: '+02:00' })],
  ['FW945', 'a branch twice', strategy({ environments: [{ branch: 'a' }, { branch: 'a' }] })],
  ['FW945', 'a branch that another proposes in', strategy({ environments: [{ branch: 'a' }, { branch: 'a-next' }] })],
  ['FW945', 'a key twice', strategy({ activeCommitStatuses: [{ key: 'a' }, { key: 'a' }] })],
  ['FW945', 'a time twice', timed({ branch: 'a', duration: '1h' }, { branch: 'a', duration: '2h' })],
  ['FW946', 'a gate of the reserved key', git({ key: 'promoter-previous-environment' })],
  ['FW946', 'a wait for the reserved key', strategy({ proposedCommitStatuses: [{ key: 'promoter-previous-environment' }] })],
  ['FW947', 'no window', scheduled({ allow: undefined })],
  ['FW947', 'empty windows', scheduled({ allow: [], exclude: [], environments: [{ branch: 'dev', allow: [] }] })],
  ['FW948', 'an open bracket', git({ expression: 'len(Subject > 5' })],
  ['FW948', 'an open text', git({ expression: 'Subject == "a' })],
  ['FW948', 'a bracket too many', web({ success: { expression: 'true)' } })],
  ['FW948', 'an open action', request({ urlTemplate: 'https://a/{{ .Branch' })],
  ['FW948', 'an open block', web({ descriptionTemplate: '{{ if .Branch }}a' })],
  ['FW948', 'an end too many', argo({ url: { template: 'https://a/{{ end }}' } })],
  ['FW948', 'a long expression', strategy({ pullRequest: { labelsExpression: `"${'a'.repeat(8192)}"` } })],
])('%s: %s', (code, _, make) => {
  expectFinding(make, code, 'chart/o');
});

test('FW949: a wait for nothing', () => {
  const findings = found(c => {
    new PromotionStrategy(c, 's', { metadata: { name: 'shop' }, gitRepositoryRef: 'shop', activeCommitStatuses: [{ key: 'gate' }], environments: [{ branch: 'dev' }] });
    new TimedCommitStatus(c, 'o', { ...GATE, environments: [{ branch: 'dev', duration: '0s' }] });
  });
  expect(findings.filter(finding => finding.code === 'FW949')).toEqual([expect.objectContaining({ severity: 'warning', path: 'chart/o' })]);
});

test.each(['{{- range .A }}{{ with .B }}{{ end }}{{ end -}}', '{{ if .A }}a{{ else if .B }}b{{ end }}', 'no action'])('the template %s is fine', descriptionTemplate => {
  expect(web({ descriptionTemplate })).not.toThrow();
});

test.each(['any(Trailers["a"] ?? [], {# == "b"})', '"(" + \'[\' + `{`', '"\\"("'])('the expression %s is fine', expression => {
  expect(git({ expression })).not.toThrow();
});

describe('any value of JavaScript is refused by a finding, or works', () => {
  const MINE = /^FW94\d$/;
  const declared = (make: new (...args: any[]) => any, props: any) => use(MINE, () => expect(found(c => new make(c, 'o', props)).map(f => f.code)).not.toContain('FW104'));
  const each = (make: new (...args: any[]) => any, valid: any, fields: string[]) => {
    VALUES.forEach(value => declared(make, value));
    fields.forEach(field => VALUES.forEach(value => declared(make, { ...valid, [field]: value })));
  };

  test('providers and repositories', () => {
    each(ScmProvider, { scm: Scm.gitlab(), secretRef: 's' }, ['metadata', 'scm', 'secretRef']);
    each(ClusterScmProvider, { scm: Scm.gitlab(), secretRef: 's' }, ['metadata', 'scm', 'secretRef']);
    each(GitRepository, { repository: Repository.github({ owner: 'a', name: 'b' }), scmProviderRef: { name: 'a' } }, ['metadata', 'repository', 'scmProviderRef']);
    for (const value of VALUES) {
      for (const make of [Scm.github, Scm.gitlab, Scm.forgejo, Scm.gitea, Scm.azureDevOps] as any[]) {
        declared(ScmProvider, { scm: make(value), secretRef: 's' });
      }
      const makes = [Repository.github, Repository.gitlab, Repository.forgejo, Repository.gitea, Repository.bitbucketCloud, Repository.azureDevOps];
      for (const make of makes as any[]) {
        declared(GitRepository, { repository: make(value), scmProviderRef: { name: 'a' } });
        declared(GitRepository, { repository: make({ owner: value, name: value, namespace: value, projectId: 1 }), scmProviderRef: { name: 'a' } });
      }
    }
  });

  test('a strategy', () => {
    const valid = { gitRepositoryRef: 'shop', environments: [{ branch: 'dev' }] };
    each(PromotionStrategy, valid, ['metadata', 'gitRepositoryRef', 'environments', 'activeCommitStatuses', 'proposedCommitStatuses', 'activePath', 'pullRequest']);
    for (const field of ['branch', 'autoMerge', 'activeCommitStatuses', 'activePath']) {
      VALUES.forEach(value => declared(PromotionStrategy, { ...valid, environments: [{ branch: 'dev', [field]: value }] }));
    }
    VALUES.forEach(key => declared(PromotionStrategy, { ...valid, activeCommitStatuses: [{ key }] }));
  });

  test('gates', () => {
    const common = ['metadata', 'promotionStrategyRef', 'key'];
    each(ArgoCDCommitStatus, { ...GATE, applicationSelector: { matchLabels: { a: 'b' } } }, [...common, 'applicationSelector', 'url']);
    each(TimedCommitStatus, { ...GATE, environments: [{ branch: 'a', duration: '1h' }] }, [...common, 'environments']);
    each(ScheduledCommitStatus, { ...GATE, allow: [DAILY], environments: [{ branch: 'a' }] }, [...common, 'environments', 'allow', 'exclude', 'timezone']);
    each(GitCommitStatus, { ...GATE, expression: 'true' }, [...common, 'expression', 'target', 'description']);
    const asked = { ...GATE, httpRequest: REQUEST, mode: RequestMode.polling(), success: { expression: 'true' } };
    each(WebRequestCommitStatus, asked, [...common, 'httpRequest', 'mode', 'success', 'reportOn', 'descriptionTemplate', 'urlTemplate']);
    for (const value of VALUES) {
      declared(TimedCommitStatus, { ...GATE, environments: [{ branch: value, duration: value }] });
      for (const field of ['cron', 'duration', 'timezone', 'description']) {
        declared(ScheduledCommitStatus, { ...GATE, environments: [{ branch: 'a', allow: [{ ...DAILY, [field]: value }] }] });
      }
      for (const mode of [RequestMode.polling(value), RequestMode.polling('1m', value), RequestMode.trigger(value), RequestMode.trigger({ when: value })]) {
        declared(WebRequestCommitStatus, { ...asked, mode });
      }
      for (const authentication of [HttpAuthentication.basic(value), HttpAuthentication.oauth2(value), HttpAuthentication.tls(value)]) {
        declared(WebRequestCommitStatus, { ...asked, httpRequest: { ...REQUEST, authentication } });
      }
      for (const field of ['urlTemplate', 'methodTemplate', 'headerTemplates', 'bodyTemplate', 'timeout', 'authentication']) {
        declared(WebRequestCommitStatus, { ...asked, httpRequest: { ...REQUEST, [field]: value } });
      }
    }
  });
});
