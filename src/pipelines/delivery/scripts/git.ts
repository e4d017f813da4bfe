/* Portable scripts: constant text, which reads environment variables alone. */

/** What talks to a remote with the token that `HIDE_TOKEN` has put away. */
export const REMOTE_GIT = `case "$HOST_KIND" in
  github) git_user=x-access-token ;;
  gitlab) git_user=oauth2 ;;
  *) git_user=fairway ;;
esac
# git that may talk to the remote. The token is in no argument, and hooks of the repository do not see it.
remote_git() {
  GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=http.extraHeader GIT_CONFIG_VALUE_0="Authorization: Basic $(printf '%s:%s' "$git_user" "$host_token" | base64 | tr -d '\\n')" \\
    GIT_CONFIG_KEY_1=core.hooksPath GIT_CONFIG_VALUE_1=/dev/null GIT_TERMINAL_PROMPT=0 git "$@"
}`;

/** Checks out a repository into a folder. The token gets into no address, and into no configuration that stays. */
export const CHECKOUT = `ref_pattern='^[A-Za-z0-9][A-Za-z0-9._/-]*$'
if [ -n "$CHECKOUT_REF" ] && ! [[ $CHECKOUT_REF =~ $ref_pattern ]]; then
  printf 'The ref %q is none.\\n' "$CHECKOUT_REF" >&2
  exit 2
fi
if [ -d "$CHECKOUT_FOLDER/.git" ]; then
  # Of a run before, on a machine that keeps its workspace.
  rm -rf -- "$CHECKOUT_FOLDER"
elif [ -e "$CHECKOUT_FOLDER" ]; then
  echo "The folder $CHECKOUT_FOLDER is there already, and is no checkout." >&2
  exit 1
fi
git init --quiet -- "$CHECKOUT_FOLDER"
cd -- "$CHECKOUT_FOLDER" || exit 1
git remote add origin "$CLONE_ADDRESS"
fetch=(fetch --quiet --no-tags)
if [ "$CHECKOUT_DEPTH" -gt 0 ]; then
  fetch+=(--depth "$CHECKOUT_DEPTH")
fi
remote_git "\${fetch[@]}" origin "\${CHECKOUT_REF:-HEAD}"
GIT_LFS_SKIP_SMUDGE=1 git -c core.hooksPath=/dev/null checkout --quiet --detach FETCH_HEAD
commit=$(git rev-parse HEAD)
echo "commit=$commit" >> "$FAIRWAY_OUTPUT"
echo "Checked out $commit of $CLONE_ADDRESS"`;
