/* Portable scripts: constant text, which reads environment variables alone. */

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
host "$COMMENT_FILE" "$CHANGE_NUMBER" "$COMMENT_ID" || status=$?
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
title="Promote \${IMAGE:+$WORKLOADS }to $TARGET_ENVIRONMENT"`;

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
title="Roll back \${WORKLOAD:-the platform} in $TARGET_ENVIRONMENT"`;

/** The branch of its pull request. */
export const PROMOTE_BRANCH = `change_branch="fairway/promote-$TARGET_ENVIRONMENT"
if [ -n "$IMAGE" ]; then
  # Releases of several workloads enter by themselves.
  change_branch="$change_branch-$WORKLOADS"
fi`;

/** The branch of its pull request. */
export const ROLLBACK_BRANCH = 'change_branch="fairway/rollback-$TARGET_ENVIRONMENT-${WORKLOAD:-platform}"';

/** Goes on only in a checkout: else git would find that of the folder around it. */
export const IN_CHECKOUT = `if [ ! -e .git ]; then
  echo "There is no checkout in $PWD." >&2
  exit 1
fi`;

/** Runs the command on what the branch says, and commits what it wrote. */
export const BEGIN = `body=$(mktemp)
state=''
url=''
# From what the branch says now: an earlier job of this run may have changed it.
make_change() {
  remote_git fetch --quiet origin "+refs/heads/$TARGET_BRANCH:refs/remotes/origin/$TARGET_BRANCH"
  git -c core.hooksPath=/dev/null checkout --quiet --force --detach "refs/remotes/origin/$TARGET_BRANCH"
  local status=0
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
    return
  fi
  git -c core.hooksPath=/dev/null -c user.name=fairway -c user.email=fairway@localhost commit --quiet --message "$title"
}`;

/** Pushes it. */
export const PUSH = `for attempt in 1 2 3; do
  make_change
  if [ -n "$state" ]; then
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
fi`;

/** Opens a pull request with it. */
export const PROPOSE = `make_change
if [ -z "$state" ]; then
  remote_git push --quiet --force origin "HEAD:refs/heads/$change_branch"
  url=$(host "$body" "$change_branch" "$TARGET_BRANCH" "$title")
  state=proposed
fi`;

/** Says what came of it. */
export const END = `{
  echo "state=$state"
  echo "commit=$(git rev-parse HEAD)"
  echo "url=$url"
} >> "$FAIRWAY_OUTPUT"
echo "$title: $state"`;
