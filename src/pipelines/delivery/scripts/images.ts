/* Portable scripts: constant text, which reads environment variables alone. */

/** Logs in to a registry. */
export const LOGIN = `# The credentials go to the file that docker, buildah and cosign share.
export REGISTRY_AUTH_FILE="\${DOCKER_CONFIG:-$HOME/.docker}/config.json"
mkdir -p "\${REGISTRY_AUTH_FILE%/*}"
for tool in docker podman buildah crane cosign; do
  command -v "$tool" > /dev/null || continue
  case "$tool" in
    crane) login=(crane auth login) ;;
    *) login=("$tool" login) ;;
  esac
  printf '%s' "$REGISTRY_PASSWORD" | "\${login[@]}" --username "$REGISTRY_USERNAME" --password-stdin "$REGISTRY"
  exit 0
done
echo 'This step needs docker, podman, buildah, crane or cosign; the image has none of them.' >&2
exit 127`;

/** Builds an image, pushes it, and says its digest. */
export const BUILD = `tag_pattern='^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$'
if ! [[ $IMAGE_TAG =~ $tag_pattern ]]; then
  printf 'The tag %q is none.\\n' "$IMAGE_TAG" >&2
  exit 2
fi
options=(--file "$DOCKERFILE" --tag "$IMAGE:$IMAGE_TAG")
if [ -n "$BUILD_TARGET" ]; then
  options+=(--target "$BUILD_TARGET")
fi
while IFS= read -r argument; do
  if [ -n "$argument" ]; then
    options+=(--build-arg "$argument")
  fi
done <<< "$BUILD_ARGUMENTS"
platforms=\${BUILD_PLATFORMS//$'\\n'/,}
if [ -n "$platforms" ]; then
  options+=(--platform "$platforms")
fi
digest_file=$(mktemp)
if command -v docker > /dev/null; then
  options+=(--metadata-file "$digest_file")
  if [ "$PROVENANCE" = true ]; then
    options+=(--provenance mode=max)
  else
    options+=(--provenance false)
  fi
  if [ "$SBOM" = true ]; then
    options+=(--sbom true)
  fi
  if [ "$PUSH" = true ]; then
    options+=(--push)
  fi
  docker buildx build "\${options[@]}" "$BUILD_CONTEXT"
  digest=$(sed -n 's/.*"containerimage\\.digest": *"\\(sha256:[0-9a-f]*\\)".*/\\1/p' "$digest_file" | head -n 1)
elif command -v buildah > /dev/null; then
  # It has neither provenance nor a list of contents: both are attested by steps of their own.
  if [ -n "$platforms" ]; then
    options+=(--manifest "$IMAGE:$IMAGE_TAG")
  fi
  buildah build "\${options[@]}" "$BUILD_CONTEXT"
  if [ "$PUSH" = true ]; then
    if [ -n "$platforms" ]; then
      buildah manifest push --all --digestfile "$digest_file" "$IMAGE:$IMAGE_TAG" "docker://$IMAGE:$IMAGE_TAG"
    else
      buildah push --digestfile "$digest_file" "$IMAGE:$IMAGE_TAG" "docker://$IMAGE:$IMAGE_TAG"
    fi
  fi
  digest=$(tr -d '[:space:]' < "$digest_file")
else
  echo 'This step needs docker with buildx, or buildah; the image has neither.' >&2
  exit 127
fi
if [ "$PUSH" != true ]; then
  exit 0
fi
digest_pattern='^sha256:[0-9a-f]{64}$'
if ! [[ $digest =~ $digest_pattern ]]; then
  echo 'The image was pushed, and nothing says its digest.' >&2
  exit 1
fi
echo "Pushed $IMAGE@$digest"
{
  echo "image=$IMAGE"
  echo "digest=$digest"
  echo "reference=$IMAGE@$digest"
} >> "$FAIRWAY_OUTPUT"`;

/** The image that is meant, by its digest. */
export const DIGEST = `digest_pattern='^sha256:[0-9a-f]{64}$'
if ! [[ $IMAGE_DIGEST =~ $digest_pattern ]]; then
  printf 'The digest %q of %s is none.\\n' "$IMAGE_DIGEST" "$IMAGE" >&2
  exit 2
fi
reference="$IMAGE@$IMAGE_DIGEST"`;

/** How Grype scans an image. */
export const GRYPE = `# scan <reference> [<file for SARIF>]: fails with 2 where there are findings that count, with 1 when it could not look (cmd/grype/cli/cli.go).
options=(--fail-on "$SEVERITY")
if [ "$ONLY_FIXED" = true ]; then
  options+=(--only-fixed)
fi
scan() {
  local -a report=(--output table)
  if [ -n "\${2-}" ]; then
    report+=(--output "sarif=$2")
  fi
  grype "registry:$1" "\${options[@]}" "\${report[@]}"
}`;

