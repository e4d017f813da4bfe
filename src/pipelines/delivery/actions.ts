import type { DeliveryAction, DeliveryStepNode, Environment } from '../graph';

/*
 * What each delivery step is told: the one table that the steps, the portable scripts and the native lowerings of engines share.
 *
 * In `with` of the graph a field is there under its name: a `text` as Text, a `list` as plain strings, a `flag` as a boolean, a `number` as a
 * number; what was not told is not there. The portable script gets the same under the name of its variable: a list one entry on a line, a flag
 * as `true` or `false`. Of what was not told it says itself that it is empty.
 */

export interface ActionField {
  readonly type: 'text' | 'list' | 'flag' | 'number';
  /** The environment variable of the portable script. */
  readonly variable: string;
  readonly what: string;
  /** It may be a secret. */
  readonly isSecret?: true;
  /** It decides which code runs: no value that others choose. */
  readonly decides?: true;
  /** Where it is not told, the variable that the job has counts: tools read it themselves. */
  readonly inherits?: true;
}

export interface ActionTable {
  readonly fields: Readonly<Record<string, ActionField>>;
  /** What the step says to others. */
  readonly outputs: Readonly<Record<string, string>>;
}

const field = (type: ActionField['type']) => (variable: string, what: string, more: Partial<ActionField> = {}): ActionField => ({ type, variable, what, ...more });
const text = field('text');
const list = field('list');
const flag = field('flag');
const number = field('number');

/** An image that was built, by its digest. */
const BUILT = {
  image: text('IMAGE', 'the repository of the image, without tag'),
  digest: text('IMAGE_DIGEST', 'sha256: and 64 hexadecimal digits'),
};

const SCANNED = {
  scanner: text('SCANNER', 'grype or trivy'),
  severity: text('SEVERITY', 'what fails: low, medium, high or critical, and above'),
  onlyFixed: flag('ONLY_FIXED', 'whether findings count that no version mends'),
};

/** The host of the repository. */
const HOST = {
  host: text('HOST_KIND', 'github, gitlab or azure'),
  api: text('HOST_API', 'the address of its API', { decides: true }),
  repository: text('HOST_REPOSITORY', 'owner/name'),
  token: text('HOST_TOKEN', 'what it lets us in with', { isSecret: true }),
};

/** How a change of the release states gets into the repository. */
const CHANGE = {
  route: text('CHANGE_ROUTE', 'push or pull-request'),
  branch: text('TARGET_BRANCH', 'the branch that it goes to', { decides: true }),
  paths: list('CHANGED_PATHS', 'files and folders that are committed'),
  ...HOST,
};

const LANDED = {
  state: 'pushed, proposed (by a pull request) or unchanged',
  commit: 'the commit on the branch, or of the pull request',
  url: 'the address of the pull request; empty without one',
};

