export * from './backend';
export * from './options';
