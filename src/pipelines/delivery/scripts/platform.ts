/* Portable scripts: constant text, which reads environment variables alone. */

/** Looks for findings. */
export const CHECK = `options=(--format sarif --output "$FINDINGS_FILE")
if [ "$STRICT" = true ]; then
  options+=(--strict)
fi
npx --no-install fairway check "\${options[@]}"`;

/** Looks for what the program would make otherwise. */
export const EDITS = `# It ends with 1 for files that were edited by hand (FW124, FW125, FW134), and writes nothing then.
npx --no-install fairway synth --quiet
changed=$(git status --porcelain --untracked-files=all)
if [ -n "$changed" ]; then
  echo 'What is in the repository is not what the program makes:' >&2
  printf '%s\\n' "$changed" >&2
  echo 'Run fairway synth, and commit what it writes.' >&2
  git --no-pager diff --stat >&2
  exit 1
fi`;

/** Waits for Argo CD. */
export const ARGOCD = `names=$(argocd app list --grpc-web --selector "$SELECTOR" --output name)
if [ -z "$names" ]; then
  echo "No Application has the labels $SELECTOR." >&2
  exit 1
fi
while IFS= read -r name; do
  # Else it would still be healthy with what was there before.
  argocd app get "$name" --grpc-web --refresh > /dev/null
done <<< "$names"
while IFS= read -r name; do
  argocd app wait "$name" --grpc-web --operation --sync --health --timeout "$WAIT_SECONDS"
done <<< "$names"`;

/** Waits for Flux. */
export const FLUX = `names=$(kubectl --namespace "$GITOPS_NAMESPACE" get kustomizations.kustomize.toolkit.fluxcd.io --selector "$SELECTOR" --output 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}')
if [ -z "$names" ]; then
  echo "No Kustomization has the labels $SELECTOR." >&2
  exit 1
fi
while IFS= read -r name; do
  flux reconcile kustomization "$name" --namespace "$GITOPS_NAMESPACE" --with-source --timeout "\${WAIT_SECONDS}s"
done <<< "$names"`;

/** Waits for rollouts. */
export const KUBECTL = `while IFS=/ read -r namespace kind name; do
  if [ "$kind" = rollout ]; then
    kubectl argo rollouts status "$name" --namespace "$namespace" --timeout "\${WAIT_SECONDS}s"
  else
    kubectl --namespace "$namespace" rollout status "$kind/$name" --timeout "\${WAIT_SECONDS}s"
  fi
done <<< "$ROLLOUT_TARGETS"`;

/** Asks an address until it answers. */
export const SMOKE = `answer=$(mktemp)
for ((attempt = 1; attempt <= SMOKE_ATTEMPTS; attempt++)); do
  status=$(curl --silent --show-error --location --max-time 10 --output "$answer" --write-out '%{http_code}' -- "$SMOKE_URL") || status=000
  if [ "$status" != "$SMOKE_STATUS" ]; then
    echo "Attempt $attempt of $SMOKE_ATTEMPTS: status $status, expected $SMOKE_STATUS" >&2
  elif [ -n "$SMOKE_TEXT" ] && ! grep -qF -- "$SMOKE_TEXT" "$answer"; then
    echo "Attempt $attempt of $SMOKE_ATTEMPTS: the answer has no such text" >&2
  else
    echo "$SMOKE_URL answers as expected."
    exit 0
  fi
  if [ "$attempt" -lt "$SMOKE_ATTEMPTS" ]; then
    sleep "$SMOKE_DELAY"
  fi
done
exit 1`;

/** Writes and sends the event of a deployment. */
export const RECORD = `committed=
if [ -n "$SOURCE_COMMIT" ]; then
  committed=$(git show --no-patch --format=%cI "$SOURCE_COMMIT^{commit}" 2> /dev/null || true)
fi
deployed=$(date -u +%Y-%m-%dT%H:%M:%SZ)
# An event of the CDEvents specification 0.4 in an envelope of CloudEvents 1.0: what the DORA metrics are counted from.
plain='^[A-Za-z0-9:/._@?&=+ -]*$'
for value in "$TARGET_ENVIRONMENT" "$WORKLOAD" "$SOURCE_COMMIT" "$IMAGE_DIGEST" "$DEPLOYMENT_URL" "$RUN_REPOSITORY" "$committed"; do
  if ! [[ $value =~ $plain ]]; then
    printf 'The value %q has characters that an event cannot have.\\n' "$value" >&2
    exit 2
  fi
done
case "$DEPLOYMENT_OUTCOME" in
  rollback) type=dev.cdevents.service.rolledback.0.2.0 ;;
  *) type=dev.cdevents.service.deployed.0.2.0 ;;
esac
subject=\${WORKLOAD:-platform}
id="$DEPLOYMENT_URL/$TARGET_ENVIRONMENT/$subject/$DEPLOYMENT_OUTCOME"
cat > "$EVENT_FILE" << JSON
{
  "specversion": "1.0",
  "id": "$id",
  "source": "$RUN_REPOSITORY",
  "type": "$type",
  "time": "$deployed",
  "datacontenttype": "application/json",
  "data": {
    "context": { "version": "0.4.1", "id": "$id", "source": "$RUN_REPOSITORY", "type": "$type", "timestamp": "$deployed" },
    "subject": {
      "id": "$subject",
      "type": "service",
      "content": {
        "environment": { "id": "$TARGET_ENVIRONMENT" },
        "artifactId": "pkg:generic/$subject@\${IMAGE_DIGEST:-$SOURCE_COMMIT}"
      }
    },
    "customData": { "outcome": "$DEPLOYMENT_OUTCOME", "commit": "$SOURCE_COMMIT", "committedAt": "$committed", "run": "$DEPLOYMENT_URL" }
  }
}
JSON
cat "$EVENT_FILE"
if [ -n "$EVENTS_ENDPOINT" ]; then
  headers=(--header 'Content-Type: application/cloudevents+json')
  authorization=
  if [ -n "$EVENTS_TOKEN" ]; then
    authorization="Authorization: Bearer $EVENTS_TOKEN"
    headers+=(--header @-)
  fi
  curl --silent --show-error --fail --max-time 30 --retry 3 --output /dev/null "\${headers[@]}" --data "@$EVENT_FILE" -- "$EVENTS_ENDPOINT" <<< "$authorization"
fi`;

/** Updates dependencies. */
export const RENOVATE = `case "$HOST_KIND" in
  github | gitlab) export RENOVATE_PLATFORM="$HOST_KIND" RENOVATE_ENDPOINT="$HOST_API" RENOVATE_REPOSITORIES="$HOST_REPOSITORY" ;;
  azure) export RENOVATE_PLATFORM=azure RENOVATE_ENDPOINT="\${HOST_API%%/_apis/*}" RENOVATE_REPOSITORIES="$HOST_REPOSITORY" ;;
esac
export RENOVATE_TOKEN="$HOST_TOKEN" RENOVATE_ONBOARDING=false RENOVATE_REQUIRE_CONFIG=optional
if [ -n "$RENOVATE_CONFIG_FILE" ]; then
  export RENOVATE_CONFIG_FILE
else
  unset RENOVATE_CONFIG_FILE
  # What Renovate recommends: digests, and three days of age for packages.
  export RENOVATE_EXTENDS='["config:best-practices"]'
fi
unset HOST_TOKEN
if command -v renovate > /dev/null; then
  exec renovate
fi
if ! npx --no-install renovate --version > /dev/null 2>&1; then
  echo 'Renovate is neither in the image of the job nor among the dependencies: npm install --save-dev --save-exact renovate' >&2
  exit 127
fi
exec npx --no-install renovate`;
