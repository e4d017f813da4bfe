import { BUILD, DELIVER, RUN, TEMPLATE } from './samples';
import * as tekton from '../../../../src/pipelines/engines/tekton';
import { found } from '../../../promotion/support';

/** A finding with a code, whose text matches. */
const said = (code: string, text: RegExp) => expect.stringMatching(new RegExp(`^${code} .*${text.source}`));

/* What objects of Tekton in one tree say of each other. */

const codes = (declare: (chart: any) => void) => found(declare).map(({ code, message }) => `${code} ${message}`);

test('a Task that is not in the tree, where others are', () => {
  expect(codes(c => {
    new tekton.Task(c, 't', { metadata: { name: 'build' }, ...BUILD });
    new tekton.Pipeline(c, 'p', { tasks: [{ name: 'a', taskRef: { name: 'biuld' } }] });
  })).toEqual([said('FW1240', /"biuld".* Did you mean "build"\?/)]);
});

test('a Task without its params and workspaces', () => {
  expect(codes(c => {
    new tekton.Task(c, 't', { metadata: { name: 'build' }, ...BUILD });
    new tekton.Pipeline(c, 'p', { tasks: [{ name: 'a', taskRef: { name: 'build' }, params: [{ name: 'flags', value: [] }] }] });
  })).toEqual([said('FW1241', /"version"\.$/), said('FW1242', /"source" of the Task "build"\.$/)]);
});

test('a run without params and workspaces of its Pipeline', () => {
  expect(codes(c => {
    new tekton.Pipeline(c, 'p', { ...DELIVER, metadata: { name: 'deliver' }, params: [{ name: 'version' }] });
    new tekton.PipelineRun(c, 'r', { pipelineRef: { name: 'deliver' } });
  })).toEqual([said('FW1241', /the Pipeline "deliver" no value for "version"/), said('FW1242', /"shared"/)]);
});

test('a result that the Task does not give', () => {
  expect(codes(c => {
    new tekton.Task(c, 't', { metadata: { name: 'build' }, ...BUILD });
    new tekton.Pipeline(c, 'p', {
      ...DELIVER, tasks: [DELIVER.tasks[0], { name: 'b', taskRef: { name: 'b', kind: 'B', apiVersion: 'b/v1' }, params: [{ name: 'd', value: '$(tasks.build.results.digset)' }] }], finally: [],
    });
  })).toEqual([said('FW1243', /The tasks\[1\] .*"digset" of the Task "build"\. Did you mean "digest"\?/)]);
});

test('a trigger without what its template takes', () => {
  expect(codes(c => {
    new tekton.TriggerBinding(c, 'b', { metadata: { name: 'push' }, params: [{ name: 'ref', value: '$(body.ref)' }] });
    new tekton.TriggerTemplate(c, 't', { metadata: { name: 'deliver' }, ...TEMPLATE });
    new tekton.EventListener(c, 'l', { triggers: [{ bindings: [{ ref: 'push' }], template: { ref: 'deliver' } }, { triggerRef: 'x' }] });
    new tekton.Trigger(c, 'tr', { metadata: { name: 'y' }, bindings: [{ ref: 'pull' }], template: { ref: 'deliver' } });
  })).toEqual([
    said('FW1240', /TriggerBinding "pull"/),
    said('FW1241', /The triggers\[0\]\.bindings of the EventListener gives the TriggerTemplate "deliver" no value for "sha"/),
    said('FW1240', /The triggers\[1\]\.triggerRef of the EventListener names the Trigger "x"/),
  ]);
});

test('nothing is said of what another namespace, or nobody, declares', () => {
  expect(codes(c => {
    new tekton.Pipeline(c, 'p', { tasks: [{ name: 'a', taskRef: { name: 'far' } }] });
    new tekton.Task(c, 't', { metadata: { name: 'near', namespace: 'other' }, ...BUILD });
    new tekton.PipelineRun(c, 'r', RUN.pipelineRef === undefined ? RUN : { pipelineRef: { resolver: 'git' } });
  })).toEqual([]);
});
