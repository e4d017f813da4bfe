import { CanaryJson, RolloutSpecJson, StepJson, StringMatchJson } from './json-types';
import * as messages from './messages';
import { Say } from './report';
import { argumentRules } from './validation-arguments';
import { RolloutsVersion } from './version';
import { isBefore } from './version-order';

const STEPS = 'spec.strategy.canary.steps';

/** The rules of the steps of a canary, one by one and in their order. */
export function stepRules(say: Say, spec: RolloutSpecJson, canary: CanaryJson, version: RolloutsVersion): void {
  const { steps = [], trafficRouting } = canary;
  steps.forEach((step, i) => {
    const path = `${STEPS}[${i}]`;
    const kinds = Object.keys(step);
    if (kinds.length !== 1) {
      say(messages.oneStepKind, path, kinds.length === 0 ? 'is empty' : `is ${kinds.join(' and ')} at once`);
    }
    weightRules(say, path, step, trafficRouting?.maxTrafficWeight);
    scaleRules(say, path, step, spec, canary);
    routeRules(say, path, step, canary, version);
    experimentRules(say, path, step, canary);
    argumentRules(say, `${path}.analysis`, step.analysis?.args);
    step.experiment?.analyses?.forEach((analysis, j) => argumentRules(say, `${path}.experiment.analyses[${j}]`, analysis.args));
  });
  scaleThenWeight(say, steps, spec.replicas, trafficRouting?.maxTrafficWeight);
  unwatchedPause(say, canary);
}

function weightRules(say: Say, path: string, { setWeight }: StepJson, most = 100): void {
  if (setWeight !== undefined && (setWeight < 0 || setWeight > most)) {
    say(messages.invalidWeight, `${path}.setWeight`, `is not from 0 to ${most}`, setWeight);
  }
}

function scaleRules(say: Say, path: string, { setCanaryScale }: StepJson, { replicas }: RolloutSpecJson, canary: CanaryJson): void {
  const { trafficRouting, dynamicStableScale } = canary;
  if (!setCanaryScale) {
    return;
  }
  const ways = [setCanaryScale.weight, setCanaryScale.replicas, setCanaryScale.matchTrafficWeight].filter(way => way !== undefined && way !== false);
  if (ways.length !== 1) {
    say(messages.oneStepKind, `${path}.setCanaryScale`, ways.length === 0 ? 'is empty' : 'says the scale in several ways');
  }
  if (!trafficRouting) {
    say(messages.scaleNeedsRouter, `${path}.setCanaryScale`, 'needs trafficRouting');
  }
  if (dynamicStableScale && replicas !== undefined && (setCanaryScale.replicas ?? 0) > replicas) {
    say(messages.weightBeyondAll, `${path}.setCanaryScale.replicas`, `is more than replicas, ${replicas}`, setCanaryScale.replicas);
  }
}

function routeRules(say: Say, path: string, step: StepJson, { trafficRouting }: CanaryJson, version: RolloutsVersion): void {
  const { setHeaderRoute, setMirrorRoute } = step;
  const hasPlugins = Object.keys(trafficRouting?.plugins ?? {}).length > 0;
  if (setHeaderRoute) {
    if (!trafficRouting?.istio && !trafficRouting?.alb && !trafficRouting?.apisix && !hasPlugins) {
      say(messages.headerRouteNotSupported, `${path}.setHeaderRoute`, 'needs istio, alb, apisix or a plug-in');
    }
    setHeaderRoute.match?.forEach(({ headerValue }, i) => {
      const at = `${path}.setHeaderRoute.match[${i}].headerValue`;
      if (trafficRouting?.alb && !(headerValue.exact && !headerValue.prefix && !headerValue.regex)) {
        say(messages.albNeedsExact, at, 'is no exact value', headerValue);
      } else {
        matchRules(say, at, headerValue);
      }
    });
  }
  if (setMirrorRoute) {
    const pluginsMirror = hasPlugins && !isBefore(version, RolloutsVersion.V1_10);
    if (!trafficRouting?.istio && !pluginsMirror) {
      say(messages.mirrorRouteNotSupported, `${path}.setMirrorRoute`, hasPlugins ? 'needs istio, or Argo Rollouts 1.10 for plug-ins' : 'needs istio');
    }
    setMirrorRoute.match?.forEach(({ method, path: urlPath, headers = {} }, i) => {
      const texts = { method, path: urlPath, ...Object.fromEntries(Object.entries(headers).map(([key, value]) => [`headers[${key}]`, value])) };
      Object.entries(texts).forEach(([key, match]) => match && matchRules(say, `${path}.setMirrorRoute.match[${i}].${key}`, match));
    });
  }
  Object.entries({ setHeaderRoute, setMirrorRoute }).forEach(([kind, route]) => {
    if (route && trafficRouting && !trafficRouting.managedRoutes?.some(({ name }) => name === route.name)) {
      say(messages.unmanagedRoute, `${path}.${kind}.name`, 'is none of managedRoutes', route.name);
    }
  });
}

