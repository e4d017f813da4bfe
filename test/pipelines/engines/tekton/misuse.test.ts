import * as fc from 'fast-check';
import { BINDING, BUILD, DELIVER, INTERCEPTORS, RUN, TEMPLATE } from './samples';
import * as tekton from '../../../../src/pipelines/engines/tekton';
import { chartOf, findingsAt, found, use, VALUES } from '../../../promotion/support';
import { expectFinding } from '../../../support/misuse';
import '../../../support/properties';

/* What Tekton would refuse, or fail at, is said by the constructor. */

const { Interceptor } = tekton;

const task = (props: any) => () => new tekton.Task(chartOf(), 'o', { steps: [{ image: 'a' }], ...props });
const step = (...steps: any[]) => task({ steps: steps.map(each => ({ image: 'a', ...each })) });
const pipeline = (props: any) => () => new tekton.Pipeline(chartOf(), 'o', { tasks: [A], ...props });
const run = (props: any) => () => new tekton.PipelineRun(chartOf(), 'o', { pipelineRef: { name: 'a' }, ...props });
const binding = (...params: any[]) => () => new tekton.TriggerBinding(chartOf(), 'o', { params });
const template = (props: any) => () => new tekton.TriggerTemplate(chartOf(), 'o', { resourcetemplates: [{ apiVersion: 'v1', kind: 'A' }], ...props });
const trigger = (props: any) => () => new tekton.Trigger(chartOf(), 'o', { template: { ref: 'a' }, ...props });
const listener = (props: any) => () => new tekton.EventListener(chartOf(), 'o', { triggers: [{ triggerRef: 'a' }], ...props });

const A = { name: 'a', taskRef: { name: 'a' } };
const named = (name: string, fields: any = {}) => ({ name, taskRef: { name: 'x' }, ...fields });
const tasks = (...list: any[]) => pipeline({ tasks: list });
const last = (...list: any[]) => pipeline({ finally: list });
const value = (text: any) => ({ params: [{ name: 'p', value: text }] });
const many = (n: number) => Array.from({ length: n }, (_, i) => String(i));

