import { inert } from './expressions';
import type { Report } from './report';
import type { StepBody } from './scope';
import { emulated } from '../../gaps';
import type { IdentityNode, JobNode, StepNode } from '../../graph';

export function identityRows(job: JobNode, report: Report): void {
  for (const { name } of job.identities) {
    report.row(emulated(`identity ${name}`, `id-token: write, and a step that fetches the token into $${name}_FILE`, job.id));
  }
}

/** Whether the script of a step names the file of a token. */
export function readsToken(step: StepNode, { name }: IdentityNode): boolean {
  const script = step.kind === 'run' ? step.script : step.kind === 'delivery' ? step.portable.script : '';
  return script.includes(`${name}_FILE`);
}

/**
 * A step that fetches a token into a file (docs.github.com, OpenID Connect, updating your actions). The name of the file alone goes to the steps
 * after; the token is in no variable.
 */
export function fetching({ name, audience }: IdentityNode): StepBody {
  return {
    name: `Fetch the token ${name}`,
    env: { AUDIENCE: inert(audience) },
    run: [
      'umask 077',
      `file="$RUNNER_TEMP/${name}.token"`,
      'curl --silent --show-error --fail --retry 3 --get --data-urlencode "audience=$AUDIENCE" \\',
      '  --header "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL" |',
      '  sed -n \'s/.*"value" *: *"\\([^"]*\\)".*/\\1/p\' > "$file"',
      'test -s "$file"',
      'echo "::add-mask::$(cat "$file")"',
      `echo "${name}_FILE=$file" >> "$GITHUB_ENV"`,
    ].join('\n'),
  };
}
