export * as flagger from './engines/flagger';
export * as rollouts from './engines/argo-rollouts';
