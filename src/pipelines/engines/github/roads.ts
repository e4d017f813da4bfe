import { legOf } from './artifacts';
import type { JobScope, StepBody } from './scope';
import { lines } from './scope';
import { freeName } from '../../../core/free-name';
import type { DeliveryAction, DeliveryStepNode, Text } from '../../graph';

/** Steps of GitHub in place of the portable script, or around it. */
export interface Road {
  /** What they are made of, for `explain()`. */
  readonly how: string;
  /** Actions that have to be allowed. */
  readonly actions: readonly string[];
  readonly steps: () => StepBody[];
}

/**
 * The road of GitHub for a step; undefined where it cannot say what the step is told.
 *
 * @param portable the step with the portable script
 */
export type NativeRoad = (step: DeliveryStepNode, scope: JobScope, portable: StepBody) => Road | undefined;

/** What GitHub does better than a script. */
export const NATIVE_ROADS: Partial<Record<DeliveryAction, NativeRoad>> = {
  'login-registry': (step, scope) => {
    const told = new Told(step, scope);
    return told.has('username', 'password') ? {
      how: 'docker/login-action',
      actions: ['docker/login-action'],
      steps: () => [{
        uses: told.uses('docker/login-action'),
        with: { ...told.some('registry'), username: told.text('username'), password: told.text('password') },
        without: ['REGISTRY', 'REGISTRY_USERNAME', 'REGISTRY_PASSWORD'],
      }],
    } : undefined;
  },
  'checkout-repository': (step, scope) => {
    const told = new Told(step, scope);
    const [address, repository] = ['address', 'repository'].map(field => told.text(field));
    if (told.text('host') !== 'github' || !address.endsWith(`/${repository}.git`)) {
      return undefined;
    }
    const server = address.slice(0, -`/${repository}.git`.length);
    return {
      how: 'actions/checkout',
      actions: ['actions/checkout'],
      steps: () => [{
        uses: told.uses('actions/checkout'),
        with: {
          'repository': repository,
          ...server !== 'https://github.com' && { 'github-server-url': server },
          'token': told.text('token'),
          ...told.some('ref'),
          'path': told.text('folder'),
          ...step.with.depth !== 1 && { 'fetch-depth': step.with.depth },
          'persist-credentials': false,
        },
        without: ['HOST_KIND', 'CLONE_ADDRESS', 'HOST_REPOSITORY', 'HOST_TOKEN', 'CHECKOUT_REF', 'CHECKOUT_FOLDER', 'CHECKOUT_DEPTH'],
      }],
    };
  },
  'build-image': buildImage,
  'scan-image': (step, scope) => {
    const told = new Told(step, scope);
    if (!told.has('image', 'digest', 'severity', 'report') || told.text('scanner') !== 'grype') {
      return undefined;
    }
    return {
      how: 'anchore/scan-action',
      actions: ['anchore/scan-action'],
      steps: () => [{
        uses: told.uses('anchore/scan-action'),
        with: {
          'image': `${told.text('image')}@${told.text('digest')}`,
          'severity-cutoff': told.text('severity'),
          'only-fixed': step.with.onlyFixed === true,
          'fail-build': true,
          'output-format': 'sarif',
          'output-file': told.text('report'),
        },
        without: ['IMAGE', 'IMAGE_DIGEST', 'SCANNER', 'SEVERITY', 'ONLY_FIXED', 'FINDINGS_FILE'],
      }],
    };
  },
  'sign-image': withCosign,
  'attest-image': (step, scope, portable) => {
    const told = new Told(step, scope);
    const type = told.text('type');
    const isSbom = (type === 'cyclonedx' || type === 'spdx') && told.has('predicate');
    // A key of the user, or what has to be made first, is the business of the script.
    if (told.has('key') || !told.has('image', 'digest') || !isSbom && !(type === 'provenance' && !told.has('predicate'))) {
      return withCosign(step, scope, portable);
    }
    const needs = () => {
      scope.grants.need('id-token', 'write', 'signs the attestation');
      scope.grants.need('attestations', 'write', 'keeps the attestation');
      scope.grants.need('artifact-metadata', 'write', 'links the attestation with the image');
    };
    return {
      how: 'actions/attest',
      actions: ['actions/attest'],
      steps: () => {
        needs();
        return [{
          uses: told.uses('actions/attest'),
          with: {
            'subject-name': told.text('image'),
            'subject-digest': told.text('digest'),
            ...isSbom && { 'sbom-path': told.text('predicate') },
            'push-to-registry': true,
          },
          without: ['IMAGE', 'IMAGE_DIGEST', 'ATTESTATION_TYPE', 'PREDICATE_FILE', 'COSIGN_KEY_REFERENCE'],
        }];
      },
    };
  },
  'upload-findings': (step, scope) => {
    const told = new Told(step, scope);
    return told.has('file') ? {
      how: 'github/codeql-action/upload-sarif',
      actions: ['github/codeql-action'],
      steps: () => {
        scope.grants.need('security-events', 'write', 'uploads findings');
        scope.grants.need('actions', 'read', 'uploads findings');
        return [{
          uses: told.uses('github/codeql-action/upload-sarif'),
          with: { sarif_file: told.text('file'), ...told.some('category') },
          without: ['FINDINGS_FILE', 'FINDINGS_CATEGORY'],
        }];
      },
    } : undefined;
  },
  'test-report': withReports,
  'coverage-report': withReports,
};

