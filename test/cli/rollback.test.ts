import {
  commit, contents, digest, imageIn, released, shopFolder, stateOf, writeState,
} from './promotion-support';
import { fairway, Run } from './support';

/* `fairway rollback`. Which release it comes back to is in promote-transitions.test.ts. */

const NOW = '2026-11-27T10:00:00Z';
const GUARDED = `
  const dev = environment('dev');
  const prod = environment('prod', { promotedFrom: [dev], protection: {
    approvals: { teams: ['acme/sre'] }, soakTime: Duration.hours(24), requireHealth: true,
    allowedTimes: [TimeWindow.of({ schedule: '0 9 * * 1', duration: Duration.hours(1) })], freezes: [{ reason: 'Black Friday' }],
  } });`;

let folder: string;

beforeAll(async () => {
  folder = shopFolder({ environments: GUARDED, workloads: 'service(\'checkout\'); service(\'cart\');' });
  await fairway(folder, ['synth']);
  commit(folder);
});

beforeEach(() => {
  const history = [released('checkout', '3'), released('checkout', '2', { tag: '1.2', source: { commit: '2222222aaaa' } }), released('checkout', '1')];
  writeState(folder, 'prod', { checkout: released('checkout', '4', { from: 'dev', history }) }, { frozen: { reason: 'incident' } });
});

const rollback = async (...args: string[]): Promise<Run> => fairway(folder, ['rollback', ...args, '--environment', 'prod'], { now: NOW });

async function untouched(code: number, ...args: string[]): Promise<Run> {
  const before = contents(folder);
  const run = await rollback(...args);
  expect(run).toMatchObject({ code });
  expect(contents(folder)).toEqual(before);
  return run;
}

test('to the release before, whatever the gates say, and further back the second time', async () => {
  const run = await rollback('checkout', '--reason', 'errors in payments');
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(run.out).toContain('checkout: 1.4 (444444444444) → 1.3 (333333333333), prod\n');
  expect(run.out).toContain('The change has to be approved by one person of "acme/sre"');
  expect(imageIn(folder, 'prod', 'checkout')).toBe(`ghcr.io/acme/checkout:1.3@${digest(3)}`);
  expect(stateOf(folder, 'prod')).toMatchObject({
    frozen: { reason: 'incident' },
    workloads: { checkout: { digest: digest(3), since: NOW, history: [{ digest: digest(4), from: 'dev', rolledBack: { at: NOW, reason: 'errors in payments' } }, { digest: digest(2) }, { digest: digest(1) }] } },
  });
  expect(await fairway(folder, ['synth'])).toMatchObject({ code: 0, out: expect.stringContaining('0 written, 0 removed') });

  expect(await rollback('checkout')).toMatchObject({ code: 0 });
  expect(stateOf(folder, 'prod').workloads.checkout).toMatchObject({ digest: digest(2), history: [{ digest: digest(3) }, { digest: digest(4) }, { digest: digest(1) }] });
  await rollback('checkout');
  const end = await untouched(1, 'checkout');
  expect(end.err).toContain('✗ checkout: There is no earlier release of checkout in "prod" that was not rolled back itself.\n    → Name one that is to come back all the same: --to 222222222222.');
});

test.each([['a tag', '1.2'], ['a digest', '2222222222'], ['a whole digest', digest(2)], ['a commit', '2222222aa']])('to the release of %s, and there it stays', async (_, name) => {
  expect(await rollback('checkout', '--to', name)).toMatchObject({ code: 0, err: '' });
  expect(imageIn(folder, 'prod', 'checkout')).toContain(digest(2));
  expect(stateOf(folder, 'prod').workloads.checkout.history.map((each: any) => each.tag)).toEqual(['1.4', '1.3', '1.1']);
  expect((await untouched(0, 'checkout', '--to', name)).out).toBe('checkout is at sha256:222222222222 in prod already.\n');
});

test('a dry run writes nothing', async () => {
  expect((await untouched(0, 'checkout', '--dry-run')).out).toMatch(/1\.3 .*\n[^]*Dry run: nothing was written\.\n$/);
});

test('a promotion after it says that the release was rolled back', async () => {
  await rollback('checkout', '--reason', 'errors');
  writeState(folder, 'dev', { checkout: '4' });
  const run = await fairway(folder, ['promote', 'checkout', '--to', 'prod', '--format', 'json', '--dry-run'], { now: NOW });
  expect(JSON.parse(run.out)).toMatchObject({ outcome: 'refused', notes: [`checkout sha256:444444444444 was rolled back in prod at ${NOW}: errors.`] });
});

test('JSON and Markdown', async () => {
  expect(JSON.parse((await rollback('checkout', '--dry-run', '--format', 'json')).out)).toMatchObject({
    version: 1, command: 'rollback', outcome: 'dry-run', environment: 'prod', from: null, releases: [{ workload: 'checkout', from: { digest: digest(4) }, to: { digest: digest(3) } }], approvals: { teams: ['acme/sre'], count: 1 },
  });
  expect((await rollback('checkout', '--dry-run', '--format', 'markdown')).out).toMatch(/^## Roll back in <code>prod<\/code>\n\n\| \| from/);
});

test.each<[string, string[], number, RegExp]>([
  ['nothing', [], 2, /Say what is to be rolled back/],
  ['both', ['checkout', '--platform'], 2, /do not go together/],
  ['one twice', ['checkout', 'checkout'], 2, /named twice/],
  ['an unknown workload', ['chekout'], 2, /Did you mean "checkout"\?/],
  ['an empty release', ['checkout', '--to', ''], 2, /--to is empty/],
  ['an unknown release', ['checkout', '--to', '9.9'], 2, /No release of checkout is called "9\.9"\. Known are "1\.4 \(444444444444\)", "1\.3 \(333333333333\)"/],
  ['too few digits', ['checkout', '--to', '222222'], 2, /is called "222222"/],
  ['several of that name', ['checkout', '--to', 'abcdef1'], 2, /Several releases of checkout are called "abcdef1": "1\.4 \(444444444444\)", "1\.3 \(333333333333\)" and "1\.1 \(111111111111\)"\. Give more digits/],
  ['no release known', ['cart'], 1, /✗ cart: No release of "cart" is known in "prod": what runs there is what the program says/],
  ['no pin', ['--platform'], 1, /✗ "prod" is not pinned: it follows every synth/],
])('%s', async (_, args, code, message) => {
  const run = await untouched(code, ...args);
  expect(run.out).toBe('');
  expect(run.err).toMatch(message);
});
