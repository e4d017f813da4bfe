import { Construct } from 'constructs';
import { ApplicationPlan, applicationsOf, objectsIn } from './application-graph';
import { GitOpsBackend, Parts } from './backend';
import { driftRulesOf } from './drift';
import { waitsForPerson } from './pauses';
import { supportTable } from '../core/capability';
import { Platform } from '../core/platform';

/** What makes the clusters follow the repository, to be read by people. */
export class GitOps {
  /**
   * The delivery of a platform.
   *
   * @param platform the platform, or a construct in one. Throws FW110 outside of one
   */
  public static of(platform: Construct): GitOps {
    return new GitOps(Platform.ofConstruct(platform));
  }

  private constructor(private readonly platform: Platform) {}

  /**
   * How the engine carries out what this platform asks of it: a table of the order, of regions, of fields that controllers own, of
   * rights and removal, whether each is native, emulated, approximated or unsupported, and how. The model is lowered for it:
   * what is declared afterwards is refused (FW106).
   */
  public explain(): string {
    this.platform.lower();
    const backend = GitOpsBackend.tryOf(this.platform);
    if (backend === undefined) {
      return `${this.platform.name} has no GitOps engine: whoever applies the manifests decides on all of it.\n`;
    }
    const parts = partsOf(applicationsOf(this.platform));
    const clusters = new Set(parts.applications.map(plan => plan.cluster.displayName)).size;
    const head = `${this.platform.name}: ${count(parts.applications.length, 'application')} on ${count(clusters, 'cluster')}, by ${backend.title}`;
    return `${head}\n${supportTable(backend.capabilities(parts).map(({ part, support, how }) => [part, support, how] as const))}`;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** What of the applications an engine has to carry out. */
export function partsOf(applications: ApplicationPlan[]): Parts {
  const byName = new Map(applications.map(plan => [plan.name, plan]));
  const edges = applications.flatMap(after => after.dependsOn.flatMap(name => byName.has(name) ? [{ after, before: byName.get(name)! }] : []));
  const shown = (edge: (typeof edges)[number] | undefined) => edge && `${edge.after.id} after ${edge.before.id}`;
  const environments = [...new Set(applications.flatMap(plan => plan.environment ?? []))];
  const once = [...new Map(applications.map(plan => [plan.chart ?? plan.name, plan])).values()];
  return {
    applications,
    order: shown(edges.find(({ after, before }) => after.workload !== undefined && before.workload !== undefined)),
    across: shown(edges.find(({ before }) => before.application !== undefined)),
    regions: environments.flatMap(environment => {
      const waves = [...new Set(environment.regions.map(({ wave = 0 }) => wave))].sort((a, b) => a - b);
      const named = waves.map(wave => environment.regions.filter(region => (region.wave ?? 0) === wave).map(({ name }) => name).join(' and '));
      return waves.length > 1 ? [`${environment.name}: ${named.join(', then ')}`] : [];
    }),
    owned: once.reduce((sum, plan) => sum + driftRulesOf(objectsIn(plan)).length, 0),
    final: environments.filter(environment => environment.isFinal).map(({ name }) => name),
    approvals: [...new Set(once.filter(plan => objectsIn(plan).some(waitsForPerson)).map(plan => plan.workload ?? plan.id))],
    elsewhere: [...new Set(applications.flatMap(({ application }) => application?.name ?? []))],
  };
}