/** What a step is told, as GitHub writes it. */
class Told {
  public constructor(private readonly step: DeliveryStepNode, private readonly scope: JobScope) {}

  public has(...fields: string[]): boolean {
    return fields.every(field => this.text(field) !== '');
  }

  /** An empty text where nothing is told. */
  public text(field: string): string {
    const value = Object.hasOwn(this.step.with, field) ? this.step.with[field] : undefined;
    return Array.isArray(value) ? this.scope.values.text(value as Text) : value === undefined ? '' : String(value);
  }

  public list(field: string): string[] {
    const value = Object.hasOwn(this.step.with, field) ? this.step.with[field] : undefined;
    return Array.isArray(value) ? (value as Text).map(part => this.scope.values.text([part])) : [];
  }

  /** An input of an action, where something is told. */
  public some(field: string, input = field): Record<string, string> {
    return this.has(field) ? { [input]: this.text(field) } : {};
  }

  public uses(action: string): string {
    return this.scope.actions.uses(action, this.step.path, this.scope.report);
  }
}

/** BuildKit, and a step that says what the portable script would say. */
function buildImage(step: DeliveryStepNode, scope: JobScope): Road | undefined {
  const told = new Told(step, scope);
  if (!told.has('image', 'tag', 'context')) {
    return undefined;
  }
  const platforms = told.list('platforms');
  const own = scope.job.runner.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  const isForeign = platforms.some(platform => platform !== own);
  const build = freeName(`${step.id}-build`, new Set(scope.job.steps.map(each => each.id)));
  const qemu = isForeign ? ['docker/setup-qemu-action'] : [];
  return {
    how: 'docker/build-push-action',
    actions: [...qemu, 'docker/setup-buildx-action', 'docker/build-push-action'],
    steps: () => [
      ...qemu.map(action => ({
        name: 'Set up QEMU',
        uses: told.uses(action),
        with: { 'cache-image': false, 'platforms': platforms.filter(each => each !== own).join(',') },
        without: 'all',
      })),
      { name: 'Set up Buildx', uses: told.uses('docker/setup-buildx-action'), with: { 'cache-binary': false }, without: 'all' },
      {
        id: build,
        uses: told.uses('docker/build-push-action'),
        with: {
          context: told.text('context'),
          ...told.some('dockerfile', 'file'),
          ...told.some('target'),
          ...platforms.length > 0 && { platforms: platforms.join(',') },
          ...told.list('arguments').length > 0 && { 'build-args': lines(told.list('arguments')) },
          tags: `${told.text('image')}:${told.text('tag')}`,
          push: step.with.push === true,
          provenance: step.with.provenance === true ? 'mode=max' : false,
          sbom: step.with.sbom === true,
        },
        without: ['IMAGE', 'IMAGE_TAG', 'BUILD_CONTEXT', 'DOCKERFILE', 'BUILD_TARGET', 'BUILD_PLATFORMS', 'BUILD_ARGUMENTS', 'PUSH', 'PROVENANCE', 'SBOM'],
      },
      {
        name: 'Say what was built',
        env: { IMAGE: told.text('image'), DIGEST: `\${{ steps.${build}.outputs.digest }}` },
        run: [
          '{',
          '  echo "image=$IMAGE"',
          '  echo "digest=$DIGEST"',
          '  echo "reference=$IMAGE@$DIGEST"',
          '} >> "$GITHUB_OUTPUT"',
        ].join('\n'),
        without: 'all',
      },
    ],
  };
}

/** The portable script, with a cosign that is pinned. */
function withCosign(step: DeliveryStepNode, scope: JobScope, portable: StepBody): Road {
  const told = new Told(step, scope);
  return {
    how: 'sigstore/cosign-installer, and a script',
    actions: ['sigstore/cosign-installer'],
    steps: () => {
      if (scope.installed.has('cosign')) {
        return [portable];
      }
      if (step.condition === undefined) {
        scope.installed.add('cosign');
      }
      return [{ name: 'Install cosign', uses: told.uses('sigstore/cosign-installer'), without: 'all' }, portable];
    },
  };
}

/** The portable script, and the reports to look at: first, because the script may fail for what is in them. */
function withReports(step: DeliveryStepNode, scope: JobScope, portable: StepBody): Road | undefined {
  const told = new Told(step, scope);
  const files = told.list('files');
  return files.length === 0 ? undefined : {
    how: 'actions/upload-artifact, and a script',
    actions: ['actions/upload-artifact'],
    steps: () => [{
      name: `Keep ${step.action === 'test-report' ? 'the test report' : 'the coverage report'}`,
      uses: told.uses('actions/upload-artifact'),
      with: {
        'name': `${scope.job.id}-${step.id}${scope.job.matrix ? `-${legOf(scope.job.matrix)}` : ''}`,
        'path': lines(files),
        'if-no-files-found': 'warn',
      },
      without: 'all',
    }, portable],
  };
}