function matchRules(say: Say, path: string, { exact, prefix, regex }: StringMatchJson): void {
  const ways = [exact, prefix, regex].filter(way => way).length;
  if (ways !== 1) {
    say(messages.oneMatch, path, ways === 0 ? 'says nothing' : 'says several ways');
  }
}

function experimentRules(say: Say, path: string, { experiment }: StepJson, { trafficRouting }: CanaryJson): void {
  const { alb, smi, istio, plugins = {} } = trafficRouting ?? {};
  const canWeigh = alb || smi || istio || Object.keys(plugins).length > 0;
  experiment?.templates.forEach(({ name, weight }, i) => {
    const at = `${path}.experiment.templates[${i}]`;
    if (weight !== undefined && !canWeigh) {
      say(messages.experimentWeight, `${at}.weight`, trafficRouting ? 'needs smi, alb, istio or a plug-in' : 'needs trafficRouting', weight);
    }
    if (experiment.templates.findIndex(other => other.name === name) < i) {
      say(messages.sameExperimentTemplate, `${at}.name`, 'is given twice', name);
    }
  });
}

/** After setCanaryScale, pods stay as they are: a greater weight after it is too much for them. */
function scaleThenWeight(say: Say, steps: StepJson[], replicas: number | undefined, most = 100): void {
  let scale: StepJson['setCanaryScale'];
  steps.forEach(({ setCanaryScale, setWeight }, i) => {
    if (setCanaryScale) {
      const pins = setCanaryScale.weight !== undefined || setCanaryScale.replicas !== undefined;
      scale = setCanaryScale.matchTrafficWeight || !pins ? undefined : setCanaryScale;
    }
    if (!scale || !setWeight || setWeight > most) {
      return;
    }
    const path = `${STEPS}[${i}].setWeight`;
    const weight = setWeight * 100 / most;
    // replicas are looked at first (utils/replicaset/canary.go, GetCanaryReplicasOrWeight)
    if (scale.replicas !== undefined && replicas === undefined) {
      say(messages.perhapsTooFewCanaryPods, path, `is for the ${scale.replicas} pods that setCanaryScale left`, setWeight);
    } else if (scale.replicas !== undefined ? scale.replicas * 100 < weight * replicas! : scale.weight! < weight) {
      say(messages.tooFewCanaryPods, path, `is more than the pods that setCanaryScale left: ${JSON.stringify(scale)}`, setWeight);
    }
  });
}

function unwatchedPause(say: Say, { steps = [], analysis }: CanaryJson): void {
  const pause = steps.findIndex(step => step.pause !== undefined);
  const isJudging = (step: StepJson) => step.analysis !== undefined || (step.experiment?.analyses ?? []).length > 0 || step.plugin !== undefined;
  const isWatched = (analysis && (analysis.startingStep ?? 0) <= pause) || steps.slice(0, pause).some(isJudging);
  if (pause >= 0 && !isWatched) {
    say(messages.pauseWithoutAnalysis, `${STEPS}[${pause}].pause`, 'comes before any analysis');
  }
}
