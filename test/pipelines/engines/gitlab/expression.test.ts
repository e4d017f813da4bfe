import * as fc from 'fast-check';
import { lowered } from './lowered';
import { holds } from './simulator';
import '../../../support/properties';
import { all, ALWAYS, any, Expression, implies, is, isSet, negated, NEVER, print } from '../../../../src/pipelines/engines/gitlab/expression';
import { graphOf, jobOf, PULL_REQUEST, PUSH } from '../../graphs';

/*
 * Expressions of rules, against what GitLab makes of them.
 */

const VALUES = ['', 'a', 'b'];
const VARIABLES = ['X', 'Y'];
const WORLDS = VALUES.flatMap(x => VALUES.map(y => ({ X: x, Y: y })));

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(fc.constantFrom(...VARIABLES), fc.constantFrom(...VALUES), fc.boolean())
    .map(([variable, value, not]) => not ? negated(is(variable, value)) : is(variable, value)),
  fc.constantFrom(ALWAYS, NEVER),
);
const { expression } = fc.letrec<{ expression: Expression }>(tie => ({
  expression: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('expression'), { maxLength: 3 }).map(all), fc.array(tie('expression'), { maxLength: 3 }).map(any)),
}));

it('say the same, however they are shortened', () => {
  fc.assert(fc.property(fc.array(expression, { maxLength: 4 }), parts => {
    for (const world of WORLDS) {
      const each = parts.map(part => holds(print(part), world));
      expect(holds(print(all(parts)), world)).toBe(each.every(one => one));
      expect(holds(print(any(parts)), world)).toBe(each.some(one => one));
    }
  }));
});

it('imply nothing that does not follow', () => {
  fc.assert(fc.property(expression, expression, (first, second) => {
    if (implies(first, second)) {
      WORLDS.forEach(world => holds(print(first), world) && expect(holds(print(second), world)).toBe(true));
    }
  }));
});

it('know that a variable has one value', () => {
  expect(all([is('X', 'a'), is('X', 'b')])).toEqual(NEVER);
  expect(all([is('X', 'a'), isSet('X'), negated(is('X', 'b')), any([is('X', 'b'), is('Y', 'a')])])).toEqual(all([is('X', 'a'), is('Y', 'a')]));
  expect(implies(is('X', 'a'), any([is('X', 'a'), is('Y', 'b')]))).toBe(true);
});

it('leave out rules that hold for no event', () => {
  const { file } = lowered(graphOf([jobOf('a', [], { condition: { kind: 'event', is: ['push'] } })], { triggers: [PUSH, PULL_REQUEST] }), {}, true);
  const part: any = Object.entries(file).find(([key]) => key.endsWith(':a'))![1];
  expect(part.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"' }]);
});
