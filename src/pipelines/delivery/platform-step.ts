import { Duration } from 'cdk8s';
import { address, checkAddress, digest, lineOrValue, name, nameOrValue, repository } from './checks';
import { CodeHost } from './code-host';
import { deliveryStep, Told } from './delivery-step';
import { HealthCheck } from './health-check';
import { SCAN_RULES, ScanRules, scanRules } from './image-step';
import * as messages from './messages';
import { COMMENT, HOST, LAND, PROMOTE, ROLLBACK } from './scripts/changes';
import { RESCAN, SCANNER } from './scripts/images';
import { CHECK, EDITS, HEALTH, RECORD, RENOVATE, SMOKE } from './scripts/platform';
import { Check, flag, listOf, oneOf, whole } from '../../core/shape';
import { checkId, checkShape, delay, inside, line, ours, textOrValue, timeout, word } from '../check';
import { JobStep, JobStepOptions, STEP_SHAPE } from '../step';
import { Context, Value } from '../value';

/** Options of a check. */
export interface CheckOptions extends JobStepOptions {
  /**
   * Whether warnings fail it too, unless they are acknowledged.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * Where the findings go, as SARIF, for `Report.findings`.
   *
   * @default 'fairway.sarif'
   */
  readonly report?: string;
}

/** Options of a comment. */
export interface CommentDiffOptions extends JobStepOptions {
  /** Where the pull request lies. */
  readonly host: CodeHost;

  /**
   * The environment that the other one is compared with. The step then runs the program of the pull request, with a token that may comment: where
   * that is not wanted, let another job write the file.
   *
   * @default - the file is there already
   */
  readonly from?: string;

  /**
   * The other environment.
   *
   * @default - the file is there already
   */
  readonly to?: string;

  /**
   * The file with the text, Markdown.
   *
   * @default 'fairway-diff.md'
   */
  readonly file?: string;

  /**
   * What tells the comment from others: one of each is kept, and updated in place.
   *
   * @default 'diff'
   */
  readonly comment?: string;
}

/** How a change of what runs gets into the repository. */
export enum ChangeRoute {
  /** It is pushed onto the branch; the job holds the approvals, by its environment. */
  PUSH = 'push',
  /** A pull request is opened, or updated; its review holds the approvals. */
  PULL_REQUEST = 'pull-request',
}

/** Options of what changes the release states. The job checks out all of the history: `JobStep.checkout({ depth: 0 })`. */
export interface ChangeOptions extends JobStepOptions {
  /** Where the repository lies. */
  readonly host: CodeHost;

  /**
   * How the change gets into the repository.
   *
   * @default ChangeRoute.PULL_REQUEST
   */
  readonly route?: ChangeRoute;

  /**
   * The branch that it goes to.
   *
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The files and folders that are committed: release states, manifests and the ownership manifest.
   *
   * @default ['releases', 'dist', '.fairway']
   */
  readonly paths?: string[];
}

/** A release that enters the road. */
export interface EnteringRelease {
  /** The repository of its image. */
  readonly image: string | Value;

  /** Its digest: `build.output('digest')`. */
  readonly digest: string | Value;

  /**
   * Its tag.
   *
   * @default - none
   */
  readonly tag?: string | Value;

  /**
   * The commit that it was built from.
   *
   * @default Context.SHA
   */
  readonly commit?: string | Value;

  /**
   * The address of the repository of that commit.
   *
   * @default - none
   */
  readonly sourceRepository?: string;
}

/** Options of a promotion, as those of `fairway promote`. */
export interface PromoteOptions extends ChangeOptions {
  /** The environment that releases come into. */
  readonly environment: string | Value;

  /**
   * The names of the workloads.
   *
   * @default - `all` or `platform`
   */
  readonly workloads?: string[];

  /**
   * Whether every workload is promoted, and the program.
   *
   * @default false
   */
  readonly all?: boolean;

  /**
   * Whether the program alone is promoted.
   *
   * @default false
   */
  readonly platform?: boolean;

  /**
   * The environment that they come from.
   *
   * @default - the one before
   */
  readonly from?: string;

  /**
   * A release that enters here, of the one workload.
   *
   * @default - what runs in the environment before
   */
  readonly release?: EnteringRelease;

  /**
   * What the steps before vouch for: `health`, and analyses by name.
   *
   * @default - nothing
   */
  readonly passed?: string[];
}

/** Options of a rollback, as those of `fairway rollback`. */
export interface RollbackOptions extends ChangeOptions {
  /** The environment. */
  readonly environment: string | Value;

  /**
   * The workload.
   *
   * @default - the program
   */
  readonly workload?: string | Value;

