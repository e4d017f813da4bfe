import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/*
 * GitLab as far as it decides which jobs run: `rules`, `when` with `needs`, artifacts of needed jobs; scripts run in bash. After
 * lib/gitlab/ci/status/composite.rb (dag) and app/services/ci/process_build_service.rb.
 */

type File = Record<string, any>;

export interface Ran {
  /** As GitLab shows it; absent for a job that is not in the pipeline. */
  readonly status: 'success' | 'failed' | 'skipped';
  readonly log: string;
}

export type Variables = Readonly<Record<string, string>>;

const HIDDEN = ['workflow', 'stages', 'variables', 'default', 'include'];

export function jobsOf(file: File): Array<[string, any]> {
  return Object.entries(file).filter(([key]) => !key.startsWith('.') && !HIDDEN.includes(key));
}

/** Whether an expression of `rules:if` holds. */
export function holds(expression: string, variables: Variables): boolean {
  const tokens = expression.match(/"[^"]*"|'[^']*'|\/(?:\\\/|[^/])+\/|\$\w+|==|!=|=~|!~|&&|\|\||[()]|null/g) ?? [];
  if (tokens.join('').replace(/\s/g, '') !== expression.replace(/\s/g, '')) {
    throw new Error(`no expression: ${expression}`);
  }
  let at = 0;
  const value = (): string | null | RegExp => {
    const token = tokens[at++];
    switch (token[0]) {
      case '$': return variables[token.slice(1)] ?? null;
      case '/': return new RegExp(token.slice(1, -1), 's');
      case 'n': return null;
      default: return token.slice(1, -1);
    }
  };
  const comparison = (): boolean => {
    if (tokens[at] === '(') {
      at++;
      const result = or();
      at++;
      return result;
    }
    const left = value();
    switch (tokens[at]) {
      case '==': at++; return left === value();
      case '!=': at++; return left !== value();
      case '=~': at++; return left !== null && (value() as RegExp).test(left as string) || (left === null && value() === undefined);
      case '!~': at++; return !(value() as RegExp).test(left as string ?? '') || left === null;
      default: return left !== null && left !== '';
    }
  };
  const and = (): boolean => {
    let result = comparison();
    while (tokens[at] === '&&') {
      at++;
      const next = comparison();
      result = result && next;
    }
    return result;
  };
  const or = (): boolean => {
    let result = and();
    while (tokens[at] === '||') {
      at++;
      const next = and();
      result = result || next;
    }
    return result;
  };
  return or();
}

interface Made {
  readonly key: string;
  readonly part: any;
  readonly when: string;
  readonly allowed: boolean;
  readonly variables: Variables;
}

/** The jobs of a pipeline; throws where GitLab makes none. */
function made(file: File, variables: Variables): Made[] {
  const jobs = jobsOf(file).flatMap(([key, part]): Made[] => {
    const rule = part.rules === undefined ? { when: part.when } : part.rules.find((each: any) => each.if === undefined || holds(each.if, variables));
    if (rule === undefined || rule.when === 'never') {
      return [];
    }
    return legs(key, part).map(leg => ({ ...leg, when: rule.when ?? 'on_success', allowed: rule.allow_failure ?? part.allow_failure ?? false, variables: { ...variables, ...leg.variables } }));
  });
  for (const { key, part } of jobs) {
    for (const need of part.needs ?? []) {
      if (!need.optional && !jobs.some(job => keyOf(job.key) === need.job || job.key === need.job)) {
        throw new Error(`${key} needs ${need.job}, which is not in the pipeline`);
      }
    }
  }
  return jobs;
}

function legs(key: string, part: any): Array<Pick<Made, 'key' | 'part' | 'variables'>> {
  if (part.parallel === undefined) {
    return [{ key, part, variables: {} }];
  }
  let product: Array<Record<string, string>> = [{}];
  for (const [axis, values] of Object.entries<string[]>(part.parallel.matrix[0])) {
    product = product.flatMap(each => values.map(value => ({ ...each, [axis]: value })));
  }
  return product.map((each, i) => ({ key: `${key} ${i + 1}/${product.length}`, part, variables: { ...each, CI_NODE_INDEX: String(i + 1) } }));
}

