import { ApiObject } from 'cdk8s';
import { AnalysisJson, AnalysisTemplateSpecJson, ArgumentJson, ExperimentSpecJson, MetricJson, MetricRuleJson, RolloutSpecJson, TemplateRefJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { Surroundings } from './surroundings';
import { namespaceOf, Tree, TreeObject } from './tree';
import { metricNameRules } from './validation-analysis';
import { dig, limit, mapsOf, seconds } from './values';

/** Templates that are run together, and what they are given. */
interface Use {
  readonly field: string;
  readonly templates: TemplateRefJson[];
  readonly args?: ArgumentJson[];
  readonly dryRun?: MetricRuleJson[];
  readonly measurementRetention?: MetricRuleJson[];
  /** Whether something waits for the end of the analysis. */
  readonly mustEnd: boolean;
}

/** Templates that are not where they are looked for, arguments that nobody gives, metrics without end where the rollout waits. */
export function analysisChecks(say: Say, { rollout, spec, tree }: Surroundings): void {
  usesOf(spec).forEach(use => useChecks(say, rollout, use, tree));
  cancelledChecks(say, rollout, spec, tree);
}

/** The same for the analyses of an Experiment. */
export function experimentChecks(say: Say, experiment: ApiObject, { analyses = [] }: ExperimentSpecJson, tree: Tree): void {
  analyses.forEach(({ args, ...ref }, i) => useChecks(say, experiment, { field: `spec.analyses[${i}]`, templates: [ref], args, mustEnd: false }, tree));
}

function usesOf({ strategy: { canary, blueGreen } }: RolloutSpecJson): Use[] {
  const use = (field: string, analysis: AnalysisJson | undefined, mustEnd: boolean): Use[] => analysis ? [{ field: `spec.strategy.${field}`, ...analysis, mustEnd }] : [];
  return [
    ...use('canary.analysis', canary?.analysis, false),
    ...use('blueGreen.prePromotionAnalysis', blueGreen?.prePromotionAnalysis, true),
    ...use('blueGreen.postPromotionAnalysis', blueGreen?.postPromotionAnalysis, true),
    ...(canary?.steps ?? []).flatMap((step, i) => [
      ...use(`canary.steps[${i}].analysis`, step.analysis, true),
      ...(step.experiment?.analyses ?? []).map(({ args, ...ref }, j) => ({
        field: `spec.strategy.canary.steps[${i}].experiment.analyses[${j}]`, templates: [ref], args, mustEnd: false,
      })),
    ]),
  ];
}

function useChecks(say: Say, asker: ApiObject, use: Use, tree: Tree): void {
  const found = use.templates.map((ref, i) => ({ ref, field: `${use.field}.templates[${i}]`, template: findTemplate(tree, asker, ref) }));
  found.filter(({ template }) => !template).forEach(({ ref, field }) => misplacedCheck(say, asker, field, ref, tree));
  const templates = [...new Set(found.flatMap(({ template }) => template ? withNested(tree, asker, template) : []))];
  const metrics = templates.flatMap(template => metricsOf(template).map(metric => ({ template, metric })));
  clashChecks(say, use.field, templates, metrics.map(({ metric }) => metric.name));
  for (const [name, template] of missingArguments(templates, use.args)) {
    say(messages.argumentMissing, `${use.field}.args`, `does not give ${JSON.stringify(name)}, which the template ${JSON.stringify(template)} needs`);
  }
  metrics.filter(({ metric }) => use.mustEnd && metric.interval && limit(metric.count, 0) === 0).forEach(({ template, metric }) => {
    say(messages.endlessMetric, use.field, `waits for the metric ${JSON.stringify(metric.name)} of the template ${JSON.stringify(template.name)}, which has no count`);
  });
  const names = found.every(({ template }) => template) ? metrics.map(({ metric }) => metric.name) : undefined;
  metricNameRules(say, `${use.field}.dryRun`, use.dryRun, names);
  metricNameRules(say, `${use.field}.measurementRetention`, use.measurementRetention, names);
}

function findTemplate(tree: Tree, asker: ApiObject, { templateName, clusterScope }: TemplateRefJson): TreeObject | undefined {
  return clusterScope
    ? tree.findAnywhere(asker, 'argoproj.io', 'ClusterAnalysisTemplate', templateName)
    : tree.find(asker, 'argoproj.io', 'AnalysisTemplate', templateName);
}

function misplacedCheck(say: Say, asker: ApiObject, field: string, ref: TemplateRefJson, tree: Tree): void {
  const inCluster = tree.findAnywhere(asker, 'argoproj.io', 'ClusterAnalysisTemplate', ref.templateName);
  const elsewhere = tree.findAnywhere(asker, 'argoproj.io', 'AnalysisTemplate', ref.templateName);
  if (inCluster) {
    say(messages.unknownTemplate, field, 'is a ClusterAnalysisTemplate, and clusterScope is not given', ref.templateName);
  } else if (elsewhere) {
    say(messages.unknownTemplate, field, ref.clusterScope ? 'is no ClusterAnalysisTemplate' : `is in the namespace ${JSON.stringify(namespaceOf(elsewhere.object))}`, ref.templateName);
  }
}

/** A template and those that it names, in any depth. */
function withNested(tree: Tree, asker: ApiObject, template: TreeObject, seen = new Set<TreeObject>()): TreeObject[] {
  if (!seen.has(template)) {
    seen.add(template);
    for (const ref of mapsOf(dig(template.json, 'spec', 'templates'))) {
      const nested = findTemplate(tree, asker, ref);
      if (nested) {
        withNested(tree, asker, nested, seen);
      }
    }
  }
  return [...seen];
}

function metricsOf(template: TreeObject): MetricJson[] {
  return mapsOf(dig(template.json, 'spec', 'metrics'));
}

function argumentsOf(template: TreeObject): NonNullable<AnalysisTemplateSpecJson['args']> {
  return mapsOf(dig(template.json, 'spec', 'args'));
}

/** utils/analysis/helpers.go, flattenMetrics and flattenArgs. */
function clashChecks(say: Say, field: string, templates: TreeObject[], names: string[]): void {
  const twice = new Set(names.filter((name, i) => names.indexOf(name) < i));
  twice.forEach(name => say(messages.clashingTemplates, field, `has two metrics ${JSON.stringify(name)}`));
  const values = new Map<string, string>();
  for (const { name, value } of templates.flatMap(argumentsOf)) {
    if (value !== undefined && (values.get(name) ?? value) !== value) {
      say(messages.clashingTemplates, field, `has two values of the argument ${JSON.stringify(name)}`);
    }
    values.set(name, values.get(name) ?? value!);
  }
}

/** Arguments without a value, each with a template that declares it (utils/analysis/helpers.go, MergeArgs and ResolveArgs). */
function missingArguments(templates: TreeObject[], given: ArgumentJson[] = []): Map<string, string> {
  const declared = templates.flatMap(template => argumentsOf(template).map(arg => ({ ...arg, template: template.name })));
  const valued = new Set([...given, ...declared.filter(arg => arg.value !== undefined || arg.valueFrom)].map(arg => arg.name));
  return new Map(declared.filter(({ name }) => !valued.has(name)).map(({ name, template }) => [name, template]));
}

/** An analysis after the promotion lasts longer than the old version does. */
function cancelledChecks(say: Say, rollout: ApiObject, { strategy: { blueGreen } }: RolloutSpecJson, tree: Tree): void {
  const { scaleDownDelaySeconds: delay, postPromotionAnalysis } = blueGreen ?? {};
  if (delay === undefined || !postPromotionAnalysis) {
    return;
  }
  const templates = postPromotionAnalysis.templates.map(ref => findTemplate(tree, rollout, ref)).filter(template => template !== undefined);
  const longest = Math.max(0, ...templates.flatMap(metricsOf).map(({ initialDelay, interval, count }) => {
    return (seconds(initialDelay) ?? 0) + ((limit(count, 1) ?? 1) - 1) * (seconds(interval) ?? 0);
  }));
  if (longest > delay) {
    say(messages.cancelledAnalysis, 'spec.strategy.blueGreen.scaleDownDelaySeconds', `is less than the ${longest} seconds of postPromotionAnalysis`, delay);
  }
}