  /**
   * The release that comes back: a tag, or the beginning of a digest or commit.
   *
   * @default - the one before
   */
  readonly to?: string | Value;

  /** Why, one line. */
  readonly reason: string | Value;
}

/** Options of a wait. */
export interface WaitForHealthOptions extends JobStepOptions {
  /** Whom to ask. */
  readonly check: HealthCheck;

  /**
   * How long each of them may take, whole minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly within?: Duration;
}

/** Options of a smoke test. */
export interface SmokeTestOptions extends JobStepOptions {
  /** What is asked: `https://shop.example.com/healthz`. */
  readonly url: string | Value;

  /**
   * The status that is expected.
   *
   * @default 200
   */
  readonly status?: number;

  /**
   * What the answer has in it.
   *
   * @default - anything
   */
  readonly contains?: string;

  /**
   * How often it is tried, from 1 to 100.
   *
   * @default 10
   */
  readonly attempts?: number;

  /**
   * How long to wait between.
   *
   * @default Duration.seconds(6)
   */
  readonly delay?: Duration;
}

/** How a deployment ended. */
export enum DeploymentOutcome {
  SUCCESS = 'success',
  FAILURE = 'failure',
  ROLLBACK = 'rollback',
}

/** Options of a record. */
export interface RecordDeploymentOptions extends JobStepOptions {
  /** Where it was deployed. */
  readonly environment: string | Value;

  /**
   * What was deployed.
   *
   * @default - all of the environment
   */
  readonly workload?: string | Value;

  /**
   * How it ended.
   *
   * @default DeploymentOutcome.SUCCESS
   */
  readonly outcome?: DeploymentOutcome;

  /**
   * The commit that was deployed; its time gives the lead time, where the job has it.
   *
   * @default Context.SHA
   */
  readonly commit?: string | Value;

  /**
   * The digest that was deployed.
   *
   * @default - not told
   */
  readonly digest?: string | Value;

  /**
   * Where the event goes, as a CloudEvent over HTTP.
   *
   * @default - into the file alone
   */
  readonly endpoint?: string;

  /**
   * What it lets us in with, a `PipelineSecret`.
   *
   * @default - nothing
   */
  readonly token?: Value;

  /**
   * Where the event is written.
   *
   * @default 'deployment.json'
   */
  readonly file?: string;
}

/** Options of updates of dependencies. */
export interface UpdateDependenciesOptions extends JobStepOptions {
  /** Where the repository lies. */
  readonly host: CodeHost;

  /**
   * The configuration of Renovate.
   *
   * @default - that of the repository, else config:best-practices
   */
  readonly configuration?: string;
}

/** Options of a scan of what runs. */
export interface RescanOptions extends JobStepOptions {
  /** The environments whose releases are scanned. At least one. */
  readonly environments: string[];

  /**
   * The folder of the release states.
   *
   * @default 'releases'
   */
  readonly releases?: string;

  /**
   * How they are scanned.
   *
   * @default - by Grype, for what is high and can be mended
   */
  readonly rules?: ScanRules;
}

const HOST_SHAPE = { host: ours('CodeHost', '_kind') };

const branch: Check = (at, value) => {
  word(at, value);
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(value as string) || /\.\.|\/\/|\/$|\.lock$/.test(value as string)) {
    throw messages.unfitOptions.error(at.path, { step: at.kind, fault: `${JSON.stringify(value)} is no branch`, remedy: 'Write branch: \'main\'.' });
  }
};

const CHANGE_SHAPE = { ...STEP_SHAPE, ...HOST_SHAPE, route: oneOf(ChangeRoute), branch, paths: listOf(inside, 1, 50) };

const RELEASE_SHAPE = { image: repository, digest, tag: textOrValue, commit: textOrValue, sourceRepository: checkAddress };

/** What a platform does with itself. Each step needs the dependencies of the program, `npm ci`, where it runs `fairway`. */
export class PlatformStep {
  /**
   * `fairway check`: fails where there are errors.
   *
   * @param options what counts. Throws FW1000 to FW1002, FW1042, FW1050
   */
  public static check(options: CheckOptions = {}): JobStep {
    checkShape('', 'check', options, { ...STEP_SHAPE, strict: flag, report: inside });
    const { strict = false, report = 'fairway.sarif' } = options ?? {};
    return deliveryStep(options, { action: 'check-platform', title: 'Check the platform', told: { strict, report }, script: [CHECK], commands: ['npx'] });
  }

