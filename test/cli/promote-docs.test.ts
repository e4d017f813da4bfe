import * as fs from 'fs';
import * as path from 'path';
import { commit, released, shopFolder, writeState } from './promotion-support';
import { fairway, REPOSITORY } from './support';

/* What docs/cli.md shows of promotions is what they print, in that order. */

const ROAD = `
  const dev = environment('dev');
  const staging = environment('staging', { promotedFrom: [dev] });
  environment('prod', { promotedFrom: [staging], protection: {
    approvals: { teams: ['acme/sre'] }, soakTime: Duration.hours(24), requireHealth: true,
    allowedTimes: [TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7), timeZone: 'Europe/Berlin' })],
  } });`;

const guide = fs.readFileSync(path.join(REPOSITORY, 'docs/cli.md'), 'utf8');
const shown = [...guide.matchAll(/^```\n\$ (fairway (?:promote|rollback) [^\n]*)\n([^]*?)^```$/gm)].map(([, command, text]) => ({ command, text }));

/** The words of a command; quotes hold words together. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1);
}

test('the examples of promotions', async () => {
  expect(shown.map(({ command }) => command.split(' ')[1])).toEqual(['promote', 'promote', 'promote', 'rollback']);
  const folder = shopFolder({ environments: ROAD, workloads: 'service(\'checkout\'); service(\'cart\');' });
  await fairway(folder, ['synth']);
  commit(folder);
  writeState(folder, 'staging', {
    checkout: released('checkout', '5', { since: '2026-11-24T09:12:00Z' }),
    cart: released('cart', '3', { since: '2026-11-25T15:40:00Z' }),
  });
  writeState(folder, 'prod', { checkout: released('checkout', '4', { history: [released('checkout', '3')] }) });
  await fairway(folder, ['synth']);
  for (const { command, text } of shown) {
    const now = command.includes(' cart ') ? '2026-11-25T16:00:00Z' : '2026-11-26T10:00:00Z';
    const { out, err } = await fairway(folder, words(command), { now });
    expect(`$ ${command}\n${err}${out}`).toBe(`$ ${command}\n${text}`);
  }
});
