import * as fc from 'fast-check';
import { DIRECT, from, PromotionStep, Subscription } from './support';
import { expectWellSaid } from '../../support/misuse';
import '../../support/properties';
import { found, object } from '../support';
import { kargo } from 'cdk8s-fairway';

/* What no object of Kargo can see alone. */

type Declare = (c: any) => unknown;

const project: Declare = c => new kargo.Project(c, 'project', { name: 'shop' });
const warehouse: Declare = c => new kargo.Warehouse(c, 'warehouse', { metadata: { name: 'shop' }, subscriptions: [Subscription.image({ repoURL: 'ghcr.io/acme/api' })] });
const stage = (name: string, requestedFreight: any, props: any = {}, metadata: any = {}): Declare => c => new kargo.Stage(c, `stage-${name}`, { metadata: { name, ...metadata }, requestedFreight, ...props });
const all = (...declare: Declare[]) => found(c => [project, warehouse, ...declare].forEach(each => each(c)));
const update = (apps: any) => ({ promotionTemplate: { steps: [PromotionStep.argocdUpdate({ apps })] } });
const application = (annotation?: string): Declare => c => object(c, 'argoproj.io/v1alpha1', 'Application', 'shop-dev', { namespace: 'argocd', annotations: annotation === undefined ? {} : { 'kargo.akuity.io/authorized-stage': annotation } });
const verified = (...analysisTemplates: any[]) => ({ verification: { analysisTemplates } });
const runs = (...vars: any[]) => ({ promotionTemplate: { steps: [PromotionStep.task('publish', { vars })] } });
const publish: Declare = c => new kargo.PromotionTask(c, 'task', { metadata: { name: 'publish' }, vars: [{ name: 'branch' }, { name: 'path', value: './out' }], steps: [PromotionStep.fail('')] });

test.each<[code: string, title: string, Declare[]]>([
  ['FW933', 'an unknown Warehouse', [stage('dev', [{ origin: { name: 'other' }, sources: { direct: true } }])]],
  ['FW933', 'an unknown Stage', [stage('prod', from('dev'))]],
  ['FW933', 'an unknown task', [stage('dev', DIRECT, runs())]],
  ['FW933', 'a policy of an unknown Stage', [c => new kargo.ProjectConfig(c, 'config', { promotionPolicies: [{ stageSelector: kargo.StageSelector.named('dev') }] })]],
  ['FW933', 'a Stage of another Project', [stage('dev', DIRECT, {}, { namespace: 'other' }), stage('prod', from('dev')), c => new kargo.Project(c, 'other', { name: 'other' }), c => new kargo.Warehouse(c, 'w2', { metadata: { name: 'shop', namespace: 'other' }, subscriptions: [Subscription.image({ repoURL: 'a' })] })]],
  ['FW934', 'two Stages that wait for one another', [stage('a', from('b')), stage('b', from('a'))]],
  ['FW934', 'a Stage that waits for itself', [stage('a', from('a'))]],
  ['FW935', 'Freight that the Stage before does not take', [
    c => new kargo.Warehouse(c, 'w2', { metadata: { name: 'base' }, subscriptions: [Subscription.image({ repoURL: 'a' })] }), stage('dev', [{ origin: { name: 'base' }, sources: { direct: true } }]), stage('prod', from('dev')),
  ]],
  ['FW936', 'a template that is not there', [stage('dev', DIRECT, verified({ name: 'smoke' }))]],
  ['FW936', 'a template for all that is not there', [stage('dev', DIRECT, verified({ name: 'smoke', kind: 'ClusterAnalysisTemplate' }))]],
  ['FW936', 'a template of another namespace', [stage('dev', DIRECT, verified({ name: 'smoke' })), c => object(c, 'argoproj.io/v1alpha1', 'AnalysisTemplate', 'smoke', { namespace: 'other' })]],
  ['FW937', 'a Stage in another namespace', [c => new kargo.PromotionTask(c, 't', { metadata: { namespace: 'other' }, steps: [PromotionStep.fail('')] })]],
  ['FW938', 'an Application without the annotation', [stage('dev', DIRECT, update([{ name: 'shop-dev' }])), application()]],
  ['FW938', 'an Application for another Stage', [stage('dev', DIRECT, update([{ name: 'shop-dev', namespace: 'argocd' }])), application('shop:prod')]],
  ['FW939', 'a task without its variable', [stage('dev', DIRECT, runs()), publish]],
  ['FW939', 'a task with an empty variable', [stage('dev', DIRECT, runs({ name: 'branch', value: '' })), publish]],
  ['FW939', 'a task for all without its variable', [stage('dev', DIRECT, { promotionTemplate: { steps: [PromotionStep.clusterTask('tell')] } }), c => new kargo.ClusterPromotionTask(c, 't', { metadata: { name: 'tell' }, vars: [{ name: 'a' }], steps: [PromotionStep.fail('')] })]],
])('%s: %s', (code, _, declare) => {
  const findings = all(...declare);
  expect(findings.map(finding => finding.code)).toEqual([code]);
  expectWellSaid(findings[0]);
});

