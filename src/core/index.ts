export * from './diagnostics';
export * from './file-content';
export * from './folder-chart';
export * from './label-selector';
export * from './owned-fields';
export * from './platform';
export * from './platform-extension';
export * from './repository-file';