const REFUSED: Array<[code: string, title: string, make: () => unknown]> = [
  ['FW1220', 'a Task without steps', task({ steps: [] })],
  ['FW1220', 'no properties', () => new tekton.Task(chartOf(), 'o', undefined as any)],
  ['FW1220', 'a step without image', task({ steps: [{ script: 'a' }] })],
  ['FW1220', 'a sidecar without image', task({ sidecars: [{ name: 'a' }] })],
  ['FW1220', 'an object without keys', task({ params: [{ name: 'a', type: 'object' }] })],
  ['FW1220', 'a result that is an object without keys', task({ results: [{ name: 'a', type: 'object' }] })],
  ['FW1220', 'a Pipeline without tasks', tasks()],
  ['FW1220', 'a condition without values', tasks({ ...A, when: [{ input: 'a', operator: 'in', values: [] }] })],
  ['FW1220', 'a custom task without kind', tasks({ name: 'a', taskRef: { apiVersion: 'a/v1' } })],
  ['FW1220', 'a custom task without version', tasks({ name: 'a', taskRef: { kind: 'Approval' } })],
  ['FW1220', 'a claim without name', run({ workspaces: [{ name: 'a', persistentVolumeClaim: {} }] })],
  ['FW1220', 'a Secret without name', run({ workspaces: [{ name: 'a', secret: {} }] })],
  ['FW1220', 'no sources', run({ workspaces: [{ name: 'a', projected: { sources: [] } }] })],
  ['FW1220', 'a binding without params', binding()],
  ['FW1220', 'a template of nothing', template({ resourcetemplates: [] })],
  ['FW1220', 'a template without kind', template({ resourcetemplates: [{ apiVersion: 'v1' }] })],
  ['FW1220', 'a trigger without template', trigger({ template: undefined })],
  ['FW1220', 'a binding without value', trigger({ bindings: [{ name: 'a' }] })],
  ['FW1220', 'a listener without triggers', () => new tekton.EventListener(chartOf(), 'o', {})],
  ['FW1220', 'a group that selects nothing', listener({ triggerGroups: [{ name: 'a', interceptors: INTERCEPTORS(), triggerSelector: {} }] })],
  ['FW1220', 'hooks that nobody signs', trigger({ interceptors: [Interceptor.github({ eventTypes: ['push'] } as any)] })],
  ['FW1220', 'hooks of all events', trigger({ interceptors: [Interceptor.gitlab({ secretRef: { secretName: 'a', secretKey: 'b' } } as any)] })],
  ['FW1221', 'steps that are no list', task({ steps: {} })],
  ['FW1221', 'an unknown pull policy', step({ imagePullPolicy: 'Sometimes' })],
  ['FW1221', 'a mount in the folder of Tekton', step({ volumeMounts: [{ name: 'a', mountPath: '/tekton/../tekton/results' }] })],
  ['FW1221', 'a volume of Tekton', step({ volumeMounts: [{ name: 'tekton-internal-a', mountPath: '/a' }] })],
  ['FW1221', 'an unknown reaction', step({ onError: 'ignore' })],
  ['FW1221', 'a result of a step that is none', task({ results: [{ name: 'a', value: '$(params.a)' }] })],
  ['FW1221', 'keys that are numbers', task({ params: [{ name: 'a', properties: { b: { type: 'array' } } }] })],
  ['FW1221', 'retries below zero', tasks({ ...A, retries: -1 })],
  ['FW1221', 'an unknown operator', tasks({ ...A, when: [{ input: 'a', operator: 'is', values: ['b'] }] })],
  ['FW1221', 'a version without group', tasks({ name: 'a', taskRef: { apiVersion: 'v1', kind: 'B' } })],
  ['FW1221', 'a result of a Pipeline that is none of a task', pipeline({ results: [{ name: 'a', value: 'text' }] })],
  ['FW1221', 'an unknown status', run({ status: 'Stopped' })],
  ['FW1221', 'an expression without end', binding({ name: 'a', value: '$(body.a' })],
  ['FW1221', 'an interceptor that is none', trigger({ interceptors: [{ ref: { name: 'github' } }] })],
  ['FW1221', 'an unknown kind of interceptor', trigger({ interceptors: [Interceptor.custom('a', [], 'Interceptor' as any)] })],
  ['FW1221', 'an unknown kind of binding', trigger({ bindings: [{ ref: 'a', kind: 'Binding' }] })],
  ['FW1221', 'a URL that is none', listener({ cloudEventURI: 'nowhere' })],
  ['FW1221', 'a name that is no label', trigger({ name: 'a b' })],
  ['FW1222', 'an unknown field of a Task', task({ inputs: {} })],
  ['FW1222', 'a misspelt order', tasks({ ...A, runsAfter: ['b'] })],
  ['FW1222', 'a mount path of a Pipeline', pipeline({ workspaces: [{ name: 'a', mountPath: '/a' }] })],
  ['FW1222', 'timeouts of a misspelt part', run({ timeouts: { all: '1h' } })],
  ['FW1222', 'an unknown param of GitHub', trigger({ interceptors: [Interceptor.custom('github', [{ name: 'secret', value: 'a' }])] })],
  ['FW1223', 'a timeout in days', step({ timeout: '1d' })],
  ['FW1223', 'a negative timeout', tasks({ ...A, timeout: '-1m' })],
  ['FW1223', 'a timeout without unit', run({ timeouts: { pipeline: '60' } })],
  ['FW1224', 'a step twice', step({ name: 'a' }, { name: 'a' })],
  ['FW1224', 'a param twice', task({ params: [{ name: 'a' }, { name: 'a' }] })],
  ['FW1224', 'a volume twice', task({ volumes: [{ name: 'a' }, { name: 'a' }] })],
  ['FW1224', 'a mount path twice', task({ workspaces: [{ name: 'a', mountPath: '/w/' }, { name: 'b', mountPath: '/w' }] })],
  ['FW1224', 'a mount path of a volume', task({ workspaces: [{ name: 'a' }], steps: [{ image: 'a', volumeMounts: [{ name: 'v', mountPath: '/workspace/a' }] }] })],
  ['FW1224', 'a variable twice', step({ env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] })],
  ['FW1224', 'a task twice', tasks(A, A)],
  ['FW1224', 'a task at the end again', last(A)],
  ['FW1224', 'a value of a matrix twice', tasks({ ...A, matrix: { params: [{ name: 'a', value: ['1'] }, { name: 'a', value: ['2'] }] } })],
  ['FW1224', 'a workspace of a run twice', run({ workspaces: [{ name: 'a', emptyDir: {} }, { name: 'a', emptyDir: {} }] })],
  ['FW1224', 'a param of an event twice', binding({ name: 'a', value: '1' }, { name: 'a', value: '2' })],
  ['FW1225', 'a script and a command', step({ script: 'a', command: ['b'] })],
  ['FW1225', 'a script of another step', task({ steps: [{ ref: { name: 'a' }, script: 'b' }] })],
  ['FW1225', 'a step from nowhere', task({ steps: [{ ref: {} }] })],
  ['FW1225', 'a task by name and written', tasks({ ...A, taskSpec: BUILD })],
  ['FW1225', 'a task by neither', tasks({ name: 'a' })],
  ['FW1225', 'a Pipeline by neither', run({ pipelineRef: undefined })],
  ['FW1225', 'a Pipeline by name and written', run({ pipelineSpec: { tasks: [A] } })],
  ['FW1225', 'a workspace of two things', run({ workspaces: [{ name: 'a', emptyDir: {}, secret: { secretName: 'b' } }] })],
  ['FW1225', 'a workspace of nothing', run({ workspaces: [{ name: 'a' }] })],
  ['FW1225', 'a condition in both languages', tasks({ ...A, when: [{ cel: 'true', input: 'a', operator: 'in', values: ['a'] }] })],
  ['FW1225', 'a template by name and written', trigger({ template: { ref: 'a', spec: TEMPLATE } })],
  ['FW1225', 'a binding by name and value', trigger({ bindings: [{ ref: 'a', name: 'b', value: 'c' }] })],
  ['FW1225', 'a trigger by name, and bindings', listener({ triggers: [{ triggerRef: 'a', bindings: [{ ref: 'b' }] }] })],
  ['FW1225', 'a trigger by nothing', listener({ triggers: [{ name: 'a' }] })],
  ['FW1225', 'a pod of two kinds', listener({ resources: { kubernetesResource: {}, customResource: {} } })],
  ['FW1226', 'a step with capitals', step({ name: 'Build' })],
  ['FW1226', 'a task with a dot', tasks(named('a.b'))],
  ['FW1226', 'a task with 64 characters', tasks(named('a'.repeat(64)))],
  ['FW1226', 'a Task with 64 characters', task({ metadata: { name: 'a'.repeat(64) } })],
  ['FW1226', 'a listener with 61 characters', listener({ metadata: { name: 'a'.repeat(61) } })],
  ['FW1226', 'a param with a space', task({ params: [{ name: 'a b' }] })],
  ['FW1226', 'an object with a dot', task({ params: [{ name: 'a.b', properties: {} }] })],
  ['FW1226', 'a key with a dot', task({ params: [{ name: 'a', properties: { 'b.c': { type: 'string' } } }] })],
  ['FW1226', 'a result that ends in a hyphen', task({ results: [{ name: 'a-' }] })],
  ['FW1226', 'the sidecar of Tekton', task({ sidecars: [{ name: 'tekton-log-results', image: 'a' }] })],
  ['FW1227', 'an unknown param in a script', step({ script: 'echo $(params.a)' })],
  ['FW1227', 'an unknown param in brackets', step({ args: ['$(params["a.b"])'] })],
  ['FW1227', 'an unknown result', step({ script: 'echo > $(results.a.path)' })],
  ['FW1227', 'an unknown result of the step', step({ script: 'echo > $(step.results.a.path)' })],
  ['FW1227', 'an unknown workspace', step({ workingDir: '$(workspaces.a.path)' })],
  ['FW1227', 'an unknown context', step({ env: [{ name: 'A', value: '$(context.taskRun.id)' }] })],
  ['FW1227', 'an unknown workspace of a step', step({ workspaces: [{ name: 'a', mountPath: '/a' }] })],
  ['FW1227', 'an unknown key', task({ params: [{ name: 'a', properties: {} }], steps: [{ image: '$(params.a.b)' }] })],
  ['FW1227', 'an unknown step of a result', task({ results: [{ name: 'a', value: '$(steps.b.results.c)' }] })],
  ['FW1227', 'an unknown task before', tasks(named('a', { runAfter: ['b'] }))],
  ['FW1227', 'a result of an unknown task', tasks({ ...A, ...value('$(tasks.b.results.c)') })],
  ['FW1227', 'an unknown param of the Pipeline', tasks({ ...A, ...value('$(params.a)') })],
  ['FW1227', 'an unknown workspace of the Pipeline', tasks({ ...A, workspaces: [{ name: 'a' }] })],
  ['FW1227', 'an unknown context of the run', tasks({ ...A, ...value('$(context.pipelineRun.id)') })],
  ['FW1227', 'a status of an unknown task', last(named('b', value('$(tasks.c.status)')))],
  ['FW1227', 'a result of the Pipeline of an unknown task', pipeline({ results: [{ name: 'a', value: '$(tasks.b.results.c)' }] })],
  ['FW1227', 'an unknown param of a template', template({ resourcetemplates: [{ apiVersion: 'v1', kind: 'A', a: '$(tt.params.b)' }] })],
  ['FW1228', 'an order at the end', last(named('b', { runAfter: ['a'] }))],
  ['FW1228', 'a result of the end', last(named('b'), named('c', value('$(tasks.b.results.d)')))],
  ['FW1228', 'a status before the end', tasks(A, named('b', { when: [{ input: '$(tasks.a.status)', operator: 'in', values: ['Failed'] }] }))],
  ['FW1228', 'a result of a step in a script', step({ name: 'b', results: [{ name: 'c' }] }, { script: 'echo $(steps.b.results.c)' })],
  ['FW1228', 'a list in a script', task({ params: [{ name: 'a', type: 'array' }], steps: [{ image: 'a', script: '$(params.a[*])' }] })],
  ['FW1228', 'a list within an argument', task({ params: [{ name: 'a', type: 'array' }], steps: [{ image: 'a', args: ['x $(params.a[*])'] }] })],
  ['FW1228', 'an object as a whole', task({ params: [{ name: 'a', properties: { b: { type: 'string' } } }], steps: [{ image: '$(params.a[*])' }] })],
  ['FW1228', 'a result for a run', run(value('$(tasks.a.results.b)'))],
  ['FW1229', 'a ring of two', tasks(named('a', { runAfter: ['b'] }), named('b', value('$(tasks.a.results.c)')))],
  ['FW1229', 'a task after itself', tasks(named('a', { runAfter: ['a'] }))],
  ['FW1230', 'retries that nothing asks for', tasks({ ...A, onError: 'continue', retries: 1 })],
  ['FW1230', 'a param of the matrix and beside it', tasks({ ...A, ...value('1'), matrix: { params: [{ name: 'p', value: ['1'] }] } })],
  ['FW1230', 'params that nobody takes', step(value('1'))],
  ['FW1231', 'a matrix of 257', tasks({ ...A, matrix: { params: [{ name: 'a', value: many(257) }] } })],
  ['FW1231', 'a matrix of 256, and one', tasks({ ...A, matrix: { params: [{ name: 'a', value: many(16) }, { name: 'b', value: many(16) }], include: [{ params: [{ name: 'a', value: 'other' }] }] } })],
  ['FW1232', 'tasks that take longer than all', run({ timeouts: { pipeline: '1h', tasks: '2h' } })],
  ['FW1232', 'parts that take longer than all', run({ timeouts: { pipeline: '1h', tasks: '40m', finally: '30m' } })],
  ['FW1232', 'more than the default', run({ timeouts: { finally: '61m' } })],
  ['FW1232', 'for ever within an hour', run({ timeouts: { tasks: '0' } })],
  ['FW1232', 'a task that takes longer than all', run({ timeouts: { tasks: '10m' }, taskRunSpecs: [{ pipelineTaskName: 'a', timeout: '11m' }] })],
  ['FW1233', 'a default of another type', task({ params: [{ name: 'a', type: 'string', default: ['b'] }] })],
  ['FW1233', 'a number', tasks({ ...A, ...value(1) })],
  ['FW1233', 'an axis that is a text', tasks({ ...A, matrix: { params: [{ name: 'a', value: 'b' }] } })],
  ['FW1233', 'a list among the added values', tasks({ ...A, matrix: { include: [{ params: [{ name: 'a', value: ['b'] }] }] } })],
  ['FW1235', 'a result of a matrix as one', tasks(named('a', { matrix: { params: [{ name: 'a', value: ['1'] }] } }), named('b', value('$(tasks.a.results.c)')))],
];

