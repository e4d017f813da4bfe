import * as messages from './messages';
import type { TemplateSet } from './parse-analysis';
import type { BlueGreenPlan, CanaryPlan, CanaryScale, ExperimentPlan, RolloutPlan, StepPlan } from './plan';
import { count, flag, intOrPercent, items, Json, name, object, refuse, secondsOrDuration } from './read';

/** The versions of Argo Rollouts whose differences the simulator knows. */
const VERSIONS = ['1.8', '1.9', '1.10'];

/** Reads a Rollout as the controller would, and refuses what its validation refuses. */
export function parseRollout(rollout: unknown, templates: TemplateSet, version: unknown): RolloutPlan {
  if (typeof version !== 'string' || !VERSIONS.includes(version)) {
    refuse('version', version, 'is no known version of Argo Rollouts', `Write one of ${VERSIONS.join(', ')}.`);
  }
  if (typeof rollout !== 'object' || rollout === null || (rollout as Json).kind !== 'Rollout') {
    refuse('rollout', rollout, 'is no Rollout', 'Give the object with kind: Rollout, as its YAML has it.');
  }
  const spec = object((rollout as Json).spec, 'spec');
  const strategy = object(spec.strategy, 'spec.strategy');
  const both = [strategy.canary, strategy.blueGreen].filter(one => one !== undefined && one !== null).length;
  if (both !== 1) {
    refuse('spec.strategy', spec.strategy, both ? 'has two strategies' : 'has no strategy', 'Write either canary or blueGreen.');
  }
  const seconds = (key: string, fallback: number): number => (count(spec[key], `spec.${key}`) ?? fallback) * 1000;
  const progressDeadline = seconds('progressDeadlineSeconds', 600);
  const minReady = seconds('minReadySeconds', 0);
  if (progressDeadline <= minReady) {
    refuse('spec.progressDeadlineSeconds', progressDeadline / 1000, 'is not above minReadySeconds', 'Raise it.');
  }
  const metadata = object((rollout as Json).metadata, 'metadata');
  return {
    name: typeof metadata.name === 'string' ? metadata.name : 'rollout',
    replicas: count(spec.replicas, 'spec.replicas', 0, 1_000_000_000) ?? 1,
    minReady,
    progressDeadline,
    progressDeadlineAbort: flag(spec.progressDeadlineAbort, 'spec.progressDeadlineAbort', false),
    rollbackWindow: count(object(spec.rollbackWindow, 'spec.rollbackWindow').revisions, 'spec.rollbackWindow.revisions') ?? 0,
    paused: flag(spec.paused, 'spec.paused', false),
    strategy: strategy.canary
      ? canary(object(strategy.canary, 'spec.strategy.canary'), templates, version as string)
      : blueGreen(object(strategy.blueGreen, 'spec.strategy.blueGreen'), templates),
    metricNames: templates.metricNames(),
  };
}

function abortDelay(value: unknown, where: string): { abortDelay?: number; abortDelaySet: boolean } {
  const delay = count(value, where);
  return { abortDelay: delay === 0 ? undefined : (delay ?? 30) * 1000, abortDelaySet: delay !== undefined };
}

