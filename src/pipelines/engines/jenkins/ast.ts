/*
 * Declarative Jenkins pipelines, as far as this engine writes them: a closed set, so that whatever can be built here
 * can be printed, and what the plugin refuses can be found before Jenkins reads it. After the sections and steps of
 * ast-schema.json and ModelValidatorImpl.groovy of pipeline-model-definition-plugin.
 */

/** A value that is known when the build runs. Never text with placeholders: what comes from outside stays a value. */
export type Expr =
  | { readonly is: 'text'; readonly value: string }
  /** An environment variable, an empty text when there is none. */
  | { readonly is: 'env'; readonly name: string }
  /** A parameter of the build, as a text. */
  | { readonly is: 'param'; readonly name: string }
  | { readonly is: 'concat'; readonly parts: readonly Expr[] }
  | { readonly is: 'when'; readonly test: Test; readonly yes: Expr; readonly no: Expr }
  /** Groovy that this engine has written itself, never text of a user. */
  | { readonly is: 'fixed'; readonly code: string };

/** What is true or false when the build runs. */
export type Test =
  | { readonly is: 'all' | 'any'; readonly tests: readonly Test[] }
  | { readonly is: 'not'; readonly test: Test }
  | { readonly is: 'true' | 'false' }
  | { readonly is: 'equal' | 'unequal'; readonly left: Expr; readonly right: Expr }
  | { readonly is: 'in'; readonly value: Expr; readonly list: readonly string[] }
  /** The whole text fits a Java regular expression. */
  | { readonly is: 'fits'; readonly value: Expr; readonly pattern: string }
  | { readonly is: 'startsWith' | 'endsWith' | 'contains'; readonly value: Expr; readonly part: Expr }
  | { readonly is: 'truthy'; readonly value: Expr }
  /** Groovy that this engine has written itself, never text of a user. */
  | { readonly is: 'fixedTest'; readonly code: string };

/** Where steps run. */
export type Agent =
  | { readonly agent: 'none' | 'any' }
  | { readonly agent: 'label'; readonly label: string }
  | {
    readonly agent: 'docker';
    readonly image: string;
    readonly label?: string;
    readonly args?: string;
    readonly registryUrl?: string;
    readonly registryCredentialsId?: string;
  }
  | { readonly agent: 'kubernetes'; readonly yaml: string; readonly defaultContainer?: string; readonly cloud?: string };

export type TimeUnit = 'SECONDS' | 'MINUTES' | 'HOURS';

/** An option of a pipeline or of a stage. */
export type Option =
  | { readonly option: 'skipDefaultCheckout' | 'timestamps' | 'disableResume' | 'parallelsAlwaysFailFast' }
  | { readonly option: 'disableConcurrentBuilds'; readonly abortPrevious: Test }
  | { readonly option: 'preserveStashes'; readonly buildCount: number }
  | { readonly option: 'buildDiscarder'; readonly artifactDaysToKeep: number }
  | { readonly option: 'timeout'; readonly time: number; readonly unit: TimeUnit }
  | { readonly option: 'retry'; readonly count: number }
  | { readonly option: 'lock'; readonly resource: Expr };

export type Trigger =
  /** `primaryOnly`: not for the other branches, each of which Jenkins would start as well. */
  | { readonly trigger: 'cron'; readonly spec: string; readonly primaryOnly: boolean };

export type Parameter =
  | { readonly parameter: 'string'; readonly name: string; readonly defaultValue: string; readonly description?: string }
  | { readonly parameter: 'booleanParam'; readonly name: string; readonly defaultValue: boolean; readonly description?: string }
  | { readonly parameter: 'choice'; readonly name: string; readonly choices: readonly string[]; readonly description?: string };

/** A variable of an `environment` section. */
export interface EnvEntry {
  readonly name: string;
  readonly value: Expr | { readonly is: 'credentials'; readonly id: string };
}

