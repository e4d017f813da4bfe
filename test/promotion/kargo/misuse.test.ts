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
  ['FW920', 'no subscriptions', warehouse()],
  ['FW920', 'no properties', () => new Warehouse(chartOf(), 'o', undefined as any)],
  ['FW920', 'a repository without URL', git({ repoURL: undefined })],
  ['FW920', 'an empty URL', image({ repoURL: ' ' })],
  ['FW920', 'an empty criterion', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationCriteria: {} as any })],
  ['FW920', 'no Freight', stage({ requestedFreight: [] })],
  ['FW920', 'an origin without name', stage({ requestedFreight: [{ origin: {}, sources: { direct: true } }] })],
  ['FW920', 'no sources', stage({ requestedFreight: [{ origin: { name: 'a' } }] })],
  ['FW920', 'no steps', steps()],
  ['FW920', 'a step without config', steps(PromotionStep.gitClear(undefined as any))],
  ['FW920', 'a clone without working tree', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [] }))],
  ['FW920', 'outputs of nothing', steps(PromotionStep.composeOutput({}))],
  ['FW920', 'a revision that is written and not given', steps(PromotionStep.argocdUpdate({ apps: [{ name: 'a', sources: [{ repoURL: REPOSITORY, updateTargetRevision: true }] }] }))],
  ['FW920', 'a selector that asks for nothing', steps(PromotionStep.argocdWait({ apps: [{ selector: {} }] }))],
  ['FW920', 'a verification by nothing', stage({ verification: { analysisTemplates: [] } })],
  ['FW920', 'a Project without name', () => new Project(chartOf(), 'o', {} as any)],
  ['FW920', 'a policy without Stages', config({ promotionPolicies: [{}] })],
  ['FW920', 'a target that asks for nothing', generic({})],
  ['FW920', 'a generic receiver without actions', config({ webhookReceivers: [WebhookReceiver.generic('r', 's', undefined as any)] })],
  ['FW921', 'a subscription that is none', warehouse({ git: { repoURL: REPOSITORY } })],
  ['FW921', 'a repository that is no URL', git({ repoURL: 'github.com/acme/shop' })],
  ['FW921', 'an image with a tag', image({ repoURL: 'ghcr.io/acme/api:1' })],
  ['FW921', 'an image with a scheme', image({ repoURL: 'https://ghcr.io/acme/api' })],
  ['FW921', 'a chart without name', chart({ name: undefined })],
  ['FW921', 'a chart of oci with a name', chart({ repoURL: 'oci://ghcr.io/acme/charts/api' })],
  ['FW921', 'a branch with a space', git({ branch: 'a b' })],
  ['FW921', 'an unknown strategy', image({ imageSelectionStrategy: 'Newest' })],
  ['FW921', 'too many artifacts', image({ discoveryLimit: 101 })],
  ['FW921', 'no artifacts', image({ discoveryLimit: 0 })],
  ['FW921', 'a platform without architecture', image({ platform: 'linux' })],
  ['FW921', 'a time that is none', git({ since: 'yesterday' })],
  ['FW921', 'an unknown policy', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationPolicy: 'Never' as any })],
  ['FW921', 'a Stage with a bad name', sources({ stages: ['A B'] })],
  ['FW921', 'a step that is none', steps({ uses: 'git-clear' })],
  ['FW921', 'a pull request 0', steps(PromotionStep.gitWaitForPr({ repoURL: REPOSITORY, prNumber: 0 }))],
  ['FW921', 'a pull request of a text', steps(PromotionStep.gitMergePr({ repoURL: REPOSITORY, prNumber: '5' }))],
  ['FW921', 'an unknown host', steps(PromotionStep.gitPush({ path: 'a', provider: 'svn' as any }))],
  ['FW921', 'an address that is none', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [{ path: 'a' }], author: { name: 'a', email: 'a' } }))],
  ['FW921', 'a request to a file', steps(PromotionStep.http({ url: 'file:///etc/passwd' }))],
  ['FW921', 'an unknown content type', steps(PromotionStep.http({ url: 'http://a', responseContentType: 'text/html' }))],
  ['FW921', 'permissions that are not octal', steps(PromotionStep.fileWrite({ path: 'a', contents: '', permissions: '644' }))],
  ['FW921', 'a value that cannot be printed', steps(PromotionStep.yamlUpdate({ path: 'a', updates: [{ key: 'a', value: new Map() }] }))],
  ['FW921', 'a value that is null, which would be dropped', steps(PromotionStep.yamlUpdate({ path: 'a', updates: [{ key: 'a', value: null }] }))],
  ['FW921', 'a config that is no map', steps(PromotionStep.custom('oci-push', 'a'))],
  ['FW921', 'a task within a task', task(PromotionStep.task('a'))],
  ['FW921', 'a variable with a hyphen', stage({ vars: [{ name: 'a-b', value: '1' }] })],
  ['FW921', 'an operator without values', steps(PromotionStep.argocdWait({ apps: [{ selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }] }))],
  ['FW921', 'an unknown operator', steps(PromotionStep.argocdWait({ apps: [{ selector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }] }))],
  ['FW921', 'a Project with a dot', () => new Project(chartOf(), 'o', { name: 'a.b' })],
  ['FW921', 'a Project in a namespace', () => new Project(chartOf(), 'o', { name: 'a', metadata: { namespace: 'b' } })],
  ['FW921', 'a cluster-wide task in a namespace', () => new ClusterPromotionTask(chartOf(), 'o', { steps: [clear()], metadata: { namespace: 'b' } })],
  ['FW921', 'a receiver with a bad Secret', config({ webhookReceivers: [WebhookReceiver.github('r', 'A')] })],
  ['FW921', 'a glob that is none', config({ promotionPolicies: [{ stageSelector: StageSelector.glob('prod-[a') }] })],
  ['FW921', 'labels that are no texts', stage({ metadata: { labels: { a: 1 } } })],
  ['FW922', 'an unknown field', stage({ requestedFreights: [] })],
  ['FW922', 'targets of Kargo Enterprise', stage({ targets: { selectors: [] } })],
  ['FW922', 'a rollback of Kargo Enterprise', config({ promotionPolicies: [{ ...named('a'), autoRollback: {} }] })],
  ['FW922', 'windows of Kargo Enterprise', config({ promotionWindows: [] })],
  ['FW922', 'windows for all', cluster({ promotionWindows: [] })],
  ['FW922', 'tags by the field that fails', image({ allowTags: '^v' })],
  ['FW922', 'ignored tags by the field that fails', git({ ignoreTags: ['a'] })],
  ['FW922', 'an unknown field of a step', steps(PromotionStep.gitPush({ path: 'a', branch: 'b' } as any))],
  ['FW922', 'a condition on a task', steps(PromotionStep.task('a', { if: '${{ true }}' } as any))],
  ['FW922', 'the author of a commit', steps(PromotionStep.gitCommit({ path: 'a', message: 'b', author: {} } as any))],
  ['FW923', 'an interval in days', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], interval: '1d' })],
  ['FW923', 'an interval in milliseconds', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], interval: '500ms' })],
  ['FW923', 'a soak time without unit', sources({ stages: ['a'], requiredSoakTime: '24' })],
  ['FW923', 'a timeout that is none', steps(clear({ retry: { timeout: 'long' } }))],
  ['FW923', 'a poll interval that is none', steps(PromotionStep.gitWaitForPr({ repoURL: REPOSITORY, prNumber: 1, pollInterval: '5' }))],
  ['FW924', 'a constraint that is none', image({ constraint: 'latest' })],
  ['FW924', 'a constraint with a hole', git({ commitSelectionStrategy: 'SemVer', semverConstraint: '^1.2 ||' })],
  ['FW924', 'a constraint of a chart', chart({ semverConstraint: '>>1' })],
  ['FW924', 'a digest without a tag', image({ imageSelectionStrategy: 'Digest' })],
  ['FW924', 'a pattern with a look-around', image({ allowTagsRegexes: ['^(?!rc)'] })],
  ['FW924', 'a pattern that refers back', image({ ignoreTagsRegexes: ['(a)\\1'] })],
  ['FW924', 'a pattern that is none', git({ commitSelectionStrategy: 'Lexical', allowTagsRegexes: ['(a'] })],
  ['FW924', 'a pattern of Stages', config({ promotionPolicies: [{ stageSelector: StageSelector.regex('(') }] })],
  ['FW925', 'an expression without an end', steps(message('${{ ctx.stage }'))],
  ['FW925', 'another expression without an end', steps(message('${% ctx.stage }}'))],
  ['FW925', 'an empty expression', steps(message('${{ }}'))],
  ['FW925', 'an open bracket', steps(message('${{ quote(ctx.stage }}'))],
  ['FW925', 'a map that ends the expression', steps(message('${{ {"a": {"b": 1}} }}'))],
  ['FW925', 'an open text', steps(message('${{ "a }}'))],
  ['FW925', 'a condition that is a text', steps(clear({ if: 'success()' }))],
  ['FW925', 'a filter in braces', git({ expressionFilter: '${{ true }}' })],
  ['FW925', 'a criterion with an open bracket', () => new Warehouse(chartOf(), 'o', { subscriptions: [Subscription.image({ repoURL: 'a' })], freightCreationCriteria: { expression: 'imageFrom("a"' } })],
  ['FW925', 'an output of an open expression', steps(PromotionStep.yamlParse({ path: 'a', outputs: [{ name: 'a', fromExpression: 'a[' }] }))],
  ['FW925', 'a variable with an open expression', stage({ vars: [{ name: 'a', value: '${{ ' }] })],
  ['FW925', 'a receiver with an open expression', config({ webhookReceivers: [WebhookReceiver.generic('r', 's', [{ whenExpression: '(', targetSelectionCriteria: [{ name: 'a' }] }])] })],
  ['FW925', 'a custom step with an open expression', steps(PromotionStep.custom('x', { a: [{ b: '${{ a' }] }))],
  ['FW927', 'an origin twice', stage({ requestedFreight: [...DIRECT, ...DIRECT] })],
  ['FW927', 'a Stage twice', sources({ stages: ['a', 'a'] })],
  ['FW927', 'a repository twice', warehouse(Subscription.git({ repoURL: REPOSITORY }), Subscription.git({ repoURL: `${REPOSITORY}.git` }))],
  ['FW927', 'an image twice', warehouse(Subscription.image({ repoURL: 'docker.io/library/nginx' }), Subscription.image({ repoURL: 'nginx' }))],
  ['FW927', 'a chart twice', warehouse(Subscription.chart({ repoURL: 'https://a', name: 'b' }), Subscription.chart({ repoURL: 'https://a/', name: 'b' }))],
  ['FW927', 'an alias twice', steps(clear({ as: 'a' }), clear({ as: 'a' }))],
  ['FW927', 'a variable twice', stage({ vars: [{ name: 'a' }, { name: 'a' }] })],
  ['FW927', 'a receiver twice', config({ webhookReceivers: [WebhookReceiver.github('r', 's'), WebhookReceiver.quay('r', 's')] })],
  ['FW927', 'a policy twice', config({ promotionPolicies: [named('a'), named('a')] })],
  ['FW927', 'a wait for one thing twice', steps(PromotionStep.argocdWait({ apps: [{ name: 'a', waitFor: ['health', 'health'] as any }] }))],
  ['FW928', 'a working tree of two things', steps(PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [{ path: 'a', branch: 'b', tag: 'c' }] }))],
  ['FW928', 'a push to two things', steps(PromotionStep.gitPush({ path: 'a', targetBranch: 'b', generateTargetBranch: true }))],
  ['FW928', 'a tag pushed by force', steps(PromotionStep.gitPush({ path: 'a', tag: 'b', force: true }))],
  ['FW928', 'an image by tag and digest', steps(PromotionStep.kustomizeSetImage({ path: 'a', images: [{ image: 'b', tag: '1', digest: 'c' }] }))],
  ['FW928', 'an image by neither', steps(PromotionStep.kustomizeSetImage({ path: 'a', images: [{ image: 'b' }] }))],
  ['FW928', 'nothing to delete', steps(PromotionStep.delete({}))],
  ['FW928', 'an Application by name and labels', steps(PromotionStep.argocdUpdate({ apps: [{ name: 'a', selector: { matchLabels: { a: 'b' } } }] }))],
  ['FW928', 'an Application by neither', steps(PromotionStep.argocdUpdate({ apps: [{}] }))],
  ['FW929', 'an alias that is kept', steps(clear({ as: 'step-1' }))],
  ['FW929', 'an alias of a task that is kept', steps(PromotionStep.task('a', { as: 'task-0' }))],
  ['FW929', 'an alias with colons', steps(clear({ as: 'a::b' }))],
  ['FW929', 'a ProjectConfig of another name', config({ metadata: { name: 'other' } })],
  ['FW929', 'a ClusterConfig of another name', cluster({ metadata: { name: 'other' } })],
  ['FW930', 'outputs of nobody', steps(message('${{ outputs.commit.commit }}'))],
  ['FW930', 'outputs of a later step', steps(message('${{ outputs["push"].branch }}'), clear({ as: 'push' }))],
  ['FW930', 'outputs of the step itself', steps(message('${{ outputs?.own.commit }}', { as: 'own' }))],
  ['FW930', 'outputs of a later place', steps(message('${{ outputs["step-1"].a }}'), clear())],
  ['FW930', 'outputs in a condition', steps(clear({ if: '${{ outputs.x != nil }}' }))],
  ['FW930', 'outputs in a variable', steps(clear({ vars: [{ name: 'a', value: '${{ outputs[\'x\'] }}' }] }))],
  ['FW930', 'an unknown variable', steps(message('${{ vars.environment }}'))],
  ['FW930', 'outputs in a task', task(message('${{ outputs.a }}'))],
  ['FW931', 'Freight from nowhere', sources({})],
  ['FW931', 'Freight from no Stage', sources({ stages: [], direct: false })],
  ['FW932', 'what several Stages have', sources({ stages: ['a', 'b'], autoPromotionOptions: { selectionPolicy: 'MatchUpstream' } })],
  ['FW932', 'what the Warehouse has', sources({ direct: true, stages: ['a'], autoPromotionOptions: { selectionPolicy: 'MatchUpstream' } })],
])('%s: %s', (code, _, make) => {
  expectFinding(make, code, 'chart/o');
});

test('a ProjectConfig needs a namespace', () => {
  expectFinding(() => new ProjectConfig(new (chartOf().constructor as any)(chartOf().node.root, 'bare'), 'o', {}), 'FW929', 'bare/o');
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
])('FW926: %s has no effect', (field, make) => {
  const findings = findingsAt(make()()).filter(finding => finding.code === 'FW926');
  expect(findings).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringContaining(`The ${field} of the `) })]);
});

describe('any value of JavaScript is refused by a finding, or works', () => {
  const MINE = /^FW9[23]\d$/;
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
    expectFinding(steps(PromotionStep.custom('x', ring)), 'FW921');
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
