export * from './diagnostics';
export * from './finding';
