import type { Chart } from 'cdk8s';
import * as tekton from '../../../../src/pipelines/engines/tekton';

/* Objects of Tekton that are right, one of each kind, with most of what they can have. */

const { Interceptor, OnError, ParamType, WhenOperator } = tekton;

export const BUILD: tekton.TaskSpec = {
  displayName: 'Build',
  description: 'Builds it.',
  params: [
    { name: 'version', description: 'the version' },
    { name: 'flags', type: ParamType.ARRAY, default: ['-v'] },
    { name: 'image', properties: { url: { type: ParamType.STRING } }, default: { url: 'ghcr.io/acme/api' } },
  ],
  results: [{ name: 'digest', description: 'the digest' }, { name: 'list', type: ParamType.ARRAY, value: '$(steps.test.results.list)' }],
  workspaces: [{ name: 'source' }, { name: 'cache', optional: true, mountPath: '/cache', readOnly: true }],
  stepTemplate: { image: 'golang:1.25', securityContext: { runAsNonRoot: true } },
  steps: [
    { name: 'test', script: '#!/usr/bin/env bash\ngo test ./... $(ls *.go)\necho $(workspaces.source.path)', results: [{ name: 'list', type: ParamType.ARRAY }], timeout: '5m', onError: OnError.CONTINUE },
    { name: 'build', command: ['go', 'build'], args: ['$(params.flags[*])', '$(steps.test.results.list[0])'], env: [{ name: 'VERSION', value: '$(params.version)' }, { name: 'T', valueFrom: { secretKeyRef: { name: 't', key: 'k' } } }] },
    { name: 'push', image: 'crane', script: 'crane push $(params.image.url) > $(results.digest.path)', workspaces: [{ name: 'source', mountPath: '/src' }], volumeMounts: [{ name: 'docker', mountPath: '/tekton/home/.docker' }] },
    { ref: { name: 'notify' }, params: [{ name: 'text', value: 'done' }] },
  ],
  sidecars: [{ name: 'db', image: 'postgres:17', readinessProbe: { exec: { command: ['pg_isready'] } }, ports: [{ containerPort: 5432 }] }],
  volumes: [{ name: 'docker', secret: { secretName: 'docker' } }],
};

export const DELIVER: tekton.PipelineSpec = {
  displayName: 'Deliver',
  params: [{ name: 'version', default: '1' }],
  workspaces: [{ name: 'shared' }, { name: 'extra', optional: true }],
  tasks: [
    { name: 'build', taskRef: { name: 'build' }, params: [{ name: 'version', value: '$(params.version)-$(context.pipelineRun.uid)' }], workspaces: [{ name: 'source', workspace: 'shared', subPath: 'build' }], retries: 2, timeout: '20m' },
    { name: 'test', runAfter: ['build'], matrix: { params: [{ name: 'node', value: ['22', '24'] }], include: [{ name: 'next', params: [{ name: 'node', value: '26' }] }] }, taskSpec: { params: [{ name: 'node' }], results: [{ name: 'time' }], steps: [{ image: 'node', script: 'node $(params.node)' }] } },
    { name: 'deploy', taskSpec: { params: [{ name: 'd' }, { name: 't', type: ParamType.ARRAY }], steps: [{ image: 'a', args: ['$(params.t[*])'] }] }, params: [{ name: 'd', value: '$(tasks.build.results.digest)' }, { name: 't', value: ['$(tasks.test.results.time[*])'] }], when: [{ input: '$(params.version)', operator: WhenOperator.NOT_IN, values: ['0'] }] },
    { name: 'approve', taskRef: { apiVersion: 'openshift-pipelines.org/v1alpha1', kind: 'ApprovalTask' }, params: [{ name: 'approvers', value: ['a'] }] },
    { name: 'scan', taskRef: { resolver: 'hub', params: [{ name: 'name', value: 'scan' }] } },
  ],
  finally: [{ name: 'report', taskSpec: { params: [{ name: 's' }], steps: [{ image: 'a', script: 'echo' }] }, params: [{ name: 's', value: '$(tasks.status) $(tasks.build.status)' }], when: [{ input: '$(tasks.deploy.status)', operator: WhenOperator.IN, values: ['Failed'] }] }],
  results: [{ name: 'digest', value: '$(tasks.build.results.digest)' }],
};

export const RUN: tekton.PipelineRunSpec = {
  pipelineRef: { name: 'deliver' },
  params: [{ name: 'version', value: '2' }],
  workspaces: [{ name: 'shared', volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } }],
  timeouts: { pipeline: '2h', tasks: '1h30m', finally: '30m' },
  taskRunTemplate: { serviceAccountName: 'runner', podTemplate: { securityContext: { runAsNonRoot: true } } },
  taskRunSpecs: [{ pipelineTaskName: 'build', serviceAccountName: 'builder', timeout: '1h' }],
};

export const BINDING = [{ name: 'sha', value: '$(body.head_commit.id)' }, { name: 'ref', value: '$(body.ref)' }];

export const TEMPLATE: tekton.TriggerTemplateProps = {
  params: [{ name: 'sha' }, { name: 'ref', default: 'main', description: 'the ref' }],
  resourcetemplates: [{ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { generateName: 'deliver-' }, spec: { ...RUN, params: [{ name: 'version', value: '$(tt.params.sha)' }] } }],
};

export const INTERCEPTORS = () => [
  Interceptor.github({ secretRef: { secretName: 'hook', secretKey: 'token' }, eventTypes: ['push'], addChangedFiles: true, personalAccessToken: { secretName: 'pat', secretKey: 'token' } }),
  Interceptor.cel('body.ref == "refs/heads/main"', [{ key: 'short', expression: 'truncate(body.after, 7)' }]),
];

/** All of them, in a chart. */
export function declare(chart: Chart): void {
  new tekton.Task(chart, 'task', { metadata: { name: 'build' }, ...BUILD });
  new tekton.Pipeline(chart, 'pipeline', { metadata: { name: 'deliver' }, ...DELIVER });
  new tekton.PipelineRun(chart, 'run', { metadata: { name: 'deliver-1' }, ...RUN });
  new tekton.TriggerBinding(chart, 'binding', { metadata: { name: 'push' }, params: BINDING });
  new tekton.TriggerTemplate(chart, 'template', { metadata: { name: 'deliver' }, ...TEMPLATE });
  new tekton.Trigger(chart, 'trigger', { metadata: { name: 'main' }, bindings: [{ ref: 'push' }], template: { ref: 'deliver' }, interceptors: INTERCEPTORS() });
  new tekton.EventListener(chart, 'listener', {
    metadata: { name: 'hooks' },
    serviceAccountName: 'listener',
    triggers: [
      { triggerRef: 'main' },
      { name: 'gitlab', bindings: [{ ref: 'push' }, { name: 'x', value: 'y' }], template: { ref: 'deliver' }, interceptors: [Interceptor.gitlab({ secretRef: { secretName: 'hook', secretKey: 'token' }, eventTypes: ['Push Hook'] })] },
    ],
    triggerGroups: [{ name: 'all', interceptors: [Interceptor.custom('own', [{ name: 'a', value: { b: [1] } }], tekton.InterceptorKind.NAMESPACED)], triggerSelector: { namespaceSelector: { matchNames: ['*'] } } }],
    resources: { kubernetesResource: { replicas: 2, serviceType: 'ClusterIP' } },
  });
}