test.each<[title: string, Declare[]]>([
  ['a Stage that takes Freight directly and from another', [stage('a', DIRECT), stage('b', [{ origin: { name: 'shop' }, sources: { direct: true, stages: ['a'] } }])]],
  ['Stages that join again', [stage('a', DIRECT), stage('b', from('a')), stage('c', from('a')), stage('d', from('b', 'c'))]],
  ['templates that are there', [
    stage('dev', DIRECT, verified({ name: 'smoke' }, { name: 'all', kind: 'ClusterAnalysisTemplate' })),
    c => object(c, 'argoproj.io/v1alpha1', 'AnalysisTemplate', 'smoke'), c => object(c, 'argoproj.io/v1alpha1', 'ClusterAnalysisTemplate', 'all'),
  ]],
  ['an Application that permits it among others', [stage('dev', DIRECT, update([{ name: 'shop-dev' }])), application(' shop : prod , shop:dev,')]],
  ['an Application that is not in the tree', [stage('dev', DIRECT, update([{ name: 'other' }, { selector: { matchLabels: { a: 'b' } } }]))]],
  ['a task whose variable the step gives', [stage('dev', DIRECT, runs({ name: 'branch', value: 'main' })), publish]],
  ['a task whose variable the Stage gives', [stage('dev', DIRECT, { ...runs(), vars: [{ name: 'branch', value: 'main' }] }), publish]],
  ['policies by patterns', [c => new kargo.ProjectConfig(c, 'config', { promotionPolicies: [{ stageSelector: kargo.StageSelector.glob('x-*') }] })]],
])('%s is fine', (_, declare) => {
  expect(all(...declare)).toEqual([]);
});

test('without its Project nothing is missed but the Project', () => {
  const findings = found(stage('prod', from('dev')));
  expect(findings.map(finding => finding.code)).toEqual(['FW937']);
  expectWellSaid(findings[0]);
});

test('a ring is told once, with its ends', () => {
  const [finding, ...more] = all(stage('a', from('c')), stage('b', from('a')), stage('c', from('b')), stage('d', from('c')));
  expect(more).toEqual([]);
  expect(finding.message).toBe('The Freight of "shop" goes round through 3 Stages: "a" takes it from "c", which has it, in the end, from "a".');
});

test('a long line of Stages has no ring', () => {
  const line = Array.from({ length: 3000 }, (_, i) => stage(`s${i}`, i === 0 ? DIRECT : from(`s${i - 1}`)));
  expect(all(...line.reverse())).toEqual([]);
});

test('a ring is found if and only if there is one', () => {
  const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(graph, edges => {
    const names = edges.map((_, i) => `s${i}`);
    const upstream = edges.map(each => [...new Set(each.filter(j => j < edges.length))]);
    const findings = all(...names.map((name, i) => stage(name, upstream[i].length === 0 ? DIRECT : from(...upstream[i].map(j => names[j])))));
    // Stages are taken away as long as one has nothing before it that is left.
    let left = upstream.map((_, i) => i);
    for (let before = -1; before !== left.length;) {
      before = left.length;
      left = left.filter(i => upstream[i].some(j => left.includes(j)));
    }
    expect(findings.some(finding => finding.code === 'FW934')).toBe(left.length > 0);
  }), { numRuns: 60 });
});
