import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Finding, Severity } from '../../core/diagnostics/finding';
import { isReplaced } from '../../core/files/journal';
import { MANIFEST_FOLDER } from '../../core/files/manifest';
import type { PlannedFile } from '../../core/files/paths';
import { isInside, relativePath } from '../../core/host';
import { printReleaseState, ReleaseState } from '../../environments/release-state';
import { failure } from '../failure';
import type { Io } from '../io';
import * as messages from './messages';
import { readManifests } from '../ownership';
import { hasErrors } from '../report';
import { PartialRequest, runProgram } from '../run-program';
import { ProgramSettings } from '../settings';
import { Git } from './git';
import { choosePlatform, Model, readModels } from './model';
import { readStates, States } from './state-files';
import { inWorktree } from './worktree';

/** How the program is run. */
export interface WorkspaceOptions {
  readonly settings: ProgramSettings;
  readonly stack: boolean;
  /** The command that installs the dependencies of another commit. */
  readonly install?: string;
}

/** What a change touches: an environment, or some workloads in it. */
export interface Scope {
  readonly environment: string;
  readonly workloads?: string[];
}

/** The program found something that is an error. */
export class ProgramRefused extends Error {
  public constructor(public readonly findings: Finding[], public readonly fault?: string) {
    super('The program failed.');
  }
}

/** The platform of the working folder: where it lies, its release states, and its program at any commit. */
export class Workspace {
  /** Runs the program to learn what it describes. Nothing of it is lowered. */
  public static async open(io: Io, options: WorkspaceOptions, environment: string, workloads: string[]): Promise<Workspace> {
    const models = await runFor(io, options, { only: [] }, async ({ found }) => found);
    return new Workspace(io, options, choosePlatform(models, environment, workloads));
  }

  /** The root of the platform, absolute. */
  public readonly root: string;
  /** What the paths of its files are relative to, absolute: the root, or an output folder outside of it. */
  public readonly base: string;
  /** The folder with the release states, absolute. */
  public readonly releases: string;
  /** How paths below the output folder begin, seen from the base. */
  private readonly prefix: string;
  private repository?: Git;
  private readonly declared = new Map<string, Model | undefined>();

  private constructor(private readonly io: Io, private readonly options: WorkspaceOptions, public readonly model: Model) {
    const { root, outdir, releases } = model.platform;
    const asked = options.settings.output ?? io.env.CDK8S_OUTDIR;
    const output = outdir ?? (asked === undefined ? path.join(root, 'dist') : path.resolve(io.cwd, asked));
    this.root = root;
    this.base = isInside(root, output) ? root : output;
    this.releases = path.join(root, releases);
    this.prefix = output === this.base ? '' : `${relativePath(this.base, output)}/`;
  }

  public get platform(): string {
    return this.model.platform.name;
  }

  public get git(): Git {
    this.repository ??= Git.around(this.io.cwd, this.io.env);
    return this.repository;
  }

  /** What runs in the environments, as it stands on disk now. */
  public states(): States {
    return readStates(this.releases, [...this.model.environments.keys()]);
  }

  /** The model of the program that renders an environment: of another commit, where it is pinned; nothing where that has no such platform. */
  public async modelOf(state: ReleaseState): Promise<Model | undefined> {
    const revision = state.platform?.revision;
    if (revision === undefined || this.isProgramAt(revision)) {
      return this.model;
    }
    if (!this.declared.has(revision)) {
      const run = async (folder: string) => runFor(this.io, this.options, { only: [], folder }, async ({ found }) => found);
      const models = await this.at(revision, run);
      this.declared.set(revision, models.find(model => model.platform.name === this.platform));
    }
    return this.declared.get(revision);
  }

