import { parse } from '../../documents';
import type { Repository } from '../repository';
import { insertedIn, type Script } from './script';

const INPUT = /\$\[\[.*?\]\]/gs;

/**
 * Whether GitLab puts values in place of anything in the file: it does so in what follows a header alone, and gives back all else as it is
 * (gitlabhq lib/gitlab/ci/config/interpolation/text_interpolator.rb, `interpolate!`).
 */
function hasHeader(text: string): boolean {
  const [first, ...rest] = parse(text);
  return rest.length > 0 && first.toJS()?.spec !== undefined;
}

/** What jobs run first because of what they extend, in whichever file that is; as far as it goes one level up. */
function firstLines({ gitlab, gitlabTemplates }: Repository): (job: any) => string[] | undefined {
  const parts = [...gitlab, ...gitlabTemplates].flatMap(({ text }) => parse(text)).flatMap((document) => Object.entries<any>(document.toJS() ?? {}));
  const hidden = new Map(parts.filter(([name, job]) => name.startsWith('.') && job?.before_script !== undefined));
  return (job) => [job?.extends].flat().map((name) => hidden.get(name)?.before_script).filter((lines) => lines !== undefined).map(linesOf).pop();
}

/** The scripts of every job: one shell gets `before_script` and `script` together, another one `after_script`. */
export function gitlabScripts(repository: Repository): Script[] {
  const { gitlab, gitlabTemplates } = repository;
  const inherited = firstLines(repository);
  return [...gitlab, ...gitlabTemplates].flatMap(({ file, object, text }) => {
    const isTemplate = hasHeader(text);
    return parse(text).map((document) => document.toJS()).flatMap((configuration): Script[] => {
      const defaults = linesOf(configuration?.default?.before_script ?? configuration?.before_script);
      return Object.entries<any>(configuration ?? {}).filter(([name, job]) => name === 'default' || job?.script !== undefined || name.startsWith('.'))
        .flatMap(([name, job]): Script[] => [
          { part: 'script', lines: [...job?.before_script === undefined ? inherited(job) ?? defaults : linesOf(job.before_script), ...linesOf(job?.script)] },
          { part: 'after_script', lines: linesOf(job?.after_script) },
          { part: 'pre_get_sources_script', lines: linesOf(job?.hooks?.pre_get_sources_script) },
        ].filter(({ lines }) => lines.length > 0)
          .map(({ part, lines }) => {
            const script = lines.join('\n');
            const shown = isTemplate ? script.replace(INPUT, 'input') : script;
            return { file, object: `step/${object}/${name}/${part}`, text: shown, shell: 'bash', inserted: isTemplate ? insertedIn(script, INPUT) : [] };
          }));
    });
  });
}

/** A list of lines, in which lists may stand. A reference to another job's lines is no text of this one. */
function linesOf(script: unknown): string[] {
  if (typeof script === 'string') return [script];
  return Array.isArray(script) ? script.flatMap(linesOf) : [];
}
