import * as fc from 'fast-check';
import { DIRECT, PromotionStep, REPOSITORY, STEPS, Subscription } from './support';
import { expectFinding } from '../../support/misuse';
import '../../support/properties';
import { chartOf, findingsAt, found, use, VALUES } from '../support';
import { kargo } from 'cdk8s-fairway';

/* What Kargo would refuse, or fail at, is said by the constructor. */

const { ClusterConfig, ClusterPromotionTask, Project, ProjectConfig, PromotionTask, Stage, StageSelector, Warehouse, WebhookReceiver } = kargo;

const warehouse = (...subscriptions: any[]) => () => new Warehouse(chartOf(), 'o', { subscriptions });
const git = (fields: any) => warehouse(Subscription.git({ repoURL: REPOSITORY, ...fields }));
const image = (fields: any) => warehouse(Subscription.image({ repoURL: 'ghcr.io/acme/api', ...fields }));
const chart = (fields: any) => warehouse(Subscription.chart({ repoURL: 'https://charts.acme.com', name: 'api', ...fields }));
const stage = (props: any) => () => new Stage(chartOf(), 'o', { requestedFreight: DIRECT, ...props });
const sources = (fields: any) => stage({ requestedFreight: [{ origin: { name: 'shop' }, sources: fields }] });
const steps = (...list: any[]) => stage({ promotionTemplate: { steps: list } });
const clear = (options?: any) => PromotionStep.gitClear({ path: './a' }, options);
const message = (text: string, options?: any) => PromotionStep.gitCommit({ path: './a', message: text }, options);
const task = (...list: any[]) => () => new PromotionTask(chartOf(), 'o', { steps: list });
const config = (props: any, namespace = 'shop') => () => new ProjectConfig(chartOf(namespace), 'o', props);
const cluster = (props: any) => () => new ClusterConfig(chartOf(), 'o', props);
const named = (name: any) => ({ stageSelector: StageSelector.named(name) });
const generic = (target: any) => config({ webhookReceivers: [WebhookReceiver.generic('r', 's', [{ targetSelectionCriteria: [target] }])] });

