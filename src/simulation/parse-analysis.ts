import * as messages from './messages';
import { judgeOf } from './metric';
import type { AnalysisPlan, MetricPlan } from './plan';
import { flag, goDuration, intOrString, items, Json, name, object } from './read';

interface Template {
  readonly args: readonly unknown[];
  readonly metrics: readonly unknown[];
  readonly dryRun: readonly unknown[];
  readonly templates: readonly unknown[];
}

/** The analysis templates that a Rollout refers to. */
export class TemplateSet {
  private readonly templates = new Map<string, Template>();
  private readonly names = new Set<string>();

  public constructor(objects: unknown) {
    for (const [i, one] of items(objects, 'analysisTemplates').entries()) {
      const at = `analysisTemplates[${i}]`;
      const json = object(one, at);
      if (json.kind !== 'AnalysisTemplate' && json.kind !== 'ClusterAnalysisTemplate') {
        throw messages.notSimulated.error(at, { value: json.kind, fault: 'is no kind of analysis template', remedy: 'Give AnalysisTemplate and ClusterAnalysisTemplate objects.' });
      }
      const spec = object(json.spec, `${at}.spec`);
      this.templates.set(`${json.kind}/${name(object(json.metadata, `${at}.metadata`).name, `${at}.metadata.name`)}`, {
        args: items(spec.args, `${at}.spec.args`),
        metrics: items(spec.metrics, `${at}.spec.metrics`),
        dryRun: items(spec.dryRun, `${at}.spec.dryRun`),
        templates: items(spec.templates, `${at}.spec.templates`),
      });
    }
  }

  /** All metrics of all analyses that were asked for. */
  public metricNames(): string[] {
    return [...this.names].sort();
  }

  /** What an analysis of a Rollout measures; undefined for none. */
  public analysis(analysis: unknown, at: string, endless: boolean): AnalysisPlan | undefined {
    const json = object(analysis, at);
    const refs = items(json.templates, `${at}.templates`);
    if (refs.length === 0) {
      return undefined;
    }
    const found = new Map<string, Template>();
    refs.forEach((ref, i) => this.collect(ref, `${at}.templates[${i}]`, found));
    const all = [...found.values()];
    const args = argumentsOf([...all.flatMap(template => template.args), ...items(json.args, `${at}.args`)], at);
    const dryRun = [...all.flatMap(template => template.dryRun), ...items(json.dryRun, `${at}.dryRun`)].map((rule, i) => pattern(object(rule, `${at}.dryRun[${i}]`).metricName, `${at}.dryRun[${i}]`));
    const metrics = all.flatMap(template => template.metrics).map(metric => parseMetric(object(resolve(metric, args, at), at), at, dryRun, endless));
    if (metrics.length === 0) {
      throw messages.invalidMetric.error(at, { metric: [...found.keys()], fault: 'are templates without metrics', remedy: 'Write at least one metric.' });
    }
    for (const rule of dryRun) {
      if (!metrics.some(metric => rule.test(metric.name))) {
        throw messages.invalidMetric.error(at, { metric: rule.source, fault: 'is a dry run of no metric', remedy: 'Name a metric of the analysis.' });
      }
    }
    for (const metric of metrics) {
      if (metrics.some(other => other !== metric && other.name === metric.name)) {
        throw messages.invalidMetric.error(at, { metric: metric.name, fault: 'is there twice', remedy: 'Give each metric of an analysis a name of its own.' });
      }
      this.names.add(metric.name);
    }
    return { metrics };
  }

  private collect(value: unknown, at: string, found: Map<string, Template>): void {
    const ref = object(value, at);
    const kind = flag(ref.clusterScope, `${at}.clusterScope`, false) ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
    const key = `${kind}/${name(ref.templateName, `${at}.templateName`)}`;
    if (found.has(key)) {
      return; // templates may refer to each other, even in a ring
    }
    const template = this.templates.get(key);
    if (!template) {
      throw messages.unknownTemplate.error(at, {
        template: String(ref.templateName), kind, known: [...this.templates.keys()].filter(known => known.startsWith(`${kind}/`)).map(known => known.slice(kind.length + 1)),
      });
    }
    found.set(key, template);
    template.templates.forEach((inner, i) => this.collect(inner, `${at} → templates[${i}]`, found));
  }
}

