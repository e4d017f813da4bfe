export * from './gate';
export * from './gates';
export * from './promotion-strategy';
export * from './scm';
export * from './scm-objects';
export * from './web-request';
