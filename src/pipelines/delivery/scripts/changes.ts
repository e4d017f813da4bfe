/* Portable scripts: constant text, which reads environment variables alone. */

/** The host of the repository: comments and pull requests. */
export const HOST = `# host <what>: talks to the host of the repository. The token is in the environment of this one program alone.
host() {
  HOST_TOKEN=$host_token NODE_USE_ENV_PROXY=1 node --input-type=module - "$@" << 'FAIRWAY_HOST'
import { readFileSync } from 'node:fs';

const [what, file, ...told] = process.argv.slice(2);
const { HOST_KIND: kind, HOST_API: api, HOST_REPOSITORY: repository, HOST_TOKEN: token } = process.env;
const headers = {
  github: { Authorization: \`Bearer \${token}\`, Accept: 'application/vnd.github+json' },
  gitlab: { 'PRIVATE-TOKEN': token },
  azure: { Authorization: \`Basic \${Buffer.from(\`:\${token}\`).toString('base64')}\` },
}[kind];

async function call(method, path, body) {
  const response = await fetch(\`\${api}\${path}\`, {
    method,
    headers: { ...headers, 'Content-Type': 'application/json', 'User-Agent': 'fairway' },
    signal: AbortSignal.timeout(60_000),
    ...body && { body: JSON.stringify(body) },
  });
  if (!response.ok) {
    console.error(\`\${method} \${path}: \${response.status} \${(await response.text()).slice(0, 500)}\`);
    process.exit(response.status === 403 ? 43 : 1);
  }
  return response.json();
}

async function all(path) {
  const found = [];
  for (let page = 1; page <= 100; page++) {
    const some = await call('GET', \`\${path}\${path.includes('?') ? '&' : '?'}per_page=100&page=\${page}\`);
    found.push(...some);
    if (some.length < 100) break;
  }
  return found;
}

const cut = (text, most) => text.length <= most ? text : \`\${text.slice(0, most - 40)}\\n\\n(The rest is in the log of the run.)\\n\`;
const project = encodeURIComponent(repository);
const text = readFileSync(file, 'utf8');

async function comment([number, id]) {
  const marker = \`<!-- fairway: \${id} -->\`;
  const body = cut(\`\${marker}\\n\\n\${text}\`, 60_000);
  switch (kind) {
    case 'github': {
      const known = (await all(\`/repos/\${repository}/issues/\${number}/comments\`)).find(each => each.body?.startsWith(marker));
      return known ? call('PATCH', \`/repos/\${repository}/issues/comments/\${known.id}\`, { body }) : call('POST', \`/repos/\${repository}/issues/\${number}/comments\`, { body });
    }
    case 'gitlab': {
      const notes = \`/projects/\${project}/merge_requests/\${number}/notes\`;
      const known = (await all(notes)).find(each => each.body?.startsWith(marker));
      return known ? call('PUT', \`\${notes}/\${known.id}\`, { body }) : call('POST', notes, { body });
    }
    case 'azure': {
      const threads = \`/pullRequests/\${number}/threads\`;
      const known = (await call('GET', \`\${threads}?api-version=7.1\`)).value.find(each => each.comments?.[0]?.content?.startsWith(marker));
      return known ? call('PATCH', \`\${threads}/\${known.id}/comments/\${known.comments[0].id}?api-version=7.1\`, { content: body })
        : call('POST', \`\${threads}?api-version=7.1\`, { comments: [{ parentCommentId: 0, content: body, commentType: 1 }], status: 'closed' });
    }
  }
}

async function propose([branch, target, title]) {
  const body = cut(text, kind === 'azure' ? 4000 : 60_000);
  switch (kind) {
    case 'github': {
      const head = \`\${repository.split('/')[0]}:\${branch}\`;
      const [known] = await call('GET', \`/repos/\${repository}/pulls?state=open&head=\${encodeURIComponent(head)}&base=\${encodeURIComponent(target)}\`);
      const made = known ? await call('PATCH', \`/repos/\${repository}/pulls/\${known.number}\`, { title, body }) : await call('POST', \`/repos/\${repository}/pulls\`, { title, head: branch, base: target, body });
      return made.html_url;
    }
    case 'gitlab': {
      const requests = \`/projects/\${project}/merge_requests\`;
      const [known] = await call('GET', \`\${requests}?state=opened&source_branch=\${encodeURIComponent(branch)}&target_branch=\${encodeURIComponent(target)}\`);
      const made = known ? await call('PUT', \`\${requests}/\${known.iid}\`, { title, description: body })
        : await call('POST', requests, { source_branch: branch, target_branch: target, title, description: body, remove_source_branch: true });
      return made.web_url;
    }
    case 'azure': {
      const [sourceRefName, targetRefName] = [branch, target].map(name => \`refs/heads/\${name}\`);
      const query = \`searchCriteria.status=active&searchCriteria.sourceRefName=\${encodeURIComponent(sourceRefName)}&searchCriteria.targetRefName=\${encodeURIComponent(targetRefName)}\`;
      const [known] = (await call('GET', \`/pullrequests?\${query}&api-version=7.1\`)).value;
      const made = known ? await call('PATCH', \`/pullrequests/\${known.pullRequestId}?api-version=7.1\`, { title, description: body })
        : await call('POST', '/pullrequests?api-version=7.1', { sourceRefName, targetRefName, title, description: body });
      return \`\${made.repository?.webUrl ?? ''}/pullrequest/\${made.pullRequestId}\`;
    }
  }
}

if (what === 'comment') {
  await comment(told);
} else {
  console.log(await propose(told));
}
FAIRWAY_HOST
}
host_token=\${HOST_TOKEN-}
unset HOST_TOKEN`;

