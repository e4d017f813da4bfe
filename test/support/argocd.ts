/*
 * What a project of Argo CD permits (pkg/apis/application/v1alpha1/types.go: IsSourcePermitted, IsDestinationPermitted,
 * IsGroupKindNamePermitted), for projects without blacklists, and with globs at the end of names alone.
 */

/** Whether a project permits an Application to have its source and destination. */
export function permitsApplication(project: any, application: any): boolean {
  const { source, destination } = application.spec;
  return application.spec.project === project.metadata.name
    && project.spec.sourceRepos.includes(source.repoURL)
    && permitsDestination(project, destination, destination.namespace);
}

/** Whether a project permits an Application to change an object. */
export function permitsObject(project: any, application: any, object: any): boolean {
  const [group] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
  const isSame = (item: any) => item.group === group && item.kind === object.kind;
  if (isClusterWide(object)) {
    return project.spec.clusterResourceWhitelist.some((item: any) => isSame(item) && isNamed(item.name ?? '*', object.metadata.name));
  }
  return project.spec.namespaceResourceWhitelist.some(isSame)
    && permitsDestination(project, application.spec.destination, object.metadata.namespace ?? application.spec.destination.namespace);
}

function isNamed(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** The kinds that the tests use and that live in no namespace. */
export function isClusterWide({ kind }: any): boolean {
  return ['Namespace', 'PriorityClass', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'StorageClass', 'ClusterIssuer', 'GatewayClass'].includes(kind);
}

function permitsDestination(project: any, { server, name }: any, namespace: string): boolean {
  return project.spec.destinations.some((d: any) => d.server === server && d.name === name && d.namespace === namespace);
}
