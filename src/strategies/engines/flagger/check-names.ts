import type { ApiObject } from 'cdk8s';
import type { Canary } from './canary';
import { called } from './check-target';
import { MeshProvider } from './mesh-provider';
import { MadeObject, routesMadeBy } from './provider-traits';
import { apexOf, type Tree } from './tree-index';
import * as messages from './tree-messages';
import type { Finding } from '../../../core/diagnostics/finding';

/*
 * What Flagger makes, and what it looks for in routes.
 */

/** FW686 and FW692. */
export function checkOwnedNames(tree: Tree, canary: Canary, target: ApiObject | undefined): Finding[] {
  const made = [...servicesOf(canary), ...primaryOf(canary), ...configsOf(target && tree.json(target)), ...routesOf(canary)];
  return [
    ...made.flatMap(({ group, kind, name }) => tree.find(canary, group, kind, name)
      .filter(other => other !== target)
      .map(other => messages.ownedName.at(canary, { object: called(kind, name), other: other.node.path }))),
    ...backends(tree, canary),
  ];
}

function servicesOf(canary: Canary): MadeObject[] {
  const apex = apexOf(canary);
  const { targetRef } = canary._props;
  if (targetRef._isKnative) {
    return [];
  }
  const names = [...(targetRef.kind === 'Service' ? [] : [apex]), `${apex}-primary`, `${apex}-canary`];
  return names.map(name => ({ group: '', kind: 'Service', name }));
}

function primaryOf({ _props: { targetRef, autoscalerRef } }: Canary): MadeObject[] {
  const isWorkload = targetRef.kind !== 'Service';
  return [
    ...(isWorkload ? [{ group: 'apps', kind: targetRef.kind, name: `${targetRef.name}-primary` }] : []),
    ...(autoscalerRef ? [{ group: autoscalerRef.apiVersion.split('/')[0], kind: autoscalerRef.kind, name: `${autoscalerRef.name}-primary` }] : []),
  ];
}

/** Copies of ConfigMaps and Secrets that the pods read (pkg/canary/config_tracker.go, GetTargetConfigs). */
function configsOf(json: any): MadeObject[] {
  const pod = json?.spec?.template?.spec ?? {};
  const containers: any[] = [...pod.containers ?? [], ...pod.initContainers ?? []];
  const volumes: any[] = [...pod.volumes ?? [], ...(pod.volumes ?? []).flatMap((volume: any) => volume.projected?.sources ?? [])];
  const env: any[] = containers.flatMap(container => container.env ?? []).map(each => each.valueFrom ?? {});
  const envFrom: any[] = containers.flatMap(container => container.envFrom ?? []);
  const maps = [...volumes.map(v => v.configMap?.name), ...env.map(e => e.configMapKeyRef?.name), ...envFrom.map(e => e.configMapRef?.name)];
  const secrets = [
    ...volumes.map(v => v.secret?.secretName ?? v.secret?.name), ...env.map(e => e.secretKeyRef?.name), ...envFrom.map(e => e.secretRef?.name),
  ];
  const copies = (kind: string, names: unknown[]) => [...new Set(names)]
    .filter(name => typeof name === 'string')
    .map(name => ({ group: '', kind, name: `${name}-primary` }));
  return [...copies('ConfigMap', maps), ...copies('Secret', secrets)];
}

function routesOf(canary: Canary): MadeObject[] {
  const { provider, ingressRef, routeRef } = canary._props;
  return routesMadeBy(provider, apexOf(canary), { ingress: ingressRef, route: routeRef });
}

function backends(tree: Tree, canary: Canary): Finding[] {
  const { provider, ingressRef, routeRef } = canary._props;
  const service = apexOf(canary);
  if (ingressRef !== undefined && (provider === MeshProvider.NGINX || provider === MeshProvider.SKIPPER)) {
    return tree.find(canary, 'networking.k8s.io', 'Ingress', ingressRef).flatMap(ingress => {
      const paths: any[] = (tree.json(ingress)?.spec?.rules ?? []).flatMap((rule: any) => rule.http?.paths ?? []);
      const isThere = paths.some(path => path.backend?.service?.name === service);
      return isThere ? [] : [messages.noBackend.at(canary, { route: called('Ingress', ingressRef), service, fault: 'has no backend' })];
    });
  }
  if (routeRef !== undefined && provider === MeshProvider.APISIX) {
    return tree.find(canary, 'apisix.apache.org', 'ApisixRoute', routeRef).flatMap(route => {
      const rules: any[] = tree.json(route)?.spec?.http ?? [];
      const rule = rules.find(each => each.backends?.some((backend: any) => backend.serviceName === service));
      const fault = rule === undefined ? 'has no backend' : rule.backends.length === 1 ? undefined : 'has further backends beside';
      return fault === undefined ? [] : [messages.noBackend.at(canary, { route: called('ApisixRoute', routeRef), service, fault })];
    });
  }
  return [];
}
