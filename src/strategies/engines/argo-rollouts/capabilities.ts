import { CapabilityRow, Support } from '../../../core/capability';
import type { CanaryPlan, RouterPlan, StepPlan, StrategyPlan } from '../../plan';

/** How Argo Rollouts carries out each part of a strategy. */
export function capabilitiesOf(strategy: StrategyPlan, version: string): CapabilityRow[] {
  switch (strategy.kind) {
    case 'rolling': return [native('rolling update', 'a Deployment: spec.strategy.rollingUpdate')];
    case 'recreate': return [native('recreation', 'a Deployment: spec.strategy.type Recreate')];
    case 'canary': return [...canaryRows(strategy), ...strategy.steps.map(step => stepRow(step, strategy.router, version))];
    case 'blue-green': return [
      native('blue-green delivery', 'Rollout spec.strategy.blueGreen'),
      ...(strategy.prePromotion.length > 0 ? [native('analysis before the promotion', 'prePromotionAnalysis')] : []),
      ...(strategy.postPromotion.length > 0 ? [native('analysis after the promotion', 'postPromotionAnalysis')] : []),
      native(`promotion: ${strategy.promotion.kind}`, 'autoPromotionEnabled, autoPromotionSeconds'),
      ...rollbackRow(strategy.rollbackWindow),
    ];
  }
}

function canaryRows({ router, analysis, dynamicStableScale, rollbackWindow }: CanaryPlan): CapabilityRow[] {
  return [
    native('canary', 'Rollout spec.strategy.canary'),
    routerRow(router),
    ...(analysis.length > 0 ? [native('background analysis', 'canary.analysis.startingStep')] : []),
    ...(dynamicStableScale ? [native('shrinking stable pods', 'canary.dynamicStableScale')] : []),
    ...rollbackRow(rollbackWindow),
  ];
}

function rollbackRow(window: number | undefined): CapabilityRow[] {
  return window === undefined ? [] : [native('rollback without steps', 'spec.rollbackWindow.revisions')];
}

function routerRow(router: RouterPlan): CapabilityRow {
  const part = `router: ${router.kind}`;
  switch (router.kind) {
    case 'none': return { part: 'router: none', support: Support.NATIVE, how: 'the share of the pods, as near as whole pods come', matters: true };
    case 'gateway-api': return native(part, 'the plug-in argoproj-labs/gatewayAPI, which must be installed');
    case 'alb': return {
      part,
      support: Support.EMULATED,
      how: 'ping-pong Services behind the root Service, so that an abort loses no request; callers inside the cluster reach both versions',
      matters: true,
    };
    case 'traefik': return native(part, 'trafficRouting.traefik; up to 1.9 the controller needs --traefik-api-group=traefik.io --traefik-api-version=traefik.io/v1alpha1');
    case 'plugin': return native(part, `trafficRouting.plugins ${router.plugin}, which must be installed; its resources are yours`);
    default: return native(part, `trafficRouting.${router.kind}`);
  }
}

/** Which routers take header and mirror routes: validation.go `ValidateRolloutStrategyCanary` of the version. */
function stepRow(step: StepPlan, router: RouterPlan, version: string): CapabilityRow {
  const isPlugin = router.kind === 'gateway-api' || router.kind === 'plugin';
  switch (step.kind) {
    case 'weight': return native(`weight ${step.weight}%`, 'setWeight');
    case 'pause': return native(`pause ${step.seconds} s`, 'pause.duration');
    case 'approval': return native('approval', 'pause without a duration; kubectl argo rollouts promote');
    case 'analysis': return native('analysis step', 'analysis');
    case 'scale': return native('scale of the canary', 'setCanaryScale');
    case 'experiment': {
      const weighs = ['istio', 'alb'].includes(router.kind) || isPlugin;
      return step.weight === undefined || weighs ? native('experiment', 'experiment')
        : unsupported('experiment with a weight', `the router ${router.kind} cannot weigh a third version`);
    }
    case 'header-route': {
      const exact = step.matches.every(match => match.how === 'exact');
      if (router.kind === 'alb' && !exact) {
        return unsupported('header route', 'an ALB compares headers with whole values alone');
      }
      return ['istio', 'alb', 'apisix'].includes(router.kind) || isPlugin ? native('header route', 'setHeaderRoute')
        : unsupported('header route', `the router ${router.kind} has none`);
    }
    case 'mirror': return router.kind === 'istio' || (isPlugin && version === '1.10') ? native('mirrored traffic', 'setMirrorRoute')
      : unsupported('mirrored traffic', `the router ${router.kind} has none in version ${version}`);
  }
}

function native(part: string, how: string): CapabilityRow {
  return { part, support: Support.NATIVE, how, matters: true };
}

function unsupported(part: string, how: string): CapabilityRow {
  return { part, support: Support.UNSUPPORTED, how, matters: true };
}
