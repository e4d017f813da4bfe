import { Yaml } from 'cdk8s';
import { CONTAINER_SECURITY } from './job-task';
import { clockOf, contextParam, listenerOf, nameOf, startOf } from './names';
import { labelsOf } from './pipeline';
import { RunFor, serviceAccountOf } from './run';
import { listenerName } from './triggers';
import type { LoweredObject } from '../../../engine';
import type { PipelineGraph, TriggerNode } from '../../../graph';
import type { Settings } from '../settings';

/*
 * What stands around a pipeline in its namespace: accounts with the least rights, network policies, and the clocks of schedules.
 */

const RBAC = 'rbac.authorization.k8s.io';

export function accounts(graph: PipelineGraph, settings: Settings, isListening: boolean, isScheduled: boolean): LoweredObject[] {
  const runs = settings.serviceAccount === undefined ? [account(graph, settings, serviceAccountOf(graph, settings))] : [];
  const create = { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] };
  const listener = listenerName(graph);
  const schedule = nameOf(graph.id, 'schedule');
  const cluster = nameOf(settings.namespace, listener);
  return [
    ...runs,
    ...isListening ? [
      account(graph, settings, listener),
      ...role(graph, settings, listener, [
        // What the sink of a listener reads (config/200-clusterrole.yaml, tekton-triggers-eventlistener-roles), without impersonation and without Secrets: interceptors read those.
        { apiGroups: ['triggers.tekton.dev'], resources: ['eventlisteners', 'triggers', 'triggerbindings', 'triggertemplates', 'interceptors'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
        create,
      ]),
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRole',
        metadata: { name: cluster, labels: labelsOf(graph) },
        rules: [{ apiGroups: ['triggers.tekton.dev'], resources: ['clusterinterceptors', 'clustertriggerbindings'], verbs: ['get', 'list', 'watch'] }],
      },
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name: cluster, labels: labelsOf(graph) },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: cluster },
        subjects: [{ kind: 'ServiceAccount', name: listener, namespace: settings.namespace }],
      },
    ] : [],
    ...isScheduled ? [account(graph, settings, schedule), ...role(graph, settings, schedule, [create])] : [],
  ];
}

function account(graph: PipelineGraph, settings: Settings, name: string): LoweredObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: settings.namespace, labels: labelsOf(graph) }, automountServiceAccountToken: name === listenerName(graph) };
}

function role(graph: PipelineGraph, settings: Settings, name: string, rules: object[]): LoweredObject[] {
  const metadata = { name, namespace: settings.namespace, labels: labelsOf(graph) };
  return [
    { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules },
    { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata, roleRef: { apiGroup: RBAC, kind: 'Role', name }, subjects: [{ kind: 'ServiceAccount', name, namespace: settings.namespace }] },
  ];
}

/** Nobody connects to the pods of runs; the listener is reached at its port alone. */
export function networkPolicies(graph: PipelineGraph, settings: Settings, isListening: boolean): LoweredObject[] {
  const policy = (name: string, matchLabels: object, ingress: object[]): LoweredObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: settings.namespace, labels: labelsOf(graph) },
    spec: { podSelector: { matchLabels }, policyTypes: ['Ingress'], ingress },
  });
  return [
    policy(nameOf(graph.id, 'runs'), { 'tekton.dev/pipeline': graph.id }, []),
    ...isListening ? [policy(listenerName(graph), { 'app.kubernetes.io/managed-by': 'EventListener', 'eventlistener': listenerOf(graph.id) }, [{ ports: [{ port: 8080, protocol: 'TCP' }] }])] : [],
  ];
}

const FOLDER = '/etc/fairway';
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Creates a run by the API: the answer of an error is shown, and fails the job. */
const CREATE = [
  '#!/usr/bin/env bash',
  'set -euo pipefail',
  `curl --fail-with-body --silent --show-error --retry 3 --cacert ${TOKEN}/ca.crt \\`,
  `  --header @<(printf 'Authorization: Bearer %s' "$(cat ${TOKEN}/token)") --header 'Content-Type: application/json' \\`,
  `  --data-binary @${FOLDER}/run.json "https://kubernetes.default.svc/apis/tekton.dev/v1/namespaces/$NAMESPACE/pipelineruns" > /dev/null`,
  'echo "a run was created"',
  '',
].join('\n');

/**
 * A PipelineRun for people, who fill in its params. One that is made by hand alone has neither the user that its images need, nor the account, the
 * volumes and the time of the pipeline.
 */
export function startByHand(graph: PipelineGraph, settings: Settings, runFor: RunFor): LoweredObject[] {
  if (!graph.triggers.some(trigger => trigger.kind === 'manual')) {
    return [];
  }
  const params = graph.inputs.map(({ name, type, default: value }) => ({ name, value: value ?? (type === 'boolean' ? 'false' : '') }));
  return [{
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: startOf(graph.id), namespace: settings.namespace, labels: labelsOf(graph) },
    data: { 'run.yaml': Yaml.stringify(runFor(params, true)) },
  }];
}

/** A CronJob for each schedule, which creates a PipelineRun. */
export function schedules(graph: PipelineGraph, settings: Settings, runFor: RunFor): LoweredObject[] {
  const all = graph.triggers.filter((trigger): trigger is TriggerNode & { kind: 'schedule' } => trigger.kind === 'schedule');
  if (all.length === 0) {
    return [];
  }
  const name = nameOf(graph.id, 'schedule');
  const run = runFor([{ name: contextParam('event'), value: 'schedule' }], true);
  const user = settings.runAsUser;
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: settings.namespace, labels: labelsOf(graph) },
      data: { 'create.sh': CREATE, 'run.json': `${JSON.stringify(run, undefined, 2)}\n` },
    },
    ...all.map(({ id, cron, timeZone }): LoweredObject => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: clockOf(graph.id, id), namespace: settings.namespace, labels: labelsOf(graph) },
      spec: {
        schedule: cron,
        timeZone,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 600,
        jobTemplate: {
          spec: {
            backoffLimit: 2,
            activeDeadlineSeconds: 300,
            template: {
              metadata: { labels: labelsOf(graph) },
              spec: {
                serviceAccountName: name,
                automountServiceAccountToken: true,
                restartPolicy: 'Never',
                securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
                containers: [{
                  name: 'create',
                  image: settings.images.base,
                  command: ['bash', `${FOLDER}/create.sh`],
                  env: [{ name: 'NAMESPACE', value: settings.namespace }],
                  resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
                  securityContext: { ...CONTAINER_SECURITY, readOnlyRootFilesystem: true },
                  volumeMounts: [{ name: 'run', mountPath: FOLDER, readOnly: true }],
                }],
                volumes: [{ name: 'run', configMap: { name } }],
              },
            },
          },
        },
      },
    })),
  ];
}
