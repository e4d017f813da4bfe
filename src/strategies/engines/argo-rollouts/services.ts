import { CanaryJson, RolloutSpecJson } from './json-types';

/** The Services of a Rollout, with the fields that name them (utils/service/service.go, GetRolloutServiceKeys). */
export function servicesOf({ canary, blueGreen }: RolloutSpecJson['strategy']): Array<{ field: string; service: string }> {
  return Object.entries({
    'canary.canaryService': canary?.canaryService,
    'canary.stableService': canary?.stableService,
    'canary.pingPong.pingService': canary?.pingPong?.pingService,
    'canary.pingPong.pongService': canary?.pingPong?.pongService,
    'blueGreen.activeService': blueGreen?.activeService,
    'blueGreen.previewService': blueGreen?.previewService,
  }).filter(([, service]) => service).map(([field, service]) => ({ field: `spec.strategy.${field}`, service: service! }));
}

/** The stable and the canary Service, or those that take turns (rollout/trafficrouting/service_helper.go). */
export function destinationsOf({ stableService, canaryService, pingPong }: CanaryJson): Array<string | undefined> {
  return pingPong && !stableService && !canaryService ? [pingPong.pingService, pingPong.pongService] : [stableService, canaryService];
}
