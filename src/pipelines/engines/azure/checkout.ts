import { common, environmentOf, ordered, ownScript, Step, StepScope } from './step';
import type { CheckoutStepNode } from '../../graph';

/** The commit that the run is compared with, where there is one: what the merge commit of a pull request is made onto. */
const BASE = [
  'if [ "$BUILD_REASON" = PullRequest ]; then',
  '  fairway_base=`git rev-parse --verify HEAD^1`',
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
    steps.push(ownScript(BASE, 'Find the commit to compare with', { ...inFolder, condition }, ['fairway.baseSha']));
  }
  return steps;
}
