import { arrivingAt, Traveller } from './freight';
import { PromotionStep, Variable } from './promotion-step';
import { releaseStateSteps, TREE } from './release-state-steps';
import type { GitProvider } from './step-configs-git';
import type { Freeze } from '../../../environments';
import type { Road, RoadEnvironment } from '../../road';

/** What all promotions of a platform share. */
export interface Process {
  readonly road: Road;
  readonly repository: string;
  readonly branch: string;
  readonly provider?: GitProvider;
  /** The namespace of Argo CD, if it follows the platform. */
  readonly argoCd?: string;
}

const OPENED = 'status("open") == "Succeeded"';

/** The steps of a promotion, for every Stage: the Stage is the environment, and the Warehouse of the Freight the workload. */
export function processSteps({ road, repository: repoURL, branch, provider, argoCd }: Process): PromotionStep[] {
  const host = { repoURL, ...(provider === undefined ? {} : { provider }) };
  const prNumber = '${{ task.outputs.open.pr.id }}';
  return [
    PromotionStep.gitClone({ repoURL, checkout: [{ path: TREE, branch }] }, { as: 'clone' }),
    ...releaseStateSteps(road.releases),
    PromotionStep.gitCommit({ path: TREE, message: 'Promote ${{ ctx.targetFreight.origin.name }} to ${{ ctx.stage }}' }, { as: 'commit' }),
    PromotionStep.gitPush({ path: TREE, generateTargetBranch: true, ...(provider === undefined ? {} : { provider }) }, { as: 'push' }),
    PromotionStep.gitOpenPr({ ...host, sourceBranch: '${{ task.outputs.push.branch }}', targetBranch: branch }, { as: 'open' }),
    // What is there already opens no pull request.
    PromotionStep.gitWaitForPr({ ...host, prNumber }, { as: 'wait', if: `\${{ vars.review && ${OPENED} }}` }),
    PromotionStep.gitMergePr({ ...host, prNumber, wait: true }, { as: 'merge', if: `\${{ !vars.review && ${OPENED} }}` }),
    // No desired revision: the branch moves on while a sync waits, and the Application with it.
    ...(argoCd === undefined ? [] : [PromotionStep.argocdUpdate({
      apps: [{
        namespace: argoCd,
        selector: {
          matchLabels: { 'app.kubernetes.io/part-of': road.platform, 'cdk8s-fairway/environment': '${{ ctx.stage }}' },
          matchExpressions: [{ key: 'cdk8s-fairway/application', operator: 'DoesNotExist' }],
        },
      }],
    }, { as: 'health' })]),
  ];
}

/**
 * What a Stage gives to the steps.
 *
 * @param isReviewed whether somebody else merges the pull request
 */
export function stageVariables(road: Road, environment: RoadEnvironment, travellers: Traveller[], isReviewed: boolean): Variable[] {
  const { sources, protection: { freezes = [] } } = environment;
  const names = arrivingAt(road, environment).map(({ name }) => name);
  const images = travellers.filter(({ name }) => names.includes(name)).map(({ name, image }) => `${JSON.stringify(name)}: ${JSON.stringify(image)}`);
  return [
    { name: 'images', value: `\${{ {${images.join(', ')}} }}` },
    { name: 'from', value: sources.length === 0 ? '${{ nil }}' : sources[0] },
    { name: 'review', value: `\${{ ${isReviewed} }}` },
    { name: 'frozen', value: `\${{ ${freezes.length === 0 ? 'false' : freezes.map(frozenBy).join(' || ')} }}` },
  ];
}

function frozenBy({ from, until }: Freeze): string {
  const bounds = [
    ...(from === undefined ? [] : [`now() >= date(${JSON.stringify(instant(from))})`]),
    ...(until === undefined ? [] : [`now() < date(${JSON.stringify(instant(until))})`]),
  ];
  return bounds.length === 0 ? 'true' : `(${bounds.join(' && ')})`;
}

/** RFC 3339 with seconds, which is what `date` reads whatever was written. */
function instant(text: string): string {
  return new Date(Date.parse(text)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
