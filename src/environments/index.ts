export { Cluster, ClusterOptions } from './cluster';
export { Environment, EnvironmentProps, IngressController } from './environment';
export * from './namespace-rule';
