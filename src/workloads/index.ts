export * from './egress';
export * from './port-protocol';
export * from './probe';
export * from './replicas';
export { Resources } from './resources';
export * from './web-service';
export * from './worker';
export * from './workload';
export * from './workload-props';
