import type { Expr } from './ast';
import type { Names } from './names';
import { ContextName, plainText, Text, ValueNode } from '../../graph';

/** What values are read from. */
export interface ValueScope {
  readonly names: Names;
  /** The job that reads, for outputs of its own steps. */
  readonly job: string;
  /** The name of the variable that an output of a step of this job is in, when it is an output of the job as well. */
  readonly ownOutputs: ReadonlyMap<string, string>;
  readonly defaultBranch: string;
  readonly eventExpr: Expr;
  /** The stages that a job stands in, by their ids. */
  readonly legsOf: (job: string) => readonly string[];
  /** Told of each secret that is read. */
  readonly secret: (name: string) => void;
}

const text = (value: string): Expr => ({ is: 'text', value });
const env = (name: string): Expr => ({ is: 'env', name });
const fixed = (code: string): Expr => ({ is: 'fixed', code });
const set = (name: string) => ({ is: 'truthy', value: env(name) } as const);

/** What Jenkins knows of a run (branch-api, BranchNameContributor; git plugin, what a checkout returns; core, CoreEnvironmentContributor). */
const CONTEXTS: Record<Exclude<ContextName, 'event' | 'defaultBranch'>, Expr> = {
  repository: fixed('scm.userRemoteConfigs[0].url.replaceAll(\'^.*[:/]([^:/]+/[^/]+?)(\\\\.git)?/?$\', \'$1\')'),
  sha: env('GIT_COMMIT'),
  baseSha: env('FAIRWAY_BASE_SHA'),
  ref: {
    is: 'when',
    test: set('CHANGE_ID'),
    yes: { is: 'concat', parts: [text('refs/pull/'), env('CHANGE_ID'), text('/merge')] },
    no: {
      is: 'when',
      test: set('TAG_NAME'),
      yes: { is: 'concat', parts: [text('refs/tags/'), env('TAG_NAME')] },
      no: { is: 'concat', parts: [text('refs/heads/'), env('BRANCH_NAME')] },
    },
  },
  // The name of a tag stands in BRANCH_NAME as well.
  branch: { is: 'when', test: set('TAG_NAME'), yes: text(''), no: env('BRANCH_NAME') },
  tag: env('TAG_NAME'),
  changeNumber: env('CHANGE_ID'),
  changeTitle: env('CHANGE_TITLE'),
  sourceBranch: env('CHANGE_BRANCH'),
  targetBranch: env('CHANGE_TARGET'),
  actor: fixed('(env.CHANGE_AUTHOR ?: currentBuild.getBuildCauses(\'hudson.model.Cause$UserIdCause\').collect { it.userId }.join(\'\'))'),
  runId: env('BUILD_TAG'),
  runNumber: env('BUILD_NUMBER'),
  runUrl: env('BUILD_URL'),
};

/** What is known only behind a checkout. */
export function needsCheckout(value: ValueNode): boolean {
  return value.kind === 'context' && (value.name === 'sha' || value.name === 'baseSha');
}

/** Whether it can be empty: Jenkins takes a variable with an empty value away (core, EnvVars.override). */
export function canBeEmpty(value: Text): boolean {
  return value.every(part => typeof part !== 'string' && (part.kind === 'output' || part.kind === 'stepOutput' || part.kind === 'input' || part.kind === 'matrix'
    || (part.kind === 'context' && !['event', 'defaultBranch', 'runId', 'runNumber', 'ref', 'sha', 'repository'].includes(part.name))));
}

/** What a job came to: it has failed when one of its legs has. */
export function resultExpr(job: string, scope: ValueScope): Expr {
  const [first, ...rest] = scope.legsOf(job).map(leg => scope.names.result(leg));
  const failure: Expr = { is: 'text', value: 'failure' };
  return rest.reduceRight<Expr>((no, name) => ({ is: 'when', test: { is: 'equal', left: env(name), right: failure }, yes: failure, no }), fixed(`(env.${first} ?: 'skipped')`));
}

export function valueExpr(value: ValueNode, scope: ValueScope): Expr {
  switch (value.kind) {
    case 'output': return env(scope.names.output(value.job, value.name));
    case 'stepOutput': return env(scope.ownOutputs.get(`${value.step} ${value.name}`) ?? scope.names.stepOutput(scope.job, value.step, value.name));
    case 'input': return { is: 'param', name: value.name };
    case 'matrix': return env(value.axis);
    case 'secret':
      scope.secret(value.name);
      return env(value.name);
    case 'context': return value.name === 'event' ? scope.eventExpr : value.name === 'defaultBranch' ? text(scope.defaultBranch) : CONTEXTS[value.name];
    case 'result': return resultExpr(value.job, scope);
    case 'hash': return text(value.files.join(',')); // in keys of caches alone, where Jenkins takes the files themselves
  }
}

export function textExpr(value: Text, scope: ValueScope): Expr {
  const plain = plainText(value);
  if (plain !== undefined) {
    return text(plain);
  }
  const parts = value.map(part => typeof part === 'string' ? text(part) : valueExpr(part, scope));
  return parts.length === 1 ? parts[0] : { is: 'concat', parts };
}
