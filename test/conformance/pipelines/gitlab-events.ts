/** What makes a pipeline, as GitLab's predefined variables tell it. */
export interface GitlabEvent {
  readonly name: string;
  readonly variables: Record<string, string>;
  readonly unset?: string[];
}

const COMMIT_BRANCH = 'CI_COMMIT_BRANCH';

/** A push to the default branch is what gitlab-ci-local takes for granted. */
export const GITLAB_EVENTS: GitlabEvent[] = [
  { name: 'a push to the default branch', variables: {} },
  { name: 'a push to another branch', variables: { [COMMIT_BRANCH]: 'feature', CI_COMMIT_REF_NAME: 'feature', CI_COMMIT_REF_SLUG: 'feature' } },
  {
    name: 'a merge request',
    variables: {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_IID: '1',
      CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feature',
      CI_COMMIT_REF_NAME: 'feature',
    },
    unset: [COMMIT_BRANCH],
  },
  { name: 'a tag', variables: { CI_COMMIT_TAG: 'v1.0.0', CI_COMMIT_REF_NAME: 'v1.0.0' }, unset: [COMMIT_BRANCH] },
  { name: 'a schedule', variables: { CI_PIPELINE_SOURCE: 'schedule' } },
  { name: 'someone who runs it by hand', variables: { CI_PIPELINE_SOURCE: 'web' } },
];

/** The options of gitlab-ci-local that make it take the event for granted. It warns of those that it would set itself. */
export function optionsOf({ variables, unset = [] }: GitlabEvent): string[] {
  return [
    ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
    ...unset.flatMap((name) => ['--unset-variable', name]),
    ...Object.keys(variables).length > 0 ? ['--ignore-predefined-vars', Object.keys(variables).join(',')] : [],
  ];
}
