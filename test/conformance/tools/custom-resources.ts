import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ARGO_ROLLOUTS } from './argo-rollouts';
import { ask } from './checker';
import { FLAGGER } from './flagger';
import type { Tool } from './tool';
import { goBuild, goDownload, goVersionOf } from '../workshop';

/** A published module that carries CustomResourceDefinitions. */
interface Definitions {
  readonly module: string;
  readonly version: string;
  /** Folder of the module. */
  readonly folder: string;
  /** Which of its files to read. */
  readonly files: RegExp;
}

const GATEWAY_API = { module: 'sigs.k8s.io/gateway-api', folder: 'resources' };

const DEFINITIONS: Definitions[] = [
  {
    module: GATEWAY_API.module,
    version: goVersionOf(GATEWAY_API.module, GATEWAY_API.folder),
    folder: 'config/crd/standard',
    files: /^gateway\.networking\.k8s\.io_[a-z]+\.yaml$/,
  },
  {
    module: ARGO_ROLLOUTS.module,
    version: goVersionOf(ARGO_ROLLOUTS.module, ARGO_ROLLOUTS.folder),
    folder: 'manifests/crds',
    files: /-crd\.yaml$/,
  },
  {
    module: FLAGGER.module,
    version: goVersionOf(FLAGGER.module, FLAGGER.folder),
    folder: 'artifacts/flagger',
    files: /^crd\.yaml$/,
  },
  {
    module: 'istio.io/api',
    version: 'v1.31.4',
    folder: 'kubernetes',
    files: /^customresourcedefinitions\.gen\.yaml$/,
  },
  {
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    folder: 'config/crd/bases',
    files: /^keda\.sh_/,
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    folder: 'example/prometheus-operator-crd',
    files: /_(servicemonitors|podmonitors|probes|prometheusrules)\.yaml$/,
  },
  {
    module: 'github.com/traefik/traefik/v3',
    version: 'v3.7.13',
    folder: 'docs/content/reference/dynamic-configuration',
    files: /^traefik\.io_/,
  },
  {
    module: 'github.com/apache/apisix-ingress-controller',
    version: 'v1.8.4',
    folder: 'samples/deploy/crd/v1',
    files: /^Apisix/,
  },
  ...[
    ['source-controller', 'v1.9.1'],
    ['kustomize-controller', 'v1.9.4'],
    ['helm-controller', 'v1.6.3'],
    ['image-reflector-controller', 'v1.2.3'],
    ['image-automation-controller', 'v1.2.3'],
    ['notification-controller', 'v1.9.3'],
  ].map(([controller, version]) => ({
    module: `github.com/fluxcd/${controller}`, version, folder: 'config/crd/bases', files: /\.toolkit\.fluxcd\.io_/,
  })),
];

/** The API server's own check of what delivery engines, routers, autoscalers and Prometheus add to Kubernetes. */
function customResources(name: string, definitions: Definitions[], version: string): Tool {
  let program: string;
  let crds: string[];
  return {
    name,
    version,
    install: () => {
      program = goBuild({ name: 'custom-resources', folder: 'resources' });
      crds = definitions.flatMap(filesOf);
    },
    check: (tree) => ask([program], tree, (documents) => ({ documents, crds })),
  };
}

const OLDEST_ARGO_ROLLOUTS = 'v1.8.4';

export const newestCustomResources = customResources(
  'custom-resources', DEFINITIONS, `of the Gateway API ${DEFINITIONS[0].version} and ${DEFINITIONS.length - 1} others`,
);

/** Only Argo Rollouts' kinds, as the oldest supported release defines them. */
export const oldestArgoRollouts = customResources(
  'argo-rollouts-1.8',
  DEFINITIONS.filter(({ module }) => module === ARGO_ROLLOUTS.module).map((definitions) => ({ ...definitions, version: OLDEST_ARGO_ROLLOUTS })),
  OLDEST_ARGO_ROLLOUTS,
);

function filesOf({ module, version, folder, files }: Definitions): string[] {
  const path = join(goDownload(module, version), folder);
  const found = readdirSync(path).filter((file) => files.test(file)).sort().map((file) => join(path, file));
  if (found.length === 0) throw new Error(`${module} ${version} has no definitions in ${folder}`);
  return found;
}
