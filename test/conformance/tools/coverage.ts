import type { Tool } from './tool';

/** Every object is of a kind that one of the validators knows. */
export function coverage(validators: Tool[]): Tool {
  return {
    name: 'coverage',
    version: `of ${validators.map((validator) => validator.name).join(' and ')}`,
    install: () => validators.forEach((validator) => validator.install()),
    check: (tree) => {
      const known = new Set(validators.flatMap((validator) => validator.check(tree).known ?? []));
      return {
        checked: tree.documents.length,
        findings: tree.documents.filter(({ object }) => !known.has(object)).map(({ file, object, value }) => ({
          file, object, rule: 'unknown-kind', message: `nothing validates ${value.apiVersion} ${value.kind}`,
        })),
      };
    },
  };
}
