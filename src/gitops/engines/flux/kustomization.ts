import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { checkSelf, dependsOn, hasteWarnings, ignoreWarnings, kubeConfig } from './applied';
import { sourceReference } from './chart-checks';
import {
  at, bounded, commonMetadata, driftRules, healthCheckExprs, images, interval, labels, metadata, named, namespace, objectName, patches, relativePath,
} from './fields';
import { BuildMetadata, DeletionPolicy, KustomizationProps, SubstituteReference, SubstituteStrategy } from './kustomization-props';
import * as messages from './messages';
import type { Dependency } from './references';
import { namespaceIn, warn } from './source-checks';
import { secretIn } from './syntax';
import { registerForTree } from './tree-check';
import type { Finding } from '../../../core/diagnostics/finding';
import { At, flag, listOf, made, oneOf, plain, struct, text } from '../../../core/shape';

/** A Flux `Kustomization` (kustomize.toolkit.fluxcd.io/v1), in any cdk8s chart: a directory of a source that is applied. Fields that have no property here are set with `addJsonPatch`. */
export class Kustomization extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Kustomization. Throws FW550 to FW553, FW563 and FW565 to FW567; warns FW554, FW564, FW570 and FW577. Checks over the tree give FW571 to FW574
   */
  public constructor(scope: Construct, id: string, props: KustomizationProps) {
    const path = `${scope.node.path}/${id}`;
    checkKustomization(path, props ?? {});
    super(scope, id, { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { ...props.metadata }, spec: specOf(props) });
    checkSelf(this, path, props.dependsOn);
    warn(this, where => warningsOf(where, props));
    const { kind, name, namespace: space } = props.sourceRef;
    registerForTree(this, { references: [{ field: 'sourceRef', kind, name, namespace: space }], dependsOn: props.dependsOn?.map(each => ({ ...each })) });
  }

  /** What stands in the `dependsOn` of a Kustomization that waits for this one. */
  public get dependency(): Dependency {
    return { name: this.name, namespace: namespaceIn(this) };
  }
}

function specOf(props: KustomizationProps): any {
  const { metadata: _, decryption, wait, healthChecks, ...rest } = props;
  return {
    ...plain({
      ...rest,
      interval: rest.interval ?? '60m',
      retryInterval: rest.retryInterval ?? '2m',
      timeout: rest.timeout ?? '3m',
      prune: rest.prune ?? true,
      wait: wait ?? (healthChecks?.length ? undefined : true),
      healthChecks,
      decryption: decryption && { provider: 'sops', ...decryption, secretRef: named(decryption.secretRef) },
    }),
    ...late(props, 'ignore'),
    ...late(props, 'healthCheckExprs'),
  };
}

/** A field that a getter gives: it is read when the object is printed. Until then what it is about may become more. */
function late(props: KustomizationProps, field: 'ignore' | 'healthCheckExprs') {
  const isGetter = Object.getOwnPropertyDescriptor(props, field)?.get !== undefined;
  return isGetter ? { [field]: Lazy.any({ produce: () => props[field]?.length ? plain(props[field]) : undefined }) } : {};
}

const substitute = (where: At, value: unknown) => {
  labels(where, value);
  for (const key of Object.keys(value as object)) {
    if (!/^[_A-Za-z][_A-Za-z0-9]*$/.test(key)) {
      throw messages.invalidField.error(where.path, { kind: where.kind, field: where.field, value: key, fault: 'has a variable whose name is refused' });
    }
  }
};

const substituteReference = (where: At, value: unknown) => {
  made('SubstituteReference', '_isSubstitute')(where, value);
  const { name, _substitutes } = value as SubstituteReference;
  objectName({ ...where, field: `${where.field}.name` }, name);
  struct({ optional: flag })(where, _substitutes ?? {});
};

const component = (where: At, value: unknown) => {
  text(where, value);
  if (/^\/|\p{C}|:\/\//u.test(value as string)) {
    throw messages.invalidField.error(where.path, { kind: where.kind, field: where.field, value, fault: 'is no directory of the source' });
  }
};

const SHAPE = struct({
  metadata,
  sourceRef: sourceReference(['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact']),
  path: relativePath,
  interval,
  retryInterval: interval,
  timeout: interval,
  prune: flag,
  deletionPolicy: oneOf(DeletionPolicy),
  dependsOn,
  wait: flag,
  healthChecks: listOf(struct({ apiVersion: text, kind: text, name: objectName, namespace }, ['kind', 'name'])),
  healthCheckExprs,
  ignore: driftRules,
  force: flag,
  targetNamespace: namespace,
  namePrefix: bounded(200),
  nameSuffix: bounded(200),
  patches,
  images,
  components: listOf(component),
  ignoreMissingComponents: flag,
  buildMetadata: listOf(oneOf(BuildMetadata)),
  postBuild: struct({ substitute, substituteFrom: listOf(substituteReference), substituteStrategy: oneOf(SubstituteStrategy) }),
  decryption: struct({ secretRef: objectName, serviceAccountName: objectName }),
  serviceAccountName: objectName,
  kubeConfig,
  commonMetadata,
  suspend: flag,
}, ['sourceRef']);

function checkKustomization(path: string, props: Partial<KustomizationProps>): void {
  const kind = 'Kustomization';
  SHAPE(at(path, kind), props);
  const { wait, healthChecks = [], healthCheckExprs: expressions = [] } = props;
  if (wait === true && healthChecks.length > 0) {
    throw messages.idleField.error(path, { kind, field: 'healthChecks', fault: 'are ignored, as wait looks at all objects' });
  }
  if (wait === false && healthChecks.length === 0 && expressions.length > 0) {
    throw messages.idleField.error(path, { kind, field: 'healthCheckExprs', fault: 'are not evaluated without wait or healthChecks' });
  }
  if (props.ignoreMissingComponents === true && !props.components?.length) {
    throw messages.idleField.error(path, { kind, field: 'ignoreMissingComponents', fault: 'says nothing without components' });
  }
}

function warningsOf(path: string, props: KustomizationProps): Finding[] {
  const kind = 'Kustomization';
  const secret = secretIn(props.postBuild?.substitute, 'postBuild.substitute');
  return [
    ...hasteWarnings(path, kind, 'interval', props.interval, '60s', 'is below what Flux is made for'),
    ...hasteWarnings(path, kind, 'timeout', props.timeout, '30s', 'is raised to 30 seconds'),
    ...ignoreWarnings(path, kind, props.ignore),
    ...(props.force === true ? [messages.recreates.at(path, { kind, field: 'force: true' })] : []),
    ...(secret === undefined ? [] : [messages.inlineSecret.at(path, { kind, field: secret })]),
  ];
}
