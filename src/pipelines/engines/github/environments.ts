import { inert } from './expressions';
import { literal } from './globs';
import type { JobScope, StepBody } from './scope';
import { approximated, dropped, emulated, holdsGates, native, unsupported } from '../../gaps';
import type { JobNode } from '../../graph';

const SETTINGS = 'Settings > Environments';

export interface LoweredEnvironment {
  readonly environment?: unknown;
  /** Steps that stand before those of the job. */
  readonly steps: readonly StepBody[];
  /** What is asked of those who approve. */
  readonly comment?: string;
}

/** The environment of a job, and what holds it back: an approval is a setting of an environment, which no workflow can make. */
export function lowerEnvironment(job: JobNode, scope: JobScope): LoweredEnvironment {
  const { report, values, options, grants } = scope;
  const { environment, approval } = job;
  const name = environment?.name ?? (approval ? `${job.id}-approval` : undefined);
  if (name === undefined) {
    return { steps: [] };
  }
  if (environment) {
    report.row(native(`environment ${name}`, 'environment', job.id));
  }
  const needsReview = reviewed(job, name, scope);
  const steps: StepBody[] = [];
  if (needsReview && options.approvalGuard !== false) {
    grants.need('actions', 'read', `sees that ${name} has reviewers`);
    report.row(emulated('approval guard', 'a step asks the API of GitHub for the reviewers, with curl, which the runner or the container must have', job.id));
    steps.push(guard(name, values.text([encodeURIComponent(name)])));
  }
  const url = environment?.url && values.text(environment.url);
  const text = values.text([name]);
  return {
    environment: url === undefined ? text : { name: text, url },
    steps,
    comment: approval && approval.message !== '' ? approval.message : undefined,
  };
}

/** Says what has to be set, and whether somebody has to agree. */
function reviewed(job: JobNode, name: string, { report }: JobScope): boolean {
  const { approval } = job;
  const protection = job.environment?.protection;
  const asked = approval ?? protection?.approvals;
  if (asked !== undefined) {
    const who = approval ? approval.approvers : protection!.approvals!.teams;
    const reviewers = who.length > 0 ? who.join(', ') : 'those who may approve';
    report.remain(`Create the environment ${literal(name)}, with ${reviewers} as required reviewers and without self-review.`, SETTINGS);
    report.row(emulated('approval', `required reviewers of the environment ${name}, which no file can set`, job.id));
    if (asked.count > 1) {
      const how = 'one of the reviewers of an environment is enough for GitHub, whatever their number';
      report.row(approval ? unsupported('approval count', how, job.id) : approximated('approval count', how, job.id));
    }
    if (approval?.timeoutMinutes !== undefined) {
      report.row(dropped('approval timeout', 'GitHub waits 30 days for a review', job.id));
    }
  }
  const held = (part: string) => report.row(holdsGates(job)
    ? emulated(part, 'fairway promote holds it', job.id)
    : approximated(part, 'fairway promote holds it, and the job does not run that', job.id));
  if (protection?.soakMinutes !== undefined && protection.soakMinutes > 0) {
    held('soak');
  }
  if (protection?.restrictedTimes) {
    held('restricted times');
  }
  return asked !== undefined;
}

/**
 * Without reviewers, an environment lets everything through, and a run that names one that does not exist creates it so
 * (docs.github.com, Managing environments for deployment). Of the rules of an environment, the one for reviewers alone has a list of that name
 * (docs.github.com, REST API endpoints for deployment environments); a text in the answer has its quotes escaped, and cannot look like one.
 */
function guard(name: string, encoded: string): StepBody {
  return {
    name: inert(`Check that ${name} has reviewers`),
    env: { ENVIRONMENT: encoded, TOKEN: '${{ github.token }}' },
    run: [
      '# The token is in no argument, which other users of the machine could see.',
      'answer=$(printf \'header = "Authorization: Bearer %s"\\n\' "$TOKEN" |',
      '  curl --config - --fail --silent --show-error --retry 3 --max-time 60 "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT" |',
      '  tr -d \'[:space:]\')',
      'case "$answer" in',
      '  *\'"reviewers":[{\'*) ;;',
      '  *)',
      '    echo "::error::The environment has no required reviewers: nobody was asked."',
      '    exit 1',
      '    ;;',
      'esac',
    ].join('\n'),
  };
}
