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

/** The scripts of every job: one shell gets `before_script` and `script` together, another one `after_script`. */
export function gitlabScripts({ gitlab, gitlabTemplates }: Repository): Script[] {
  return [...gitlab, ...gitlabTemplates].flatMap(({ file, object, text }) => {
    const isTemplate = hasHeader(text);
    return parse(text).map((document) => document.toJS()).flatMap((configuration): Script[] => {
      const defaults = linesOf(configuration?.default?.before_script ?? configuration?.before_script);
      return Object.entries<any>(configuration ?? {}).filter(([name, job]) => name === 'default' || job?.script !== undefined || name.startsWith('.'))
        .flatMap(([name, job]): Script[] => [
          { part: 'script', lines: [...beforeOf(configuration, job) ?? defaults, ...linesOf(job?.script)] },
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

/** What comes first in the shell of a job: its own, or that of what it extends. */
function beforeOf(configuration: any, job: any): string[] | undefined {
  if (job?.before_script !== undefined) return linesOf(job.before_script);
  const extended = [job?.extends].flat().map((name) => configuration[name]?.before_script).filter((script) => script !== undefined);
  return extended.length === 0 ? undefined : linesOf(extended[extended.length - 1]);
}

/** A list of lines, in which lists may stand. A reference to another job's lines is no text of this one. */
function linesOf(script: unknown): string[] {
  if (typeof script === 'string') return [script];
  return Array.isArray(script) ? script.flatMap(linesOf) : [];
}
