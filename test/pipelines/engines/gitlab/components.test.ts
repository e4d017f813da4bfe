import * as fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { lowered } from './lowered';
import { printedContent } from './printed';
import type { JobNode, PipelineGraph, TemplateNode, Text } from '../../../../src/pipelines/graph';
import { graphOf, jobOf, needsOf, runOf, stepOf } from '../../graphs';

const input = (name: string): Text => [{ kind: 'input', name }];

function template(jobs: JobNode[], inputs: string[] = ['region']): TemplateNode {
  const nodes = inputs.map(name => ({ name, type: 'string', description: `The ${name}.`, required: true, options: [] }));
  return { id: 'deploy', path: 'App/deploy', name: 'deploy', inputs: nodes as never, outputs: [{ name: 'url', job: 'ship', output: 'url' }], secrets: [], jobs };
}

function use(id: string, inputs: Record<string, Text>, given: Partial<JobNode> = {}): JobNode {
  return { ...jobOf(id, [], given), steps: [], call: { template: 'deploy', inputs } };
}

const ship = jobOf('ship', [], {
  steps: [runOf('say', 'echo "url=$REGION" >> "$FAIRWAY_OUTPUT"', { outputs: ['url'], env: { REGION: input('region') } }), stepOf('upload', 'upload', { artifact: 'log' })],
  outputs: [{ name: 'url', step: 'say', output: 'url' }],
});
const check = jobOf('check', ['output:ship'], { steps: [runOf('run', 'echo "$URL"', { env: { URL: [{ kind: 'output', job: 'ship', name: 'url' }] } })] });

const twice = (north: string, south: string, jobs = [ship, check], given: Partial<PipelineGraph> = {}) => graphOf([
  use('north', { region: [north] }),
  use('south', { region: [south] }, { needs: needsOf('north'), condition: { kind: 'event', is: ['push'] } }),
  jobOf('last', ['output:south'], { steps: [runOf('run', 'echo "$URL"', { env: { URL: [{ kind: 'output', job: 'south', name: 'url' }] } })] }),
], { templates: [template(jobs)], ...given });

/** The configuration as GitLab puts it together: values go into the text, the text is read, and what includes goes over what is included. */
function assembled(of: PipelineGraph, several = false): Record<string, any> {
  const { files, file: { include = [], ...own } } = lowered(of, { components: true }, several);
  const included = (include as any[]).map(({ local, inputs }) => {
    const text = printedContent(files.find(({ path }) => `/${path}` === local)!);
    const [header, body] = text.split('\n---\n');
    const spec = parse(header).spec.inputs;
    expect(Object.keys(inputs).sort()).toEqual(Object.keys(spec).sort());
    Object.entries<any>(spec).forEach(([name, { regex }]) => expect(inputs[name]).toMatch(new RegExp(regex)));
    const [document, ...more] = parseAllDocuments(body.replace(/\$\[\[\s*(\S.*?\S)\s*\]\]/g, (_, name) => inputs[/^inputs\.(\w+)$/.exec(name)![1]]));
    expect([more, (document as any).errors]).toEqual([[], []]);
    return (document as any).toJS();
  });
  return [...included, own].reduce(merged, {});
}

function merged(under: any, over: any): any {
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(under) || !isMap(over)) {
    return over;
  }
  const entries = Object.entries(over).map(([key, value]) => [key, Object.hasOwn(under, key) ? merged(under[key], value) : value]);
  return { ...under, ...Object.fromEntries(entries) };
}

/** Jobs with what their variables say in their scripts, as the shell puts it there. */
function resolved(file: Record<string, any>): Record<string, any> {
  return Object.fromEntries(Object.entries(file).map(([key, part]) => {
    const { FAIRWAY_USE: word, FAIRWAY_INPUT_region: region, ...variables } = part?.variables ?? {};
    expect([undefined, 'string']).toContain(region === undefined ? undefined : typeof region);
    const script = part?.script?.map((line: string) => line.replaceAll('"$FAIRWAY_USE"', () => word).replaceAll('"${FAIRWAY_INPUT_region:-}"', () => quoted(region)));
    return [key, script === undefined ? part : { ...part, variables, script }];
  }));
}