/** What a stage waits for a person with. */
export interface Input {
  readonly message: string;
  readonly id?: string;
  readonly ok?: string;
  /** Users and groups, joined by commas. */
  readonly submitter?: string;
  readonly submitterParameter?: string;
}

/** A condition of a `when` section. */
export type When =
  | { readonly when: 'allOf' | 'anyOf'; readonly of: readonly When[] }
  | { readonly when: 'not'; readonly of: When }
  | { readonly when: 'branch' | 'tag'; readonly pattern: string; readonly comparator: 'EQUALS' | 'GLOB' | 'REGEXP' }
  | { readonly when: 'buildingTag' }
  | { readonly when: 'changeRequest'; readonly target?: string; readonly comparator?: 'EQUALS' | 'GLOB' | 'REGEXP' }
  | { readonly when: 'changeset'; readonly pattern: string }
  | { readonly when: 'triggeredBy'; readonly cause: string }
  | { readonly when: 'expression'; readonly test: Test };

export type Result = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED';

/** A credential that a step sees. */
export type Binding =
  | { readonly binding: 'string' | 'file'; readonly credentialsId: string; readonly variable: string }
  | { readonly binding: 'usernamePassword'; readonly credentialsId: string; readonly usernameVariable: string; readonly passwordVariable: string }
  /** What `git` itself asks for, of the git plugin. */
  | { readonly binding: 'gitUsernamePassword'; readonly credentialsId: string };

export interface CacheEntry {
  readonly path: string;
  readonly cacheName: string;
  /** Glob of the files whose content decides whether the cache is still good. */
  readonly cacheValidityDecidingFile?: string;
}

/** A statement of a `script` block. */
export type Statement =
  /** `env.NAME = …` */
  | { readonly do: 'env'; readonly name: string; readonly value: Expr }
  /** `env.NAME = sh(returnStdout: true, …)`: what a script prints. */
  | { readonly do: 'capture'; readonly name: string; readonly shell: 'sh' | 'pwsh'; readonly label: string; readonly script: string }
  /** A checkout of which the commit is kept in GIT_COMMIT, and what it is compared with in FAIRWAY_BASE_SHA. */
  | { readonly do: 'commit'; readonly checkout: Step; readonly base: boolean }
  /** `currentBuild.displayName = …` */
  | { readonly do: 'displayName'; readonly value: Expr }
  /** Several people, one after the other. */
  | { readonly do: 'approvals'; readonly input: Input; readonly count: number }
  | { readonly do: 'if'; readonly test: Test; readonly then: readonly Step[] }
  /** The second runs whatever became of the first; before that, what is to be done when the first fails. */
  | { readonly do: 'finally'; readonly first: readonly Step[]; readonly then: readonly Step[]; readonly failed?: readonly Statement[] }
  /** Steps that fail when their time is over. A `timeout` alone aborts the build. */
  | { readonly do: 'timed'; readonly minutes: number; readonly steps: readonly Step[] }
  /** Groovy that this engine has written itself, or raw Groovy that a user has given as such. */
  | { readonly do: 'groovy'; readonly code: string };

