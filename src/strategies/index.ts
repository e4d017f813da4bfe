export * as rollouts from './engines/argo-rollouts';
