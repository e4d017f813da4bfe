import type { ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { TaskShape, WorkloadPlan } from '../plan';
import { podTemplate } from './pod-template';

/**
 * The CronJob of a task. Finished runs are kept by its history limits, never by a TTL (kube-linter
 * job-ttl-seconds-after-finished); a pod that fails stays as it is, and the Job makes another.
 */
export function cronJob(plan: WorkloadPlan, shape: TaskShape): ApiObjectProps {
  const manifest = k8s.KubeCronJob.manifest({
    metadata: { name: plan.name },
    spec: {
      schedule: shape.schedule,
      timeZone: shape.timeZone,
      concurrencyPolicy: shape.concurrency,
      startingDeadlineSeconds: shape.startingDeadlineSeconds,
      successfulJobsHistoryLimit: shape.keepSucceeded,
      failedJobsHistoryLimit: shape.keepFailed,
      suspend: shape.suspend,
      jobTemplate: {
        spec: {
          backoffLimit: shape.retries,
          activeDeadlineSeconds: shape.timeoutSeconds,
          template: {},
        },
      },
    },
  });
  // The generated type demands conditions beside exit codes, which the API server refuses.
  manifest.spec.jobTemplate.spec.podFailurePolicy = { rules: failureRules(plan.name, shape.fatalExitCodes) };
  manifest.spec.jobTemplate.spec.template = podTemplate(plan, { runsOnce: true });
  return manifest;
}

/** A pod that the cluster took away is no failure of the program, and is made again without counting. */
function failureRules(containerName: string, fatalExitCodes: number[]): object[] {
  return [
    ...(fatalExitCodes.length > 0 ? [{ action: 'FailJob', onExitCodes: { containerName, operator: 'In', values: fatalExitCodes } }] : []),
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  ];
}
