import * as fc from 'fast-check';
import { codes, graph, job, lower } from './graphs';
import '../../../support/properties';
import { fixedOffset, inUtc } from '../../../../src/pipelines/engines/azure/cron';
import { AzureRepository } from '../../../../src/pipelines/engines/azure/options';
import type { ConcurrencyNode, PipelineGraph, Text, TriggerNode } from '../../../../src/pipelines/graph';

const started = (triggers: TriggerNode[], more: Partial<PipelineGraph> = {}, repository = AzureRepository.GITHUB) =>
  lower(graph([job('a')], { triggers, ...more }), { repository });

const only = (...include: string[]) => ({ include, exclude: [] });

describe('triggers', () => {
  test('that are not there are none, not all', () => {
    expect(started([{ kind: 'manual' }]).file).toMatchObject({ trigger: 'none', pr: 'none' });
  });

  test('of pushes and tags filter', () => {
    const { file, findings } = started([
      { kind: 'push', branches: { include: ['main', 'release/*', 'team/**'], exclude: ['team/old'] }, paths: { include: ['src/**'], exclude: ['docs/**'] } },
      { kind: 'tag', tags: only('v*') },
    ]);
    expect(file.trigger).toEqual({
      branches: { include: ['main', 'release/*', 'team/*'], exclude: ['team/old', 'release/*/*'] },
      paths: { include: ['src/**'], exclude: ['docs/**'] },
      tags: { include: ['v*'], exclude: ['v*/*'] },
    });
    expect(codes(findings)).toEqual([]);
  });

  test('of tags alone let no branch through', () => {
    expect(started([{ kind: 'tag', tags: only('v1') }]).file.trigger).toEqual({ branches: { exclude: ['*'] }, tags: { include: ['v1'] } });
  });

  test('with a star that goes too far are a warning', () => {
    expect(codes(started([{ kind: 'push', branches: only('a/*', 'a/b/c') }]).findings)).toEqual(['FW1091']);
    expect(codes(started([{ kind: 'push', branches: only('*-x') }]).findings)).toEqual(['FW1091']);
    expect(codes(started([{ kind: 'push', branches: only('**') }]).findings)).toEqual([]);
  });

  test('of several pushes with other paths are a warning', () => {
    const { file, findings } = started([{ kind: 'push', branches: only('main'), paths: only('a/**') }, { kind: 'push', branches: only('next') }]);
    expect(file.trigger).toEqual({ branches: { include: ['main', 'next'] } });
    expect(codes(findings)).toEqual(['FW1091']);
  });

  test('of pull requests are in the file for GitHub, and a policy for Azure Repos', () => {
    const triggers: TriggerNode[] = [{ kind: 'pullRequest', branches: only('main'), paths: { include: ['src/**'], exclude: ['x'] }, drafts: false }];
    expect(started(triggers).file.pr).toEqual({ autoCancel: false, branches: { include: ['main'] }, paths: { include: ['src/**'], exclude: ['x'] }, drafts: false });
    const repos = started(triggers, {}, AzureRepository.AZURE_REPOS);
    expect(repos.file.pr).toBe('none');
    expect(repos.remains.map(each => each.what)).toContain('Add a build validation with the pipeline "App" to the branches main. Path filter: /src/**;!/x.');
  });

  test.each<[TriggerNode, string[]]>([
    [{ kind: 'mergeQueue', branches: only('main') }, ['FW1091']],
    [{ kind: 'release' }, ['FW1090']],
    [{ kind: 'call' }, []],
  ])('%j finds %j', (trigger, found) => {
    expect(codes(started([trigger]).findings)).toEqual(found);
  });
});