const quoted = (text: string) => text === '' ? '\'\'' : /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text}'`;

describe('templates as files', () => {
  it.each([false, true])('say what the written out jobs say (several pipelines: %s)', several => {
    const of = twice('eu-1', '1.10');
    expect(lowered(of, { components: true }, several).files.map(({ path }) => path)).toEqual([several ? '.gitlab/ci/ci.yml' : '.gitlab-ci.yml', 'templates/ci-deploy.yml']);
    expect(resolved(assembled(of, several))).toEqual(lowered(of, {}, several).file);
  });

  it('have needs, rules and stages with each use, and nothing of what is in the file', () => {
    const { file, row } = lowered(twice('a', 'b'), { components: true });
    expect(file.include).toEqual([
      { local: '/templates/ci-deploy.yml', inputs: { use: 'north', region: 'a' } }, { local: '/templates/ci-deploy.yml', inputs: { use: 'south', region: 'b' } },
    ]);
    expect(Object.keys(file['south-ship'])).toEqual(['stage', 'needs', 'rules']);
    expect(row('template deploy')).toMatchObject({ support: 'native' });
  });

  it('are no files unless that is asked for', () => {
    const { files, file, row } = lowered(twice('a', 'b'));
    expect([files.length, file.include]).toEqual([1, undefined]);
    expect(row('templates')).toMatchObject({ support: 'emulated' });
  });

  it('never have a value in the text of a script, whatever it is, and mean the same', () => {
    const hostile = fc.constantFrom('', 'true', '1.10', '007', ' ', '"', '\'', 'a"\nb: c', '$HOME', '$[[ inputs.use ]]', '${{ x }}', '\\', 'a: b', '- a', '#', '\u2028', 'null', '$&', 'é');
    fc.assert(fc.property(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), hostile, (north, south) => {
      const of = twice(north, south);
      expect(resolved(assembled(of))).toEqual(lowered(of).file);
      const component = lowered(of, { components: true }).files[1];
      const inserted = component === undefined ? [] : [...parse(printedContent(component).split('\n---\n')[1])['$[[ inputs.use ]]-ship'].script].join('\n').match(/\$\[\[/g);
      expect(inserted ?? []).toEqual([]);
    }), { numRuns: 60 });
  });

  it.each<[string, PipelineGraph]>([
    ['a script looks like an input', twice('a', 'b', [jobOf('ship', [], { steps: [runOf('run', 'echo "$[[ inputs.use ]]"')] })])],
    ['a script depends on the use', twice('a', '"', [ship, check])],
    ['a job is changed', twice('a', 'b', [ship], { patches: [{ system: 'gitlab', job: 'south-ship', reason: 'r', operations: [{ op: 'add', path: '/tags', value: ['x'] }] }] as never })],
  ])('are written out when %s', (_, of) => {
    const { files, file, row } = lowered(of, { components: true });
    expect([files.length, file]).toEqual([1, lowered(of).file]);
    expect(row('template deploy')).toMatchObject({ support: 'emulated' });
  });

  it('write out inputs that conditions read', () => {
    const asked = jobOf('ship', [], { condition: { kind: 'compare', value: { kind: 'input', name: 'region' }, in: ['a'] }, steps: [runOf('run', 'true')] });
    const of = twice('a', 'b', [asked], { jobs: [use('north', { region: ['a'] })] });
    const { file, row } = lowered(of, { components: true });
    expect(file.include).toEqual([{ local: '/templates/ci-deploy.yml', inputs: { use: 'north' } }]);
    expect(row('template deploy')?.how).toContain('written out: region');
  });

  it.each([null, 'yes', 1])('cannot be asked for with %p', components => {
    expect(() => lowered(graphOf([jobOf('a')]), { components: components as never })).toThrow(/FW100\d/);
  });
});
