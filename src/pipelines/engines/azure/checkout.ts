import { common, environmentOf, ordered, ownScript, Step, StepScope } from './step';
import { emulated } from '../../gaps';
import type { CheckoutStepNode } from '../../graph';

/**
 * Asks which commit the run before was about: the one before on the same branch that a push has started, whatever became of it, and also one that is not done yet. No
 * variable says what a push was made onto (learn.microsoft.com, Predefined variables; Builds - List). What was pushed in between and started nothing is in the
 * comparison as well. The script stands within backquotes and quotes: no backslash, no quote of that kind.
 */
const BEFORE = [
  'const { SYSTEM_COLLECTIONURI: uri, SYSTEM_TEAMPROJECTID: project, SYSTEM_DEFINITIONID: definition, SYSTEM_ACCESSTOKEN: token } = process.env;',
  'const { BUILD_SOURCEBRANCH: branch, BUILD_SOURCEVERSION: commit, BUILD_BUILDID: own } = process.env;',
  'const query = new URLSearchParams({',
  '  definitions: definition, branchName: branch, statusFilter: "all", deletedFilter: "includeDeleted",',
  '  queryOrder: "queueTimeDescending", "api-version": "7.0",',
  '});',
  'const address = uri + project + "/_apis/build/builds?" + query + "&%24top=200";',
  'fetch(address, { headers: { Authorization: "Bearer " + token }, redirect: "error", signal: AbortSignal.timeout(30000) }).then(async answer => {',
  '  if (answer.status !== 200) throw new Error("the API answers " + answer.status);',
  '  const pushed = (await answer.json()).value.filter(build => build.id < Number(own) && build.sourceBranch === branch && ["individualCI", "batchedCI"].includes(build.reason));',
  '  const [before] = pushed.sort((a, b) => b.id - a.id);',
  '  if (before !== undefined && before.sourceVersion !== commit && /^[0-9a-f]{40}$/.test(before.sourceVersion)) console.log(before.sourceVersion);',
  '}).catch(error => console.error("The run before is not known: " + error.message));',
];

/**
 * The commit that the run is compared with, where there is one: what the merge commit of a pull request is made onto, and what the run before was about for a push to a
 * branch. Where it is not known, it is empty.
 */
const BASE = [
  'fairway_base=',
  'case "$BUILD_REASON $BUILD_SOURCEBRANCH" in',
  '  "PullRequest "*) fairway_base=`git rev-parse --verify HEAD^1` ;;',
  '  "IndividualCI refs/heads/"* | "BatchedCI refs/heads/"*)',
  '    if command -v node > /dev/null; then',
  '      fairway_base=`NODE_USE_ENV_PROXY=1 node -e \'',
  ...BEFORE.map(line => `        ${line}`),
  '      \' || true`',
  '    fi',
  '    ;;',
  'esac',
  'if [ -n "$fairway_base" ]; then',
  '  echo "##vso[task.setvariable variable=fairway.baseSha]$fairway_base"',
  'fi',
].join('\n');

/** Another ref than the one of the run: `checkout: self` takes none, so that all branches and tags are fetched, and one of them is taken. */
const SWITCH = [
  'for fairway_ref in "refs/remotes/origin/${CHECKOUT_REF#refs/heads/}" "refs/tags/${CHECKOUT_REF#refs/tags/}" "$CHECKOUT_REF"; do',
  '  if git rev-parse --verify --quiet --end-of-options "$fairway_ref^{commit}"; then',
  '    exec git checkout --quiet --detach "$fairway_ref"',
  '  fi',
  'done',
  'echo "There is no $CHECKOUT_REF." >&2',
  'exit 1',
].join('\n');

export function checkoutSteps(step: CheckoutStepNode, scope: StepScope): Step[] {
  const path = scope.root === undefined ? undefined : step.folder === undefined || step.folder === '.' ? 's' : `s/${step.folder}`;
  const { displayName, condition, continueOnError, timeoutInMinutes, retryCountOnTaskFailure } = common(step, scope, {}, false);
  const steps = [ordered({
    checkout: 'self',
    displayName,
    condition,
    continueOnError,
    timeoutInMinutes,
    retryCountOnTaskFailure,
    clean: true,
    fetchDepth: step.ref ? 0 : step.depth,
    fetchTags: step.ref || step.depth === 0 ? undefined : false,
    lfs: step.lfs || undefined,
    submodules: step.submodules ? 'recursive' : undefined,
    persistCredentials: step.persistCredentials || undefined,
    path,
  })];
  const inFolder = path === undefined ? {} : { workingDirectory: `$(Pipeline.Workspace)/${path}` };
  if (step.ref) {
    const env = environmentOf({ ...step, env: {} }, { ...scope, env: {}, identityFiles: {} }, { CHECKOUT_REF: step.ref });
    steps.push(ownScript(SWITCH, `${displayName as string}: another ref`, { ...inFolder, condition, env }));
  }
  if (scope.values.variables.has('fairway.baseSha')) {
    const env = { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' };
    const how = 'for a push, the commit of the run before on the branch, by the API and with node; where it is not known, it is empty, and everything counts as changed';
    scope.values.plan.rows.push(emulated('baseSha', how, scope.job.job.id));
    steps.push(ownScript(BASE, 'Find the commit to compare with', { ...inFolder, condition, env }, ['fairway.baseSha']));
  }
  return steps;
}
