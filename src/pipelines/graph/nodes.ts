import type { ConditionNode } from './conditions';
import type { Text, ValueNode } from './values';

/*
 * A pipeline as plain frozen data: what engines read. Everything is resolved (defaults, ids, order, combinations of a matrix) and
 * validated; no construct is in it. Lists are never undefined; jobs stand in an order in which each comes after what it needs.
 */

/** The systems that a pipeline can be made for. */
export const SYSTEMS = ['github', 'gitlab', 'azure', 'jenkins', 'tekton'] as const;

export type SystemName = typeof SYSTEMS[number];

export interface PipelineGraph {
  /** DNS label, unique in the platform: names of files and objects are made of it. */
  readonly id: string;
  /** Construct path, for findings. */
  readonly path: string;
  /** For people. One line, no values. */
  readonly name: string;
  /** The repository that it stands in, as the platform or the pipeline names it: `https://github.com/acme/boutique-platform`. */
  readonly repository?: string;
  /** What a run is called; may hold values that are known when it starts (contexts, inputs). */
  readonly runName?: Text;
  readonly triggers: readonly TriggerNode[];
  /** Inputs of a manual start or of a call. */
  readonly inputs: readonly InputNode[];
  /** Every secret that is read, sorted by name. */
  readonly secrets: readonly SecretNode[];
  readonly concurrency?: ConcurrencyNode;
  /** Environment of every job. No values but contexts and inputs. */
  readonly env: Environment;
  /** In the order of the user; every job is in one, or none is. */
  readonly stages: readonly StageNode[];
  /** In an order in which needs come first; else in the order of the user. */
  readonly jobs: readonly JobNode[];
  /** Filters over changed files that conditions name. */
  readonly filters: readonly FilterNode[];
  /** Templates of jobs that `call` names. Empty after `inlined()`. */
  readonly templates: readonly TemplateNode[];
  /** Templates of steps that `group` names. */
  readonly stepTemplates: readonly StepTemplateNode[];
  /** What the user changes in the output of a system, after lowering, in order. */
  readonly patches: readonly PatchNode[];
  /** How many edges there were before reduction. */
  readonly edgesBefore: number;
  /** How many are left. */
  readonly edges: number;
}

/** Variables by name; names as the user wrote them: `[A-Za-z_][A-Za-z0-9_]*`. */
export type Environment = Readonly<Record<string, Text>>;

// ---------------------------------------------------------------- triggers

