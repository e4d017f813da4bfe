/** What checks props, loaded with the first workload that is declared. */
export function validations(): typeof import('./validation') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./validation') as typeof import('./validation');
}
