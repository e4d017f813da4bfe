export { Cluster, ClusterOptions, ClusterProfile } from './cluster';
export { Environment, EnvironmentProps, IngressController } from './environment';
export { Gateway } from './gateway';
export * from './metrics-provider';
export * from './namespace-rule';
export { Approvals, Freeze, Protection } from './protection';
export { Quota } from './quota';
export { Region } from './region';
export * from './time-window';
