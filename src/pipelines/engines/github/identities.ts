import { inert } from './expressions';
import type { Report } from './report';
import type { StepBody } from './scope';
import { emulated } from '../../gaps';
import type { IdentityNode, JobNode } from '../../graph';

/**
 * Steps that fetch tokens into files (docs.github.com, OpenID Connect, updating your actions). The name of the file alone goes to the steps after;
 * the token is in no variable.
 */
export function identitySteps(job: JobNode, report: Report): StepBody[] {
  return job.identities.map(identity => {
    report.row(emulated(`identity ${identity.name}`, `id-token: write, and a step that fetches the token into $${identity.name}_FILE`, job.id));
    return fetching(identity);
  });
}

function fetching({ name, audience }: IdentityNode): StepBody {
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
