import type { LoweredJob } from './job-task';
import { labelsOf, minutesOf } from './pipeline';
import type { PlannedJob } from './plan';
import type { PipelineGraph } from '../../../graph';
import type { Settings } from '../settings';

/*
 * What every run of a pipeline has, whoever starts it.
 */

/** Makes a run with params, for trusted and other events. */
export type RunFor = (params: ReadonlyArray<{ readonly name: string; readonly value: string }>, isTrusted: boolean) => any;

export function serviceAccountOf(graph: PipelineGraph, settings: Settings): string {
  return settings.serviceAccount ?? graph.id;
}

/**
 * A PipelineRun.
 *
 * @param params what it is told
 * @param isTrusted whether it may have the caches, which others read
 */
export function runOf(
  graph: PipelineGraph, planned: ReadonlyMap<string, PlannedJob>, lowered: ReadonlyMap<string, LoweredJob>, settings: Settings, hasRevision: boolean,
  params: ReadonlyArray<{ readonly name: string; readonly value: string }>, isTrusted: boolean,
): any {
  const all = [...lowered];
  const minutes = minutesOf(planned, hasRevision);
  const user = settings.runAsUser;
  const specs = all.map(([pipelineTaskName, { podTemplate }]) => ({ pipelineTaskName, podTemplate }))
    .filter(({ podTemplate }) => Object.keys(podTemplate).length > 0);
  const usesArtifacts = all.some(([, job]) => job.usesArtifacts);
  const usesCache = isTrusted && settings.storage.cacheClaim !== undefined && all.some(([, job]) => job.usesCache);
  const { size, storageClass, cacheClaim } = settings.storage;
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { generateName: `${graph.id}-`, namespace: settings.namespace, labels: labelsOf(graph) },
    spec: {
      pipelineRef: { name: graph.id },
      ...params.length > 0 && { params },
      timeouts: {
        pipeline: `${minutes.tasks + minutes.finally}m0s`,
        ...minutes.finally > 0 && { tasks: `${minutes.tasks}m0s`, finally: `${minutes.finally}m0s` },
      },
      taskRunTemplate: {
        serviceAccountName: serviceAccountOf(graph, settings),
        podTemplate: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
        },
      },
      ...specs.length > 0 && { taskRunSpecs: specs },
      ...(usesArtifacts || usesCache) && {
        workspaces: [
          ...usesArtifacts ? [{
            name: 'artifacts',
            volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], ...storageClass !== undefined && { storageClassName: storageClass }, resources: { requests: { storage: size } } } },
          }] : [],
          ...usesCache ? [{ name: 'cache', subPath: graph.id, persistentVolumeClaim: { claimName: cacheClaim } }] : [],
        ],
      },
    },
  };
}
