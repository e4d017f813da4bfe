import * as fc from 'fast-check';
import { digest } from './promotion-support';
import {
  previous, releasesNamed, revisionsNamed, withFormerPlatform, withFormerRelease, withPlatform, withRelease,
} from '../../src/cli/promotion/transition';
import { emptyState } from '../../src/environments/release-file';
import { FormerRelease, parseReleaseState, printReleaseState, Release, ReleaseState } from '../../src/environments/release-state';

/* How release states change. A letter stands for a digest, a mark for one that a rollback has left. */

const DIGITS = 'ABCDEF';
const release = (letter: string): Release => ({ image: 'app', digest: digest(letter.toLowerCase()), tag: letter, since: '2026-01-01T00:00:00Z' });
const left = { at: '2026-01-02T00:00:00Z', reason: 'errors' };

/** `B [C✗, A]` */
function text(state: ReleaseState): string {
  const one = ({ tag, rolledBack }: FormerRelease) => `${tag}${rolledBack ? '✗' : ''}`;
  const { history = [], ...current } = state.workloads.app;
  return `${one(current)} [${history.map(one).join(', ')}]`;
}

/** Promotes what is named, and rolls back at `<`; `<A` comes back to A. */
function after(steps: string[]): string {
  return text(steps.reduce((state, step) => {
    if (!step.startsWith('<')) {
      return withRelease(state, 'app', release(step), undefined);
    }
    const record = state.workloads.app;
    const chosen = step === '<' ? previous(record) : record.history!.find(each => each.tag === step.slice(1));
    return chosen === undefined ? state : withFormerRelease(state, 'app', chosen, left);
  }, emptyState('prod')));
}

test.each([
  [['A'], 'A []'],
  [['A', 'B'], 'B [A]'],
  [['A', 'B', 'C'], 'C [B, A]'],
  [['A', 'B', 'C', '<'], 'B [C✗, A]'],
  [['A', 'B', 'C', '<', '<'], 'A [B✗, C✗]'],
  [['A', 'B', 'C', '<', '<', '<'], 'A [B✗, C✗]'],
  [['A', 'B', 'C', '<', 'D'], 'D [B, C✗, A]'],
  [['A', 'B', 'C', '<', 'D', '<'], 'B [D✗, C✗, A]'],
  [['A', 'B', 'C', '<', 'C'], 'C [B, A]'],
  [['A', 'B', 'C', '<A'], 'A [C✗, B]'],
  [['A', 'B', 'C', '<A', '<'], 'B [A✗, C✗]'],
  [['A', 'B', '<', '<B'], 'B [A✗]'],
  [['A', 'B', 'A'], 'A [B]'],
  [['A', 'A'], 'A []'],
])('%j', (steps, expected) => {
  expect(after(steps)).toBe(expected);
});

test('what the program named is remembered', () => {
  const former = { image: 'app', digest: digest(1) };
  const state = withRelease(emptyState('prod'), 'app', release('A'), former);
  expect(state.workloads.app.history).toEqual([former]);
  expect(withFormerRelease(state, 'app', former, left).workloads.app).toMatchObject({ digest: digest(1), since: left.at, history: [{ tag: 'A', rolledBack: left }] });
});

test('ten are remembered', () => {
  const state = Array.from({ length: 14 }, (_, i) => ({ ...release('A'), tag: String(i), digest: `sha256:${String(i).padStart(64, '0')}` }))
    .reduce((before, each) => withRelease(before, 'app', each, undefined), emptyState('prod'));
  expect(text(state)).toBe('13 [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]');
});

test('other workloads, the platform and a freeze stay', () => {
  const platform = { revision: 'a'.repeat(40), since: left.at };
  const state: ReleaseState = { version: 1, environment: 'prod', frozen: { reason: 'r' }, platform, workloads: { other: release('A') } };
  expect(withRelease(state, 'app', release('B'), undefined)).toEqual({ ...state, workloads: { ...state.workloads, app: release('B') } });
  expect(state.workloads).toEqual({ other: release('A') });
});

test('the program moves the same way', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(each => ({ revision: each.repeat(40), since: '2026-01-01T00:00:00Z', from: 'staging' }));
  const state = [a, b, c].reduce(withPlatform, emptyState('prod'));
  expect(state.platform).toEqual({ ...c, history: [b, a] });
  const back = withFormerPlatform(state, previous(state.platform)!, left);
  expect(back.platform).toEqual({ ...b, since: left.at, history: [{ ...c, rolledBack: left }, a] });
  const further = withFormerPlatform(back, previous(back.platform)!, left).platform;
  expect(further).toMatchObject({ revision: a.revision, history: [{ revision: b.revision }, { revision: c.revision }] });
});

test('whatever happens: every state can be read again, has each digest once, and a rollback never comes back to what was left', () => {
  const steps = fc.array(fc.constantFrom(...DIGITS, '<', '<A', '<B'), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(steps, all => {
    let state = withRelease(emptyState('prod'), 'app', release('F'), undefined);
    for (const step of all) {
      const record = state.workloads.app;
      const chosen = step.startsWith('<') ? step === '<' ? previous(record) : record.history?.find(each => each.tag === step.slice(1)) : undefined;
      if (step === '<' && chosen !== undefined) {
        expect(chosen.rolledBack).toBeUndefined();
      }
      state = !step.startsWith('<') ? withRelease(state, 'app', release(step), undefined) : chosen === undefined ? state : withFormerRelease(state, 'app', chosen, left);
      const { history = [], digest: current } = state.workloads.app;
      const digests = [current, ...history.map(each => each.digest)];
      expect(new Set(digests).size).toBe(digests.length);
      expect(parseReleaseState(printReleaseState(state), 'prod')).toEqual(JSON.parse(printReleaseState(state)));
    }
  }));
});

describe('a release by name', () => {
  const releases: FormerRelease[] = [
    { image: 'app', digest: `sha256:${'abcdef0'.padEnd(64, '1')}`, tag: '1.0', source: { commit: '1234567aaaa' } },
    { image: 'app', digest: `sha256:${'abcdef0'.padEnd(64, '2')}`, tag: '1.1', source: { commit: '1234567bbbb' } },
    { image: 'app', digest: `sha256:${'7654321'.padEnd(64, '3')}`, tag: '1234567' },
  ];
  test.each<[string, number[]]>([
    ['1.0', [0]], ['1.1', [1]], ['1.2', []], ['abcdef0', [0, 1]], ['abcdef01', [0]], ['sha256:abcdef02', [1]], ['sha256:abcdef', []], ['abcdef', []],
    ['1234567', [0, 1, 2]], ['1234567b', [1]], ['7654321', [2]], ['', []], ['sha256:', []], ['1.', []], ['ABCDEF01', []], ['__proto__', []],
  ])('%s', (name, expected) => {
    expect(releasesNamed(releases, name)).toEqual(expected.map(i => releases[i]));
  });

  test.each<[string, number]>([['aaaaaaa', 1], ['aaaaaa', 0], ['', 0], ['a'.repeat(40), 1]])('a revision: %s', (name, count) => {
    expect(revisionsNamed([{ revision: 'a'.repeat(40) }, { revision: 'b'.repeat(40) }], name)).toHaveLength(count);
  });
});
