import { yamlFile } from './component-file';
import type { Leg } from './legs';
import type { LoweredFile, PipelineRow } from '../../engine';
import { emulated, native } from '../../gaps';
import { flattened, JobNode, PipelineGraph, rewriteJob, TemplateNode, textOf, ValueNode } from '../../graph';

/*
 * Templates of jobs as files with inputs. GitLab puts the values of inputs into the text of a file before it reads that as YAML (gitlabhq
 * lib/gitlab/ci/config/interpolation/text_template.rb), so only values that are text to YAML whatever stands around them are inputs, and nothing of a
 * script is. What depends on where a template is used (needs, rules, stages) stands with the use: keys of a job there go over those of the file.
 */

/** Values that mean nothing to YAML within quotes, nor to GitLab: no quotes, no backslash, no dollar, one line. */
const SAFE = /^[\w .,:;/@%+=~-]{0,1000}$/;

/** The same for GitLab (RE2), so that nobody else who includes the file can give another. */
const SAFE_VALUE = '^[A-Za-z0-9_ .,:;/@%+=~-]{0,1000}$';
const SAFE_USE = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** What a job is like only where it is used. */
const OF_THE_USE = new Set([
  'stage', 'needs', 'dependencies', 'rules', 'when', 'allow_failure', 'manual_confirmation', 'environment', 'resource_group', 'interruptible',
]);

/** The input with what the jobs of a use begin with. */
const USE = 'use';
const USE_VARIABLE = 'FAIRWAY_USE';
const inputVariable = (name: string) => `FAIRWAY_INPUT_${name}`;
const inserted = (input: string) => `$[[ inputs.${input} ]]`;

interface Use {
  readonly id: string;
  /** A word that stands for the id, and is in no text of the user. */
  readonly word: string;
  readonly inputs: Readonly<Record<string, string>>;
}

interface Component {
  readonly template: TemplateNode;
  readonly uses: readonly Use[];
  /** Inputs that are those of the file. */
  readonly inputs: readonly string[];
}

/** The parts of a file, by job and leg. */
export type Parts = ReadonlyMap<string, ReadonlyArray<{ readonly leg: Leg; readonly part: Record<string, unknown> }>>;

export interface Components {
  /** The graph in which uses and inputs have names that stand for them. */
  readonly symbolic: PipelineGraph;
  /** Takes what all uses have in common out of the file. */
  taken(file: Record<string, unknown>, plain: Parts, symbolic: Parts, isChanged: (key: string) => boolean): Taken;
}

export interface Taken {
  readonly file: Record<string, unknown>;
  readonly files: readonly LoweredFile[];
  readonly rows: readonly PipelineRow[];
}

/** The templates of a graph, as components. */
export function componentsOf(graph: PipelineGraph): Components {
  const text = JSON.stringify(graph);
  let stem = 'fairway-use';
  while (text.includes(stem)) {
    stem += 'x';
  }
  const words = new Map(graph.jobs.filter(job => job.call).map((job, i) => [job.id, `${stem}${i}e`]));
  const components = graph.templates.map(template => componentOf(graph, template, words)).filter(({ uses }) => uses.length > 0);
  return {
    symbolic: symbolic(graph, components, words),
    taken: (file, plain, parts, isChanged) => taken(graph, components, { file, plain, parts, isChanged }),
  };
}

function componentOf(graph: PipelineGraph, template: TemplateNode, words: ReadonlyMap<string, string>): Component {
  const jobs = graph.jobs.filter(job => job.call?.template === template.id);
  const elsewhere = new Set(template.jobs.flatMap(readsOutsideEnvironment));
  const inputs = template.inputs.map(({ name }) => name).filter(name => name !== USE && !elsewhere.has(name)
    && jobs.every(job => textGiven(job, name) !== undefined && SAFE.test(textGiven(job, name)!)));
  return {
    template,
    uses: jobs.map(job => ({ id: job.id, word: words.get(job.id)!, inputs: Object.fromEntries(inputs.map(name => [name, textGiven(job, name)!])) })),
    inputs,
  };
}

/** What a use says for an input, when that is text. */
function textGiven(job: JobNode, name: string): string | undefined {
  const given = Object.hasOwn(job.call!.inputs, name) ? job.call!.inputs[name] : undefined;
  return given?.every(part => typeof part === 'string') ? given.join('') : undefined;
}

/** Inputs that a job reads where GitLab has to know the value, and not only its scripts. */
function readsOutsideEnvironment(job: JobNode): string[] {
  const names: string[] = [];
  const note = (value: ValueNode) => {
    if (value.kind === 'input') {
      names.push(value.name);
    }
    return value;
  };
  rewriteJob({ ...job, env: {}, steps: flattened(job.steps).map(step => ({ ...step, env: {} })) }, { rewrite: note, matches: () => false });
  return names;
}