test.each(REFUSED)('%s: %s', (code, _, make) => {
  expectFinding(make, code, 'chart/o');
});

test.each<[title: string, make: () => unknown]>([
  ['commands of a shell', step({ script: 'echo $(ls) $((1 + 1)) ${params.a} $(results) $(date +%s)' })],
  ['a param with a dot', task({ params: [{ name: 'a.b' }], steps: [{ image: 'a', args: ['$(params["a.b"])', '$(params.a.b)'] }] })],
  ['one value of a list', task({ params: [{ name: 'a', type: 'array' }], steps: [{ image: 'a', script: '$(params.a[0])' }] })],
  ['params of the Pipeline in its Tasks', pipeline({ params: [{ name: 'a' }], tasks: [{ name: 'a', taskSpec: { steps: [{ image: 'a', script: '$(params.a)' }] } }] })],
  ['params of a run in its Pipeline', run({ pipelineRef: undefined, pipelineSpec: { tasks: [{ ...A, ...value('$(params.any)') }] }, params: [{ name: 'any', value: 'a' }] })],
  ['a matrix of 256', tasks({ ...A, matrix: { params: [{ name: 'a', value: many(256) }], include: [{ params: [{ name: 'a', value: '1' }, { name: 'b', value: 'c' }] }] } })],
  ['no timeout', run({ timeouts: { pipeline: '0', tasks: '0' } })],
  ['values that are read together', tasks(named('a', { matrix: { params: [{ name: 'a', value: ['1'] }] } }), named('b', value('$(tasks.a.results.c[*])')))],
  ['a step that another template gives an image', task({ stepTemplate: { image: 'a' }, steps: [{ script: 'b' }] })],
])('%s is fine', (_, make) => {
  expect(make).not.toThrow();
});