  /**
   * The files of a scope, as the program makes them from other release states.
   *
   * @param states the release states that differ from those on disk
   * @param revision the commit of the program; without it, the program as it stands
   */
  public async render(scope: Scope, states: ReleaseState[], revision: string | undefined): Promise<PlannedFile[]> {
    return temporary('fairway-releases-', async releases => {
      if (fs.existsSync(this.releases)) {
        fs.readdirSync(this.releases).filter(name => /\.(json|images\.yaml)$/.test(name))
          .forEach(name => fs.copyFileSync(path.join(this.releases, name), path.join(releases, name)));
      }
      states.forEach(state => fs.writeFileSync(path.join(releases, `${state.environment}.json`), printReleaseState(state)));
      const only = scope.workloads?.map(workload => ({ environment: scope.environment, workload }));
      const request = { only, releases, environment: scope.environment };
      const run = async (folder: string | undefined) => runFor(this.io, this.options, { ...request, folder }, async ({ preview }) =>
        this.filesOf(path.join(preview, Buffer.from(this.platform).toString('hex')), scope));
      return revision === undefined || this.isProgramAt(revision) ? run(undefined) : this.at(revision, run);
    });
  }

  /** Whether the program on disk is that of a commit, whatever has been made from it since. */
  public isProgramAt(revision: string): boolean {
    this.demandRevision(revision);
    return this.changesSince(revision).length === 0;
  }

  /** The files that differ between a commit and the disk, or another commit, and are not made by the program or by promotions. */
  public changesSince(revision: string, other?: string): string[] {
    const { git } = this;
    const made = [this.releases, path.join(this.root, MANIFEST_FOLDER), ...this.prefix === '' ? [] : [path.join(this.base, this.prefix)]];
    const folders = made.map(folder => git.relative(real(folder)));
    const owned = [...readManifests(this.root).values()].flatMap(({ files }) => [...files.keys()]);
    const files = new Set(owned.map(file => git.relative(path.join(real(this.root), file))));
    const isMade = (file: string) => files.has(file) || folders.some(folder => file === folder || file.startsWith(`${folder}/`));
    return git.changedSince(revision, other).filter(file => !isMade(file));
  }

  private async at<T>(revision: string, run: (folder: string) => Promise<T>): Promise<T> {
    return inWorktree(this.io, { git: this.git, revision, install: this.options.install }, run);
  }

  private demandRevision(revision: string): void {
    if (!this.git.has(revision)) {
      throw failure(messages.noSuchCommit(revision));
    }
  }

  private filesOf(preview: string, scope: Scope): PlannedFile[] {
    const { environment } = scope;
    return [...readManifests(preview).values()].flatMap(manifest => [...manifest.files]
      .filter(([, owned]) => isReplaced(scope, owned))
      .map(([file, owned]) => ({
        path: this.prefix + file,
        content: fs.readFileSync(path.join(preview, file), 'utf8'),
        executable: (fs.statSync(path.join(preview, file)).mode & 0o100) !== 0,
        source: owned.workload === undefined ? environment : `${environment}/${owned.workload}`,
        environment,
        workload: owned.workload,
      })));
  }
}

interface RunRequest extends Omit<PartialRequest, 'model'> {
  readonly folder?: string;
}

/** What a run of the program has made. */
interface Previewed {
  readonly preview: string;
  readonly found: Model[];
}

/** Runs the program as a preview, and hands over what it made before that is gone. Throws `ProgramRefused`. */
async function runFor<T>(io: Io, options: WorkspaceOptions, request: RunRequest, use: (result: Previewed) => Promise<T>): Promise<T> {
  const { folder, ...partial } = request;
  return temporary('fairway-preview-', async around => {
    const preview = path.join(around, 'files');
    const model = path.join(around, 'model.json');
    fs.mkdirSync(preview);
    const { findings = [], fault } = await runProgram(io, {
      ...options.settings, adopt: [], checkOnly: false, stack: options.stack, preview, folder, partial: { ...partial, model },
    });
    if (fault !== undefined || hasErrors(findings)) {
      throw new ProgramRefused(findings.filter(f => f.severity === Severity.ERROR), fault);
    }
    return use({ preview, found: readModels(model) });
  });
}

async function temporary<T>(prefix: string, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  try {
    return await run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder without links; one that is not there yet lies in its parent. */
function real(folder: string): string {
  const around = path.dirname(folder);
  return fs.existsSync(folder) || folder === around ? fs.realpathSync(folder) : path.join(real(around), path.basename(folder));
}