export type Step =
  | { readonly step: 'sh' | 'bat' | 'pwsh'; readonly script: string; readonly label?: string }
  | { readonly step: 'withEnv'; readonly env: ReadonlyArray<{ readonly name: string; readonly value: Expr }>; readonly steps: readonly Step[] }
  | { readonly step: 'withCredentials'; readonly bindings: readonly Binding[]; readonly steps: readonly Step[] }
  | { readonly step: 'dir'; readonly path: string; readonly steps: readonly Step[] }
  | { readonly step: 'container'; readonly name: string; readonly steps: readonly Step[] }
  | { readonly step: 'node'; readonly label: string; readonly steps: readonly Step[] }
  | { readonly step: 'timeout'; readonly time: number; readonly unit: TimeUnit; readonly steps: readonly Step[] }
  | { readonly step: 'retry'; readonly count: number; readonly steps: readonly Step[] }
  | { readonly step: 'catchError'; readonly buildResult: Result; readonly stageResult: Result; readonly message?: string; readonly catchInterruptions?: boolean; readonly steps: readonly Step[] }
  | { readonly step: 'lock'; readonly resource: Expr; readonly inversePrecedence?: boolean; readonly steps: readonly Step[] }
  | { readonly step: 'cache'; readonly maxCacheSize: number; readonly skipSave?: boolean; readonly skipRestore?: boolean; readonly caches: readonly CacheEntry[]; readonly steps: readonly Step[] }
  | { readonly step: 'stash'; readonly name: string; readonly includes: string; readonly excludes?: string; readonly allowEmpty?: boolean; readonly useDefaultExcludes?: boolean }
  | { readonly step: 'unstash'; readonly name: string }
  | {
    readonly step: 'archiveArtifacts';
    readonly artifacts: string;
    readonly excludes?: string;
    readonly fingerprint?: boolean;
    readonly allowEmptyArchive?: boolean;
    readonly defaultExcludes?: boolean;
  }
  | { readonly step: 'junit'; readonly testResults: string; readonly allowEmptyResults?: boolean; readonly skipMarkingBuildUnstable?: boolean }
  | { readonly step: 'checkoutScm' | 'deleteDir' }
  /** A checkout that says more than `checkout scm`: what is given is merged over the settings of the job. */
  | { readonly step: 'checkoutWith'; readonly submodules?: boolean; readonly lfs?: boolean; readonly ref?: Expr }
  | { readonly step: 'milestone'; readonly ordinal: number }
  | { readonly step: 'error' | 'echo'; readonly message: string }
  | { readonly step: 'input'; readonly input: Input }
  | { readonly step: 'script'; readonly statements: readonly Statement[] }
  /** A remark to who reads the file. */
  | { readonly step: 'comment'; readonly text: string };

export type PostCondition = 'always' | 'changed' | 'fixed' | 'regression' | 'aborted' | 'failure' | 'success' | 'unstable' | 'unsuccessful' | 'notBuilt' | 'cleanup';

/** What runs afterwards, by how it went. */
export type Post = ReadonlyArray<{ readonly condition: PostCondition; readonly steps: readonly Step[] }>;

export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** A part of a matrix that is left out: on each axis these values, or all but these. */
export interface Exclude {
  readonly axes: readonly Axis[];
}

export interface Matrix {
  readonly axes: readonly Axis[];
  readonly excludes: readonly Exclude[];
  readonly agent?: Agent;
  readonly stages: readonly Stage[];
}

/** What a stage consists of: one of four, as the plugin demands. */
export type StageBody =
  | { readonly body: 'steps'; readonly steps: readonly Step[] }
  | { readonly body: 'stages'; readonly stages: readonly Stage[] }
  | { readonly body: 'parallel'; readonly stages: readonly Stage[] }
  | { readonly body: 'matrix'; readonly matrix: Matrix };

export interface Stage {
  readonly name: string;
  /** The job that it is, for what changes the stage of a job. */
  readonly job?: string;
  /** Lines for who reads the file, above the stage. */
  readonly comments?: readonly string[];
  readonly failFast?: boolean;
  readonly agent?: Agent;
  readonly tools?: ReadonlyArray<{ readonly type: string; readonly name: string }>;
  readonly options?: readonly Option[];
  readonly environment?: readonly EnvEntry[];
  readonly input?: Input;
  readonly when?: readonly When[];
  readonly content: StageBody;
  readonly post?: Post;
}

export interface PipelineAst {
  /** Lines for who reads the file, at its head. */
  readonly comments: readonly string[];
  /** Groovy before the pipeline block: libraries, definitions. */
  readonly preamble?: readonly string[];
  readonly agent: Agent;
  readonly options: readonly Option[];
  readonly triggers: readonly Trigger[];
  readonly parameters: readonly Parameter[];
  readonly environment: readonly EnvEntry[];
  readonly stages: readonly Stage[];
  readonly post?: Post;
  /** Groovy behind the pipeline block. */
  readonly epilogue?: readonly string[];
}
