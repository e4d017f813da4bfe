/*
 * What a run of a pipeline did, told the same way for every system and for the reference. The scripts of a scenario
 * write it themselves, a line each, into the file that FAIRWAY_TRACE names; the runner hands that name in from outside:
 *
 *     start <leg>        a job, or a leg of its matrix, begins: `build`, `test/linux/20` with the values in the order of the axes
 *     end <leg>          its last step is through
 *     say <leg> <text>   anything else that has to be the same everywhere: an output, what an artifact holds, an attempt
 */

export type Result = 'success' | 'failure' | 'skipped' | 'cancelled';

/** What a system made of a run. */
export interface Trace {
  /** The lines that the scripts wrote, in their order. */
  readonly lines: string[];
  /** What became of the whole run. */
  readonly conclusion: 'success' | 'failure';
  /** Names of the files that were handed over as artifacts, without their folders, sorted. */
  readonly artifacts: string[];
  /** What the system itself says of its jobs, under its own names for them. */
  readonly reported: Record<string, Result>;
  /** What the system printed, for whoever has to find out why. */
  readonly log: string;
}

/** What became of one leg. */
export interface Leg {
  readonly starts: number;
  readonly ended: boolean;
  readonly says: string[];
}

/** The lines of a trace, by leg. */
export function legsOf(lines: string[]): Map<string, Leg> {
  const legs = new Map<string, { starts: number; ended: boolean; says: string[] }>();
  for (const line of lines) {
    const [, verb, name, text] = /^(start|end|say) (\S+)(?: (.*))?$/.exec(line) ?? [];
    if (verb === undefined) throw new Error(`no line of a trace: ${line}`);
    const leg = legs.get(name) ?? { starts: 0, ended: false, says: [] };
    legs.set(name, leg);
    if (verb === 'start') leg.starts += 1;
    if (verb === 'end') leg.ended = true;
    if (verb === 'say') leg.says.push(text ?? '');
  }
  return legs;
}

/** Where the scripts of a run stand in a trace: before which line a leg began, and after which it was through. */
export function span(lines: string[], leg: string): { from: number; to: number } | undefined {
  const from = lines.indexOf(`start ${leg}`);
  const to = lines.map(line => line.split(' ')[1] === leg).lastIndexOf(true);
  return from < 0 ? undefined : { from, to };
}