describe('schedules', () => {
  const scheduled = (cron: string, timeZone: string) => started([{ kind: 'schedule', id: 'nightly', cron, timeZone }]);

  test('are of the default branch, with or without changes', () => {
    expect(scheduled('0 3 * * 1', 'UTC').file.schedules).toEqual([{ cron: '0 3 * * 1', displayName: 'nightly', branches: { include: ['main'] }, always: true }]);
  });

  test.each([
    ['30 1 * * 1-5', 'Asia/Kolkata', ['0 20 * * 0,1,2,3,4']],
    ['0 3 * * *', 'Asia/Tokyo', ['0 18 * * *']],
    ['0 22 * * sun', 'Etc/GMT+5', ['0 3 * * 1']],
    ['0 * * * *', 'Asia/Tokyo', ['0 * * * *']],
    ['*/30 8,9 * * *', 'Asia/Tokyo', ['0,30 23 * * *', '0,30 0 * * *']],
  ])('%s in %s are %j', (cron, zone, crons) => {
    const { file, findings } = scheduled(cron, zone);
    expect(file.schedules.map((each: any) => each.cron)).toEqual(crons);
    expect(codes(findings)).toEqual([]);
  });

  test.each([
    ['0 3 * * *', 'Europe/Berlin'],
    ['0 3 * * *', 'Nowhere/Land'],
    ['0 3 1 * *', 'Asia/Tokyo'],
    ['x 3 * * *', 'Asia/Tokyo'],
    ['0 3 * * foo', 'Asia/Tokyo'],
  ])('%s in %s are an error', (cron, zone) => {
    const { file, findings } = scheduled(cron, zone);
    expect(codes(findings)).toEqual(['FW1162']);
    expect(file.schedules).toBeUndefined();
  });

  test('moved there and back are the same times', () => {
    const pairs = (crons: string[]) => crons.flatMap(cron => {
      const [minutes, hours] = cron.split(' ').map(field => field.split(',').map(Number));
      return hours.flatMap(hour => minutes.map(minute => hour * 60 + minute));
    }).sort((a, b) => a - b);
    const some = (most: number) => fc.uniqueArray(fc.nat(most), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(some(23), some(59), fc.integer({ min: -56, max: 56 }), (hours, minutes, quarter) => {
      const offset = quarter * 15;
      const moved = inUtc(`${minutes.join(',')} ${hours.join(',')} * * *`, offset);
      const expected = hours.flatMap(hour => minutes.map(minute => (((hour * 60 + minute - offset) % 1440) + 1440) % 1440)).sort((a, b) => a - b);
      expect('crons' in moved ? pairs(moved.crons) : moved).toEqual(expected);
    }));
  });

  test('know zones with a fixed offset', () => {
    expect(['UTC', 'Asia/Kolkata', 'Etc/GMT+5', 'Europe/Berlin', ''].map(fixedOffset)).toEqual([0, 330, -300, undefined, undefined]);
  });
});

describe('concurrency of a pipeline', () => {
  const ref: Text = ['app-', { kind: 'context', name: 'ref' }];
  const with_ = (concurrency: ConcurrencyNode) => started([{ kind: 'push', branches: only('main') }, { kind: 'pullRequest', branches: only('main'), drafts: true }], { concurrency });

  test.each<[ConcurrencyNode, string[]]>([
    [{ group: ref, onNew: 'replacePending', cancelPullRequests: true }, []],
    [{ group: ref, onNew: 'queue', cancelPullRequests: false }, ['FW1091']],
    [{ group: ref, onNew: 'cancelRunning', cancelPullRequests: true }, ['FW1091']],
    [{ group: ['prod'], onNew: 'queue', cancelPullRequests: false }, ['FW1090']],
  ])('%j', (concurrency, found) => {
    const { file, findings } = with_(concurrency);
    expect(file.trigger.batch).toBe(true);
    expect(file.pr.autoCancel).toBe(concurrency.cancelPullRequests);
    expect(codes(findings)).toEqual(found);
  });
});

describe('the name of a run', () => {
  test('has no character that a run number must not have', () => {
    const runName: Text = ['a/b: ', { kind: 'context', name: 'runId' }, ' ', { kind: 'context', name: 'branch' }];
    expect(started([{ kind: 'manual' }], { runName }).file.name).toBe('a-b- $(Build.BuildId) $(SourceBranchName)');
  });

  test('leaves out what others choose', () => {
    const runName: Text = ['x ', { kind: 'context', name: 'changeTitle' }];
    const lowered = started([{ kind: 'manual' }], { runName });
    expect(lowered.file.name).toBe('x');
    expect(codes(lowered.findings)).toEqual(['FW1091']);
  });
});

it.each<[string | undefined, boolean]>([
  ['https://github.com/acme/shop', true],
  ['git@github.com:acme/shop.git', true],
  ['ssh://git@ssh.github.com:443/acme/shop.git', true],
  ['https://GitHub.com/acme/shop', true],
  ['https://dev.azure.com/acme/shop/_git/shop', false],
  ['https://acme@dev.azure.com/acme/shop/_git/shop', false],
  ['git@ssh.dev.azure.com:v3/acme/shop/shop', false],
  ['https://acme.visualstudio.com/shop/_git/shop', false],
  ['https://example.com/github.com/shop', false],
  ['https://github.com.example.com/acme/shop', false],
  [undefined, false],
])('knows from the platform whether %s is on GitHub', (repository, isGitHub) => {
  const triggers: TriggerNode[] = [{ kind: 'pullRequest', branches: { include: ['main'], exclude: [] }, drafts: true }];
  const given = graph([job('a')], { triggers, ...repository !== undefined && { repository } });
  expect(lower(given).file.pr !== 'none').toBe(isGitHub);
  // What the user says comes first.
  expect(lower(given, { repository: AzureRepository.AZURE_REPOS }).file.pr).toBe('none');
});
