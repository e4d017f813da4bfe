import * as path from 'path';
import * as fc from 'fast-check';
import { choices, randomPipeline } from './random';
import { ENGINES, filesOf } from './systems';
import { flattened, inlined } from '../../../src/pipelines/graph';
import { Repository, writeBelow } from '../../conformance/pipelines/repository';
import { scriptsOf } from '../../conformance/pipelines/scripts/scripts';
import { newFolder } from '../../support/folders';

const RUNS = { numRuns: 40 };

/** What is handed over in base64, where a system would put values into the text. */
function decoded(text: string): string {
  return [...text.matchAll(/base64 -d > \S+ <<'END'\n([^]*?)\nEND\n/g)].map(([, blob]) => Buffer.from(blob, 'base64').toString()).join('\n');
}

describe.each(ENGINES)('%s', (_, make) => {
  const backend = make()._backend;

  it('never has a value in the text of a script, and has every script of the user', () => {
    fc.assert(fc.property(choices, rows => {
      const { ci, words } = randomPipeline(rows);
      const lowering = backend.lower(ci._graph());
      const folder = newFolder();
      Object.entries(filesOf(lowering)).forEach(([file, text]) => writeBelow(folder, file, text));
      const scripts = scriptsOf(new Repository(path.resolve(folder)));
      expect(scripts.flatMap(script => script.inserted)).toEqual([]);
      const texts = scripts.map(script => `${script.text}\n${decoded(script.text)}`).join('\n');
      expect(words.filter(word => !texts.includes(`echo ${word} "$SHA"`))).toEqual([]);
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