/** One comment, updated in place. */
export const COMMENT = `case "$CHANGE_NUMBER" in
  '' | *[!0-9]*)
    echo 'The run is about no pull request: there is nothing to comment on.'
    exit 0
    ;;
esac
if [ -n "$DIFF_FROM" ]; then
  npx --no-install fairway diff "$DIFF_FROM" "$DIFF_TO" --format markdown --output "$COMMENT_FILE"
fi
if [ ! -f "$COMMENT_FILE" ]; then
  echo "There is no file $COMMENT_FILE." >&2
  exit 1
fi
status=0
host comment "$COMMENT_FILE" "$CHANGE_NUMBER" "$COMMENT_ID" || status=$?
if [ "$status" -eq 43 ]; then
  echo 'The token may not comment, as for a pull request from a fork. This is what would have been said:'
  cat "$COMMENT_FILE"
  exit 0
fi
exit "$status"`;

/** The words of `fairway promote`. */
export const PROMOTE = `name_pattern='^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'
named() {
  if ! [[ $2 =~ $name_pattern ]]; then
    printf 'The %s %q is no name.\\n' "$1" "$2" >&2
    exit 2
  fi
}
named environment "$TARGET_ENVIRONMENT"
change=(promote)
while IFS= read -r workload; do
  if [ -n "$workload" ]; then
    named workload "$workload"
    change+=("$workload")
  fi
done <<< "$WORKLOADS"
change+=(--to "$TARGET_ENVIRONMENT")
if [ "$PROMOTE_ALL" = true ]; then
  change+=(--all)
fi
if [ "$PROMOTE_PLATFORM" = true ]; then
  change+=(--platform)
fi
if [ -n "$SOURCE_ENVIRONMENT" ]; then
  named environment "$SOURCE_ENVIRONMENT"
  change+=(--from "$SOURCE_ENVIRONMENT")
fi
if [ -n "$IMAGE" ]; then
  digest_pattern='^sha256:[0-9a-f]{64}$'
  if ! [[ $IMAGE_DIGEST =~ $digest_pattern ]]; then
    printf 'The digest %q of %s is none.\\n' "$IMAGE_DIGEST" "$IMAGE" >&2
    exit 2
  fi
  change+=("--image=$IMAGE\${IMAGE_TAG:+:$IMAGE_TAG}@$IMAGE_DIGEST" "--commit=$SOURCE_COMMIT")
  if [ -n "$SOURCE_REPOSITORY" ]; then
    change+=("--source-repository=$SOURCE_REPOSITORY")
  fi
fi
if [ -n "$PASSED" ]; then
  mapfile -t passed <<< "$PASSED"
  change+=(--passed "\${passed[@]}")
fi
title="Promote to $TARGET_ENVIRONMENT"
change_branch="fairway/promote-$TARGET_ENVIRONMENT"`;