test.each<[code: string, title: string, make: () => unknown]>([
  ['FW1720', 'no subscriptions', warehouse()],
  ['FW1720', 'no properties', () => new Warehouse(chartOf(), 'o', undefined as any)],
  ['FW1720', 'a repository without URL', git({ repoURL: undefined })],
  ['FW1720', 'an empty URL', image({ repoURL: ' ' })],
  ['FW1720', 'an empty criterion', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationCriteria: {} as any })],
  ['FW1720', 'no Freight', stage({ requestedFreight: [] })],
  ['FW1720', 'an origin without name', stage({ requestedFreight: [{ origin: {}, sources: { direct: true } }] })],
  ['FW1720', 'no sources', stage({ requestedFreight: [{ origin: { name: 'a' } }] })],
  ['FW1720', 'no steps', steps()],
  ['FW1720', 'a step without config', steps(PromotionStep.gitClear(undefined as any))],
  ['FW1720', 'a clone without working tree', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [] }))],
  ['FW1720', 'outputs of nothing', steps(PromotionStep.composeOutput({}))],
  ['FW1720', 'a revision that is written and not given', steps(PromotionStep.argocdUpdate({ apps: [{ name: 'a', sources: [{ repoURL: REPOSITORY, updateTargetRevision: true }] }] }))],
  ['FW1720', 'a selector that asks for nothing', steps(PromotionStep.argocdWait({ apps: [{ selector: {} }] }))],
  ['FW1720', 'a verification by nothing', stage({ verification: { analysisTemplates: [] } })],
  ['FW1720', 'a Project without name', () => new Project(chartOf(), 'o', {} as any)],
  ['FW1720', 'a policy without Stages', config({ promotionPolicies: [{}] })],
  ['FW1720', 'a target that asks for nothing', generic({})],
  ['FW1720', 'a generic receiver without actions', config({ webhookReceivers: [WebhookReceiver.generic('r', 's', undefined as any)] })],
  ['FW1721', 'a subscription that is none', warehouse({ git: { repoURL: REPOSITORY } })],
  ['FW1721', 'a repository that is no URL', git({ repoURL: 'github.com/acme/shop' })],
  ['FW1721', 'an image with a tag', image({ repoURL: 'ghcr.io/acme/api:1' })],
  ['FW1721', 'an image with a scheme', image({ repoURL: 'https://ghcr.io/acme/api' })],
  ['FW1721', 'a chart without name', chart({ name: undefined })],
  ['FW1721', 'a chart of oci with a name', chart({ repoURL: 'oci://ghcr.io/acme/charts/api' })],
  ['FW1721', 'a branch with a space', git({ branch: 'a b' })],
  ['FW1721', 'an unknown strategy', image({ imageSelectionStrategy: 'Newest' })],
  ['FW1721', 'too many artifacts', image({ discoveryLimit: 101 })],
  ['FW1721', 'no artifacts', image({ discoveryLimit: 0 })],
  ['FW1721', 'a platform without architecture', image({ platform: 'linux' })],
  ['FW1721', 'a time that is none', git({ since: 'yesterday' })],
  ['FW1721', 'an unknown policy', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationPolicy: 'Never' as any })],
  ['FW1721', 'a Stage with a bad name', sources({ stages: ['A B'] })],
  ['FW1721', 'a step that is none', steps({ uses: 'git-clear' })],
  ['FW1721', 'a pull request 0', steps(PromotionStep.gitWaitForPr({ repoURL: REPOSITORY, prNumber: 0 }))],
  ['FW1721', 'a pull request of a text', steps(PromotionStep.gitMergePr({ repoURL: REPOSITORY, prNumber: '5' }))],
  ['FW1721', 'an unknown host', steps(PromotionStep.gitPush({ path: 'a', provider: 'svn' as any }))],
  ['FW1721', 'an address that is none', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [{ path: 'a' }], author: { name: 'a', email: 'a' } }))],
  ['FW1721', 'a request to a file', steps(PromotionStep.http({ url: 'file:///etc/passwd' }))],
  ['FW1721', 'an unknown content type', steps(PromotionStep.http({ url: 'http://a', responseContentType: 'text/html' }))],
  ['FW1721', 'permissions that are not octal', steps(PromotionStep.fileWrite({ path: 'a', contents: '', permissions: '644' }))],
  ['FW1721', 'a value that cannot be printed', steps(PromotionStep.yamlUpdate({ path: 'a', updates: [{ key: 'a', value: new Map() }] }))],
  ['FW1721', 'a value that is null, which would be dropped', steps(PromotionStep.yamlUpdate({ path: 'a', updates: [{ key: 'a', value: null }] }))],
  ['FW1721', 'a config that is no map', steps(PromotionStep.custom('oci-push', 'a'))],
  ['FW1721', 'a task within a task', task(PromotionStep.task('a'))],
  ['FW1721', 'a variable with a hyphen', stage({ vars: [{ name: 'a-b', value: '1' }] })],
  ['FW1721', 'an operator without values', steps(PromotionStep.argocdWait({ apps: [{ selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }] }))],
  ['FW1721', 'an unknown operator', steps(PromotionStep.argocdWait({ apps: [{ selector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }] }))],
  ['FW1721', 'a Project with a dot', () => new Project(chartOf(), 'o', { name: 'a.b' })],
  ['FW1721', 'a Project in a namespace', () => new Project(chartOf(), 'o', { name: 'a', metadata: { namespace: 'b' } })],
  ['FW1721', 'a cluster-wide task in a namespace', () => new ClusterPromotionTask(chartOf(), 'o', { steps: [clear()], metadata: { namespace: 'b' } })],
  ['FW1721', 'a receiver with a bad Secret', config({ webhookReceivers: [WebhookReceiver.github('r', 'A')] })],
  ['FW1721', 'a glob that is none', config({ promotionPolicies: [{ stageSelector: StageSelector.glob('prod-[a') }] })],
  ['FW1721', 'labels that are no texts', stage({ metadata: { labels: { a: 1 } } })],
  ['FW1722', 'an unknown field', stage({ requestedFreights: [] })],
  ['FW1722', 'targets of Kargo Enterprise', stage({ targets: { selectors: [] } })],
  ['FW1722', 'a rollback of Kargo Enterprise', config({ promotionPolicies: [{ ...named('a'), autoRollback: {} }] })],
  ['FW1722', 'windows of Kargo Enterprise', config({ promotionWindows: [] })],
  ['FW1722', 'windows for all', cluster({ promotionWindows: [] })],
  ['FW1722', 'tags by the field that fails', image({ allowTags: '^v' })],
  ['FW1722', 'ignored tags by the field that fails', git({ ignoreTags: ['a'] })],
  ['FW1722', 'an unknown field of a step', steps(PromotionStep.gitPush({ path: 'a', branch: 'b' } as any))],
  ['FW1722', 'a condition on a task', steps(PromotionStep.task('a', { if: '${{ true }}' } as any))],
  ['FW1722', 'the author of a commit', steps(PromotionStep.gitCommit({ path: 'a', message: 'b', author: {} } as any))],
  ['FW1723', 'an interval in days', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], interval: '1d' })],
  ['FW1723', 'an interval in milliseconds', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], interval: '500ms' })],
  ['FW1723', 'a soak time without unit', sources({ stages: ['a'], requiredSoakTime: '24' })],
  ['FW1723', 'a timeout that is none', steps(clear({ retry: { timeout: 'long' } }))],
  ['FW1723', 'a poll interval that is none', steps(PromotionStep.gitWaitForPr({ repoURL: REPOSITORY, prNumber: 1, pollInterval: '5' }))],
  ['FW1724', 'a constraint that is none', image({ constraint: 'latest' })],
  ['FW1724', 'a constraint with a hole', git({ commitSelectionStrategy: 'SemVer', semverConstraint: '^1.2 ||' })],
  ['FW1724', 'a constraint of a chart', chart({ semverConstraint: '>>1' })],
  ['FW1724', 'a digest without a tag', image({ imageSelectionStrategy: 'Digest' })],
  ['FW1724', 'a pattern with a look-around', image({ allowTagsRegexes: ['^(?!rc)'] })],
  ['FW1724', 'a pattern that refers back', image({ ignoreTagsRegexes: ['(a)\\1'] })],
  ['FW1724', 'a pattern that is none', git({ commitSelectionStrategy: 'Lexical', allowTagsRegexes: ['(a'] })],
  ['FW1724', 'a pattern of Stages', config({ promotionPolicies: [{ stageSelector: StageSelector.regex('(') }] })],
  ['FW1725', 'an expression without an end', steps(message('${{ ctx.stage }'))],
  ['FW1725', 'another expression without an end', steps(message('${% ctx.stage }}'))],
  ['FW1725', 'an empty expression', steps(message('${{ }}'))],
  ['FW1725', 'an open bracket', steps(message('${{ quote(ctx.stage }}'))],
  ['FW1725', 'a map that ends the expression', steps(message('${{ {"a": {"b": 1}} }}'))],
  ['FW1725', 'an open text', steps(message('${{ "a }}'))],
  ['FW1725', 'a condition that is a text', steps(clear({ if: 'success()' }))],
  ['FW1725', 'a filter in braces', git({ expressionFilter: '${{ true }}' })],
  ['FW1725', 'a criterion with an open bracket', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationCriteria: { expression: 'imageFrom("a"' } })],
  ['FW1725', 'an output of an open expression', steps(PromotionStep.yamlParse({ path: 'a', outputs: [{ name: 'a', fromExpression: 'a[' }] }))],
  ['FW1725', 'a variable with an open expression', stage({ vars: [{ name: 'a', value: '${{ ' }] })],
  ['FW1725', 'a receiver with an open expression', config({ webhookReceivers: [WebhookReceiver.generic('r', 's', [{ whenExpression: '(', targetSelectionCriteria: [{ name: 'a' }] }])] })],
  ['FW1725', 'a custom step with an open expression', steps(PromotionStep.custom('x', { a: [{ b: '${{ a' }] }))],
  ['FW1727', 'an origin twice', stage({ requestedFreight: [...DIRECT, ...DIRECT] })],
  ['FW1727', 'a Stage twice', sources({ stages: ['a', 'a'] })],
  ['FW1727', 'a repository twice', warehouse(Subscription.git({ repoURL: REPOSITORY }), Subscription.git({ repoURL: `${REPOSITORY}.git` }))],
  ['FW1727', 'an image twice', warehouse(Subscription.image({ repoURL: 'docker.io/library/nginx' }), Subscription.image({ repoURL: 'nginx' }))],
  ['FW1727', 'a chart twice', warehouse(Subscription.chart({ repoURL: 'https://a', name: 'b' }), Subscription.chart({ repoURL: 'https://a/', name: 'b' }))],
  ['FW1727', 'an alias twice', steps(clear({ as: 'a' }), clear({ as: 'a' }))],
  ['FW1727', 'a variable twice', stage({ vars: [{ name: 'a' }, { name: 'a' }] })],
  ['FW1727', 'a receiver twice', config({ webhookReceivers: [WebhookReceiver.github('r', 's'), WebhookReceiver.quay('r', 's')] })],
  ['FW1727', 'a policy twice', config({ promotionPolicies: [named('a'), named('a')] })],
  ['FW1727', 'a wait for one thing twice', steps(PromotionStep.argocdWait({ apps: [{ name: 'a', waitFor: ['health', 'health'] as any }] }))],
  ['FW1728', 'a working tree of two things', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [{ path: 'a', branch: 'b', tag: 'c' }] }))],
  ['FW1728', 'a push to two things', steps(PromotionStep.gitPush({ path: 'a', targetBranch: 'b', generateTargetBranch: true }))],
  ['FW1728', 'a tag pushed by force', steps(PromotionStep.gitPush({ path: 'a', tag: 'b', force: true }))],
  ['FW1728', 'an image by tag and digest', steps(PromotionStep.kustomizeSetImage({ path: 'a', images: [{ image: 'b', tag: '1', digest: 'c' }] }))],
  ['FW1728', 'an image by neither', steps(PromotionStep.kustomizeSetImage({ path: 'a', images: [{ image: 'b' }] }))],
  ['FW1728', 'nothing to delete', steps(PromotionStep.delete({}))],
  ['FW1728', 'an Application by name and labels', steps(PromotionStep.argocdUpdate({ apps: [{ name: 'a', selector: { matchLabels: { a: 'b' } } }] }))],
  ['FW1728', 'an Application by neither', steps(PromotionStep.argocdUpdate({ apps: [{}] }))],
  ['FW1729', 'an alias that is kept', steps(clear({ as: 'step-1' }))],
  ['FW1729', 'an alias of a task that is kept', steps(PromotionStep.task('a', { as: 'task-0' }))],
  ['FW1729', 'an alias with colons', steps(clear({ as: 'a::b' }))],
  ['FW1729', 'a ProjectConfig of another name', config({ metadata: { name: 'other' } })],
  ['FW1729', 'a ClusterConfig of another name', cluster({ metadata: { name: 'other' } })],
  ['FW1730', 'outputs of nobody', steps(message('${{ outputs.commit.commit }}'))],
  ['FW1730', 'outputs of a later step', steps(message('${{ outputs["push"].branch }}'), clear({ as: 'push' }))],
  ['FW1730', 'outputs of the step itself', steps(message('${{ outputs?.own.commit }}', { as: 'own' }))],
  ['FW1730', 'outputs of a later place', steps(message('${{ outputs["step-1"].a }}'), clear())],
  ['FW1730', 'outputs in a condition', steps(clear({ if: '${{ outputs.x != nil }}' }))],
  ['FW1730', 'outputs in a variable', steps(clear({ vars: [{ name: 'a', value: '${{ outputs[\'x\'] }}' }] }))],
  ['FW1730', 'an unknown variable', steps(message('${{ vars.environment }}'))],
  ['FW1730', 'outputs in a task', task(message('${{ outputs.a }}'))],
  ['FW1731', 'Freight from nowhere', sources({})],
  ['FW1731', 'Freight from no Stage', sources({ stages: [], direct: false })],
  ['FW1732', 'what several Stages have', sources({ stages: ['a', 'b'], autoPromotionOptions: { selectionPolicy: 'MatchUpstream' } })],
  ['FW1732', 'what the Warehouse has', sources({ direct: true, stages: ['a'], autoPromotionOptions: { selectionPolicy: 'MatchUpstream' } })],
])('%s: %s', (code, _, make) => {
  expectFinding(make, code, 'chart/o');
});