test('FW1229 names the ring and nothing else', () => {
  const make = tasks(named('before'), named('a', { runAfter: ['before', 'c'] }), named('b', { runAfter: ['a'] }), named('c', { runAfter: ['b'] }), named('after', { runAfter: ['c'] }));
  expect(expectFinding(make, 'FW1229').message).toContain('"a", "b", "c" and "a"');
});

test.each<[field: string, flag: string, make: () => any]>([
  ['params[0].enum', 'enable-param-enum', task({ params: [{ name: 'a', enum: ['b'] }] })],
  ['steps[0].stdoutConfig', 'enable-api-fields', step({ stdoutConfig: { path: '/a' } })],
  ['tasks[0].when', 'enable-cel-in-whenexpression', tasks({ ...A, when: [{ cel: 'true' }] })],
  ['pipelineSpec.tasks[0].taskSpec.steps[0].when', 'enable-cel-in-whenexpression', run({ pipelineRef: undefined, pipelineSpec: { tasks: [{ name: 'a', taskSpec: { steps: [{ image: 'a', when: [{ cel: 'true' }] }] } }] } })],
])('FW1234: %s needs %s', (field, flag, make) => {
  const findings = findingsAt(make()).filter(finding => finding.code === 'FW1234');
  expect(findings).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringContaining(`The ${field} of the `) })]);
  expect(findings[0].message).toContain(flag);
});