/** The graph with words in place of the ids of uses, and variables in place of what they say. */
function symbolic(graph: PipelineGraph, components: readonly Component[], words: ReadonlyMap<string, string>): PipelineGraph {
  const inputs = new Map(components.map(({ template, inputs: names }) => [template.id, names]));
  const withVariables = (job: JobNode): JobNode => {
    const { call } = job;
    if (call === undefined) {
      return job;
    }
    const variables = (inputs.get(call.template) ?? []).map(name => [name, textOf([{ kind: 'input', name: inputVariable(name) }])]);
    return { ...job, call: { ...call, inputs: { ...call.inputs, ...Object.fromEntries(variables) } } };
  };
  const rename = (id: string) => words.get(id) ?? id;
  return {
    ...graph,
    jobs: graph.jobs.map(job => ({ ...renamed(withVariables(job), rename) as JobNode, id: rename(job.id) })),
    stages: graph.stages.map(stage => ({ ...stage, jobs: stage.jobs.map(rename) })),
    patches: [],
  };
}

/** Edges, outputs and results name a job in `job`, and nothing else does. */
function renamed(value: unknown, rename: (id: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map(each => renamed(each, rename));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const isReference = !('kind' in value) || value.kind === 'output' || value.kind === 'result';
  return Object.fromEntries(Object.entries(value).map(([key, of]) =>
    [key, key === 'job' && typeof of === 'string' && isReference ? rename(of) : key === 'env' || key === 'inputs' || typeof of === 'object' ? renamed(of, rename) : of]));
}

interface Given {
  readonly file: Record<string, unknown>;
  readonly plain: Parts;
  readonly parts: Parts;
  readonly isChanged: (key: string) => boolean;
}

function taken(graph: PipelineGraph, components: readonly Component[], given: Given): Taken {
  const file = { ...given.file };
  const files: LoweredFile[] = [];
  const rows: PipelineRow[] = [];
  const includes: unknown[] = [];
  for (const component of components) {
    const { template, uses } = component;
    const made = fileOf(component, given);
    if (typeof made === 'string') {
      rows.push(emulated(`template ${template.id}`, `its jobs stand in place of each use: ${made}`));
      continue;
    }
    const path = `templates/${graph.id}-${template.id}.yml`;
    files.push({ path, content: yamlFile(headerOf(component), made.jobs) });
    includes.push(...uses.map(({ id, inputs }) => ({ local: `/${path}`, inputs: { [USE]: id, ...inputs } })));
    Object.assign(file, made.rest);
    const written = template.inputs.map(({ name }) => name).filter(name => !component.inputs.includes(name));
    rows.push(native(`template ${template.id}`, `include with inputs of ${path}${written.length === 0 ? '' : `; written out: ${written.join(', ')}`}`));
  }
  return { file: includes.length === 0 ? file : { include: includes, ...file }, files, rows };
}

function headerOf({ template, inputs }: Component): unknown {
  const descriptions = new Map(template.inputs.map(input => [input.name, input.description]));
  return {
    spec: {
      inputs: {
        [USE]: { description: 'What the jobs of this use begin with.', regex: SAFE_USE },
        ...Object.fromEntries(inputs.map(name => {
          const description = descriptions.get(name);
          return [name, { ...description !== undefined && { description }, regex: SAFE_VALUE }];
        })),
      },
    },
  };
}

/** The jobs of a file, and what remains of each use; why not, in words. */
function fileOf({ template, uses, inputs }: Component, { plain: plainParts, parts, isChanged }: Given) {
  const jobs: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const { id } of template.jobs) {
    const each = uses.map(use => ({ use, plain: plainParts.get(`${use.id}-${id}`) ?? [], symbolic: parts.get(`${use.word}-${id}`) ?? [] }));
    const [first] = each;
    for (let i = 0; i < first.plain.length; i++) {
      if (each.some(of => of.plain.length !== first.plain.length || of.symbolic.length !== first.plain.length)) {
        return 'they have not the same legs';
      }
      if (each.some(of => isChanged(of.plain[i].leg.key))) {
        return 'a change of the output is of one of them';
      }
      const candidates = each.map(of => Object.fromEntries(Object.entries(of.symbolic[i].part).filter(([key]) => !OF_THE_USE.has(key))
        .map(([key, value]) => [key, named(value, of.use.word, key === 'script' ? `"$${USE_VARIABLE}"` : inserted(USE))])));
      const common = Object.keys(candidates[0]).filter(key => candidates.every(of => JSON.stringify(of[key]) === JSON.stringify(candidates[0][key])));
      if (!common.includes('script')) {
        return `the script of ${id} depends on where it is used`;
      }
      const shared = Object.fromEntries(common.map(key => [key, candidates[0][key]]));
      if (JSON.stringify(each.map(of => Object.fromEntries(common.map(key => [key, of.symbolic[i].part[key]])))).includes('$[[')) {
        return `${id} has text that GitLab would take for an input`;
      }
      const variables = {
        [USE_VARIABLE]: inserted(USE),
        ...Object.fromEntries(inputs.map(name => [inputVariable(name), inserted(name)])),
        ...shared.variables as object,
      };
      jobs[named(first.symbolic[i].leg.key, first.use.word, inserted(USE)) as string] = { ...shared, variables };
      each.forEach(of => rest[of.plain[i].leg.key] = Object.fromEntries(Object.entries(of.plain[i].part).filter(([key]) => !common.includes(key))));
    }
  }
  return { jobs, rest };
}

/** Text with something else in place of the word that stands for the use. */
function named(value: unknown, word: string, by: string): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(word, () => by);
  }
  if (Array.isArray(value)) {
    return value.map(each => named(each, word, by));
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, named(of, word, by)])) : value;
}