function canary(json: Json, templates: TemplateSet, version: string): CanaryPlan {
  const at = 'spec.strategy.canary';
  const routed = json.trafficRouting !== undefined && json.trafficRouting !== null;
  const routing = object(json.trafficRouting, `${at}.trafficRouting`);
  const maxWeight = count(routing.maxTrafficWeight, `${at}.trafficRouting.maxTrafficWeight`, 1) ?? 100;
  const dynamicStableScale = flag(json.dynamicStableScale, `${at}.dynamicStableScale`, false);
  if (dynamicStableScale && !routed) {
    refuse(`${at}.dynamicStableScale`, true, 'needs traffic routing', 'Add trafficRouting, or remove it.');
  }
  if (dynamicStableScale && json.scaleDownDelaySeconds !== undefined) {
    refuse(`${at}.scaleDownDelaySeconds`, json.scaleDownDelaySeconds, 'excludes dynamicStableScale', 'Remove one of both.');
  }
  const threshold = object(json.replicaProgressThreshold, `${at}.replicaProgressThreshold`);
  const analysis = object(json.analysis, `${at}.analysis`);
  const steps = items(json.steps, `${at}.steps`).map((step, i) => parseStep(object(step, `${at}.steps[${i}]`), `${at}.steps[${i}]`, templates, routed, maxWeight));
  checkExperimentWeights(steps, maxWeight, at);
  const maxSurge = intOrPercent(json.maxSurge ?? '25%', `${at}.maxSurge`);
  const maxUnavailable = intOrPercent(json.maxUnavailable ?? '25%', `${at}.maxUnavailable`);
  if (Object.values(maxSurge)[0] === 0 && Object.values(maxUnavailable)[0] === 0) {
    refuse(`${at}.maxSurge`, json.maxSurge, 'is 0, as maxUnavailable is', 'Raise one of both.');
  }
  return {
    kind: 'canary',
    steps,
    routed,
    maxWeight,
    maxSurge,
    maxUnavailable,
    dynamicStableScale,
    minPods: count(json.minPodsPerReplicaSet, `${at}.minPodsPerReplicaSet`, 1),
    minPodsCapped: version === '1.10',
    exactPromotion: version === '1.8',
    threshold: json.replicaProgressThreshold === undefined || json.replicaProgressThreshold === null ? undefined : {
      percent: threshold.type === 'Percent',
      value: count(threshold.value, `${at}.replicaProgressThreshold.value`) ?? 0,
    },
    analysis: templates.analysis(json.analysis, `${at}.analysis`, true),
    startingStep: count(analysis.startingStep, `${at}.analysis.startingStep`) ?? 0,
    scaleDownDelay: routed ? (count(json.scaleDownDelaySeconds, `${at}.scaleDownDelaySeconds`) ?? 30) * 1000 : 0,
    ...(routed ? abortDelay(json.abortScaleDownDelaySeconds, `${at}.abortScaleDownDelaySeconds`) : { abortDelay: 0, abortDelaySet: false }),
    scaleDownLimit: count(json.scaleDownDelayRevisionLimit, `${at}.scaleDownDelayRevisionLimit`) ?? Infinity,
  };
}

/** What an experiment takes comes from the stable pods: there must be as much left beside the canary. */
function checkExperimentWeights(steps: StepPlan[], maxWeight: number, at: string): void {
  let weight = 0;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'setWeight') {
      weight = step.weight;
    } else if (step.kind === 'experiment') {
      const sum = step.experiment.templates.reduce((all, template) => all + (template.weight ?? 0), weight);
      if (sum > maxWeight) {
        refuse(`${at}.steps[${i}].experiment`, sum, `is more than ${maxWeight} together with the weight of the canary`, 'Lower the weights of the templates.');
      }
    }
  }
}

const STEP_KINDS = ['setWeight', 'pause', 'analysis', 'experiment', 'setCanaryScale', 'setHeaderRoute', 'setMirrorRoute', 'plugin'];

function parseStep(json: Json, at: string, templates: TemplateSet, routed: boolean, maxWeight: number): StepPlan {
  const kinds = Object.keys(json).filter(key => json[key] !== undefined && json[key] !== null);
  if (kinds.length !== 1 || !STEP_KINDS.includes(kinds[0])) {
    refuse(at, kinds, kinds.length === 1 ? 'is no kind of step' : 'is not one kind of step', `Write exactly one of ${STEP_KINDS.join(', ')}.`);
  }
  const kind = kinds[0];
  const step = kind === 'setWeight' ? {} : object(json[kind], `${at}.${kind}`);
  if (!routed && ['setCanaryScale', 'setHeaderRoute', 'setMirrorRoute'].includes(kind)) {
    refuse(`${at}.${kind}`, json[kind], 'needs traffic routing', 'Add trafficRouting, or remove the step.');
  }
  switch (kind) {
    case 'setWeight':
      return { kind, weight: count(json.setWeight, `${at}.setWeight`, 0, maxWeight)! };
    case 'pause':
      return { kind, duration: secondsOrDuration(step.duration, `${at}.pause.duration`) };
    case 'analysis':
      return { kind, analysis: templates.analysis(step, `${at}.analysis`, false) };
    case 'experiment':
      return { kind, experiment: experiment(step, `${at}.experiment`, templates) };
    case 'setCanaryScale':
      return { kind, scale: canaryScale(step, `${at}.setCanaryScale`) };
    case 'setHeaderRoute':
      return { kind, name: name(step.name, `${at}.setHeaderRoute.name`) };
    case 'setMirrorRoute':
      return { kind, name: name(step.name, `${at}.setMirrorRoute.name`), percentage: count(step.percentage, `${at}.setMirrorRoute.percentage`, 0, 100) ?? 100 };
    default:
      throw messages.unsupported.error(at, { what: 'A step of a plug-in', remedy: 'Leave the step out of the simulation.' });
  }
}