test('a ProjectConfig needs a namespace', () => {
  expectFinding(() => new ProjectConfig(new (chartOf().constructor as any)(chartOf().node.root, 'bare'), 'o', {}), 'FW1729', 'bare/o');
});

test.each<[title: string, make: () => unknown]>([
  ['outputs of an earlier step', steps(clear({ as: 'a' }), message('${{ outputs.a.b }} ${{ outputs["a"] }} ${{ outputs["step-0"].c }}'))],
  ['outputs of the steps of a task', steps(PromotionStep.task('t', { as: 'a' }), message('${{ outputs["a::commit"].id }}'))],
  ['a member of the same name', steps(message('${{ ctx.outputs.a }} ${{ myvars.x }}'))],
  ['names in texts and comments', steps(message('${{ "outputs.a" + \'vars.b\' /* outputs.c */ }}'))],
  ['a bracket in a text', steps(message('${{ "(" }}'))],
  ['a map in other delimiters', steps(message('${% {"a": {"b": 1}} %}'))],
  ['variables of the Stage, the template and the step', stage({ vars: [{ name: 'a', value: '1' }], promotionTemplate: { vars: [{ name: 'b', value: '${{ vars.a }}' }], steps: [message('${{ vars.a + vars.b + vars.c }}', { vars: [{ name: 'c', value: '3' }] })] } })],
  ['variables in a task, which others may give', task(message('${{ vars.anything }}'))],
  ['a condition that is true', steps(clear({ if: 'true' }))],
  ['a digest of a tag', image({ imageSelectionStrategy: 'Digest', constraint: 'latest' })],
  ['flags and names in a pattern of Go', image({ allowTagsRegexes: ['(?i)^v(?P<major>\\d+)'] })],
  ['every step', stage({ vars: [{ name: 'environment', value: 'dev' }], promotionTemplate: { steps: STEPS() } })],
])('%s is fine', (_, make) => {
  expect(make).not.toThrow();
});

