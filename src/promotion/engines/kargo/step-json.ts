/*
 * What is flat in the fields of this library, and nested in those of Kargo.
 */

/** The config of a step, in the words of Kargo. */
export function upstreamConfig(uses: string, config: any): any {
  switch (uses) {
    case 'kustomize-build': return kustomizeBuild(config);
    case 'argocd-update': return { apps: config.apps.map((app: any) => ({ ...app, sources: app.sources?.map(source) })) };
    default: return config;
  }
}

function kustomizeBuild({ helmApiVersions, helmKubeVersion, ...config }: any): any {
  const isHelm = helmApiVersions !== undefined || helmKubeVersion !== undefined;
  return { ...config, plugin: isHelm ? { helm: { apiVersions: helmApiVersions, kubeVersion: helmKubeVersion } } : undefined };
}

function source({ helmImages, kustomizeImages, ...rest }: any): any {
  return {
    ...rest,
    helm: helmImages === undefined ? undefined : { images: helmImages },
    kustomize: kustomizeImages === undefined ? undefined : { images: kustomizeImages },
  };
}
