import * as messages from './messages';
import { flag, listOf, oneOf } from '../../core/shape';
import { checkShape, inside, textOrValue } from '../check';
import type { Language, Text, ToolStepNode } from '../graph';
import { baseOf, JobStep, STEP_SHAPE } from '../step';
import { JobStepOptions } from '../step-options';
import { Value } from '../value';
import { pattern } from './checks';

/** What installs the packages of a language. */
export enum PackageManager {
  /** Node.js: `package-lock.json`. */
  NPM = 'npm',
  /** Node.js: `yarn.lock`. */
  YARN = 'yarn',
  /** Node.js: `pnpm-lock.yaml`. */
  PNPM = 'pnpm',
  /** Python: `requirements*.txt`. */
  PIP = 'pip',
  /** Python: `poetry.lock`. */
  POETRY = 'poetry',
  /** Python: `uv.lock`. */
  UV = 'uv',
  /** Go: `go.sum`. */
  GO = 'go',
  /** Java: `pom.xml`. */
  MAVEN = 'maven',
  /** Java: `gradle.lockfile`, and the scripts of Gradle. */
  GRADLE = 'gradle',
  /** .NET: `packages.lock.json`. */
  NUGET = 'nuget',
  /** Rust: `Cargo.lock`. */
  CARGO = 'cargo',
}

/** Options of the tools of a language. */
export interface SetupOptions extends JobStepOptions {
  /**
   * The version, in numbers: `24`, `3.14`, `1.26.2`; or a value, such as one of a matrix. Not together with `versionFile`.
   *
   * @default - Node.js 24, Python 3.14, Go 1.26, Java 25, .NET 10.0, Rust 1.94
   */
  readonly version?: string | Value;

  /**
   * A file of the repository that says the version, `.nvmrc` or `go.mod`. It is read when the program runs.
   *
   * @default - `version`
   */
  readonly versionFile?: string;

  /**
   * What installs packages: its cache is kept.
   *
   * @default - npm, pip, go, maven, nuget or cargo
   */
  readonly packageManager?: PackageManager;

  /**
   * Whether packages are cached, by their lock files. Jobs that publish have no cache, whatever is said here.
   *
   * @default true
   */
  readonly cache?: boolean;

  /**
   * Patterns over the lock files that the cache is known by.
   *
   * @default - those of the package manager, in the root
   */
  readonly lockFiles?: string[];
}

interface LanguageTraits {
  readonly title: string;
  readonly version: string;
  /** The first one is the default. */
  readonly managers: readonly PackageManager[];
}

const LANGUAGES: Readonly<Record<Language, LanguageTraits>> = {
  node: { title: 'Node.js', version: '24', managers: [PackageManager.NPM, PackageManager.YARN, PackageManager.PNPM] },
  python: { title: 'Python', version: '3.14', managers: [PackageManager.PIP, PackageManager.POETRY, PackageManager.UV] },
  go: { title: 'Go', version: '1.26', managers: [PackageManager.GO] },
  java: { title: 'Java', version: '25', managers: [PackageManager.MAVEN, PackageManager.GRADLE] },
  dotnet: { title: '.NET', version: '10.0', managers: [PackageManager.NUGET] },
  rust: { title: 'Rust', version: '1.94', managers: [PackageManager.CARGO] },
};

const MANAGERS: Readonly<Record<PackageManager, { readonly lockFiles: readonly string[]; readonly paths: readonly string[] }>> = {
  [PackageManager.NPM]: { lockFiles: ['package-lock.json'], paths: ['~/.npm'] },
  [PackageManager.YARN]: { lockFiles: ['yarn.lock'], paths: ['~/.cache/yarn', '~/.yarn/berry/cache'] },
  [PackageManager.PNPM]: { lockFiles: ['pnpm-lock.yaml'], paths: ['~/.local/share/pnpm/store'] },
  [PackageManager.PIP]: { lockFiles: ['requirements*.txt'], paths: ['~/.cache/pip'] },
  [PackageManager.POETRY]: { lockFiles: ['poetry.lock'], paths: ['~/.cache/pypoetry'] },
  [PackageManager.UV]: { lockFiles: ['uv.lock'], paths: ['~/.cache/uv'] },
  [PackageManager.GO]: { lockFiles: ['go.sum'], paths: ['~/go/pkg/mod', '~/.cache/go-build'] },
  [PackageManager.MAVEN]: { lockFiles: ['pom.xml'], paths: ['~/.m2/repository'] },
  [PackageManager.GRADLE]: { lockFiles: ['gradle.lockfile', 'build.gradle*', 'gradle/wrapper/gradle-wrapper.properties'], paths: ['~/.gradle/caches', '~/.gradle/wrapper'] },
  [PackageManager.NUGET]: { lockFiles: ['packages.lock.json'], paths: ['~/.nuget/packages'] },
  [PackageManager.CARGO]: { lockFiles: ['Cargo.lock'], paths: ['~/.cargo/registry/index', '~/.cargo/registry/cache', '~/.cargo/git/db'] },
};