/** The words of `fairway rollback`. */
export const ROLLBACK = `name_pattern='^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'
for name in "$TARGET_ENVIRONMENT" "\${WORKLOAD:-platform}"; do
  if ! [[ $name =~ $name_pattern ]]; then
    printf '%q is no name of a workload or an environment.\\n' "$name" >&2
    exit 2
  fi
done
if [ -z "\${REASON//[[:space:]]/}" ]; then
  echo 'A rollback needs a reason.' >&2
  exit 2
fi
change=(rollback)
if [ -n "$WORKLOAD" ]; then
  change+=("$WORKLOAD")
else
  change+=(--platform)
fi
change+=("--environment=$TARGET_ENVIRONMENT" "--reason=$REASON")
if [ -n "$ROLLBACK_TO" ]; then
  change+=("--to=$ROLLBACK_TO")
fi
title="Roll back \${WORKLOAD:-the platform} in $TARGET_ENVIRONMENT"
change_branch="fairway/rollback-$TARGET_ENVIRONMENT-\${WORKLOAD:-platform}"`;

/** Runs the command, commits what it wrote, and pushes it or opens a pull request. */
export const LAND = `case "$HOST_KIND" in
  github) git_user=x-access-token ;;
  gitlab) git_user=oauth2 ;;
  *) git_user=fairway ;;
esac
# git that may talk to the remote. The token is in no argument, and hooks of the repository do not see it.
remote_git() {
  GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=http.extraHeader GIT_CONFIG_VALUE_0="Authorization: Basic $(printf '%s:%s' "$git_user" "$host_token" | base64 | tr -d '\\n')" \\
    GIT_CONFIG_KEY_1=core.hooksPath GIT_CONFIG_VALUE_1=/dev/null GIT_TERMINAL_PROMPT=0 git "$@"
}
body=$(mktemp)
state=
url=
for attempt in 1 2 3; do
  # From what the branch says now: an earlier job of this run may have changed it.
  remote_git fetch --quiet origin "+refs/heads/$TARGET_BRANCH:refs/remotes/origin/$TARGET_BRANCH"
  git -c core.hooksPath=/dev/null checkout --quiet --force --detach "refs/remotes/origin/$TARGET_BRANCH"
  status=0
  npx --no-install fairway "\${change[@]}" --format markdown > "$body" || status=$?
  cat "$body"
  if [ "$status" -ne 0 ]; then
    exit "$status"
  fi
  while IFS= read -r path; do
    if [ -e "$path" ] || git ls-files --error-unmatch -- "$path" > /dev/null 2>&1; then
      git add --all -- "$path"
    fi
  done <<< "$CHANGED_PATHS"
  if git diff --cached --quiet; then
    state=unchanged
    break
  fi
  git -c core.hooksPath=/dev/null -c user.name=fairway -c user.email=fairway@localhost commit --quiet --message "$title"
  if [ "$CHANGE_ROUTE" = pull-request ]; then
    remote_git push --quiet --force origin "HEAD:refs/heads/$change_branch"
    url=$(host propose "$body" "$change_branch" "$TARGET_BRANCH" "$title")
    state=proposed
    break
  fi
  if remote_git push --quiet origin "HEAD:refs/heads/$TARGET_BRANCH"; then
    state=pushed
    break
  fi
  echo "The branch $TARGET_BRANCH has changed in between (attempt $attempt of 3)." >&2
done
if [ -z "$state" ]; then
  exit 1
fi
{
  echo "state=$state"
  echo "commit=$(git rev-parse HEAD)"
  echo "url=$url"
} >> "$FAIRWAY_OUTPUT"
echo "$title: $state"`;