  /**
   * `fairway diff`, as one comment of the pull request, which is updated in place. A token that may not comment, as for a fork, fails nothing.
   *
   * @param options what is compared, and where. Throws FW1000 to FW1002, FW1042, FW1050, FW1055
   */
  public static commentDiff(options: CommentDiffOptions): JobStep {
    const id: Check = (at, value) => void checkId(at.path, 'comment', value);
    checkShape('', 'comment', options, { ...STEP_SHAPE, ...HOST_SHAPE, from: name, to: name, file: inside, comment: id }, ['host']);
    const { host, from, to, file = 'fairway-diff.md', comment = 'diff' } = options;
    if ((from === undefined) !== (to === undefined) || from !== undefined && from === to) {
      throw messages.unfitOptions.error('', { step: 'comment', fault: 'from and to are not two environments', remedy: 'Give both, or none of them and a file.' });
    }
    return deliveryStep(options, {
      action: 'comment-diff',
      title: 'Comment the differences',
      told: { from, to, file, comment, change: Context.CHANGE_NUMBER, ...host._told },
      script: [HOST, COMMENT],
      commands: [...from === undefined ? [] : ['npx'], 'node'],
      grants: { commentOnChange: 'comments on the pull request' },
    });
  }

  /**
   * Fails where files of the output were edited by hand, or are not what the program makes. It runs `fairway synth`, which writes them.
   *
   * @param options how it runs. Throws FW1000 to FW1004, FW1050
   */
  public static detectEdits(options: JobStepOptions = {}): JobStep {
    checkShape('', 'detection of edits', options, STEP_SHAPE);
    return deliveryStep(options, { action: 'detect-edits', title: 'Look for edits by hand', told: {}, script: [EDITS], commands: ['npx', 'git'] });
  }

  /**
   * `fairway promote`, then a commit, then a push or a pull request. It begins with what the branch says now. Outputs: `state` (`pushed`, `proposed` or
   * `unchanged`), `commit`, `url`.
   *
   * @param options what, and where to. Throws FW1000 to FW1002, FW1042, FW1050, FW1051, FW1055, FW1056
   */
  public static promote(options: PromoteOptions): JobStep {
    checkShape('', 'promotion', options, {
      ...CHANGE_SHAPE, environment: nameOrValue, workloads: listOf(name, 1), all: flag, platform: flag, from: name, passed: listOf(name, 1, 50),
      release: (at, value) => checkShape(at.path, 'release', value, RELEASE_SHAPE, ['image', 'digest']),
    }, ['environment', 'host']);
    const { environment, workloads = [], all = false, platform = false, from, release, passed = [] } = options;
    const refuse = (fault: string, remedy: string) => messages.unfitOptions.error('', { step: 'promotion', fault, remedy });
    if ([workloads.length > 0, all, platform].filter(Boolean).length !== 1) {
      throw refuse('of workloads, all and platform exactly one is needed', 'Write workloads: [\'checkout\'], or all: true.');
    }
    if (release !== undefined && (workloads.length !== 1 || from !== undefined)) {
      throw refuse('a release enters for one workload, from no environment', 'Write workloads: [\'checkout\'], and leave from out.');
    }
    if (new Set(workloads).size < workloads.length) {
      throw refuse('a workload is named twice', 'Name each once.');
    }
    return changeStep(options, {
      action: 'promote',
      title: typeof environment === 'string' ? `Promote to ${environment}` : 'Promote',
      told: {
        environment,
        workloads: [...workloads],
        all,
        platform,
        from,
        ...release && { image: release.image, digest: release.digest, tag: release.tag, commit: release.commit ?? Context.SHA, sourceRepository: release.sourceRepository },
        passed: [...passed],
      },
      script: PROMOTE,
    });
  }

  /**
   * `fairway rollback`, then a commit, then a push or a pull request. No gate stops it but approvals. Outputs as of `promote`.
   *
   * @param options what, and why. Throws FW1000 to FW1002, FW1042, FW1050, FW1055
   */
  public static rollback(options: RollbackOptions): JobStep {
    checkShape('', 'rollback', options, { ...CHANGE_SHAPE, environment: nameOrValue, workload: nameOrValue, to: lineOrValue, reason: lineOrValue }, ['environment', 'reason', 'host']);
    const { environment, workload, to, reason } = options;
    return changeStep(options, { action: 'rollback', title: 'Roll back', told: { environment, workload, to, reason }, script: ROLLBACK });
  }

  /**
   * Waits until what was deployed is there, and healthy.
   *
   * @param options whom to ask, and how long. Throws FW1000 to FW1003, FW1050
   */
  public static waitForHealth(options: WaitForHealthOptions): JobStep {
    checkShape('', 'wait', options, { ...STEP_SHAPE, check: ours('HealthCheck', '_told'), within: timeout }, ['check']);
    const { check, within } = options;
    return deliveryStep(options, {
      action: 'wait-for-health', title: 'Wait until it is healthy', told: { ...check._told, timeoutSeconds: (within?.toMinutes() ?? 10) * 60 }, script: [HEALTH],
      commands: check._commands,
    });
  }