/** The tools of a language: the same version on every system, with the cache of its packages. */
export class Setup {
  /** Node.js. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static node(options: SetupOptions = {}): JobStep { return setUp('node', options); }

  /** Python. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static python(options: SetupOptions = {}): JobStep { return setUp('python', options); }

  /** Go. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static go(options: SetupOptions = {}): JobStep { return setUp('go', options); }

  /** Java, of the builds of Adoptium. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static java(options: SetupOptions = {}): JobStep { return setUp('java', options); }

  /** .NET. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static dotnet(options: SetupOptions = {}): JobStep { return setUp('dotnet', options); }

  /** Rust. @param options version and cache. Throws FW1001, FW1002, FW1052 to FW1055 */
  public static rust(options: SetupOptions = {}): JobStep { return setUp('rust', options); }

  private constructor() {}
}

function setUp(language: Language, options: SetupOptions): JobStep {
  const { title, managers, version: usual } = LANGUAGES[language];
  checkShape('', 'setup', options, {
    ...STEP_SHAPE, version: textOrValue, versionFile: inside, packageManager: oneOf(PackageManager), cache: flag, lockFiles: listOf(pattern, 1, 20),
  });
  const { version, versionFile, packageManager: manager = managers[0], cache = true, lockFiles } = options ?? {};
  if (!managers.includes(manager)) {
    throw messages.foreignManager.error('', { language: title, manager, known: managers });
  }
  if (version !== undefined && versionFile !== undefined) {
    throw messages.unfitOptions.error('', { step: `setup of ${title}`, fault: 'version and versionFile are both given', remedy: 'Give one of them.' });
  }
  if (typeof version === 'string') {
    checkVersion(title, version);
  }
  const kept = MANAGERS[manager];
  return JobStep._of({
    ...baseOf(options, `setup-${language}`, `Set up ${title}`),
    build: ({ step, text, file }): ToolStepNode => ({
      ...step,
      kind: 'tool',
      language,
      version: versionFile === undefined ? text(version ?? usual, { where: `the version of ${title}`, isShown: true, decides: true }) : versionIn(versionFile, title, file(versionFile)),
      ...cache && { cache: { manager, lockFiles: [...lockFiles ?? kept.lockFiles], paths: [...kept.paths] } },
    }),
  });
}

const VERSION = /^\d+(\.\d+){0,3}$/;

function checkVersion(language: string, version: string): void {
  if (!VERSION.test(version)) {
    throw messages.invalidVersion.error('', { language, version, fault: 'is not made of numbers and points' });
  }
}

/** Where each kind of file says the version. */
const READERS: ReadonlyArray<readonly [RegExp, RegExp]> = [
  [/(?:^|\/)go\.mod$/, /^(?:toolchain\s+go|go\s+)(\S+)\s*$/m],
  [/(?:^|\/)global\.json$/, /"version"\s*:\s*"([^"]+)"/],
  [/(?:^|\/)package\.json$/, /"node"\s*:\s*"([^"]+)"/],
  [/(?:^|\/)rust-toolchain\.toml$/, /^\s*channel\s*=\s*"([^"]+)"/m],
  [/(?:^|\/)(?:\.nvmrc|\.node-version|\.python-version|\.java-version|\.go-version|rust-toolchain)$/, /^\s*v?(\S+)\s*$/],
];

/** What `.tool-versions` calls each language. */
const TOOLS: Readonly<Record<string, string>> = { 'Node.js': 'nodejs', 'Python': 'python', 'Go': 'golang', 'Java': 'java', '.NET': 'dotnet', 'Rust': 'rust' };

function versionIn(name: string, language: string, content: string | undefined): Text {
  const reader = name.endsWith('.tool-versions') ? new RegExp(`^${TOOLS[language]}[ \\t]+(\\S+)`, 'm') : READERS.find(([file]) => file.test(name))?.[1];
  if (reader === undefined) {
    throw messages.versionFile.error('', { file: name, fault: 'is of no kind that is known' });
  }
  if (content === undefined) {
    throw messages.versionFile.error('', { file: name, fault: 'is not there' });
  }
  const version = reader.exec(content)?.[1];
  if (version === undefined || !VERSION.test(version)) {
    throw messages.versionFile.error('', { file: name, fault: version === undefined ? `says no version of ${language}` : `says ${JSON.stringify(version)}, which is not made of numbers and points` });
  }
  return [version];
}
