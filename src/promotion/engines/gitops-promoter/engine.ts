import { ApiObject } from 'cdk8s';
import { capabilitiesOf } from './capabilities';
import type { GitOpsPromoterOptions } from './engine-options';
import { ArgoCDCommitStatus, ScheduledCommitStatus, TimedCommitStatus } from './gates';
import { PromotionStrategy, StrategyEnvironment } from './promotion-strategy';
import { Repository, Scm } from './scm';
import { GitRepository, ScmProvider } from './scm-objects';
import { openWindow, windowOf } from './windows';
import type { Finding } from '../../../core/diagnostics/finding';
import { FolderChart } from '../../../core/folder-chart';
import { isDnsSubdomain, platformLabels } from '../../../core/metadata';
import { nameFault } from '../../../core/names';
import type { Platform } from '../../../core/platform';
import { checkedHolders, checkOptions, PromotionBackend, Site } from '../../backend';
import { Holders, isOpen, PromotionRow } from '../../capability';
import { PromotionGate } from '../../gate';
import * as messages from '../../messages';
import { dropNamespace } from '../../objects';
import { forkOf, Road, RoadEnvironment } from '../../road';

const ENGINE = 'PromotionEngine.gitOpsPromoter';

/** The keys of the gates, which the strategy lists. */
const HEALTH = 'argocd-health';
const TIMER = 'timer';
const SCHEDULE = 'schedule';

/** GitOps Promoter: a release moves from the branch of one environment to that of the next, all workloads at once. */
export class GitOpsPromoterBackend extends PromotionBackend {
  public readonly title = 'GitOps Promoter';
  public readonly rollback = 'nothing goes back by itself. A revert of the commit that everything is rendered from goes the whole road, through all gates.';
  public readonly holders: Holders;
  private readonly options: GitOpsPromoterOptions;

  public constructor(options: GitOpsPromoterOptions) {
    super();
    checkOptions(ENGINE, options, ['scm', 'repository', 'secretRef', 'namespace', 'heldElsewhere']);
    const refuse = (option: string, value: unknown, fault: string) => messages.invalidOption.error('', { engine: ENGINE, option, value, fault });
    this.holders = checkedHolders(ENGINE, options.heldElsewhere);
    if ((options.scm as Partial<Scm> | undefined)?._scm === undefined) {
      throw refuse('scm', options.scm, 'is no promoter.Scm');
    }
    if ((options.repository as Partial<Repository> | undefined)?._host === undefined) {
      throw refuse('repository', options.repository, 'is no promoter.Repository');
    }
    if (options.repository._host !== options.scm._scm) {
      throw refuse('repository', options.repository._host, `is on another host than the scm, ${options.scm._scm}`);
    }
    if (!isDnsSubdomain(options.secretRef)) {
      throw refuse('secretRef', options.secretRef, 'is no name of a Secret');
    }
    if (options.namespace !== undefined && nameFault(options.namespace)) {
      throw refuse('namespace', options.namespace, nameFault(options.namespace)!);
    }
    this.options = { ...options };
  }

  public capabilities({ road }: Site): PromotionRow[] {
    return capabilitiesOf(road);
  }

  protected canLower({ road }: Site): boolean {
    return this.roadFindings(road, '').length === 0;
  }

  protected findings({ road, scope }: Site): Finding[] {
    return [...this.roadFindings(road, scope.node.path), ...stateFindings(road)];
  }

