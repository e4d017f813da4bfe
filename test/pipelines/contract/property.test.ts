import * as path from 'path';
import * as fc from 'fast-check';
import { SYSTEM_OUTPUTS } from './outputs';
import { choices, randomPipeline } from './random';
import { ENGINES, filesOf } from './systems';
import { flattened, inlined } from '../../../src/pipelines/graph';
import { Repository, writeBelow } from '../../conformance/pipelines/repository';
import { scriptsOf } from '../../conformance/pipelines/scripts/scripts';
import { newFolder } from '../../support/folders';

const RUNS = { numRuns: 40 };

describe.each(ENGINES)('%s', (_, make) => {
  const backend = make()._backend;
  const { read, texts, isInert } = SYSTEM_OUTPUTS.find(({ system }) => system === backend.system)!;

  it('never has a value in the text of a script, and has every script of the user', () => {
    fc.assert(fc.property(choices, rows => {
      const { ci, words } = randomPipeline(rows);
      const lowering = backend.lower(ci._graph());
      const folder = newFolder();
      const files = filesOf(lowering);
      Object.entries(files).forEach(([file, text]) => writeBelow(folder, file, text));
      const view = read(files);
      const inserted = scriptsOf(new Repository(path.resolve(folder))).flatMap(script => script.inserted);
      expect(inserted.filter(text => !isInert?.(view, text))).toEqual([]);
      const all = texts(view).join('\n');
      expect(words.filter(word => !all.includes(`echo ${word} "$SHA"`))).toEqual([]);
    }), RUNS);
  });

  it('makes the same bytes each time', () => {
    fc.assert(fc.property(choices, rows => {
      const of = () => filesOf(backend.lower(randomPipeline(rows).ci._graph()));
      expect(of()).toEqual(of());
    }), { numRuns: 10 });
  });
});

it('no script of a graph holds a value', () => {
  fc.assert(fc.property(choices, rows => {
    const { ci, words } = randomPipeline(rows);
    const scripts = inlined(ci._graph()).jobs.flatMap(job => flattened(job.steps)).flatMap(step => step.kind === 'run' ? [step.script] : []);
    expect(scripts).toEqual(words.map(word => `echo ${word} "$SHA" "$TITLE" "$NOTE"\necho "said=x" >> "$FAIRWAY_OUTPUT"`));
  }), RUNS);
});
