export * from './app-project';
export * from './application';
export * from './application-props';
export * from './destination';
export * from './sync-option';