test.each(['1', '=1.2.3', '!=1', '>1, <2', '>=1.2 <3', '~1.2', '~> 1.2.3', '^v1.x', '1.2.*', '*', '1.2.3-beta.1+build', '1.0 - 2.0', '^1 || ^2'])('the constraint %s is fine', constraint => {
  expect(image({ constraint })).not.toThrow();
});

test.each<[field: string, make: () => () => any]>([
  ['subscriptions[0].git.branch', () => git({ commitSelectionStrategy: 'SemVer', branch: 'main' })],
  ['subscriptions[0].git.semverConstraint', () => git({ semverConstraint: '^1' })],
  ['subscriptions[0].image.constraint', () => image({ imageSelectionStrategy: 'NewestBuild', constraint: '^1' })],
  ['subscriptions[0].image.cacheByTag', () => image({ imageSelectionStrategy: 'Digest', constraint: 'a', cacheByTag: true })],
  ['freightCreationCriteria', () => () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationPolicy: 'Manual' as any, freightCreationCriteria: { expression: 'true' } })],
  ['requestedFreight[0].sources.requiredSoakTime', () => sources({ direct: true, requiredSoakTime: '1h' })],
  ['requestedFreight[0].sources.availabilityStrategy', () => sources({ direct: true, availabilityStrategy: 'All' })],
])('FW1726: %s has no effect', (field, make) => {
  const findings = findingsAt(make()()).filter(finding => finding.code === 'FW1726');
  expect(findings).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringContaining(`The ${field} of the `) })]);
});