/** How Trivy scans an image. */
export const TRIVY = `# scan <reference> [<file for SARIF>]: fails with 2 where there are findings that count.
case "$SEVERITY" in
  low) severities=LOW,MEDIUM,HIGH,CRITICAL ;;
  medium) severities=MEDIUM,HIGH,CRITICAL ;;
  high) severities=HIGH,CRITICAL ;;
  *) severities=CRITICAL ;;
esac
options=(--severity "$severities")
if [ "$ONLY_FIXED" = true ]; then
  options+=(--ignore-unfixed)
fi
found=$(mktemp)
scan() {
  trivy image --quiet --scanners vuln --format json "\${options[@]}" --output "$found" "$1" || return
  trivy convert --format table "$found" || return
  if [ -n "\${2-}" ]; then
    trivy convert --format sarif --output "$2" "$found" || return
  fi
  if grep -q '"VulnerabilityID"' "$found"; then
    return 2
  fi
}`;

/** Scans one image. */
export const SCAN = `scan "$reference" "$FINDINGS_FILE"
echo "$reference has no findings of $SEVERITY or above."`;

/** Scans what runs, by the release states. */
export const RESCAN = `bad=0
while IFS= read -r environment; do
  state="$RELEASES/$environment.json"
  if [ ! -f "$state" ]; then
    echo "$environment: no release state, nothing to scan"
    continue
  fi
  while IFS=' ' read -r workload reference; do
    echo "$environment: $workload, $reference"
    status=0
    scan "$reference" || status=$?
    case "$status" in
      0) ;;
      2) bad=$((bad + 1)) ;;
      *) exit "$status" ;;
    esac
  done < <(node -e '
    const { workloads } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const [name, { image, digest }] of Object.entries(workloads)) console.log(name + " " + image + "@" + digest);
  ' "$state")
done <<< "$ENVIRONMENTS"
echo "findings=$bad" >> "$FAIRWAY_OUTPUT"
if [ "$bad" -gt 0 ]; then
  echo "$bad of the images that run have findings of $SEVERITY or above." >&2
  exit 1
fi`;

/** Who signs. */
export const SIGNER = `signer=(--yes)
if [ -n "$COSIGN_KEY_REFERENCE" ]; then
  signer+=(--key "$COSIGN_KEY_REFERENCE")
elif [ -n "\${SIGSTORE_FILE-}" ] && [ -s "$SIGSTORE_FILE" ]; then
  signer+=(--identity-token "$SIGSTORE_FILE")
else
  echo 'The file that SIGSTORE_FILE names has no token for sigstore, and there is no key.' >&2
  exit 1
fi`;

/** Signs an image. */
export const SIGN = 'cosign sign "${signer[@]}" --recursive "$reference"';

/** Attests something of an image. */
export const ATTEST = `predicate=$PREDICATE_FILE
case "$ATTESTATION_TYPE" in
  cyclonedx) type=cyclonedx format=cyclonedx-json ;;
  spdx) type=spdxjson format=spdx-json ;;
  provenance) type=slsaprovenance1 format= ;;
esac
if [ -z "$predicate" ] && [ -n "$format" ]; then
  if ! command -v syft > /dev/null; then
    echo 'This step needs syft, which is not in the image, to list what is in the image.' >&2
    exit 127
  fi
  predicate=$(mktemp)
  syft scan "registry:$reference" --output "$format=$predicate"
elif [ -z "$predicate" ]; then
  # The predicate of SLSA v1: what was built from, and by which run. Values are hosts, names and digits: nothing to escape.
  plain='^[A-Za-z0-9:/._@?&=+-]*$'
  for value in "$RUN_REPOSITORY" "$RUN_COMMIT" "$RUN_URL"; do
    if ! [[ $value =~ $plain ]]; then
      printf 'The value %q has characters that a provenance cannot have.\\n' "$value" >&2
      exit 2
    fi
  done
  predicate=$(mktemp)
  cat > "$predicate" << JSON
{
  "buildDefinition": {
    "buildType": "https://slsa.dev/container-based-build/v0.1?draft",
    "externalParameters": { "repository": "$RUN_REPOSITORY", "commit": "$RUN_COMMIT" },
    "resolvedDependencies": [{ "uri": "git+$RUN_REPOSITORY", "digest": { "gitCommit": "$RUN_COMMIT" } }]
  },
  "runDetails": {
    "builder": { "id": "$RUN_URL" },
    "metadata": { "invocationId": "$RUN_URL" }
  }
}
JSON
fi
cosign attest "\${signer[@]}" --type "$type" --predicate "$predicate" "$reference"`;