export const ACTIONS: Readonly<Record<DeliveryAction, ActionTable>> = {
  'test-report': {
    fields: {
      files: list('REPORT_FILES', 'reports in the form of JUnit, patterns'),
      title: text('REPORT_TITLE', 'what people see'),
    },
    outputs: {},
  },
  'coverage-report': {
    fields: {
      files: list('REPORT_FILES', 'reports, patterns'),
      format: text('REPORT_FORMAT', 'cobertura, jacoco or lcov'),
      minimum: number('COVERAGE_MINIMUM', 'percent of lines below which the step fails; where it is told, a native road has to hold it too'),
    },
    outputs: { percent: 'of lines, with one digit after the point; given where a minimum is told' },
  },
  'upload-findings': {
    fields: {
      file: text('FINDINGS_FILE', 'a report in the form of SARIF 2.1.0'),
      category: text('FINDINGS_CATEGORY', 'what tells it from other reports of the commit'),
    },
    outputs: {},
  },
  'login-registry': {
    fields: {
      registry: text('REGISTRY', 'the host of the registry', { decides: true }),
      username: text('REGISTRY_USERNAME', 'who logs in', { isSecret: true }),
      password: text('REGISTRY_PASSWORD', 'a password or token', { isSecret: true }),
    },
    outputs: {},
  },
  'build-image': {
    fields: {
      image: text('IMAGE', 'the repository of the image, without tag'),
      tag: text('IMAGE_TAG', 'the tag that people see'),
      context: text('BUILD_CONTEXT', 'the folder that is built', { decides: true }),
      dockerfile: text('DOCKERFILE', 'the Dockerfile', { decides: true }),
      target: text('BUILD_TARGET', 'the stage of the Dockerfile; empty for the last'),
      platforms: list('BUILD_PLATFORMS', 'linux/amd64 and the like'),
      arguments: list('BUILD_ARGUMENTS', 'NAME=value'),
      push: flag('PUSH', 'whether it is pushed; without it there is no digest'),
      provenance: flag('PROVENANCE', 'whether BuildKit says how it was built'),
      sbom: flag('SBOM', 'whether BuildKit lists what is in it'),
    },
    outputs: { image: 'the repository', digest: 'sha256:…', reference: 'repository@sha256:…' },
  },
  'scan-image': {
    fields: { ...BUILT, ...SCANNED, report: text('FINDINGS_FILE', 'where the findings go, as SARIF') },
    outputs: {},
  },
  'sign-image': {
    fields: { ...BUILT, key: text('COSIGN_KEY_REFERENCE', 'a key of a key management; empty for keyless signatures, by the identity SIGSTORE', { decides: true }) },
    outputs: {},
  },
  'attest-image': {
    fields: {
      ...BUILT,
      type: text('ATTESTATION_TYPE', 'cyclonedx, spdx or provenance'),
      predicate: text('PREDICATE_FILE', 'the file that is attested; empty: made by syft, or of the run'),
      key: text('COSIGN_KEY_REFERENCE', 'as for sign-image', { decides: true }),
    },
    outputs: {},
  },
  'publish-package': {
    fields: {
      kind: text('PACKAGE_KIND', 'npm, pypi, crates, nuget or maven'),
      folder: text('PACKAGE_FOLDER', 'npm, crates, maven: the folder of the package'),
      files: list('PACKAGE_FILES', 'pypi, nuget: patterns over the files that are published'),
      registry: text('PACKAGE_REGISTRY', 'the address of the registry; empty for the public one', { decides: true }),
      trusted: flag('TRUSTED_PUBLISHING', 'whether the registry trusts the identity of the run; else there is a token'),
      user: text('PACKAGE_USER', 'nuget with trusted publishing, maven: the user'),
      token: text('PACKAGE_TOKEN', 'what the registry lets us in with, without trusted publishing', { isSecret: true }),
    },
    outputs: {},
  },
  'check-platform': {
    fields: {
      strict: flag('STRICT', 'whether warnings fail too'),
      report: text('FINDINGS_FILE', 'where the findings go, as SARIF'),
    },
    outputs: {},
  },
  'comment-diff': {
    fields: {
      from: text('DIFF_FROM', 'an environment; empty: the file is there already'),
      to: text('DIFF_TO', 'another environment'),
      file: text('COMMENT_FILE', 'the text, Markdown'),
      comment: text('COMMENT_ID', 'what tells the comment from others'),
      change: text('CHANGE_NUMBER', 'the number of the pull request'),
      ...HOST,
    },
    outputs: {},
  },
  'checkout-repository': {
    fields: {
      host: HOST.host,
      address: text('CLONE_ADDRESS', 'what is cloned, without a user', { decides: true }),
      repository: HOST.repository,
      token: HOST.token,
      ref: text('CHECKOUT_REF', 'a branch, a tag or a commit; empty for the default branch', { decides: true }),
      folder: text('CHECKOUT_FOLDER', 'where it goes, in the workspace', { decides: true }),
      depth: number('CHECKOUT_DEPTH', 'how many commits; 0 is all of them'),
    },
    outputs: { commit: 'what was checked out' },
  },
  'detect-edits': { fields: {}, outputs: {} },
  'promote': {
    fields: {
      environment: text('TARGET_ENVIRONMENT', 'where it goes'),
      workloads: list('WORKLOADS', 'the names of the workloads'),
      all: flag('PROMOTE_ALL', 'every workload, and the program'),
      platform: flag('PROMOTE_PLATFORM', 'the program alone'),
      from: text('SOURCE_ENVIRONMENT', 'where it comes from; empty: the environment before'),
      image: text('IMAGE', 'a release that enters: the repository of its image'),
      tag: text('IMAGE_TAG', 'its tag; may be empty'),
      digest: text('IMAGE_DIGEST', 'its digest'),
      commit: text('SOURCE_COMMIT', 'the commit that it was built from'),
      sourceRepository: text('SOURCE_REPOSITORY', 'the repository of that commit; may be empty'),
      passed: list('PASSED', 'what is vouched for: health, and analyses by name'),
      ...CHANGE,
    },
    outputs: LANDED,
  },
  'rollback': {
    fields: {
      environment: text('TARGET_ENVIRONMENT', 'where'),
      workload: text('WORKLOAD', 'the workload; empty for the program'),
      to: text('ROLLBACK_TO', 'a tag, or the beginning of a digest or commit; empty: the release before'),
      reason: text('REASON', 'why, one line'),
      ...CHANGE,
    },
    outputs: LANDED,
  },
  'wait-for-health': {
    fields: {
      engine: text('GITOPS_ENGINE', 'argocd, flux or kubectl'),
      selector: text('SELECTOR', 'argocd, flux: labels of the objects that deploy the environment'),
      targets: list('ROLLOUT_TARGETS', 'kubectl: namespace/kind/name'),
      namespace: text('GITOPS_NAMESPACE', 'flux: where its objects lie'),
      server: text('ARGOCD_SERVER', 'argocd: the host of its API', { decides: true, inherits: true }),
      token: text('ARGOCD_AUTH_TOKEN', 'argocd: what it lets us in with', { isSecret: true, inherits: true }),
      timeoutSeconds: number('WAIT_SECONDS', 'how long'),
    },
    outputs: {},
  },
  'smoke-test': {
    fields: {
      url: text('SMOKE_URL', 'what is asked'),
      status: number('SMOKE_STATUS', 'the status that is expected'),
      contains: text('SMOKE_TEXT', 'what the answer has in it; may be empty'),
      attempts: number('SMOKE_ATTEMPTS', 'how often it is tried'),
      delaySeconds: number('SMOKE_DELAY', 'seconds between'),
    },
    outputs: {},
  },
  'record-deployment': {
    fields: {
      environment: text('TARGET_ENVIRONMENT', 'where'),
      workload: text('WORKLOAD', 'what; empty for all of the environment'),
      outcome: text('DEPLOYMENT_OUTCOME', 'success, failure or rollback'),
      commit: text('SOURCE_COMMIT', 'the commit that was deployed'),
      digest: text('IMAGE_DIGEST', 'the digest that was deployed; may be empty'),
      runUrl: text('DEPLOYMENT_URL', 'the address of the run'),
      endpoint: text('EVENTS_ENDPOINT', 'where the event goes; empty: only into the file', { decides: true }),
      token: text('EVENTS_TOKEN', 'what it lets us in with', { isSecret: true }),
      file: text('EVENT_FILE', 'where the event is written'),
    },
    outputs: {},
  },
  'update-dependencies': {
    fields: { configuration: text('RENOVATE_CONFIG_FILE', 'the configuration of Renovate; empty: what is in the repository'), ...HOST },
    outputs: {},
  },
  'rescan-images': {
    fields: {
      releases: text('RELEASES', 'the folder of the release states'),
      environments: list('ENVIRONMENTS', 'whose releases'),
      ...SCANNED,
    },
    outputs: { findings: 'how many images have findings' },
  },
};

/** The environment of a delivery step without what its portable script alone reads: for a native lowering. */
export function ownEnvironment(step: DeliveryStepNode): Environment {
  const variables = new Set(Object.values(ACTIONS[step.action].fields).map(each => each.variable));
  return Object.fromEntries(Object.entries(step.env).filter(([name]) => !variables.has(name) && !RUN_VARIABLES.includes(name)));
}

/** Variables that portable scripts read beside what they are told. */
export const RUN_VARIABLES: readonly string[] = ['RUN_REPOSITORY', 'RUN_COMMIT', 'RUN_URL'];
