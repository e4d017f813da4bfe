/** Marks an environment, also when the library is loaded twice. */
export const ENVIRONMENT = Symbol.for('cdk8s-fairway.Environment');