  protected lower({ platform, scope, road }: Site): void {
    const chart = promotionChart(scope, platform, this.options.namespace ?? `${platform.name}-promotion`);
    const { name } = platform;
    const { scm, repository, secretRef } = this.options;
    const { namespace } = chart;
    dropNamespace(new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
    new ScmProvider(chart, 'scm', { metadata: { name }, scm, secretRef });
    new GitRepository(chart, 'repository', { metadata: { name }, repository, scmProviderRef: { name } });
    const open = new Set(this.capabilities({ platform, scope, road }).filter(isOpen).map(row => `${row.environment!.name} ${row.gate}`));
    const holds = (environment: RoadEnvironment, gate: PromotionGate) => environment.gates.includes(gate) && !open.has(`${environment.name} ${gate}`);
    const after = (environment: RoadEnvironment) => road.environments.find(other => other.sources.includes(environment.name));
    const judges = (environment: RoadEnvironment, gate: PromotionGate) => {
      const next = after(environment);
      return next !== undefined && holds(next, gate) ? next : undefined;
    };
    const scheduled = road.environments.filter(each => holds(each, PromotionGate.ALLOWED_TIMES) || holds(each, PromotionGate.FREEZES));
    new PromotionStrategy(chart, 'strategy', {
      metadata: { name },
      gitRepositoryRef: name,
      environments: road.environments.map((environment): StrategyEnvironment => {
        const active = [
          ...(judges(environment, PromotionGate.HEALTH) ? [{ key: HEALTH }] : []),
          ...(judges(environment, PromotionGate.SOAK_TIME) ? [{ key: TIMER }] : []),
        ];
        return {
          branch: environment.branch!,
          // Where a gate is held elsewhere, whoever holds it merges.
          autoMerge: !environment.gates.some(gate => gate === PromotionGate.APPROVALS || !holds(environment, gate)),
          ...(active.length > 0 ? { activeCommitStatuses: active } : {}),
          ...(scheduled.includes(environment) ? { proposedCommitStatuses: [{ key: SCHEDULE }] } : {}),
        };
      }),
    });
    const healthy = road.environments.filter(environment => judges(environment, PromotionGate.HEALTH));
    if (healthy.length > 0) {
      new ArgoCDCommitStatus(chart, 'health', {
        metadata: { name: `${name}-health` },
        promotionStrategyRef: name,
        key: HEALTH,
        applicationSelector: {
          matchLabels: { 'app.kubernetes.io/part-of': name },
          matchExpressions: [
            { key: 'cdk8s-fairway/environment', operator: 'In', values: healthy.map(environment => environment.name) },
            // What a cluster needs beside comes from other repositories, which the gate refuses as a whole.
            { key: 'cdk8s-fairway/application', operator: 'DoesNotExist' },
          ],
        },
      });
    }
    const timed = road.environments.flatMap(environment => {
      const next = judges(environment, PromotionGate.SOAK_TIME);
      return next === undefined ? [] : [{ branch: environment.branch!, duration: `${next.protection.soakTime!.toSeconds()}s` }];
    });
    if (timed.length > 0) {
      new TimedCommitStatus(chart, 'soak-time', { metadata: { name: `${name}-soak-time` }, promotionStrategyRef: name, key: TIMER, environments: timed });
    }
    if (scheduled.length > 0) {
      new ScheduledCommitStatus(chart, 'times', {
        metadata: { name: `${name}-times` },
        promotionStrategyRef: name,
        key: SCHEDULE,
        environments: scheduled.map(environment => ({
          branch: environment.branch!,
          ...(holds(environment, PromotionGate.ALLOWED_TIMES) ? { allow: environment.protection.allowedTimes!.map(openWindow) } : {}),
          ...(holds(environment, PromotionGate.FREEZES) ? { exclude: environment.protection.freezes!.map(freeze => windowOf(freeze)!) } : {}),
        })),
      });
    }
  }

  /** What keeps the road from being one line of branches: FW906 and FW907. */
  private roadFindings(road: Road, where: string): Finding[] {
    const bare = road.environments.filter(environment => environment.branch === undefined).map(environment => environment.name);
    const fork = forkOf(road) ?? sharedBranch(road);
    return [
      ...(bare.length > 0 ? [messages.noBranch.at(where, { environments: bare })] : []),
      ...(fork === undefined ? [] : [messages.noChain.at(where, { fault: fork })]),
    ];
  }
}

function sharedBranch({ environments }: Road): string | undefined {
  const owners = new Map<string, string>();
  for (const { name, branch } of environments) {
    const other = branch === undefined ? undefined : owners.get(branch) ?? owners.get(branch.replace(/-next$/, ''));
    if (other !== undefined) {
      return `${other} and ${name} share the branch ${branch}, or one is called as what is proposed to the other`;
    }
    if (branch !== undefined) {
      owners.set(branch, name);
    }
  }
  return undefined;
}

/** Releases that a release state settles for one environment: the next one renders another, whichever commit comes there. */
function stateFindings(road: Road): Finding[] {
  return road.environments.flatMap(environment => {
    const settled = environment.workloads.filter(workload => workload.isReleased).map(workload => workload.name);
    const fault = 'a commit renders it there alone, so that what is tested in one environment is not what the next one gets';
    return settled.length === 0 ? [] : [messages.otherTruth.at(environment.path, {
      engine: 'GitOps Promoter', environment: environment.name, what: `settles the release of ${settled.join(', ')}`, fault,
    })];
  });
}

function promotionChart(scope: Site['scope'], platform: Platform, namespace: string): FolderChart {
  return new FolderChart(scope, 'gitops-promoter', {
    folder: 'promotion/gitops-promoter',
    namespace,
    labels: platformLabels(platform.name),
    isAppliedByHand: true,
  });
}