/** Arguments by name; those of the Rollout come last and win. What only the cluster knows gets a placeholder. */
function argumentsOf(args: unknown[], at: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [i, one] of args.entries()) {
    const arg = object(one, `${at}.args[${i}]`);
    if (arg.value !== undefined && arg.value !== null) {
      values.set(name(arg.name, `${at}.args[${i}].name`), String(arg.value));
    } else if (arg.valueFrom) {
      values.set(name(arg.name, `${at}.args[${i}].name`), 'from-cluster');
    }
  }
  return values;
}

/** Puts arguments in the place of `{{args.x}}`. */
function resolve(value: unknown, args: Map<string, string>, at: string): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{\{\s*args\.([^}\s]+)\s*\}\}/g, (_, arg: string) => args.get(arg) ?? unresolved(arg, at));
  }
  if (Array.isArray(value)) {
    return value.map(one => resolve(one, args, at));
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, args, at)])) : value;
}

function unresolved(arg: string, at: string): never {
  throw messages.invalidMetric.error(at, { metric: `{{args.${arg}}}`, fault: 'has no value', remedy: `Give the argument ${arg} in the Rollout, or a default in the template.` });
}

function pattern(value: unknown, at: string): RegExp {
  try {
    return new RegExp(String(value));
  } catch {
    throw messages.invalidMetric.error(at, { metric: value, fault: 'is no regular expression', remedy: 'Write the name of a metric.' });
  }
}

function parseMetric(json: Json, at: string, dryRun: RegExp[], endless: boolean): MetricPlan {
  const metric = name(json.name, `${at}.metrics.name`);
  const where = `${at} → ${metric}`;
  const bad = (fault: string, remedy: string): never => {
    throw messages.invalidMetric.error(where, { metric, fault, remedy });
  };
  const limit = (key: string, fallback: number): number => {
    const value = intOrString(json[key], `${where}.${key}`) ?? fallback;
    return value;
  };
  const time = (key: string): number | undefined => {
    const value = json[key];
    return value === undefined || value === null || value === '' ? undefined : goDuration(value) ?? bad(`has the ${key} ${JSON.stringify(value)}, which is no duration`, 'Write for example "60s".');
  };
  const interval = time('interval');
  const given = limit('count', 0);
  const failureLimit = limit('failureLimit', 0);
  const inconclusiveLimit = limit('inconclusiveLimit', 0);
  const consecutiveErrorLimit = limit('consecutiveErrorLimit', 4);
  const consecutiveSuccessLimit = limit('consecutiveSuccessLimit', 0);
  if (consecutiveSuccessLimit < 0 || inconclusiveLimit < 0 || consecutiveErrorLimit < 0 || failureLimit < -1 || given < 0) {
    bad('has a limit below 0', 'Write 0 or more; only failureLimit may be -1.');
  }
  if (consecutiveSuccessLimit === 0 && failureLimit === -1) {
    bad('can neither fail nor succeed', 'Set failureLimit or consecutiveSuccessLimit.');
  }
  if (given > 0 && (given < Math.max(failureLimit, 0) + consecutiveSuccessLimit || given < inconclusiveLimit)) {
    bad('has a count below its limits', 'Raise count, or lower failureLimit, consecutiveSuccessLimit and inconclusiveLimit.');
  }
  if (given > 1 && interval === undefined) {
    bad('has a count and no interval', 'Write an interval.');
  }
  const count = given > 0 ? given : interval === undefined ? 1 : Infinity;
  if (count === Infinity && !endless) {
    bad('never ends: it has an interval and no count', 'Write a count. Only background analysis may go on without end.');
  }
  if (interval !== undefined && interval < 1) {
    bad('has an interval of nothing', 'Write for example "60s".');
  }
  return {
    name: metric,
    dryRun: dryRun.some(rule => rule.test(metric)),
    interval,
    initialDelay: time('initialDelay') ?? 0,
    count,
    failureLimit,
    inconclusiveLimit,
    consecutiveErrorLimit,
    consecutiveSuccessLimit,
    judge: judgeOf(json, where),
  };
}
