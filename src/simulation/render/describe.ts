import { durationText } from './format';
import type { TimelineReportProps } from './timeline-report';

type Json = Record<string, any>;

/**
 * What a Rollout and its analysis templates say of themselves: the steps in words, and the number that each
 * metric is held against. What is written otherwise is left out: it is for the picture only.
 */
export function describeRollout(rollout: any, analysisTemplates: readonly any[] = []): Pick<TimelineReportProps, 'steps' | 'thresholds'> {
  const steps: unknown = rollout?.spec?.strategy?.canary?.steps;
  return {
    steps: Array.isArray(steps) ? steps.map(step => stepText((step ?? {}) as Json)) : [],
    thresholds: thresholdsOf(analysisTemplates),
  };
}

/** The strategy of a Rollout in a few words: `routed canary`, `rolling update`. */
export function strategyText(rollout: any): string {
  const strategy = (rollout?.spec?.strategy ?? {}) as Json;
  if (strategy.blueGreen) {
    return 'blue-green';
  }
  const steps = (strategy.canary?.steps ?? []) as unknown[];
  return steps.length === 0 ? 'rolling update' : strategy.canary.trafficRouting ? 'routed canary' : 'canary by replicas';
}

function stepText(step: Json): string {
  if (step.setWeight !== undefined) {
    return `${step.setWeight} %`;
  }
  if (step.pause !== undefined) {
    const duration: unknown = step.pause?.duration;
    return duration === undefined ? 'wait for a person' : `pause ${pauseText(duration)}`;
  }
  if (step.setCanaryScale !== undefined) {
    return 'scale';
  }
  if (step.setHeaderRoute !== undefined) {
    return 'header route';
  }
  if (step.setMirrorRoute !== undefined) {
    return 'mirror';
  }
  return Object.keys(step)[0] ?? 'step'; // analysis, experiment, plugin
}

/** `10m` of the Rollout as `10 min`. */
function pauseText(duration: unknown): string {
  const [, number, unit] = /^(\d+)([smh]?)$/.exec(String(duration)) ?? [];
  return number === undefined ? String(duration) : durationText(Number(number) * ({ m: 60, h: 3600 }[unit] ?? 1));
}

/** A comparison of the result with a number in a condition: `result[0] >= 0.95`, `result < 0.01`; never that of its length. */
const COMPARISON = /(?<!len\()\bresult(?:\[0\])?\)?\s*(?:>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)/i;

function thresholdsOf(templates: readonly any[]): Record<string, number> {
  const thresholds: Record<string, number> = {};
  for (const template of templates) {
    const metrics: unknown = template?.spec?.metrics;
    for (const metric of Array.isArray(metrics) ? metrics as Json[] : []) {
      const found = [metric?.successCondition, metric?.failureCondition]
        .flatMap(condition => COMPARISON.exec(String(condition ?? '').slice(0, 400))?.[1] ?? []);
      if (typeof metric?.name === 'string' && found.length > 0) {
        thresholds[metric.name] = Number(found[0]);
      }
    }
  }
  return thresholds;
}
