import * as path from 'path';
import { App, AppProps } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Diagnostics } from './diagnostics/diagnostics';
import { FairwayError } from './diagnostics/fairway-error';
import { Finding } from './diagnostics/finding';
import { renderText } from './diagnostics/render-text';
import { pathFault } from './files/paths';
import { Host, isInside, outputFolder, readHost, relativePath, Selection } from './host';
import * as messages from './messages';
import { checkName } from './names';
import { PlatformExtension } from './platform-extension';
import { PLATFORM } from './platform-symbol';
import type { Synthesis } from './synthesis/synthesis';

/** Properties of a `Platform`. */
export interface PlatformProps extends AppProps {
  /** The name of the platform: a DNS label of at most 40 characters, part of namespaces and of the names of applications. */
  readonly name: string;

  /**
   * The repository that holds what is synthesized, as a GitOps engine reaches it:
   * `https://github.com/acme/boutique-platform`.
   *
   * @default - none; a GitOps engine needs it
   */
  readonly repository?: string;

  /**
   * What makes the clusters follow the repository, from `GitOpsEngine`.
   *
   * @default - nothing: manifests only
   */
  readonly gitops?: PlatformExtension;

  /**
   * What carries out rollouts in the clusters, from `RolloutEngine`.
   *
   * @default RolloutEngine.kubernetes()
   */
  readonly rollouts?: PlatformExtension;

  /**
   * What moves releases along the road, from `PromotionEngine`.
   *
   * @default - `fairway promote` alone
   */
  readonly promotion?: PlatformExtension;

  /**
   * The root of the repository: repository files, the ownership manifest and a relative `outdir` are
   * relative to it.
   *
   * @default - the working folder
   */
  readonly root?: string;

  /**
   * Where the output lies in the repository, as a GitOps engine reads it. It does not follow
   * `CDK8S_OUTDIR`: what is made must not depend on where it is written this time.
   *
   * @default - the folder `outdir` (else `dist`), seen from the root
   */
  readonly publishedPath?: string;

  /**
   * The folder with the release states, relative to the root: `<environment>.json` says which digests run in an environment, and
   * which commit of the program renders it. Environments without a file run what the program says. Not in the output folder (FW120).
   *
   * @default 'releases'
   */
  readonly releases?: string;
}

/** What a synth did. */
export interface SynthResult {
  /** How many charts were printed. */
  readonly charts: number;
  /** How many Kubernetes objects were printed. */
  readonly objects: number;
  /** The files that were written, relative to the root. */
  readonly written: string[];
  /** The files that were removed, relative to the root. */
  readonly removed: string[];
  /** How many files were already as they should be. */
  readonly unchanged: number;
  /** How many files belong to environments that are pinned to a commit of the program, and were left as they are. */
  readonly pinned: number;
  /** The warnings, acknowledged ones too. */
  readonly findings: Finding[];
  /** Milliseconds spent in each phase: lower, check, resolve, print, compare, write. */
  readonly milliseconds: Record<string, number>;
}

/**
 * The root of the tree: a `cdk8s.App` that knows environments, workloads and repository files, and
 * that checks everything before it writes anything.
 *
 * Any cdk8s and cdk8s-plus construct can stand in it and is written as cdk8s writes it.
 */
export class Platform extends App {
  /** Whether a construct is a platform. */
  public static isPlatform(x: any): x is Platform {
    return x !== null && typeof x === 'object' && PLATFORM in x;
  }

  /** The platform that a construct belongs to. Throws FW110 when there is none. */
  public static ofConstruct(construct: IConstruct): Platform {
    const root = construct.node.root;
    if (!Platform.isPlatform(root)) {
      throw messages.notPlatform.error(construct, { path: construct.node.path });
    }
    return root;
  }

  /** The name of the platform. */
  public readonly name: string;

  /** The repository that holds what is synthesized, if it was given. */
  public readonly repository?: string;

  /** The root of the repository, absolute. */
  public readonly root: string;

  /** Where the output lies in the repository, with `/` between folders. */
  public readonly publishedPath: string;

  /** The folder with the release states, relative to the root. */
  public readonly releases: string;

  private readonly pins = new Map<string, string>();
  private readonly descriptions = new Map<string, Map<string, () => object>>();
  private readonly lowerings: Array<{ phase: Phase; lower: () => void }> = [];
  private readonly selection?: Selection[];
  private readonly givenOutdir?: string;
  private readonly milliseconds: Record<string, number> = {};
  private lowered = false;
  private loweringError?: unknown;

