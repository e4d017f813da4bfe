import { isBorder } from './access';
import { Annotations } from './annotations';
import { ignoreRules } from './drift';
import { healthCheckExprsOf } from './health';
import type { KustomizationProps } from './kustomization-props';
import { environmentName, pathOf, Place, Setting } from './place';
import type { SourceReference } from './references';
import { ApplicationPlan, objectsIn, ReleasePlan } from '../../application-graph';

/** What a Kustomization of the engine has, whatever it applies. */
export function common({ options }: Setting, place: Place): Pick<KustomizationProps, 'interval' | 'retryInterval' | 'serviceAccountName' | 'kubeConfig'> {
  return {
    interval: options.interval,
    retryInterval: options.retryInterval,
    serviceAccountName: options.lockdown ? place.trusted.kustomize : undefined,
    kubeConfig: place.kubeConfig,
  };
}

/** Name, labels, and whether a person has the last word. */
export function metadataOf({ platform }: Setting, plan: ApplicationPlan): KustomizationProps['metadata'] {
  const { name, environment, workload, application, region, release } = plan;
  const annotations = {
    ...(release ? eventAnnotations(release) : {}),
    // Out of the repository it finds its folder no longer and does nothing, until a person deletes it.
    ...(environment?.isFinal ? Annotations.keep() : {}),
  };
  return {
    name,
    labels: {
      'app.kubernetes.io/part-of': platform.name,
      ...(environment === undefined ? {} : { 'cdk8s-fairway/environment': environment.name }),
      ...(workload === undefined ? {} : { 'cdk8s-fairway/workload': workload }),
      ...(application === undefined ? {} : { 'cdk8s-fairway/application': application.name }),
      ...(region === undefined ? {} : { 'cdk8s-fairway/region': region }),
    },
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}

/** What alerts tell of a release: the image that runs and the commit that it was built from (notification-controller docs/spec/v1beta3/alerts.md, Event metadata). */
function eventAnnotations({ image, sourceCommit, sourceRepository }: ReleasePlan): Record<string, string> {
  return {
    'event.toolkit.fluxcd.io/image': image,
    ...(sourceCommit === undefined ? {} : { 'event.toolkit.fluxcd.io/source-commit': sourceCommit }),
    ...(sourceRepository === undefined ? {} : { 'event.toolkit.fluxcd.io/source-repository': sourceRepository }),
  };
}

/** The Kustomization of a folder of an environment. */
export function folderProps(
  setting: Setting, place: Place, plan: ApplicationPlan, sourceRef: SourceReference, access: string | undefined,
): KustomizationProps {
  const { platform, options } = setting;
  const isLocked = access !== undefined && !isBorder(plan);
  return {
    ...common(setting, place),
    metadata: metadataOf(setting, plan),
    sourceRef,
    path: pathOf(setting, plan.source.kind === 'rendered' ? plan.source.path : ''),
    timeout: `${plan.timeoutSeconds}s`,
    prune: plan.prune,
    wait: true,
    dependsOn: dependenciesOf(plan.dependsOn, isLocked ? access : undefined),
    ...(isLocked ? { serviceAccountName: environmentName(platform, plan) } : {}),
    decryption: options.decryption,
    // Read when it is printed: until then the objects that these are about may become more.
    get healthCheckExprs() {
      return healthCheckExprsOf(objectsIn(plan));
    },
    get ignore() {
      return ignoreRules(objectsIn(plan));
    },
  };
}

/** What a Kustomization waits for: what the model says, and what the engine makes for it. */
export function dependenciesOf(names: string[], ...own: Array<string | undefined>): KustomizationProps['dependsOn'] {
  const all = [...names, ...own.filter(name => name !== undefined)].sort();
  return all.length === 0 ? undefined : all.map(name => ({ name }));
}
