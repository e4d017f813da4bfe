import type { Combination } from './nodes';
import { freeName } from '../../core/free-name';

export interface MatrixParts {
  readonly axes: ReadonlyArray<{ readonly name: string; readonly values: readonly string[] }>;
  readonly include: readonly Combination[];
  readonly exclude: readonly Combination[];
}

/**
 * What a matrix comes to, in order: the product of the axes without what `exclude` matches, then `include`. An entry of `include` joins every
 * combination of the product whose axes it doesn't contradict, else it is a combination of its own (docs.github.com, Workflow syntax,
 * `strategy.matrix.include`; actions/languageservices, workflow-parser, `strategy.ts`).
 */
export function combinationsOf({ axes, include, exclude }: MatrixParts): Combination[] {
  let product: Combination[] = axes.length === 0 ? [] : [{}];
  for (const { name, values } of axes) {
    product = product.flatMap(combination => values.map(value => ({ ...combination, [name]: value })));
  }
  const kept = product.filter(combination => !exclude.some(entry => Object.entries(entry).every(([axis, value]) => combination[axis] === value)));
  const names = axes.map(axis => axis.name);
  const joined = kept.map(combination => ({ ...combination }));
  const alone: Combination[] = [];
  for (const entry of include) {
    const fits = kept.map(combination => names.every(axis => !Object.hasOwn(entry, axis) || entry[axis] === combination[axis]));
    if (fits.includes(true)) {
      joined.forEach((combination, i) => fits[i] && Object.assign(combination, entry));
    } else {
      alone.push({ ...entry });
    }
  }
  return [...joined, ...alone];
}

/** A short name of a leg, unique in its matrix as long as the values are: `linux-24`. Of letters, digits, `-`, `_` and `.`. */
export function legName(combination: Combination): string {
  return Object.values(combination).map(value => value.replace(/[^A-Za-z0-9._-]+/g, '-')).join('-');
}

/** Names of all legs, told apart by a number where two would be alike. */
export function legNames(combinations: readonly Combination[], maxLength = 60): string[] {
  const seen = new Set<string>();
  return combinations.map(combination => {
    const unique = freeName(legName(combination).slice(0, maxLength) || 'leg', seen);
    seen.add(unique);
    return unique;
  });
}