  /**
   * @param props the platform. Throws FW105 when the name is no DNS label, FW111 when `gitops`, `rollouts` or `promotion` is no engine of its kind
   */
  public constructor(props: PlatformProps) {
    const root = path.resolve(props?.root ?? '.');
    super({ ...props, outdir: outputFolder(root, props?.outdir, props?.name) });
    Object.defineProperty(this, PLATFORM, { value: true });
    this.name = checkName('', 'platform', props?.name, 40);
    this.repository = props.repository;
    this.root = root;
    this.givenOutdir = props.outdir === undefined ? undefined : path.resolve(root, props.outdir);
    this.publishedPath = props.publishedPath ?? publishedFrom(root, path.resolve(root, props.outdir ?? 'dist'));
    const fault = pathFault(this.publishedPath);
    if (fault) {
      throw messages.unsafePath.error('', { path: this.publishedPath, fault });
    }
    this.selection = readHost().selection;
    this.releases = props.releases ?? 'releases';
    const releasesFault = releasesFolderFault(this.releases, [this.publishedPath, this.outdir === root ? '' : relativePath(root, this.outdir)]);
    if (releasesFault) {
      throw messages.unsafePath.error('', { path: this.releases, fault: releasesFault });
    }
    Diagnostics._collectsBelow(this);
    for (const role of ['gitops', 'rollouts', 'promotion'] as const) {
      const engine = props[role];
      if (engine !== undefined && (typeof engine?._attach !== 'function' || (engine._role ?? role) !== role)) {
        throw messages.noEngine.error('', { role, value: engine });
      }
      engine?._attach(this);
    }
  }

  /**
   * Turns the model into objects: workloads, then GitOps. `synth()` does it; call it yourself to
   * find, patch or assert on the objects before. A second call does nothing, or fails as the first did.
   */
  public lower(): void {
    if (this.loweringError !== undefined) {
      throw this.loweringError; // half of the objects stand in the tree already
    }
    if (this.lowered) {
      return;
    }
    try {
      this.timed('lower', () => this.lowerInPhases());
    } catch (e) {
      this.loweringError = e;
      throw e;
    }
    this.lowered = true;
  }

  /**
   * Everything that is wrong or unwise, without writing anything.
   *
   * @returns errors and warnings, acknowledged warnings too
   */
  public check(): Finding[] {
    const host = readHost();
    try {
      this.describeFor(host);
      this.lower();
      return this.watched(host, synthesis => {
        synthesis.plan();
        return synthesis.findings;
      });
    } catch (e) {
      if (FairwayError.isFairwayError(e)) {
        return e.findings;
      }
      throw e;
    }
  }

  /**
   * Lowers, checks and writes. Throws an error with all findings when one of them is an error;
   * then nothing is written.
   */
  public synth(): void {
    this.synthesize();
  }

  /** As `synth()`, and says what it did. */
  public synthesize(): SynthResult {
    const host = readHost();
    try {
      this.describeFor(host);
      this.lower();
      const result = this.watched(host, synthesis => {
        const planned = synthesis.plan();
        const { findings, charts, objects } = synthesis;
        const done = host.checkOnly ? { written: [], removed: [], unchanged: 0 } : synthesis.write(planned);
        return { ...done, findings, charts, objects, pinned: synthesis.pinned };
      });
      this.report(host, result.findings);
      return { ...result, milliseconds: { ...this.milliseconds } };
    } catch (e) {
      if (FairwayError.isFairwayError(e) && host.reportFile) {
        reportFile().addToReport(host.reportFile, e.findings);
      }
      throw e;
    }
  }

  /** All objects of all charts as one YAML stream. Throws what is found. */
  public synthYaml(): string {
    this.lower();
    return this.watched(readHost(), synthesis => synthesis.stream());
  }

  /**
   * Registers what an area does when the model is lowered, once for each area.
   *
   * @internal
   */
  public _onLower(phase: Phase, lower: () => void): void {
    this.lowerings.push({ phase, lower });
  }

  /**
   * Throws FW106 when the model was lowered: what is declared now would not be written.
   *
   * @internal
   */
  public _refuseWhenLowered(construct: IConstruct, what: string): void {
    if (this.lowered) {
      throw messages.alreadyLowered.error(construct, { what });
    }
  }

  /**
   * Where the release states are read from, absolute.
   *
   * @internal
   */
  public _releasesFolder(): string {
    return readHost().releases ?? path.join(this.root, this.releases);
  }

  /**
   * Says that an environment is rendered by a certain commit of the program: what this program makes of it is not written.
   *
   * @internal
   */
  public _pin(environment: string, revision: string): void {
    this.pins.set(environment, revision);
  }

