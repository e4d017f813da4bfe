import { codes, graph, job, lower, run } from './graphs';
import { sample } from './sample';
import { FairwayError } from '../../../../src/core/diagnostics/fairway-error';
import { AzureBackend } from '../../../../src/pipelines/engines/azure/engine';
import { AzureRepository } from '../../../../src/pipelines/engines/azure/options';

describe('the engine', () => {
  test('makes one file of a pipeline, where it is asked for', () => {
    expect(new AzureBackend().fileOf('app')).toBe('.azure/app.yml');
    const made = lower(graph([job('a')]), { files: { app: 'azure-pipelines.yml' } });
    expect(made.files.map(file => file.path)).toEqual(['azure-pipelines.yml']);
    expect(made.remains[0].what).toBe('Create the pipeline "App" from the file azure-pipelines.yml.');
    expect(made.objects).toEqual([]);
  });

  test('writes the keys in the order in which people write them', () => {
    const made = lower(sample(), { repository: AzureRepository.GITHUB });
    expect(Object.keys(made.file)).toEqual(['name', 'trigger', 'pr', 'schedules', 'parameters', 'resources', 'variables', 'pool', 'lockBehavior', 'stages']);
    expect(codes(made.findings).filter(code => code !== 'FW1091')).toEqual([]);
  });

  test('writes the same bytes from the same pipeline', () => {
    expect(lower(sample()).text).toBe(lower(sample()).text);
  });

  test('keeps secrets in variable groups', () => {
    const made = lower(graph([job('a')], { secrets: [{ name: 'T' }], env: { X: ['y'] } }), { variableGroups: ['acme'] });
    expect(made.file.variables).toEqual([{ group: 'acme' }, { name: 'X', value: 'y' }]);
    expect(made.remains.map(each => each.what)).toContain('Keep the secrets T in acme, and let the pipeline use it.');
  });

  test('asks for changes in a job of its own', () => {
    const made = lower(graph([job('a', { condition: { kind: 'changed', filter: 'docs' } })], { filters: [{ id: 'docs', paths: { include: ['docs/**'], exclude: [] } }] }));
    expect(made.file.jobs.map((each: any) => each.job)).toEqual(['changes', 'a']);
    expect(made.job('a')).toMatchObject({ dependsOn: 'changes', condition: 'and(succeeded(), eq(dependencies.changes.outputs[\'compare.docs\'], \'true\'))' });
    expect(codes(made.findings)).toEqual([]);
  });
});

describe('changes of the output', () => {
  const patched = (job_: string | undefined, path: string, op: 'add' | 'replace' | 'remove' = 'add') => lower(graph([job('a')], {
    patches: [
      { system: 'azure', job: job_, reason: 'we need it', operations: [{ op, path, ...op !== 'remove' && { value: 'new' } }] },
      { system: 'github', reason: 'not ours', operations: [{ op: 'remove', path: '/nope' }] },
    ],
  }));

  test('are made in a job and in the file, and listed', () => {
    const made = patched('a', '/displayName', 'replace');
    expect(made.job('a').displayName).toBe('new');
    expect(made.rows.map(row => row.part)).toContain('change of a: we need it');
    expect(patched(undefined, '/appendCommitMessageToRunName').file.appendCommitMessageToRunName).toBe('new');
  });

  test.each([['a', '/nope/x'], ['other', '/displayName'], [undefined, '/jobs/7/displayName']])('that do not fit %s%s are an error', (of, path) => {
    expect(codes(patched(of, path, 'replace').findings)).toEqual(['FW1161']);
  });
});

describe('options', () => {
  test.each<[string, unknown]>([
    ['a list', []],
    ['an unknown one', { pool: 'x' }],
    ['a repository', { repository: 'gitlab' }],
    ['a file outside', { files: { app: '../x.yml' } }],
    ['a file that is absolute', { files: { app: '/x.yml' } }],
    ['a file that is no YAML', { files: { app: 'x.txt' } }],
    ['files', { files: ['x.yml'] }],
    ['an image for nothing', { images: { solaris: 'x' } }],
    ['an image of another kind', { images: { linux: 7 } }],
    ['a group', { variableGroups: [''] }],
    ['groups', { variableGroups: 'x' }],
    ['an expression', { defaultBranch: '${{ x }}' }],
    ['a macro', { pools: { gpu: '$(x)' } }],
    ['lines', { identityConnection: 'a\nb' }],
    ['a choice that is none', { nativeReuse: 'yes' }],
    ['a connection', { registryConnections: { 'ghcr.io': null } }],
    ['a prototype', JSON.parse('{"__proto__": 1}')],
  ])('refuses %s', (_, options) => {
    expect(codes(thrown(() => new AzureBackend(options as any)))).toEqual(['FW1160']);
  });
});

function thrown(act: () => unknown) {
  try {
    act();
    return [];
  } catch (e) {
    return (e as FairwayError).findings;
  }
}

test('a template expression in any text of the user is none in the file', () => {
  const text = '${{ variables.secret }}';
  const made = lower(graph([job('a', { name: [text], steps: [run(text, { name: [text], env: { X: [text] } })] })], {
    name: text,
    env: { Y: [text] },
    triggers: [{ kind: 'push', branches: { include: [text], exclude: [] } }],
    inputs: [{ name: 'i', type: 'choice', description: text, required: false, options: [text] }],
  }), { repository: AzureRepository.GITHUB });
  const live = [...JSON.stringify(made.file).matchAll(/\$\{\{.{0,20}/g)].map(match => match[0]).filter(found => !found.startsWith('${{ \'$\' }}'));
  expect(live).toEqual([]);
});
