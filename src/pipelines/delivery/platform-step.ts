import { address, checkAddress, digest, lineOrValue, name, nameOrValue, repository } from './checks';
import { deliveryStep, Told } from './delivery-step';
import { SCAN_RULES, scannerScript, scanRules } from './image-step';
import * as messages from './messages';
import {
  ChangeOptions, ChangeRoute, CheckOptions, CheckoutPlatformOptions, CommentDiffOptions, DeploymentOutcome, PromoteOptions,
  RecordDeploymentOptions, RescanOptions, RollbackOptions, SmokeTestOptions, UpdateDependenciesOptions, WaitForHealthOptions,
} from './platform-options';
import * as changes from './scripts/changes';
import { CHECKOUT, REMOTE_GIT } from './scripts/git';
import { HIDE_TOKEN, hostFunction } from './scripts/host';
import { RESCAN } from './scripts/images';
import { CHECK, EDITS, RECORD, RENOVATE, SMOKE } from './scripts/platform';
import { Check, flag, listOf, oneOf, whole } from '../../core/shape';
import { checkId, checkShape, delay, folderOfOwn, inside, line, ours, textOrValue, timeout, word } from '../check';
import { JobStep, STEP_SHAPE } from '../step';
import { JobStepOptions } from '../step-options';
import { Context } from '../value';

const HOST_SHAPE = { host: ours('CodeHost', '_kind') };

const branch: Check = (at, value) => {
  word(at, value);
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(value as string) || /\.\.|\/\/|\/$|\.lock$/.test(value as string)) {
    throw messages.unfitOptions.error(at.path, { step: at.kind, fault: `${JSON.stringify(value)} is no branch`, remedy: 'Write branch: \'main\'.' });
  }
};

const ref: Check = (at, value) => {
  textOrValue(at, value);
  if (typeof value === 'string') {
    branch(at, value);
  }
};

const CHANGE_SHAPE = { ...STEP_SHAPE, ...HOST_SHAPE, route: oneOf(ChangeRoute), branch, paths: listOf(inside, 1, 50), folder: folderOfOwn };

const RELEASE_SHAPE = { image: repository, digest, tag: textOrValue, commit: textOrValue, sourceRepository: checkAddress };

const NETWORK = { attempts: 3, delaySeconds: 10 };

/** What a platform does with itself. Each step needs the dependencies of the program, `npm ci`, where it runs `fairway`. */
export class PlatformStep {
  /**
   * The files of a platform, or of any other repository than that of the run, in a folder. The token is not kept. Output: `commit`.
   *
   * @param options which repository, and where it goes. Throws FW1000 to FW1002, FW1042, FW1050; FW1055 for a host that says no repository, or whose
   * API does not say where its repositories are
   */
  public static checkout(options: CheckoutPlatformOptions): JobStep {
    checkShape('', 'checkout', options, { ...STEP_SHAPE, ...HOST_SHAPE, folder: folderOfOwn, ref, depth: whole(0) }, ['host', 'folder']);
    const { host, folder, ref: revision, depth = 1 } = options;
    const clone = host._clone;
    if (clone === undefined) {
      throw messages.unfitOptions.error('', {
        step: 'checkout',
        fault: 'the host says no repository, or its API does not say where repositories are',
        remedy: 'Write CodeHost.github({ repository: \'acme/platform\' }); JobStep.checkout() checks out the repository of the run.',
      });
    }
    const { host: kind, repository: meant, token } = host._told;
    return deliveryStep(options, {
      action: 'checkout-repository',
      title: `Check out ${String(meant)}`,
      told: { host: kind, address: clone, repository: meant, token, ref: revision, folder, depth },
      script: [HIDE_TOKEN, REMOTE_GIT, CHECKOUT],
      commands: ['git'],
      outputs: ['commit'],
      retry: NETWORK,
    });
  }

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
      script: [hostFunction('comment', host._kind), HIDE_TOKEN, changes.COMMENT],
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
      ...CHANGE_SHAPE,
      environment: nameOrValue,
      workloads: listOf(name, 1),
      all: flag,
      platform: flag,
      from: name,
      passed: listOf(name, 0, 50),
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
        all: all || undefined,
        platform: platform || undefined,
        from,
        ...release && { ...release, commit: release.commit ?? Context.SHA },
        passed: [...passed],
      },
      script: changes.PROMOTE,
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
    return changeStep(options, { action: 'rollback', title: 'Roll back', told: { environment, workload, to, reason }, script: changes.ROLLBACK });
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
      action: 'wait-for-health',
      title: 'Wait until it is healthy',
      told: { ...check._told, timeoutSeconds: (within?.toMinutes() ?? 10) * 60 },
      script: [check._script],
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
      ...STEP_SHAPE,
      environment: nameOrValue,
      workload: nameOrValue,
      outcome: oneOf(DeploymentOutcome),
      commit: textOrValue,
      digest,
      endpoint: checkAddress,
      token: ours('Value', '_parts'),
      file: inside,
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
      action: 'update-dependencies',
      title: 'Update dependencies',
      told: { configuration, ...host._told },
      script: [RENOVATE],
      commands: [],
      publishes: true,
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
      action: 'rescan-images',
      title: 'Scan what runs',
      told: { releases, environments: [...environments], ...scanRules(rules) },
      script: [scannerScript(rules), RESCAN],
      commands: [scanRules(rules).scanner, 'node'],
      outputs: ['findings'],
      grants: { readPackages: 'reads the images that are scanned' },
    });
  }

  private constructor() {}
}

const branchOf = (action: Change['action']) => action === 'promote' ? changes.PROMOTE_BRANCH : changes.ROLLBACK_BRANCH;

interface Change {
  readonly action: 'promote' | 'rollback';
  readonly title: string;
  readonly told: Readonly<Record<string, Told>>;
  readonly script: string;
}

function changeStep(options: ChangeOptions, { action, title, told, script }: Change): JobStep {
  const { host, route = ChangeRoute.PULL_REQUEST, branch: target = 'main', paths = ['releases', 'dist', '.fairway'], folder } = options;
  const isProposed = route === ChangeRoute.PULL_REQUEST;
  const begin = [...folder === undefined ? [] : [changes.IN_CHECKOUT], REMOTE_GIT, changes.BEGIN];
  return deliveryStep(options, {
    action,
    title,
    told: { ...told, route, branch: target, paths: [...paths], ...host._told },
    script: isProposed
      ? [hostFunction('propose', host._kind), HIDE_TOKEN, script, branchOf(action), ...begin, changes.PROPOSE, changes.END]
      : [HIDE_TOKEN, script, ...begin, changes.PUSH, changes.END],
    commands: isProposed ? ['npx', 'git', 'node'] : ['npx', 'git'],
    workingDirectory: folder,
    outputs: ['state', 'commit', 'url'],
    grants: !host._isOfRun ? {} : { writeCode: isProposed ? 'pushes the branch of the pull request' : 'pushes what runs', ...isProposed && { commentOnChange: 'opens the pull request' } },
    publishes: true,
  });
}