  /**
   * Adds to what the command line is told of the platform.
   *
   * @param section what it is about, such as `environments`
   * @param name of what
   * @internal
   */
  public _describe(section: string, name: string, description: () => object): void {
    const entries = this.descriptions.get(section) ?? new Map<string, () => object>();
    this.descriptions.set(section, entries.set(name, description));
  }

  /**
   * Whether a workload is made in an environment this time: all are, unless the command line has chosen.
   *
   * @internal
   */
  public _isSelected(environment: string, workload: string): boolean {
    return this.selection?.some(each => each.environment === environment && each.workload === workload) ?? true;
  }

  /**
   * Whether everything is made, rather than some workloads.
   *
   * @internal
   */
  public get _isWhole(): boolean {
    return this.selection === undefined;
  }

  private describeFor(host: Host): void {
    if (host.modelFile) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { addToModelFile } = require('./model-file') as typeof import('./model-file');
      const { name, root, publishedPath, releases, givenOutdir: outdir } = this;
      const described = (entries: Map<string, () => object>) => Object.fromEntries([...entries].map(([key, describe]) => [key, describe()]));
      const sections = Object.fromEntries([...this.descriptions].map(([section, entries]) => [section, described(entries)]));
      addToModelFile(host.modelFile, { name, root, publishedPath, outdir, releases, sections });
    }
  }

  private lowerInPhases(): void {
    // A lowering may declare further model of a later phase, never of an earlier one.
    const phases = [Phase.WORKLOADS, Phase.GITOPS, ...(this._isWhole ? [Phase.PROMOTION, Phase.PIPELINES, Phase.REPOSITORIES] : [])];
    for (const phase of phases) {
      for (let i = 0; i < this.lowerings.length; i++) {
        if (this.lowerings[i].phase === phase) {
          this.lowerings[i].lower();
        }
      }
    }
  }

  /** Runs a synthesis with progress on the terminal, which is cleared before anything else is printed. */
  private watched<T>(host: Host, run: (synthesis: Synthesis) => T): T {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Progress } = require('./progress') as typeof import('./progress');
    const progress = new Progress(host.terminal);
    // Loaded when it is needed: most programs that import the library are tests and editors.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const synthesis = require('./synthesis/synthesis') as typeof import('./synthesis/synthesis');
    try {
      return run(new synthesis.Synthesis({
        app: this,
        platformName: this.name,
        root: this.root,
        publishedPath: this.publishedPath,
        pins: new Map([...this.pins].filter(([environment]) => !host.unpinned.includes(environment))),
        selection: this.selection,
        host,
        outdir: this.outdir,
        outdirIsTemporary: host.preview || (this.outdir === host.temporaryOutdir && !isInside(this.root, this.outdir)),
        progress,
        timed: (phase, timedRun) => this.timed(phase, timedRun),
      }));
    } finally {
      progress.finish();
    }
  }

  private report(host: Host, findings: Finding[]): void {
    if (host.reportFile) {
      reportFile().addToReport(host.reportFile, findings);
      return;
    }
    const text = renderText(findings, { color: host.terminal.color });
    if (text) {
      process.stderr.write(`${text}\n`);
    }
  }

  private timed<T>(phase: string, run: () => T): T {
    const started = performance.now();
    try {
      return run();
    } finally {
      this.milliseconds[phase] = (this.milliseconds[phase] ?? 0) + performance.now() - started;
    }
  }
}

/**
 * The fixed order in which the areas turn their model into resources.
 *
 * @internal
 */
export enum Phase {
  WORKLOADS,
  GITOPS,
  PROMOTION,
  PIPELINES,
  REPOSITORIES,
}

/** Where a parent process is told of findings; loaded when there is one. */
function reportFile(): typeof import('./diagnostics/report-file') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./diagnostics/report-file') as typeof import('./diagnostics/report-file');
}

/** The output folder as it is seen from the root; `dist` for one that lies elsewhere. */
function publishedFrom(root: string, outdir: string): string {
  return outdir !== root && isInside(root, outdir) ? relativePath(root, outdir) : 'dist';
}

/** What is wrong with the folder of release states. cdk8s-cli deletes the output folder before each synth: states in there would be gone. */
function releasesFolderFault(releases: unknown, outputs: string[]): string | undefined {
  if (typeof releases !== 'string') {
    return 'it is no text';
  }
  const isOutput = outputs.some(output => output !== '' && isInside(output, releases));
  return pathFault(releases) ?? (isOutput ? 'it lies in the output folder, which is deleted before each synth' : undefined);
}
