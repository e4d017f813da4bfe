import { checkAddress, pattern } from './checks';
import { deliveryStep } from './delivery-step';
import * as messages from './messages';
import { CRATES, MAVEN, NPM, NUGET, PYPI } from './scripts/packages';
import { GLOBS } from './scripts/reports';
import { listOf } from '../../core/shape';
import { checkShape, inside, line, ours, textOrValue } from '../check';
import { JobStep, STEP_SHAPE } from '../step';
import { JobStepOptions } from '../step-options';
import { Value } from '../value';

/** Options of a package that lies in a folder. */
export interface FolderPackageOptions {
  /**
   * The folder of the package.
   *
   * @default - the root
   */
  readonly folder?: string;

  /**
   * The address of the registry. Only the public one trusts identities.
   *
   * @default - the public one
   */
  readonly registry?: string;

  /**
   * What the registry lets us in with, a `PipelineSecret`.
   *
   * @default - nothing: the registry trusts the identity of the run (trusted publishing), and no secret is stored
   */
  readonly token?: Value;
}

/** Options of packages that are files. */
export interface FilePackageOptions {
  /**
   * Patterns over the files that are published.
   *
   * @default - dist/* for PyPI, *.nupkg for NuGet
   */
  readonly files?: string[];

  /**
   * The address of the registry. Only the public one trusts identities.
   *
   * @default - the public one
   */
  readonly registry?: string;

  /**
   * What the registry lets us in with, a `PipelineSecret`.
   *
   * @default - nothing: the registry trusts the identity of the run (trusted publishing), and no secret is stored
   */
  readonly token?: Value;

  /**
   * The user of NuGet whose policy trusts the run.
   *
   * @default - none; NuGet needs it without a token
   */
  readonly user?: string;
}

/** Options of a package for Maven. */
export interface MavenPackageOptions {
  /**
   * The folder with `pom.xml`.
   *
   * @default - the root
   */
  readonly folder?: string;

  /** The user, in the variable `MAVEN_USERNAME` that the settings name. */
  readonly user: string | Value;

  /** The password, a `PipelineSecret`, in the variable `MAVEN_PASSWORD` that the settings name. */
  readonly token: Value;
}

interface Parts {
  readonly kind: 'npm' | 'pypi' | 'crates' | 'nuget' | 'maven';
  readonly folder?: string;
  readonly files?: readonly string[];
  readonly registry?: string;
  readonly token?: Value;
  readonly user?: string | Value;
}

/** Whom a token of the run is for, where the registry trusts it. */
const AUDIENCES: Readonly<Partial<Record<Parts['kind'], string>>> = {
  npm: 'npm:registry.npmjs.org', // lib/utils/oidc.js of npm
  pypi: 'pypi', // docs.pypi.org, Trusted publishers, internals
  crates: 'crates.io', // RFC 3691
  nuget: 'https://www.nuget.org', // learn.microsoft.com, NuGet trusted publishing
};

const FOLDER = { folder: inside, registry: checkAddress, token: ours('Value', '_parts') };
const FILES = { files: listOf(pattern, 1, 50), registry: checkAddress, token: ours('Value', '_parts'), user: line };

/** A package, and the registry that it goes to. */
export class PackageTarget {
  /** npm; trusted publishing needs npm 11.5.1 or later. @param options which, and where. Throws FW1000 to FW1002, FW1055, FW1056 */
  public static npm(options: FolderPackageOptions = {}): PackageTarget {
    checkShape('', 'package', options, FOLDER);
    return new PackageTarget({ ...options, kind: 'npm' });
  }

  /** PyPI, with twine. @param options which, and where. Throws FW1000 to FW1002, FW1055, FW1056 */
  public static pypi(options: FilePackageOptions = {}): PackageTarget {
    checkShape('', 'package', options, FILES);
    return new PackageTarget({ files: ['dist/*'], ...options, kind: 'pypi' });
  }

