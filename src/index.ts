export * from './core';
export * from './environments';
export * from './images';
export * from './strategies';
export * from './workloads';
export * from './simulation';
export * from './gitops';
export * from './golden-path';