  /**
   * Asks an address until it answers as expected.
   *
   * @param options what is asked. Throws FW1000 to FW1003, FW1050, FW1056
   */
  public static smokeTest(options: SmokeTestOptions): JobStep {
    checkShape('', 'smoke test', options, { ...STEP_SHAPE, url: address, status: whole(100, 599), contains: line, attempts: whole(1, 100), delay }, ['url']);
    const { url, status = 200, contains, attempts = 10, delay: between } = options;
    return deliveryStep(options, {
      action: 'smoke-test', title: 'Smoke test', told: { url, status, contains, attempts, delaySeconds: between?.toSeconds() ?? 6 }, script: [SMOKE], commands: ['curl'],
    });
  }

  /**
   * Records a deployment as an event of CDEvents in an envelope of CloudEvents: deployment frequency, lead time, failure rate and time of recovery are
   * counted from these. Does nothing to what runs.
   *
   * @param options what was deployed. Throws FW1000 to FW1002, FW1042, FW1050, FW1051, FW1056
   */
  public static recordDeployment(options: RecordDeploymentOptions): JobStep {
    checkShape('', 'record', options, {
      ...STEP_SHAPE, environment: nameOrValue, workload: nameOrValue, outcome: oneOf(DeploymentOutcome), commit: textOrValue, digest, endpoint: checkAddress,
      token: ours('Value', '_parts'), file: inside,
    }, ['environment']);
    const { environment, workload, outcome = DeploymentOutcome.SUCCESS, commit = Context.SHA, digest: found, endpoint, token, file = 'deployment.json' } = options;
    return deliveryStep(options, {
      action: 'record-deployment',
      title: 'Record the deployment',
      told: { environment, workload, outcome, commit, digest: found, runUrl: Context.RUN_URL, endpoint, token, file },
      script: [RECORD],
      commands: endpoint === undefined ? ['git'] : ['git', 'curl'],
      readsRun: true,
    });
  }

  /**
   * Renovate: pull requests that bring dependencies up to date. It has to be in the image of the job, or among the dependencies.
   *
   * @param options where. Throws FW1000 to FW1002, FW1042, FW1050
   */
  public static updateDependencies(options: UpdateDependenciesOptions): JobStep {
    checkShape('', 'update', options, { ...STEP_SHAPE, ...HOST_SHAPE, configuration: inside }, ['host']);
    const { host, configuration } = options;
    return deliveryStep(options, {
      action: 'update-dependencies', title: 'Update dependencies', told: { configuration, ...host._told }, script: [RENOVATE], commands: [], publishes: true,
      grants: { writeCode: 'pushes the branches of updates', commentOnChange: 'opens pull requests with updates', writeIssues: 'keeps the list of updates' },
    });
  }

  /**
   * Scans what runs, by the release states: what was clean when it was built need not be so today.
   *
   * @param options where, and what counts. Throws FW1000 to FW1002, FW1042, FW1050
   */
  public static rescan(options: RescanOptions): JobStep {
    checkShape('', 'scan', options, {
      ...STEP_SHAPE, environments: listOf(name, 1, 100), releases: inside, rules: (at, value) => checkShape(at.path, 'rules', value, SCAN_RULES),
    }, ['environments']);
    const { environments, releases = 'releases', rules } = options;
    return deliveryStep(options, {
      action: 'rescan-images', title: 'Scan what runs', told: { releases, environments: [...environments], ...scanRules(rules) }, script: [SCANNER, RESCAN],
      commands: [scanRules(rules).scanner, 'node'], outputs: ['findings'], grants: { readPackages: 'reads the images that are scanned' },
    });
  }

  private constructor() {}
}

interface Change {
  readonly action: 'promote' | 'rollback';
  readonly title: string;
  readonly told: Readonly<Record<string, Told>>;
  readonly script: string;
}

function changeStep(options: ChangeOptions, { action, title, told, script }: Change): JobStep {
  const { host, route = ChangeRoute.PULL_REQUEST, branch: target = 'main', paths = ['releases', 'dist', '.fairway'] } = options;
  const isProposed = route === ChangeRoute.PULL_REQUEST;
  return deliveryStep(options, {
    action,
    title,
    told: { ...told, route, branch: target, paths: [...paths], ...host._told },
    script: [HOST, script, LAND],
    commands: ['npx', 'git', 'node'],
    outputs: ['state', 'commit', 'url'],
    grants: { writeCode: isProposed ? 'pushes the branch of the pull request' : 'pushes what runs', ...isProposed && { commentOnChange: 'opens the pull request' } },
    publishes: true,
  });
}