  /** crates.io. @param options which. Throws FW1000 to FW1002, FW1055, FW1056 */
  public static crates(options: FolderPackageOptions = {}): PackageTarget {
    checkShape('', 'package', options, FOLDER);
    return new PackageTarget({ ...options, kind: 'crates' });
  }

  /** NuGet. @param options which, and where. Throws FW1000 to FW1002, FW1055, FW1056 */
  public static nuget(options: FilePackageOptions = {}): PackageTarget {
    checkShape('', 'package', options, FILES);
    return new PackageTarget({ files: ['*.nupkg'], ...options, kind: 'nuget' });
  }

  /** Maven; the project says where it goes. There is no trusted publishing. @param options which, and who. Throws FW1000 to FW1002 */
  public static maven(options: MavenPackageOptions): PackageTarget {
    checkShape('', 'package', options, { folder: inside, user: textOrValue, token: ours('Value', '_parts') }, ['user', 'token']);
    return new PackageTarget({ ...options, kind: 'maven' });
  }

  private constructor(/** @internal */ public readonly _parts: Parts) {
    const { kind, token, registry, user } = _parts;
    const refuse = (fault: string, remedy: string) => messages.unfitOptions.error('', { step: `package for ${kind}`, fault, remedy });
    if (token === undefined && registry !== undefined) {
      throw refuse('a registry of your own has no token', 'Give it a token: PipelineSecret.named(\'REGISTRY_TOKEN\').');
    }
    if (kind === 'nuget' && token === undefined && user === undefined) {
      throw refuse('NuGet trusts a run on behalf of a user', 'Give the user, or a token.');
    }
    if (kind === 'crates' && registry !== undefined) {
      throw refuse('cargo knows registries by names of its configuration', 'Leave the registry out, and name it in Cargo.toml.');
    }
  }
}

/** Options of a publication. */
export interface PublishOptions extends JobStepOptions {
  /** The package, and where it goes. */
  readonly target: PackageTarget;
}

/** What is done with packages. */
export class PackageStep {
  /**
   * Publishes a package. Where the registry trusts the identity of the run, no secret is needed.
   *
   * @param options the package. Throws FW1000 to FW1002, FW1050
   */
  public static publish(options: PublishOptions): JobStep {
    checkShape('', 'publication', options, { ...STEP_SHAPE, target: ours('PackageTarget', '_parts') }, ['target']);
    const { kind, folder = '.', files = [], registry, token, user } = options.target._parts;
    const isTrusted = token === undefined;
    const isOfFiles = kind === 'pypi' || kind === 'nuget';
    return deliveryStep(options, {
      action: 'publish-package',
      title: `Publish to ${TITLES[kind]}`,
      told: { kind, folder: isOfFiles ? undefined : folder, files: [...files], registry, trusted: isTrusted, user, token },
      script: [...isOfFiles ? ['PATTERNS=$PACKAGE_FILES', GLOBS] : [], SCRIPTS[kind]],
      commands: [TOOLS[kind], ...isTrusted && kind !== 'npm' ? ['curl'] : []],
      grants: isTrusted ? { identity: `publishes to ${TITLES[kind]}, which trusts the run` } : {},
      identities: isTrusted ? { PACKAGE_IDENTITY: AUDIENCES[kind]! } : {},
      publishes: true,
    });
  }

  private constructor() {}
}

const TITLES: Readonly<Record<Parts['kind'], string>> = { npm: 'npm', pypi: 'PyPI', crates: 'crates.io', nuget: 'NuGet', maven: 'the Maven repository' };
const TOOLS: Readonly<Record<Parts['kind'], string>> = { npm: 'npm', pypi: 'twine', crates: 'cargo', nuget: 'dotnet', maven: 'mvn' };
const SCRIPTS: Readonly<Record<Parts['kind'], string>> = { npm: NPM, pypi: PYPI, crates: CRATES, nuget: NUGET, maven: MAVEN };
