import { ApplicationSet } from './application-set';
import { ApplicationSetStrategy, ApplicationsSync, MatchOperator, StrategyType } from './application-set-props';
import { folderOptions, Following, policyOf } from './applications';
import { Destination } from './destination';
import { ignoreDifferences } from './drift';
import { Generator } from './generator';
import * as own from './messages';
import { environmentProjectName } from './projects';
import type { FolderChart } from '../../../core/folder-chart';
import { platformLabels } from '../../../core/metadata';
import { Cluster, Environment } from '../../../environments';
import { LOCAL_SERVER } from '../../../environments/cluster';
import { ApplicationPlan, objectsIn } from '../../application-graph';
import { driftRulesOf } from '../../drift';

/** The label by which progressive syncs know in which step an Application is. */
const STEP = 'cdk8s-fairway/step';

/** One ApplicationSet with the Applications of an environment, in all of its regions. */
export function applicationSet(following: Following, chart: FolderChart, plans: ApplicationPlan[], isProgressive: boolean): void {
  const { platform, repository, revision } = following;
  const environment = plans[0].environment!;
  const isNamed = addressing(environment, plans.map(({ cluster }) => cluster));
  const steps = stepsOf(plans);
  const elements = plans.map(plan => {
    const rules = driftRulesOf(objectsIn(plan));
    return {
      name: plan.name,
      path: plan.source.kind === 'rendered' ? plan.source.path : '',
      namespace: plan.namespace,
      cluster: isNamed ? plan.cluster.name ?? 'in-cluster' : plan.cluster.url ?? LOCAL_SERVER,
      folder: plan.id,
      region: plan.region ?? plan.cluster.displayName,
      ...(isProgressive ? { step: String(steps.indexOf(stepOf(plan))) } : {}),
      ignoreDifferences: ignoreDifferences(rules),
      syncOptions: folderOptions(rules).map(({ value }) => value),
    };
  });
  const { automated, ...manual } = policyOf(plans[0], folderOptions([]), following.version);
  new ApplicationSet(chart, `set-${environment.name}`, {
    metadata: { name: `${platform.name}-${environment.name}` },
    generators: [Generator.list(elements)],
    template: {
      name: '{{ .name }}',
      labels: {
        ...platformLabels(platform.name),
        'cdk8s-fairway/environment': environment.name,
        'cdk8s-fairway/folder': '{{ .folder }}',
        'cdk8s-fairway/region': '{{ .region }}',
        ...(isProgressive ? { [STEP]: '{{ .step }}' } : {}),
      },
      annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
      // Deleting the set of the last environment deletes nothing that serves.
      ...(environment.isFinal ? {} : { finalizer: following.finalizer }),
      project: environmentProjectName(platform, plans[0], true),
      source: { repoURL: repository, path: '{{ .path }}', targetRevision: environment.branch ?? revision },
      destination: isNamed ? Destination.cluster('{{ .cluster }}', '{{ .namespace }}') : Destination.server('{{ .cluster }}', '{{ .namespace }}'),
      // With progressive syncs the controller of the set asks for each sync, and switches off what syncs by itself.
      syncPolicy: isProgressive ? manual : { automated, ...manual },
    },
    templatePatch: 'spec:\n  ignoreDifferences: {{ toJson .ignoreDifferences }}\n  syncPolicy:\n    syncOptions: {{ toJson .syncOptions }}\n',
    ...(environment.isFinal ? { syncPolicy: { applicationsSync: ApplicationsSync.CREATE_UPDATE, preserveResourcesOnDeletion: true } } : {}),
    ...(isProgressive ? { strategy: rolling(steps) } : {}),
  });
}

/** Whether clusters are addressed by their names; Argo CD's own is called `in-cluster` (util/db/cluster.go). Throws FW539. */
function addressing(environment: Environment, clusters: Cluster[]): boolean {
  const isNamed = clusters.every(({ url }) => url === undefined);
  if (!isNamed && clusters.some(({ name }) => name !== undefined)) {
    throw own.mixedAddresses.error(environment, { environment: environment.name });
  }
  return isNamed;
}

/** Region wave first, then what depends on what: a region is done before the next one begins. */
function stepOf({ regionWave, wave }: ApplicationPlan): string {
  return `${regionWave} ${wave}`;
}

function stepsOf(plans: ApplicationPlan[]): string[] {
  const sorted = [...plans].sort((a, b) => a.regionWave - b.regionWave || a.wave - b.wave);
  return [...new Set(sorted.map(stepOf))];
}

function rolling(steps: string[]): ApplicationSetStrategy {
  return {
    type: StrategyType.ROLLING_SYNC,
    rollingSync: { steps: steps.map((_, i) => ({ matchExpressions: [{ key: STEP, operator: MatchOperator.IN, values: [String(i)] }] })) },
  };
}
