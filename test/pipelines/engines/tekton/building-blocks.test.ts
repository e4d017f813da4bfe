import { BUILD, declare, DELIVER, RUN } from './samples';
import * as tekton from '../../../../src/pipelines/engines/tekton';
import { found, synth } from '../../../promotion/support';

/* What is written for the building blocks of Tekton. */

test('a Task, a Pipeline and a run are written as they are given', () => {
  const [task, pipeline, run] = synth(declare);
  expect(task).toEqual({ apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'build', namespace: 'shop' }, spec: BUILD });
  expect(pipeline).toEqual({ apiVersion: 'tekton.dev/v1', kind: 'Pipeline', metadata: { name: 'deliver', namespace: 'shop' }, spec: DELIVER });
  expect(run).toEqual({ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name: 'deliver-1', namespace: 'shop' }, spec: RUN });
});

test('bindings get their kind, interceptors their reference', () => {
  const [, , , binding, template, trigger, listener] = synth(declare);
  expect(binding.spec.params[0]).toEqual({ name: 'sha', value: '$(body.head_commit.id)' });
  expect(template.spec.resourcetemplates[0].spec.params).toEqual([{ name: 'version', value: '$(tt.params.sha)' }]);
  expect(trigger).toEqual({
    apiVersion: 'triggers.tekton.dev/v1beta1',
    kind: 'Trigger',
    metadata: { name: 'main', namespace: 'shop' },
    spec: {
      bindings: [{ kind: 'TriggerBinding', ref: 'push' }],
      template: { ref: 'deliver' },
      interceptors: [
        {
          ref: { name: 'github', kind: 'ClusterInterceptor' },
          params: [
            { name: 'secretRef', value: { secretName: 'hook', secretKey: 'token' } },
            { name: 'eventTypes', value: ['push'] },
            { name: 'addChangedFiles', value: { enabled: true, personalAccessToken: { secretName: 'pat', secretKey: 'token' } } },
          ],
        },
        {
          ref: { name: 'cel', kind: 'ClusterInterceptor' },
          params: [{ name: 'filter', value: 'body.ref == "refs/heads/main"' }, { name: 'overlays', value: [{ key: 'short', expression: 'truncate(body.after, 7)' }] }],
        },
      ],
    },
  });
  expect(listener.spec.triggers[0]).toEqual({ triggerRef: 'main' });
  expect(listener.spec.triggers[1].bindings).toEqual([{ kind: 'TriggerBinding', ref: 'push' }, { name: 'x', value: 'y' }]);
  expect(listener.spec.triggerGroups[0].interceptors).toEqual([{ ref: { name: 'own', kind: 'NamespacedInterceptor' }, params: [{ name: 'a', value: { b: [1] } }] }]);
});

test('nothing is said of objects that are right', () => {
  expect(found(declare)).toEqual([]);
});

test('what a program does to its lists afterwards changes nothing', () => {
  const steps: any[] = [{ image: 'a', script: 'echo' }];
  const [task] = synth(chart => {
    new tekton.Task(chart, 't', { steps });
    steps.push({ script: 'rm -rf /' });
    steps[0].script = 'rm -rf /';
  });
  expect(task.spec.steps).toEqual([{ image: 'a', script: 'echo' }]);
});
