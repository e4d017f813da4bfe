import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { lower } from './lowered';
import { graphOf, jobOf } from '../../graphs';

const { data, rows } = lower(graphOf([jobOf('deploy', [], { approval: { message: 'Ship it?', approvers: [], count: 1 } })]));
const guard = data.jobs.deploy.steps[0];

/** What the guard does when the API gives an answer. */
function asked(answer: string, status = 0): { readonly status: number | null; readonly told: string; readonly output: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guard-'));
  try {
    fs.writeFileSync(path.join(folder, 'answer'), answer);
    fs.writeFileSync(path.join(folder, 'curl'), `#!/bin/sh\necho "$@" > "${folder}/told"\ncat >> "${folder}/told"\ncat "${folder}/answer"\nexit ${status}\n`, { mode: 0o755 });
    const env = {
      PATH: `${folder}:${process.env.PATH}`, TOKEN: 'sesame', ENVIRONMENT: 'prod%2Feu', GITHUB_API_URL: 'https://api.example.com', GITHUB_REPOSITORY: 'acme/shop',
    };
    const { status: ended, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-euo', 'pipefail', '-c', guard.run], { env, encoding: 'utf8' });
    return { status: ended, told: fs.readFileSync(path.join(folder, 'told'), 'utf8'), output: stdout };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const answer = (...rules: object[]) => JSON.stringify({ id: 1, name: 'prod', protection_rules: rules }, undefined, 2);
const reviewers = (...of: object[]) => ({ id: 2, type: 'required_reviewers', prevent_self_review: true, reviewers: of });
const branches = { id: 3, type: 'branch_policy' };

(process.platform === 'win32' ? describe.skip : describe)('the guard of an approval', () => {
  it('lets through what has reviewers, and shows the token to nobody', () => {
    const { status, told } = asked(answer(branches, reviewers({ type: 'Team', reviewer: { id: 4, name: 'sre' } })));
    const [args, ...config] = told.trim().split('\n');
    expect(status).toBe(0);
    expect(args).toContain('https://api.example.com/repos/acme/shop/environments/prod%2Feu');
    expect(args).not.toContain('sesame');
    expect(config).toEqual(['header = "Authorization: Bearer sesame"']);
  });

  it.each<[string, string, number]>([
    ['no rules', answer(), 0],
    ['other rules', answer(branches, { id: 5, type: 'wait_timer', wait_timer: 30 }), 0],
    ['nobody in the rule', answer(reviewers()), 0],
    ['a name that looks like a rule', JSON.stringify({ name: '"reviewers":[{', protection_rules: [] }), 0],
    ['nothing', '', 0],
    ['an answer that broke off', answer(reviewers({ type: 'User' })), 22],
  ])('ends the job for %s', (_, given, status) => {
    expect(asked(given, status).status).not.toBe(0);
  });
});

it('needs no command that runners of your own lack', () => {
  expect(guard.run).not.toMatch(/\bgh\b|\bjq\b/);
  expect(rows.find(row => row.part === 'approval guard')).toMatchObject({ job: 'deploy', how: expect.stringContaining('curl') });
});
