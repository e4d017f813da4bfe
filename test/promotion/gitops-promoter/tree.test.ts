import { expectWellSaid } from '../../support/misuse';
import { found } from '../support';
import { promoter } from 'cdk8s-fairway';

/* What no object of GitOps Promoter can see alone. */

const {
  ArgoCDCommitStatus, GitCommitStatus, GitRepository, PromotionStrategy, Repository, ScheduledCommitStatus, Scm, ScmProvider, TimedCommitStatus,
  WebRequestCommitStatus,
} = promoter;

type Declare = (c: any) => unknown;

const base: Declare = c => {
  new ScmProvider(c, 'scm', { metadata: { name: 'scm' }, scm: Scm.gitlab(), secretRef: 's' });
  new GitRepository(c, 'repository', { metadata: { name: 'shop' }, repository: Repository.gitlab({ namespace: 'a', name: 'b', projectId: 1 }), scmProviderRef: { name: 'scm' } });
};
const ENVIRONMENTS = [{ branch: 'dev' }, { branch: 'test' }, { branch: 'prod' }];
const strategy = (props: any = {}): Declare => c => new PromotionStrategy(c, 'strategy', { metadata: { name: 'shop' }, gitRepositoryRef: 'shop', environments: ENVIRONMENTS, ...props });
const gate = (key: string, fields: any = {}) => ({ metadata: { name: `${key}-${fields.id ?? ''}x` }, promotionStrategyRef: 'shop', key });
const argo = (key = 'health'): Declare => c => new ArgoCDCommitStatus(c, 'argo', { ...gate(key), applicationSelector: { matchLabels: { a: 'b' } } });
const git = (key = 'git', id = 'git'): Declare => c => new GitCommitStatus(c, id, { ...gate(key, { id }), expression: 'true' });
const timed = (key: string, ...branches: string[]): Declare => c => new TimedCommitStatus(c, 'timed', { ...gate(key), environments: branches.map(branch => ({ branch, duration: '1h' })) });
const scheduled = (key: string, ...branches: string[]): Declare => c => new ScheduledCommitStatus(c, 'scheduled', { ...gate(key), allow: [{ cron: '0 9 * * *', duration: '8h' }], environments: branches.map(branch => ({ branch })) });
const web = (key: string, reportOn: any): Declare => c => new WebRequestCommitStatus(c, 'web', { ...gate(key), reportOn, httpRequest: { urlTemplate: 'https://a' }, mode: promoter.RequestMode.polling(), success: { expression: 'true' } });
const active = (...keys: string[]) => ({ activeCommitStatuses: keys.map(key => ({ key })) });
const proposed = (...keys: string[]) => ({ proposedCommitStatuses: keys.map(key => ({ key })) });
const all = (...declare: Declare[]) => found(c => [base, ...declare].forEach(each => each(c)));

test.each<[code: string, title: string, Declare[]]>([
  ['FW950', 'a key that nothing reports', [strategy(active('health', 'other')), argo()]],
  ['FW950', 'a key of an environment that nothing reports', [strategy({ ...active('health'), environments: [ENVIRONMENTS[0], { branch: 'prod', ...proposed('other') }] }), argo()]],
  ['FW951', 'a gate that nobody waits for', [strategy(), argo()]],
  ['FW952', 'the health of what is proposed', [strategy(proposed('health')), argo()]],
  ['FW952', 'the message of what runs', [strategy(active('git')), git()]],
  ['FW952', 'a time in what is proposed', [strategy({ environments: [{ branch: 'dev', ...proposed('timer') }] }), timed('timer', 'dev')]],
  ['FW952', 'a schedule in what runs', [strategy(active('hours')), scheduled('hours', 'dev', 'test', 'prod')]],
  ['FW952', 'an answer on the other side', [strategy(proposed('web')), web('web', 'active')]],
  ['FW953', 'a time of an unknown branch', [strategy(active('timer')), timed('timer', 'dev', 'test', 'staging')]],
  ['FW953', 'a schedule of an unknown branch', [strategy(proposed('hours')), scheduled('hours', 'dev', 'test', 'prod', 'prd')]],
  ['FW954', 'two gates with one key', [strategy(proposed('git')), git(), git('git', 'other')]],
  ['FW955', 'a repository that is not there', [strategy({ gitRepositoryRef: 'other' })]],
  ['FW955', 'a strategy that is not there', [git()]],
  ['FW955', 'a provider that is not there', [c => new GitRepository(c, 'r2', { metadata: { name: 'other' }, repository: Repository.github({ owner: 'a', name: 'b' }), scmProviderRef: { name: 'other' } })]],
  ['FW955', 'a provider for all that is not there', [c => new GitRepository(c, 'r2', { metadata: { name: 'other' }, repository: Repository.github({ owner: 'a', name: 'b' }), scmProviderRef: { name: 'scm', kind: promoter.ScmProviderKind.CLUSTER_SCM_PROVIDER } })]],
  ['FW956', 'a time that leaves an environment out', [strategy(active('timer')), timed('timer', 'dev')]],
  ['FW956', 'a schedule that leaves an environment out', [strategy(proposed('hours')), scheduled('hours', 'dev', 'test')]],
])('%s: %s', (code, _, declare) => {
  const findings = all(...declare);
  expect(findings.map(finding => finding.code)).toEqual([code]);
  expectWellSaid(findings[0]);
});

test.each<[title: string, Declare[]]>([
  ['a strategy whose gates are elsewhere', [strategy(active('health', 'other'))]],
  ['a key that something else reports', [strategy({ activeCommitStatuses: [{ key: 'health' }, { key: 'ci', isExternal: true }] }), argo()]],
  ['a gate for one environment', [strategy({ environments: [ENVIRONMENTS[0], { branch: 'prod', ...proposed('hours') }] }), scheduled('hours', 'prod')]],
  ['a time that leaves the last environment out', [strategy(active('timer')), timed('timer', 'dev', 'test')]],
  ['an answer on the active commit', [strategy(active('web')), web('web', 'active')]],
])('%s is fine', (_, declare) => {
  expect(all(...declare)).toEqual([]);
});
