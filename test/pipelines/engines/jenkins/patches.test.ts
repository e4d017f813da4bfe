import { codes, jenkinsfile, lower, stage } from './lowered';
import type { PatchOperation } from '../../../../src/pipelines/graph';
import { graphOf, jobOf, runOf, stepOf } from '../../graphs';

const changed = (operations: PatchOperation[], job?: string) => graphOf([jobOf('a'), jobOf('b', ['a'])], { patches: [{ system: 'jenkins', job, operations, reason: 'because' }] });

describe('changes of the output', () => {
  it('are of the pipeline, or of the stage of a job', () => {
    const text = jenkinsfile(changed([{ op: 'add', path: '/options/-', value: { option: 'timestamps' } }]));
    expect(text).toContain('    timestamps()');
    const own = jenkinsfile(changed([
      { op: 'add', path: '/content/steps/0', value: { step: 'echo', message: 'first' } },
      { op: 'replace', path: '/agent', value: { agent: 'label', label: 'big' } },
    ], 'b'));
    expect(stage(own, 'b')).toContain('  steps {\n    echo \'first\'\n');
    expect(stage(own, 'b')).toContain('label \'big\'');
    expect(stage(own, 'a')).not.toContain('first');
  });

  it('add raw Groovy', () => {
    const step = { step: 'script', statements: [{ do: 'groovy', code: 'slackSend(message: "done")' }] };
    expect(jenkinsfile(changed([{ op: 'add', path: '/content/steps/-', value: step }], 'a'))).toContain('slackSend(message: "done")');
    expect(jenkinsfile(changed([{ op: 'add', path: '/preamble', value: ['@Library(\'x@1\') _'] }]))).toContain('\n@Library(\'x@1\') _\n\npipeline {');
  });

  it('of other systems have no effect', () => {
    const graph = { ...changed([]), patches: [{ system: 'github' as const, operations: [{ op: 'remove' as const, path: '/stages' }], reason: 'x' }] };
    expect(lower(graph).findings).toEqual([]);
  });

  it.each<[string, PatchOperation[], string | undefined, string]>([
    ['a part that is not there', [{ op: 'replace', path: '/no/such', value: 1 }], undefined, 'FW1184'],
    ['no pointer', [{ op: 'add', path: 'options', value: 1 }], undefined, 'FW1184'],
    ['a place behind the end', [{ op: 'add', path: '/stages/9', value: {} }], undefined, 'FW1184'],
    ['a prototype', [{ op: 'add', path: '/__proto__', value: {} }], undefined, 'FW1184'],
    ['a constructor', [{ op: 'add', path: '/constructor/prototype/x', value: {} }], undefined, 'FW1184'],
    ['a job that has no stage', [{ op: 'add', path: '/name', value: 'x' }], 'c', 'FW1184'],
    ['a step that there is none of', [{ op: 'add', path: '/content/steps/0', value: { step: 'dance' } }], 'a', 'FW1183'],
    ['no data at all', [{ op: 'replace', path: '/stages', value: 7 }], undefined, 'FW1183'],
    ['a text that is none', [{ op: 'replace', path: '/agent', value: { agent: 'label', label: 7 } }], 'a', 'FW1183'],
    ['names that are there twice', [{ op: 'replace', path: '/name', value: 'b' }], 'a', 'FW1187'],
    ['an empty block', [{ op: 'replace', path: '/content/steps', value: [] }], 'a', 'FW1187'],
  ])('that leave %s are refused', (_, operations, job, code) => {
    expect(codes(lower(changed(operations, job)))).toContain(code);
  });
});

describe('steps of Jenkins alone', () => {
  const native = (jenkins: unknown) => graphOf([jobOf('a', [], { steps: [stepOf('native', 'own', { bodies: { jenkins } }), runOf('x')] })]);

  it('are Groovy as it is', () => {
    expect(jenkinsfile(native('slackSend(\n  message: "done"\n)'))).toContain('script {\n            slackSend(\n              message: "done"\n            )\n          }');
  });

  it.each([[undefined], [{}], [7], [''], [['x']]])('that are %j are refused', body => {
    expect(codes(lower(native(body)))).toEqual(['FW1186']);
  });
});