function canaryScale(json: Json, at: string): CanaryScale {
  return {
    matchTrafficWeight: flag(json.matchTrafficWeight, `${at}.matchTrafficWeight`, false),
    replicas: count(json.replicas, `${at}.replicas`, 0, 1_000_000_000),
    weight: count(json.weight, `${at}.weight`, 0, 100),
  };
}

function experiment(json: Json, at: string, templates: TemplateSet): ExperimentPlan {
  const parts = items(json.templates, `${at}.templates`).map((one, i) => {
    const template = object(one, `${at}.templates[${i}]`);
    if (template.specRef !== 'canary' && template.specRef !== 'stable') {
      refuse(`${at}.templates[${i}].specRef`, template.specRef, 'is neither canary nor stable', 'Write canary or stable.');
    }
    return {
      name: name(template.name, `${at}.templates[${i}].name`),
      replicas: count(template.replicas, `${at}.templates[${i}].replicas`, 0, 1_000_000) ?? 1,
      canary: template.specRef === 'canary',
      weight: count(template.weight, `${at}.templates[${i}].weight`, 0, 100),
    };
  });
  if (parts.length === 0) {
    refuse(`${at}.templates`, json.templates, 'has no template', 'Write at least one.');
  }
  return {
    duration: secondsOrDuration(json.duration, `${at}.duration`),
    templates: parts,
    analyses: items(json.analyses, `${at}.analyses`).map((one, i) => {
      const where = `${at}.analyses[${i}]`;
      const ref = object(one, where);
      const plan = templates.analysis({
        templates: [{ templateName: ref.templateName, clusterScope: ref.clusterScope }],
        args: ref.args,
        dryRun: json.dryRun,
      }, where, json.duration !== undefined);
      return { name: name(ref.name, `${where}.name`), required: flag(ref.requiredForCompletion, `${where}.requiredForCompletion`, false), analysis: plan! };
    }),
    scaleDownDelay: (count(json.scaleDownDelaySeconds, `${at}.scaleDownDelaySeconds`) ?? 30) * 1000,
  };
}

function blueGreen(json: Json, templates: TemplateSet): BlueGreenPlan {
  const at = 'spec.strategy.blueGreen';
  const active = name(json.activeService, `${at}.activeService`);
  if (json.previewService === active) {
    refuse(`${at}.previewService`, active, 'is the active service, too', 'Write another Service.');
  }
  return {
    kind: 'blueGreen',
    previewService: typeof json.previewService === 'string' && json.previewService !== '',
    previewReplicas: count(json.previewReplicaCount, `${at}.previewReplicaCount`, 0, 1_000_000_000),
    autoPromotion: flag(json.autoPromotionEnabled, `${at}.autoPromotionEnabled`, true),
    autoPromotionDelay: (count(json.autoPromotionSeconds, `${at}.autoPromotionSeconds`) ?? 0) * 1000,
    prePromotion: templates.analysis(json.prePromotionAnalysis, `${at}.prePromotionAnalysis`, false),
    postPromotion: templates.analysis(json.postPromotionAnalysis, `${at}.postPromotionAnalysis`, false),
    scaleDownDelay: (count(json.scaleDownDelaySeconds, `${at}.scaleDownDelaySeconds`) ?? 30) * 1000,
    scaleDownDelaySet: json.scaleDownDelaySeconds !== undefined && json.scaleDownDelaySeconds !== null,
    ...abortDelay(json.abortScaleDownDelaySeconds, `${at}.abortScaleDownDelaySeconds`),
    scaleDownLimit: count(json.scaleDownDelayRevisionLimit, `${at}.scaleDownDelayRevisionLimit`) ?? Infinity,
  };
}
