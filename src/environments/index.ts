export { Cluster, ClusterOptions, ClusterProfile } from './cluster';
export { Environment, EnvironmentProps, IngressController } from './environment';
export { Gateway } from './gateway';
export * from './metrics-provider';
export * from './namespace-rule';
export { Quota } from './quota';
