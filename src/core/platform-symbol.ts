/** Marks the root of a platform, also when the library is loaded twice. */
export const PLATFORM = Symbol.for('cdk8s-fairway.Platform');