function keyOf(key: string): string {
  return key.replace(/ \d+\/\d+$/, '');
}

/** The status of needed jobs together (composite.rb, dag). */
function together(statuses: Array<'success' | 'failed' | 'skipped' | 'warning'>): 'success' | 'failed' | 'skipped' {
  return statuses.includes('skipped') ? 'skipped' : statuses.includes('failed') ? 'failed' : 'success';
}

const RUNS_AFTER: Record<string, string[]> = { on_success: ['success'], on_failure: ['failed'], always: ['success', 'failed', 'skipped'] };

export interface Simulated {
  readonly jobs: Map<string, Ran>;
  /** Lines of `$MARKS`, where scripts say what they have done. */
  readonly marks: string[];
}

export function simulate(file: File, given: Variables): Simulated {
  const variables = { CI_PIPELINE_ID: '77', ...given };
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'gitlab-'));
  try {
    const marks = path.join(root, 'marks');
    fs.writeFileSync(marks, '');
    const results = new Map<string, Ran>();
    const pipeline = made(file, variables);
    for (const job of ordered(pipeline, file.stages ?? [])) {
      const needed = job.part.needs === undefined
        ? pipeline.filter(other => stageOf(file, other) < stageOf(file, job))
        : pipeline.filter(other => job.part.needs.some((need: any) => need.job === other.key || need.job === keyOf(other.key)));
      const before = needed.map(other => {
        const { status } = results.get(other.key)!;
        return status === 'failed' && other.allowed ? 'warning' : status;
      });
      if (!RUNS_AFTER[job.when].includes(together(before))) {
        results.set(job.key, { status: 'skipped', log: '' });
        continue;
      }
      const folder = path.join(root, encodeURIComponent(job.key));
      fs.mkdirSync(folder);
      const sources = job.part.needs === undefined
        ? needed.filter(other => (job.part.dependencies ?? []).some((key: string) => key === other.key || key === keyOf(other.key)))
        : needed.filter(other => job.part.needs.some((need: any) => need.artifacts && (need.job === other.key || need.job === keyOf(other.key))));
      sources.forEach(other => collect(other, path.join(root, encodeURIComponent(other.key)), folder));
      const script = [...file[job.part.extends]?.before_script ?? [], ...job.part.script].join('\n');
      const env = { PATH: process.env.PATH, HOME: root, ...job.variables, MARKS: marks };
      const run = spawnSync('bash', ['-c', `set -eo pipefail\n${script}`], { cwd: folder, env, encoding: 'utf8', timeout: 20_000 });
      results.set(job.key, { status: run.status === 0 ? 'success' : 'failed', log: run.stdout + run.stderr });
    }
    return { jobs: results, marks: fs.readFileSync(marks, 'utf8').split('\n').filter(line => line !== '') };
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

function collect(job: Made, from: string, to: string): void {
  for (const pattern of job.part.artifacts?.paths ?? []) {
    const artifact = pattern.replaceAll('$CI_PIPELINE_ID', '77');
    if (fs.existsSync(path.join(from, artifact))) {
      fs.cpSync(path.join(from, artifact), path.join(to, artifact), { recursive: true });
    }
  }
}

function stageOf(file: File, job: Made): number {
  return (file.stages ?? []).indexOf(job.part.stage);
}

/** Needs first; without needs, stage by stage. */
function ordered(jobs: Made[], stages: string[]): Made[] {
  const done: Made[] = [];
  const open = [...jobs];
  while (open.length > 0) {
    const next = open.findIndex(job => job.part.needs === undefined
      ? !open.some(other => stages.indexOf(other.part.stage) < stages.indexOf(job.part.stage))
      : !open.some(other => other !== job && job.part.needs.some((need: any) => need.job === other.key || need.job === keyOf(other.key))));
    if (next < 0) {
      throw new Error('the needs are a ring');
    }
    done.push(...open.splice(next, 1));
  }
  return done;
}
