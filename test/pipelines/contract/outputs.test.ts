import { SYSTEM_OUTPUTS } from './outputs';
import { EQUIPPED } from './outputs/equipped';
import type { Output, SystemOutputs } from './outputs/system';
import { SCENARIOS } from './scenarios';
import { ENGINES, filesOf } from './systems';
import { Support } from '../../../src/core/capability';
import type { Finding } from '../../../src/core/diagnostics/finding';
import { isError } from '../../../src/pipelines/gaps';
import { flattened, inlined, JobOrder, PipelineGraph } from '../../../src/pipelines/graph';
import { Repository, writeBelow } from '../../conformance/pipelines/repository';
import { scriptsOf } from '../../conformance/pipelines/scripts/scripts';
import { newFolder } from '../../support/folders';

const IDS = SCENARIOS.map(({ id }) => id).sort();

describe.each(SYSTEM_OUTPUTS.map(system => [system.system, system] as const))('%s', (name, system: SystemOutputs<any>) => {
  const made = new Map(SCENARIOS.map(({ id, graph: make }) => [id, once(() => {
    const graph = make();
    const lowering = EQUIPPED[name]()._backend.lower(graph);
    const files = filesOf(lowering);
    return { id, files, output: { view: system.read(files), graph: inlined(graph), lowering } as Output<any> };
  })]));
  const bare = ENGINES.map(([, make]) => make()._backend).find(backend => backend.system === name)!;

  it('has a promise for every scenario, and refuses what the scenarios say', () => {
    expect(Object.keys(system.promises).sort()).toEqual(IDS);
    expect(Object.keys(system.refused).sort()).toEqual(SCENARIOS.filter(({ refused }) => refused?.[name] !== undefined).map(({ id }) => id).sort());
    expect(Object.keys(system.refusedWithoutOptions).filter(id => !IDS.includes(id))).toEqual([]);
  });

  describe.each(SCENARIOS.map(({ id, graph }) => [id, graph] as const))('%s', (id, graphOf) => {
    it('is refused where it is said, and nowhere else', () => {
      const { lowering, graph } = made.get(id)!().output;
      expect(refusals(lowering.findings, graph)).toEqual(system.refused[id] ?? []);
      const given = graphOf();
      const wanted = [...system.refused[id] ?? [], ...system.refusedWithoutOptions[id] ?? []];
      expect(refusals(bare.lower(given).findings, inlined(given)).sort()).toEqual(wanted.sort());
    });

    it('has every job, in the order of the graph', () => {
      const { output } = made.get(id)!();
      const { graph, view } = output;
      expect(graph.jobs.filter(job => !system.has(view, job)).map(job => job.id)).toEqual([]);
      const order = new JobOrder(graph.jobs);
      const waits = new Map<string, ReadonlySet<string>>();
      const all = new Set(graph.jobs.map(job => job.id));
      for (const job of graph.jobs) {
        const direct = system.waitsFor(view, job, graph);
        waits.set(job.id, new Set([...direct, ...direct.flatMap(before => [...waits.get(before) ?? []])].filter(before => all.has(before))));
      }
      for (const job of graph.jobs.filter(each => !system.refused[id]?.includes(`${each.id}: needs`))) {
        const wanted = order.ancestorsOf(job.id);
        const actual = graph.jobs.map(each => each.id).filter(each => waits.get(job.id)!.has(each));
        expect([job.id, system.mayWait(job, output) ? actual.filter(each => wanted.includes(each)) : actual]).toEqual([job.id, wanted]);
      }
    });

    it('has every script, byte for byte, and no value in one', () => {
      const { output: { graph, view }, files } = made.get(id)!();
      const texts = system.texts(view);
      const scripts = graph.jobs.flatMap(job => flattened(job.steps)).flatMap(step => step.kind === 'run' ? [step.script] : []);
      expect(scripts.filter(script => !texts.some(text => text.includes(script)))).toEqual([]);
      const folder = newFolder();
      Object.entries(files).forEach(([file, text]) => writeBelow(folder, file, text));
      expect(scriptsOf(new Repository(folder)).flatMap(({ inserted }) => inserted).filter(inserted => !system.isInert?.(view, inserted))).toEqual([]);
    });

    it('has a finding for each gap, and a gap for each such finding', () => {
      const { lowering: { rows, findings }, graph } = made.get(id)!().output;
      const pathOf = (job?: string) => graph.jobs.find(each => each.id === job)?.path ?? graph.path;
      const gaps = rows.filter(({ support }) => support === Support.UNSUPPORTED || support === Support.APPROXIMATED)
        .map(({ part, how, matters, job }) => `${matters ? 'FW1090' : 'FW1091'} ${pathOf(job)} ${JSON.stringify(part)}: ${how}.`);
      const told = findings.filter(({ code }) => code === 'FW1090' || code === 'FW1091')
        .map(({ code, path, message }) => `${code} ${path} ${message.slice(message.indexOf('"'))}`);
      expect(told.sort()).toEqual(gaps.sort());
    });

    it('is explained by jobs that there are', () => {
      const { output: { lowering, graph, view } } = made.get(id)!();
      const known = new Set(graph.jobs.map(job => job.id));
      const others = lowering.rows.flatMap(({ job }) => job !== undefined && !known.has(job) ? [job] : []);
      expect(others.filter(job => !system.has(view, { ...graph.jobs[0], id: job, name: [job], matrix: undefined }))).toEqual([]);
      expect(lowering.rows.filter(({ part, how }) => part.trim() === '' || how.trim() === '')).toEqual([]);
    });

    const promise = system.promises[id];
    if (typeof promise === 'string') {
      it(promise, () => expect(promise).toMatch(/^does not apply, because \w/));
    } else {
      it('is what the scenario promises', () => {
        const { output } = made.get(id)!();
        expect.hasAssertions();
        promise(output.view, output);
      });
    }
  });
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Errors, by the job that they are at and the part that is refused. All of them have to be gaps. */
function refusals(findings: readonly Finding[], graph: PipelineGraph): string[] {
  return findings.filter(isError).map(({ code, path, message }) => {
    expect(code).toBe('FW1090');
    const job = graph.jobs.find(each => each.path === path)?.id ?? '';
    return `${job}: ${/does not do "((?:[^"\\]|\\.)*)"/.exec(message)![1]}`;
  });
}
