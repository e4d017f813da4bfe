export * from './interceptor';
export * from './listener-props';
export * from './pipeline-objects';
export * from './pipeline-props';
export * from './task-props';
export * from './trigger-objects';
export * from './trigger-props';