describe('any value of JavaScript is refused by a finding, or works', () => {
  const MINE = /^FW17[23]\d$/;
  const declared = (declare: (c: any) => unknown) => use(MINE, () => expect(found(declare).map(f => f.code)).not.toContain('FW104'));
  const each = (fields: string[], run: (props: any) => void) => fields.forEach(field => VALUES.forEach(value => run({ [field]: value })));

  test('a Warehouse', () => {
    const use1 = (props: any) => declared(c => new Warehouse(c, 'o', props));
    VALUES.forEach(use1);
    each(['metadata', 'subscriptions', 'freightCreationPolicy', 'freightCreationCriteria', 'interval', 'shard'], props => use1({ subscriptions: [Subscription.image({ repoURL: 'a' })], ...props }));
    for (const [type, base] of [['git', { repoURL: REPOSITORY }], ['image', { repoURL: 'a' }], ['chart', { repoURL: 'https://a', name: 'b' }]] as const) {
      VALUES.forEach(value => use1({ subscriptions: [(Subscription as any)[type](value)] }));
      each(['repoURL', 'name', 'branch', 'semverConstraint', 'constraint', 'allowTagsRegexes', 'platform', 'discoveryLimit', 'imageSelectionStrategy', 'expressionFilter', 'since', 'includePaths'],
        fields => use1({ subscriptions: [(Subscription as any)[type]({ ...base, ...fields })] }));
    }
  });

  test('a Stage', () => {
    const use1 = (props: any) => declared(c => new Stage(c, 'o', props));
    VALUES.forEach(use1);
    each(['metadata', 'requestedFreight', 'promotionTemplate', 'verification', 'vars', 'shard'], props => use1({ requestedFreight: DIRECT, ...props }));
    each(['origin', 'sources'], fields => use1({ requestedFreight: [{ ...DIRECT[0], ...fields }] }));
    each(['direct', 'stages', 'requiredSoakTime', 'availabilityStrategy', 'autoPromotionOptions'], fields => use1({ requestedFreight: [{ ...DIRECT[0], sources: { stages: ['a'], ...fields } }] }));
    each(['analysisTemplates', 'args', 'analysisRunMetadata'], fields => use1({ requestedFreight: DIRECT, verification: { analysisTemplates: [{ name: 'a' }], ...fields } }));
    each(['steps', 'vars'], fields => use1({ requestedFreight: DIRECT, promotionTemplate: { steps: [clear()], ...fields } }));
    each(['as', 'if', 'continueOnError', 'retry', 'vars'], fields => use1({ requestedFreight: DIRECT, promotionTemplate: { steps: [clear(fields)] } }));
  });

  test('steps of every kind', () => {
    const use1 = (step: any) => declared(c => new Stage(c, 'o', { requestedFreight: DIRECT, vars: [{ name: 'environment', value: 'a' }], promotionTemplate: { steps: [step] } }));
    const names = Object.getOwnPropertyNames(PromotionStep);
    const methods = names.filter(name => typeof (PromotionStep as any)[name] === 'function' && !name.startsWith('_'));
    expect(methods.length).toBeGreaterThan(30);
    for (const method of methods) {
      for (const value of VALUES) {
        use1((PromotionStep as any)[method](value));
        use1((PromotionStep as any)[method](value, value));
        use1((PromotionStep as any)[method]({ path: 'a' }, value));
      }
    }
    for (const step of STEPS()) {
      for (const field of Object.keys(step._config)) {
        const changed = (value: any) => ({ ...step, _config: { ...step._config, [field]: value } });
        VALUES.forEach(value => use1(Object.assign(Object.create(Object.getPrototypeOf(step)), changed(value))));
      }
    }
    VALUES.forEach(value => use1(PromotionStep.custom('x', value)));
  });

  test('tasks, Projects and configs', () => {
    VALUES.forEach(value => {
      declared(c => new PromotionTask(c, 'o', value));
      declared(c => new ClusterPromotionTask(c, 'o', { steps: [clear()], vars: value }));
      declared(c => new Project(c, 'o', value));
      declared(c => new Project(c, 'o', { name: value }));
      declared(c => new Project(c, 'o', { name: 'a', metadata: value }));
      declared(c => new ProjectConfig(c, 'o', value));
      declared(c => new ClusterConfig(c, 'o', value));
      declared(c => new ProjectConfig(c, 'o', { webhookReceivers: [WebhookReceiver.github(value, 's'), WebhookReceiver.artifactory('a', value, value), WebhookReceiver.generic('b', 's', value)] }));
      declared(c => new ProjectConfig(c, 'o', { promotionPolicies: [{ stageSelector: StageSelector.named(value) }] }));
      declared(c => new ProjectConfig(c, 'o', { promotionPolicies: [{ stageSelector: StageSelector.regex(value) }] }));
      declared(c => new ProjectConfig(c, 'o', { promotionPolicies: [{ stageSelector: StageSelector.labels(value) }] }));
    });
    each(['metadata', 'promotionPolicies', 'webhookReceivers', 'freightLinks', 'stageLinks'], props => declared(c => new ProjectConfig(c, 'o', props)));
    each(['metadata', 'gitClient', 'webhookReceivers', 'freightLinks', 'stageLinks'], props => declared(c => new ClusterConfig(c, 'o', props)));
  });

  test('a ring is no value', () => {
    const ring: any = {};
    ring.self = ring;
    expectFinding(steps(PromotionStep.custom('x', ring)), 'FW1721');
  });

  test('an expression that is accepted is closed', () => {
    const part = fc.constantFrom('${{', '}}', '${%', '%}', ' a ', '"', '(', ')', 'vars.x', 'outputs.y', '{', '}', '\\', '`', '/*', '*/', '//');
    fc.assert(fc.property(fc.array(part, { maxLength: 12 }), parts => {
      const text = `x${parts.join('')}`;
      let isAccepted = true;
      use(MINE, () => {
        try {
          task(message(text))();
        } catch (e) {
          isAccepted = false;
          throw e;
        }
      });
      if (isAccepted) {
        const rest = text.replace(/\$\{\{[^]*?\}\}|\$\{%[^]*?%\}/g, '');
        expect(rest).not.toMatch(/\$\{[{%]/);
      }
    }));
  });
});
