import { ProblemEntry } from '../core/diagnostics/problem';
import * as core from '../core/messages';
import * as environments from '../environments/messages';
import * as argocd from '../gitops/engines/argocd/messages';
import * as fluxEngine from '../gitops/engines/flux/engine-messages';
import * as flux from '../gitops/engines/flux/messages';
import * as gitops from '../gitops/messages';
import * as goldenPath from '../golden-path/messages';
import * as images from '../images/messages';
import * as delivery from '../pipelines/delivery/messages';
import * as azurePipelines from '../pipelines/engines/azure/messages';
import * as githubActions from '../pipelines/engines/github/messages';
import * as gitlabCi from '../pipelines/engines/gitlab/messages';
import * as jenkins from '../pipelines/engines/jenkins/messages';
import * as tektonEngine from '../pipelines/engines/tekton/engine-messages';
import * as tekton from '../pipelines/engines/tekton/messages';
import * as tektonTree from '../pipelines/engines/tekton/tree-messages';
import * as pipelineGaps from '../pipelines/gap-messages';
import * as pipelines from '../pipelines/messages';
import * as promoter from '../promotion/engines/gitops-promoter/messages';
import * as promoterTree from '../promotion/engines/gitops-promoter/tree-messages';
import * as kargo from '../promotion/engines/kargo/messages';
import * as kargoTree from '../promotion/engines/kargo/tree-messages';
import * as promotion from '../promotion/messages';
import * as simulation from '../simulation/messages';
import * as pictures from '../simulation/render/messages';
import * as rollouts from '../strategies/engines/argo-rollouts/messages';
import * as flagger from '../strategies/engines/flagger/messages';
import * as flaggerTree from '../strategies/engines/flagger/tree-messages';
import * as strategies from '../strategies/messages';
import * as workloads from '../workloads/messages';

/** The messages of every area. Each area has one module of them. */
const AREAS: object[] = [
  core, environments, images, strategies, rollouts, flagger, flaggerTree, workloads, simulation, pictures,
  gitops, argocd, flux, fluxEngine,
  promotion, kargo, kargoTree, promoter, promoterTree,
  pipelines, pipelineGaps, delivery, githubActions, gitlabCi, azurePipelines, jenkins, tekton, tektonTree, tektonEngine,
  goldenPath,
];

/** Everything that the library can find, by code. */
export function catalogue(): ProblemEntry[] {
  return collect(AREAS);
}

/** The entries that the modules export, by code. Throws when two share a code: findings could not be told apart. */
export function collect(modules: object[]): ProblemEntry[] {
  const entries = new Map<string, ProblemEntry>();
  for (const entry of modules.flatMap(module => Object.values(module)).filter(isEntry)) {
    const other = entries.get(entry.code);
    if (other) {
      throw new Error(`The code ${entry.code} is given twice: to "${other.title}" and to "${entry.title}".`);
    }
    const { code, severity, title, explanation } = entry;
    entries.set(code, { code, severity, title, explanation });
  }
  return [...entries.values()].sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }));
}

function isEntry(x: unknown): x is ProblemEntry {
  const entry = x as Record<keyof ProblemEntry, unknown> | null;
  return typeof entry === 'object' && entry !== null
    && [entry.code, entry.severity, entry.title, entry.explanation].every(field => typeof field === 'string');
}