describe('any value of JavaScript is refused by a finding, or works', () => {
  const MINE = /^FW12[234]\d$/;
  const KINDS: Array<[any, any]> = [
    [tekton.Task, BUILD], [tekton.Pipeline, DELIVER], [tekton.PipelineRun, RUN], [tekton.PipelineRun, { pipelineSpec: DELIVER }],
    [tekton.TriggerBinding, { params: BINDING }], [tekton.TriggerTemplate, TEMPLATE],
    [tekton.Trigger, { template: { ref: 'a' }, bindings: [{ ref: 'a' }, { name: 'b', value: 'c' }], interceptors: INTERCEPTORS() }],
    [tekton.EventListener, { triggers: [{ triggerRef: 'a' }], triggerGroups: [{ name: 'a', interceptors: INTERCEPTORS(), triggerSelector: { labelSelector: { matchLabels: { a: 'b' } } } }], namespaceSelector: { matchNames: ['*'] } }],
  ];
  const declared = (Kind: any, props: any) => use(MINE, () => expect(found(c => new Kind(c, 'o', props)).map(f => f.code)).not.toContain('FW104'));

  test.each(KINDS.map(([Kind, props], i) => [`${i}: ${Kind.name}`, Kind, props] as const))('%s', (_, Kind, props) => {
    VALUES.forEach(each => declared(Kind, each));
    for (const change of changes({ metadata: {}, ...props })) {
      declared(Kind, change);
    }
  });

  test('interceptors', () => {
    const interceptor = (make: (each: any) => any) => VALUES.forEach(each => use(MINE, () => trigger({ interceptors: [make(each)] })()));
    interceptor(each => Interceptor.github(each));
    interceptor(each => Interceptor.github({ secretRef: each, eventTypes: each }));
    interceptor(each => Interceptor.gitlab(each));
    interceptor(each => Interceptor.cel(each));
    interceptor(each => Interceptor.cel('true', each));
    interceptor(each => Interceptor.custom(each));
    interceptor(each => Interceptor.custom('a', each ?? []));
    interceptor(each => Interceptor.custom('github', each ?? []));
  });

  /** The same with another value somewhere. */
  function* changes(node: any): Generator<any> {
    if (typeof node !== 'object' || node === null || (Object.getPrototypeOf(node) !== Object.prototype && !Array.isArray(node))) {
      return;
    }
    for (const key of Object.keys(node)) {
      const change = (each: any) => Array.isArray(node) ? Object.assign([...node], { [key]: each }) : { ...node, [key]: each };
      yield* VALUES.map(change);
      for (const inner of changes(node[key])) {
        yield change(inner);
      }
    }
  }
});

test('tasks that only wait for earlier ones are never a ring', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 20 }), edges => {
    const list = edges.map((before, i) => named(`t${i}`, { runAfter: [...new Set(before.filter(n => n < i))].map(n => `t${n}`) }));
    expect(tasks(...list.reverse())).not.toThrow();
  }));
});
