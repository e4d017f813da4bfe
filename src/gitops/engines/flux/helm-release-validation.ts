import { dependsOn, kubeConfig } from './applied';
import { CHART, checkChart, sourceReference } from './chart-checks';
import { at, bounded, commonMetadata, data, driftRules, healthCheckExprs, images, interval, metadata, namespace, objectName, patches } from './fields';
import {
  ActionStrategy, ActionStrategyName, ChartNameChangeStrategy, CrdsPolicy, DeletionPropagation, RemediationStrategy, ServerSideApply,
} from './helm-release-actions';
import { DriftDetectionMode, HelmReleaseProps, PostRenderStrategy, ValuesReference, WaitStrategy } from './helm-release-props';
import * as messages from './messages';
import { At, Check, flag, listOf, made, oneOf, struct, whole } from '../../../core/shape';

/*
 * What a HelmRelease may hold.
 */

const strategy: Check = (where: At, value: unknown) => {
  made('ActionStrategy', '_isStrategy')(where, value);
  const { retryInterval } = value as ActionStrategy;
  if (retryInterval !== undefined) {
    interval({ ...where, field: `${where.field}.retryInterval` }, retryInterval);
  }
};

const TARGET_PATH = /^([a-zA-Z0-9_\-.\\/]|\[[0-9]{1,5}\])+$/;

const valuesOptions = struct({ valuesKey: bounded(253, /^[-._a-zA-Z0-9]+$/), targetPath: bounded(250, TARGET_PATH), literal: flag, optional: flag });

const valuesReference: Check = (where: At, value: unknown) => {
  made('ValuesReference', '_isValues')(where, value);
  const { name, _valuesOptions: options = {} } = value as ValuesReference;
  objectName({ ...where, field: `${where.field}.name` }, name);
  valuesOptions(where, options);
  if (options.literal === true && options.targetPath === undefined) {
    throw messages.idleField.error(where.path, { kind: where.kind, field: `${where.field}.literal`, fault: 'is read together with targetPath only' });
  }
};

const INSTALL_REMEDIATION: Record<string, Check> = { retries: whole(-(2 ** 31)), ignoreTestFailures: flag, remediateLastFailure: flag };

const ACTION: Record<string, Check> = { timeout: interval, disableHooks: flag, disableWait: flag };
const RELEASE_ACTION: Record<string, Check> = {
  ...ACTION,
  strategy,
  crds: oneOf(CrdsPolicy),
  disableWaitForJobs: flag,
  disableOpenAPIValidation: flag,
  disableSchemaValidation: flag,
  disableTakeOwnership: flag,
};

const SHAPE = struct({
  metadata,
  chart: struct({ ...CHART, interval, metadata: commonMetadata }, ['chart', 'sourceRef']),
  chartRef: sourceReference(['OCIRepository', 'HelmChart', 'ExternalArtifact']),
  interval,
  timeout: interval,
  dependsOn,
  driftDetection: struct({ mode: oneOf(DriftDetectionMode), ignore: driftRules }),
  install: struct({ ...RELEASE_ACTION, remediation: struct(INSTALL_REMEDIATION), createNamespace: flag, replace: flag, serverSideApply: flag }),
  upgrade: struct({
    ...RELEASE_ACTION,
    remediation: struct({ ...INSTALL_REMEDIATION, strategy: oneOf(RemediationStrategy) }),
    chartNameChangeStrategy: oneOf(ChartNameChangeStrategy),
    cleanupOnFail: flag,
    force: flag,
    preserveValues: flag,
    serverSideApply: oneOf(ServerSideApply),
  }),
  rollback: struct({ ...ACTION, cleanupOnFail: flag, disableWaitForJobs: flag, force: flag, serverSideApply: oneOf(ServerSideApply) }),
  uninstall: struct({ ...ACTION, deletionPropagation: oneOf(DeletionPropagation), keepHistory: flag }),
  test: struct({ enable: flag, filters: listOf(struct({ name: bounded(253), exclude: flag }, ['name'])), ignoreFailures: flag, timeout: interval }),
  values: data,
  valuesFrom: listOf(valuesReference),
  postRenderers: listOf(struct({ patches, images })),
  postRenderStrategy: oneOf(PostRenderStrategy),
  waitStrategy: oneOf(WaitStrategy),
  healthCheckExprs,
  releaseName: bounded(53, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/),
  targetNamespace: namespace,
  storageNamespace: namespace,
  maxHistory: whole(0),
  persistentClient: flag,
  serviceAccountName: objectName,
  kubeConfig,
  commonMetadata,
  suspend: flag,
});

/** Throws FW550 to FW553, FW555, FW558, FW562, FW563 and FW565 to FW567 for a HelmRelease that Flux would refuse or misread. */
export function checkHelmRelease(path: string, props: Partial<HelmReleaseProps>): void {
  const kind = 'HelmRelease';
  SHAPE(at(path, kind), props);
  const fields = ['chart', 'chartRef'] as const;
  const given = fields.filter(field => props[field] !== undefined);
  if (given.length !== 1) {
    throw messages.exactlyOne.error(path, { kind, fields: [...fields], given });
  }
  if (props.chart !== undefined) {
    checkChart(path, kind, 'chart.', props.chart);
  }
  const idle = (field: string, fault: string) => messages.idleField.error(path, { kind, field, fault });
  for (const action of ['install', 'upgrade'] as const) {
    if (props[action]?.strategy?.name === ActionStrategyName.RETRY_ON_FAILURE && props[action]?.remediation !== undefined) {
      throw idle(`${action}.remediation`, 'is ignored with the strategy RetryOnFailure');
    }
  }
  if (props.waitStrategy === WaitStrategy.LEGACY && props.healthCheckExprs?.length) {
    throw idle('healthCheckExprs', 'are not read by the waitStrategy legacy');
  }
  if (props.install?.createNamespace === true && props.targetNamespace === undefined) {
    throw idle('install.createNamespace', 'has nothing to make: the namespace of the HelmRelease is there already');
  }
  const force = (['upgrade', 'rollback'] as const).find(action => props[action]?.force === true && props[action]?.serverSideApply === ServerSideApply.ENABLED);
  if (force !== undefined) {
    throw idle(`${force}.force`, 'is ignored with server-side apply');
  }
  if (props.test?.enable !== true && props.test?.filters?.length) {
    throw idle('test.filters', 'are not read while tests do not run');
  }
}
