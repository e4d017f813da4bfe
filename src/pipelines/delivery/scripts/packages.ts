/* Portable scripts: constant text, which reads environment variables alone. */

/** The token of the user, or that of the run, which has to be there. */
const TRUSTED = `token=\${PACKAGE_TOKEN-}
unset PACKAGE_TOKEN
if [ "$TRUSTED_PUBLISHING" = true ] && [ ! -s "\${PACKAGE_IDENTITY_FILE-}" ]; then
  echo 'The file that PACKAGE_IDENTITY_FILE names has no token of the run, which the registry would trust.' >&2
  exit 1
fi
`;

/** How the token of the run becomes one of the registry. */
const exchange = (method: 'POST' | 'PUT') => `# exchanged <address> <body> [<header>]: the token that a registry gives for that of the run. Neither is printed.
exchanged() {
  curl --silent --show-error --fail --max-time 30 --request ${method} --user-agent fairway --header 'Content-Type: application/json' --header @- --data @<(printf '%s' "$2") -- "$1" <<< "\${3-}"
}
field() { sed -n "s/.*\\"$1\\" *: *\\"\\\\([^\\"]*\\\\)\\".*/\\\\1/p"; }
`;

const SOME_FILES = `if [ "\${#files[@]}" -eq 0 ]; then
  echo 'There are no files to publish.' >&2
  exit 1
fi
`;

const GIVEN = `  if [ -z "$token" ]; then
    echo 'The registry gave no token for that of the run.' >&2
    exit 1
  fi
`;

/** Publishes to npm. */
export const NPM = `${TRUSTED}cd "$PACKAGE_FOLDER" || exit 1
options=()
if [ -n "$PACKAGE_REGISTRY" ]; then
  options+=(--registry "$PACKAGE_REGISTRY")
fi
if [ "$TRUSTED_PUBLISHING" = true ]; then
  # npm 11.5.1 and later exchange it themselves (lib/utils/oidc.js).
  NPM_ID_TOKEN=$(cat "$PACKAGE_IDENTITY_FILE")
  export NPM_ID_TOKEN
else
  settings=$(mktemp)
  host=\${PACKAGE_REGISTRY:-https://registry.npmjs.org/}
  printf '//%s/:_authToken=%s\\n' "$(sed 's,^https*://,,; s,/*$,,' <<< "$host")" "$token" > "$settings"
  export NPM_CONFIG_USERCONFIG="$settings"
fi
npm publish --access public "\${options[@]}"`;

/** Publishes to PyPI. */
export const PYPI = `${TRUSTED}${exchange('POST')}${SOME_FILES}if [ "$TRUSTED_PUBLISHING" = true ]; then
  token=$(exchanged https://pypi.org/_/oidc/mint-token "{\\"token\\": \\"$(cat "$PACKAGE_IDENTITY_FILE")\\"}" | field token)
${GIVEN}fi
options=()
if [ -n "$PACKAGE_REGISTRY" ]; then
  options+=(--repository-url "$PACKAGE_REGISTRY")
fi
TWINE_USERNAME=__token__ TWINE_PASSWORD=$token twine upload --non-interactive --disable-progress-bar "\${options[@]}" "\${files[@]}"`;

/** Publishes to crates.io. */
export const CRATES = `${TRUSTED}${exchange('PUT')}cd "$PACKAGE_FOLDER" || exit 1
if [ "$TRUSTED_PUBLISHING" = true ]; then
  token=$(exchanged https://crates.io/api/v1/trusted_publishing/tokens "{\\"jwt\\": \\"$(cat "$PACKAGE_IDENTITY_FILE")\\"}" | field token)
${GIVEN}fi
CARGO_REGISTRY_TOKEN=$token cargo publish --locked`;

/** Publishes to NuGet. */
export const NUGET = `${TRUSTED}${exchange('POST')}${SOME_FILES}if [ "$TRUSTED_PUBLISHING" = true ]; then
  token=$(exchanged https://www.nuget.org/api/v2/token "{\\"username\\": \\"$PACKAGE_USER\\", \\"tokenType\\": \\"ApiKey\\"}" "Authorization: Bearer $(cat "$PACKAGE_IDENTITY_FILE")" | field apiKey)
${GIVEN}fi
for file in "\${files[@]}"; do
  dotnet nuget push "$file" --api-key "$token" --source "\${PACKAGE_REGISTRY:-https://api.nuget.org/v3/index.json}" --skip-duplicate
done`;

/** Publishes to a Maven repository. */
export const MAVEN = `token=\${PACKAGE_TOKEN-}
unset PACKAGE_TOKEN
cd "$PACKAGE_FOLDER" || exit 1
# The settings of the repository name these variables for the server they belong to.
MAVEN_USERNAME=$PACKAGE_USER MAVEN_PASSWORD=$token mvn --batch-mode --no-transfer-progress --errors deploy`;
