import { Duration } from 'cdk8s';
import type { Manifest, RolloutObjects } from './rollout-objects';
import { Simulation } from '../simulation';
import { strategyText } from '../simulation/render/describe';
import type { Step } from '../strategies/step';
import { Steps } from '../strategies/steps';

/** How often a metric is measured that its template would measure without an end, where an end is needed. */
const MEASUREMENTS = 5;

/**
 * The own strategy of a workload beside common ones with the same pods, router and metrics: what another
 * choice would cost, and spare.
 */
export function alternatives(objects: RolloutObjects, version?: string): Record<string, Simulation> {
  const own = objects.rollout;
  const variant = (strategy: Manifest, analysisTemplates: Manifest[]) => Simulation.of({
    rollout: { ...own, spec: { ...own.spec, strategy } }, analysisTemplates, version,
  });
  const { analysis, templates } = eachOnce(analysisOf(own.spec?.strategy ?? {}), objects.analysisTemplates);
  const endless = templates.map(template => withMetrics(template, withoutCount));
  const counted = templates.map(template => withMetrics(template, withCount));
  // The new version is not judged before it has traffic.
  const background = analysis ? { analysis: { ...analysis, startingStep: 1 } } : {};
  const canary = (steps: Step[]) => variant({ canary: { ...routed(own), steps: steps.map(stepOf), ...background } }, endless);
  return {
    [`own: ${strategyText(own)}`]: Simulation.of({ rollout: own, analysisTemplates: objects.analysisTemplates, version }),
    ...(strategyText(own) === 'rolling update' ? {} : { 'rolling update': variant({ canary: { maxSurge: '25%', maxUnavailable: 0 } }, []) }),
    'linear canary': canary(Steps.linear({ increment: 20, every: Duration.minutes(5) })),
    'cautious canary': canary(Steps.cautious()),
    'blue-green': variant({
      blueGreen: {
        activeService: String(own.spec?.strategy?.blueGreen?.activeService ?? own.metadata?.name ?? 'active'),
        scaleDownDelaySeconds: 3600, // the old pods outlast the analysis
        ...(analysis ? { postPromotionAnalysis: analysis } : {}),
      },
    }, counted),
  };
}

/** The router of the Rollout, with what belongs to it. */
function routed({ spec }: Manifest): Manifest {
  const { trafficRouting, canaryService, stableService, minPodsPerReplicaSet, dynamicStableScale } = spec?.strategy?.canary ?? {};
  return trafficRouting === undefined ? { maxSurge: '25%', maxUnavailable: 0 } : clean({ trafficRouting, canaryService, stableService, minPodsPerReplicaSet, dynamicStableScale });
}

/** All that the Rollout is judged by, wherever it stands in its strategy, as one analysis. */
function analysisOf({ canary, blueGreen }: Manifest): Manifest | undefined {
  const steps: Manifest[] = Array.isArray(canary?.steps) ? canary.steps : [];
  const all: Manifest[] = [
    canary?.analysis, ...steps.map(step => step?.analysis), blueGreen?.prePromotionAnalysis, blueGreen?.postPromotionAnalysis,
  ].filter(Boolean);
  const unique = (items: Manifest[], key: (item: Manifest) => string) => [...new Map(items.map(item => [key(item), item])).values()];
  const templates = unique(all.flatMap(one => one.templates ?? []), ref => JSON.stringify([ref.templateName, ref.clusterScope ?? false]));
  const args = unique(all.flatMap(one => one.args ?? []), arg => String(arg.name));
  const dryRun = unique(all.flatMap(one => one.dryRun ?? []), rule => String(rule.metricName));
  return templates.length === 0 ? undefined : { templates, ...(args.length > 0 ? { args } : {}), ...(dryRun.length > 0 ? { dryRun } : {}) };
}

/** Steps may ask for one metric again and again; one analysis has each name once (utils/analysis/factory.go), and the first counts. */
function eachOnce(analysis: Manifest | undefined, all: Manifest[]): { analysis?: Manifest; templates: Manifest[] } {
  const refers = (template: Manifest) => (ref: Manifest) => ref.templateName === template.metadata?.name
    && (ref.clusterScope ?? false) === (template.kind === 'ClusterAnalysisTemplate');
  const seen = new Set<unknown>();
  const templates: Manifest[] = [];
  let refs: Manifest[] = analysis?.templates ?? [];
  for (const template of all) {
    const metrics: unknown = template.spec?.metrics;
    if (!Array.isArray(metrics) || !refs.some(refers(template))) {
      templates.push(template);
      continue;
    }
    const fresh = metrics.filter((metric: Manifest) => !seen.has(metric.name));
    fresh.forEach((metric: Manifest) => seen.add(metric.name));
    if (fresh.length > 0) {
      templates.push({ ...template, spec: { ...template.spec, metrics: fresh } });
    } else {
      refs = refs.filter(ref => !refers(template)(ref));
    }
  }
  return { analysis: analysis && { ...analysis, templates: refs }, templates };
}

function withMetrics(template: Manifest, change: (metric: Manifest) => Manifest): Manifest {
  const metrics: unknown = template.spec?.metrics;
  return Array.isArray(metrics) ? { ...template, spec: { ...template.spec, metrics: metrics.map(change) } } : template;
}

/** In the background of a canary a metric is measured until the end. */
function withoutCount({ count, ...metric }: Manifest): Manifest {
  return metric.interval === undefined ? { ...metric, ...(count === undefined ? {} : { count }) } : metric;
}

/** After a switch the analysis must come to an end. */
function withCount(metric: Manifest): Manifest {
  return metric.interval === undefined || metric.count !== undefined ? metric : { ...metric, count: MEASUREMENTS };
}

function stepOf({ _plan }: Step): Manifest {
  switch (_plan.kind) {
    case 'weight': return { setWeight: _plan.weight };
    case 'pause': return { pause: { duration: _plan.seconds } };
    default: throw new Error(`A step of the kind ${_plan.kind} is not among those of a preset.`);
  }
}

function clean(value: Manifest): Manifest {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