/** Globs over branches, tags or paths: `*` within a segment, `**` across segments, `?` one character; else literal. */
export interface GlobsNode {
  /** At least one. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export type TriggerNode =
  | { readonly kind: 'push'; readonly branches: GlobsNode; readonly paths?: GlobsNode }
  | { readonly kind: 'tag'; readonly tags: GlobsNode }
  /** `branches`: the targets of the pull requests. `drafts`: whether drafts count. */
  | { readonly kind: 'pullRequest'; readonly branches: GlobsNode; readonly paths?: GlobsNode; readonly drafts: boolean }
  | { readonly kind: 'mergeQueue'; readonly branches: GlobsNode }
  /** On the default branch. Five fields of cron; an IANA time zone. */
  | { readonly kind: 'schedule'; readonly id: string; readonly cron: string; readonly timeZone: string }
  | { readonly kind: 'manual' }
  | { readonly kind: 'call' }
  | { readonly kind: 'release' };

export interface InputNode {
  /** `[a-z][A-Za-z0-9_]*`. */
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'number' | 'choice';
  readonly description: string;
  readonly required: boolean;
  readonly default?: string;
  /** The choices, for a `choice`. */
  readonly options: readonly string[];
}

export interface SecretNode {
  /** `[A-Z_][A-Z0-9_]*`: the name in the store of the system. */
  readonly name: string;
  /** The environment that it is kept for, if it is of one alone. */
  readonly environment?: string;
}

// ---------------------------------------------------------------- jobs

export interface StageNode {
  readonly id: string;
  readonly name: string;
  readonly jobs: readonly string[];
}

/** Why a job waits for another. `order` when nothing is read. */
export type EdgeReason = 'order' | 'output' | 'artifact' | 'status';

export interface EdgeNode {
  readonly job: string;
  readonly reasons: readonly EdgeReason[];
}

export interface JobNode {
  /** DNS label of at most 63 characters, unique in the pipeline. */
  readonly id: string;
  readonly path: string;
  /** For people. May hold values of the matrix. */
  readonly name: Text;
  readonly stage?: string;
  /** Sorted as the jobs are; transitively reduced, but an edge whose output, artifact or status is read stays. */
  readonly needs: readonly EdgeNode[];
  /** As the user wrote it; `meant()` adds `success()`. */
  readonly condition?: ConditionNode;
  readonly matrix?: MatrixNode;
  readonly runner: RunnerNode;
  /** Image that the steps run in. With digest, or with a tag that the user chose. */
  readonly container?: ContainerNode;
  readonly services: readonly ServiceNode[];
  readonly env: Environment;
  /** At least one, unless the job is a call or an approval alone. Ids are unique in the job. */
  readonly steps: readonly StepNode[];
  readonly outputs: readonly JobOutputNode[];
  readonly environment?: JobEnvironmentNode;
  /** Somebody has to agree before the job starts. */
  readonly approval?: ApprovalNode;
  readonly concurrency?: ConcurrencyNode;
  readonly grants: readonly GrantNode[];
  readonly identities: readonly IdentityNode[];
  /** How many times the whole job is tried; 1 is once. */
  readonly attempts: number;
  readonly timeoutMinutes: number;
  /** A failure of the job is no failure of the pipeline, and counts as success for those who need it. */
  readonly allowFailure: boolean;
  /** Whether it pushes, publishes or deploys something: then it reads no cache that a pull request could have filled. */
  readonly publishes: boolean;
  /** Artifacts that it uploads. */
  readonly uploads: readonly string[];
  /** Artifacts that it downloads. */
  readonly downloads: readonly string[];
  /** The job is a use of a template, and has no steps. Never after `inlined()`. */
  readonly call?: CallNode;
}

export type MatrixNode = StaticMatrixNode | DynamicMatrixNode;

/** Values are strings, as the user wrote them. */
export type Combination = Readonly<Record<string, string>>;

export interface StaticMatrixNode {
  readonly kind: 'static';
  readonly axes: ReadonlyArray<{ readonly name: string; readonly values: readonly string[] }>;
  readonly include: readonly Combination[];
  readonly exclude: readonly Combination[];
  /** What it comes to by GitHub's rules for include and exclude, in order. 1 to 256. */
  readonly combinations: readonly Combination[];
  readonly failFast: boolean;
  readonly maxParallel?: number;
}

/** Combinations that another job computes: its output is a JSON list of maps of strings. */
export interface DynamicMatrixNode {
  readonly kind: 'dynamic';
  readonly from: ValueNode & { readonly kind: 'output' };
  /** The axes that every map has. */
  readonly axes: readonly string[];
  readonly failFast: boolean;
  readonly maxParallel?: number;
}

export interface RunnerNode {
  readonly os: 'linux' | 'windows' | 'macos';
  readonly arch: 'x64' | 'arm64';
  /** Labels of self-hosted runners; empty for those of the system. */
  readonly labels: readonly string[];
}

export interface ContainerNode {
  readonly image: string;
  readonly env: Environment;
  /** User and password for the registry, as secrets. */
  readonly credentials?: { readonly username: Text; readonly password: Text };
}

export interface ServiceNode {
  /** DNS label: the host name by which steps reach it. */
  readonly name: string;
  readonly image: string;
  readonly env: Environment;
  readonly ports: readonly number[];
  readonly command: readonly string[];
  /** A command in the container that succeeds when it is ready. */
  readonly readiness?: ReadinessNode;
}

export interface ReadinessNode {
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
}

export interface JobOutputNode {
  readonly name: string;
  /** The step that gives it, and the name there. */
  readonly step: string;
  readonly output: string;
}

export interface JobEnvironmentNode {
  /** As the environment of the platform is called, or as the user wrote it. */
  readonly name: string;
  readonly url?: Text;
  /** What holds a release back, if it is an environment of the platform. */
  readonly protection?: ProtectionNode;
}

export interface ProtectionNode {
  readonly approvals?: { readonly teams: readonly string[]; readonly count: number };
  /** How long a release has to run in the environments before. */
  readonly soakMinutes?: number;
  /** Whether times are restricted by windows or freezes; `fairway promote` holds them. */
  readonly restrictedTimes: boolean;
  readonly requireHealth: boolean;
  readonly requireAnalysis: readonly string[];
}

export interface ApprovalNode {
  readonly message: string;
  /** Teams or people as in `Approvals`; empty: whoever may. */
  readonly approvers: readonly string[];
  readonly count: number;
  readonly timeoutMinutes?: number;
}

export interface ConcurrencyNode {
  /** Runs of the same group exclude each other. */
  readonly group: Text;
  /**
   * What happens to others of the group when one more comes: `queue` lets all of them run, one after the other; `replacePending` keeps the
   * newest that waits; `cancelRunning` also stops the one that runs.
   */
  readonly onNew: 'queue' | 'replacePending' | 'cancelRunning';
  /** Whether runs for pull requests cancel the running one, whatever `onNew` says. */
  readonly cancelPullRequests: boolean;
}

/** What a job may do beyond nothing. */
export const CAPABILITIES = [
  'readCode', 'writeCode', 'readPackages', 'publishPackages', 'identity', 'commentOnChange', 'uploadFindings', 'attest', 'writeChecks',
  'writeStatuses', 'writeDeployments', 'readActions', 'writeIssues', 'publishPages',
] as const;

export type CapabilityName = typeof CAPABILITIES[number];

export interface GrantNode {
  readonly capability: CapabilityName;
  /** Why, one line. */
  readonly reason: string;
}

/** A token of OpenID Connect, in a file that the environment variable `<name>_FILE` names. */
export interface IdentityNode {
  /** `[A-Z][A-Z0-9_]*`. */
  readonly name: string;
  readonly audience: string;
}

// ---------------------------------------------------------------- steps

export interface StepBase {
  /** `[a-z][a-z0-9-]*`, unique in the job. */
  readonly id: string;
  readonly path: string;
  readonly name: Text;
  readonly env: Environment;
  /** As the user wrote it; `meant()` adds `success()`, which here looks at the steps before. */
  readonly condition?: ConditionNode;
  /** A failure of the step is no failure of the job. */
  readonly continueOnError: boolean;
  readonly timeoutMinutes?: number;
  /** How many times it is tried, and how long it waits between. */
  readonly retry?: { readonly attempts: number; readonly delaySeconds: number };
  /** Outputs that its script writes to `$FAIRWAY_OUTPUT`, as `name=value` lines. `[A-Za-z_][A-Za-z0-9_]*`. */
  readonly outputs: readonly string[];
  /** Outputs that count as trusted though the step reads what others choose, each with what is checked, one line. */
  readonly checkedOutputs?: Readonly<Record<string, string>>;
}

export type Shell = 'bash' | 'sh' | 'pwsh';

export interface RunStepNode extends StepBase {
  readonly kind: 'run';
  /** Plain text. Never holds a value. No line break at the end. */
  readonly script: string;
  readonly shell: Shell;
  /** Relative to the root of the repository. */
  readonly workingDirectory?: string;
}

export interface CheckoutStepNode extends StepBase {
  readonly kind: 'checkout';
  /** How many commits; 0 is all of them. */
  readonly depth: number;
  /** Relative folder, or the workspace itself. */
  readonly folder?: string;
  /** Another ref than the one of the run. */
  readonly ref?: Text;
  readonly submodules: boolean;
  readonly lfs: boolean;
  /** Whether later steps may push with the token of the run. */
  readonly persistCredentials: boolean;
}

export type Language = 'node' | 'python' | 'go' | 'java' | 'dotnet' | 'rust';

export interface ToolStepNode extends StepBase {
  readonly kind: 'tool';
  readonly language: Language;
  /** A version (`24`, `3.13`, `1.25`), or values. */
  readonly version: Text;
  /** Cache of the package manager: its lock files, and what is kept. */
  readonly cache?: { readonly manager: string; readonly lockFiles: readonly string[]; readonly paths: readonly string[] };
}

export interface UploadStepNode extends StepBase {
  readonly kind: 'upload';
  /** Name of the artifact; in a matrix the leg is added by the engine. */
  readonly artifact: string;
  readonly paths: readonly string[];
  readonly retentionDays?: number;
  readonly ifMissing: 'error' | 'warn' | 'ignore';
}

export interface DownloadStepNode extends StepBase {
  readonly kind: 'download';
  readonly artifact: string;
  /** Job that uploads it. */
  readonly from: string;
  /** Folder it lands in, relative. */
  readonly folder: string;
}

export interface CacheStepNode extends StepBase {
  readonly kind: 'cache';
  readonly key: Text;
  readonly restoreKeys: readonly Text[];
  readonly paths: readonly string[];
  readonly mode: 'both' | 'restore' | 'save';
}

/** One of the typed delivery steps. */
export interface DeliveryStepNode extends StepBase {
  readonly kind: 'delivery';
  readonly action: DeliveryAction;
  /** What it is told, by the names that the action defines; texts may hold values. */
  readonly with: Readonly<Record<string, Text | readonly string[] | number | boolean>>;
  /** The portable road: reads only environment variables, `env` of this step among them. */
  readonly portable: PortableRoad;
}

export interface PortableRoad {
  readonly script: string;
  readonly workingDirectory?: string;
  /** Commands that must be there. */
  readonly commands: readonly string[];
}

export const DELIVERY_ACTIONS = [
  'test-report', 'coverage-report', 'login-registry', 'build-image', 'scan-image', 'sign-image', 'attest-image', 'publish-package',
  'check-platform', 'comment-diff', 'detect-edits', 'promote', 'rollback', 'wait-for-health', 'smoke-test', 'record-deployment',
  'upload-findings', 'update-dependencies', 'rescan-images', 'checkout-repository',
] as const;

export type DeliveryAction = typeof DELIVERY_ACTIONS[number];

/** A step that only some systems have: its body by system. The pipeline's own system is among them. */
export interface NativeStepNode extends StepBase {
  readonly kind: 'native';
  readonly bodies: Readonly<Partial<Record<SystemName, unknown>>>;
}

/** A use of a template of steps. `flattened()` puts `steps` in its place. */
export interface GroupStepNode extends StepBase {
  readonly kind: 'group';
  readonly template: string;
  readonly inputs: Readonly<Record<string, Text>>;
  /** The steps with the inputs put in; ids begin with the id of the group. */
  readonly steps: readonly StepNode[];
}

export type StepNode =
  | RunStepNode | CheckoutStepNode | ToolStepNode | UploadStepNode | DownloadStepNode | CacheStepNode
  | DeliveryStepNode | NativeStepNode | GroupStepNode;

// ---------------------------------------------------------------- reuse, filters, patches

export interface CallNode {
  readonly template: string;
  readonly inputs: Readonly<Record<string, Text>>;
}

export interface TemplateNode {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly inputs: readonly InputNode[];
  /** Outputs of the whole, by the job that gives them. */
  readonly outputs: ReadonlyArray<{ readonly name: string; readonly job: string; readonly output: string }>;
  readonly secrets: readonly SecretNode[];
  readonly jobs: readonly JobNode[];
}

export interface StepTemplateNode {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly inputs: readonly InputNode[];
  readonly outputs: ReadonlyArray<{ readonly name: string; readonly step: string; readonly output: string }>;
  readonly steps: readonly StepNode[];
}

export interface FilterNode {
  /** `[a-z][a-z0-9_]*`, unique. */
  readonly id: string;
  readonly paths: GlobsNode;
}

/** One change of the output, after lowering. */
export interface PatchNode {
  readonly system: SystemName;
  /** The job whose part of the output is meant; the whole file without one. */
  readonly job?: string;
  /** Operations of JSON Patch (RFC 6902), paths relative to that part. */
  readonly operations: readonly PatchOperation[];
  /** Why, one line. */
  readonly reason: string;
}

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}
