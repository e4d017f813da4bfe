import type {
  CopyConfig, DeleteConfig, FileWriteConfig, HelmTemplateConfig, HelmUpdateChartConfig, KustomizeBuildConfig, KustomizeSetImageConfig, ParseConfig,
  UntarConfig, ValuesUpdateConfig, YamlMergeConfig,
} from './step-configs-files';
import type {
  GitClearConfig, GitCloneConfig, GitCommitConfig, GitMergePrConfig, GitOpenPrConfig, GitPushConfig, GitTagConfig, GitWaitForPrConfig,
} from './step-configs-git';
import type { ArgoCdUpdateConfig, ArgoCdWaitConfig, HttpConfig, SetFreightAliasConfig, SetMetadataConfig } from './step-configs-others';
import { upstreamConfig } from './step-json';

/** A variable for expressions: `${{ vars.name }}`. */
export interface Variable {
  /** The name: letters, digits and underscores, with no digit at the beginning. */
  readonly name: string;

  /**
   * The value, which may hold expressions.
   *
   * @default - none: in a task it must be given by whoever runs it
   */
  readonly value?: string;
}

/** When a step is tried again. */
export interface StepRetry {
  /**
   * How long the step may take, all attempts together: `10m`. `0s` is no bound.
   *
   * @default - that of the step
   */
  readonly timeout?: string;

  /**
   * After how many errors in a row it fails. From 1.
   *
   * @default - that of the step
   */
  readonly errorThreshold?: number;
}

/** What a step of any kind may have. */
export interface StepOptions {
  /**
   * The alias, by which later steps read the outputs: `${{ outputs.commit.commit }}`. Each once.
   *
   * @default - `step-` and the place in the list, from 0
   */
  readonly as?: string;

  /**
   * When the step runs: an expression that comes to true or false, `${{ failure() }}`.
   *
   * @default - when no step before it has failed
   */
  readonly if?: string;

  /**
   * Go on when the step fails, as if it had not.
   *
   * @default false
   */
  readonly continueOnError?: boolean;

  /**
   * When it is tried again.
   *
   * @default - as the step is made
   */
  readonly retry?: StepRetry;

  /**
   * Variables of this step alone.
   *
   * @default - none
   */
  readonly vars?: Variable[];
}

/** What a task may have where it is run. Kargo refuses anything else beside a task. */
export interface TaskStepOptions {
  /**
   * The alias of the task.
   *
   * @default - `task-` and the place in the list, from 0
   */
  readonly as?: string;

  /**
   * Values for the variables of the task. One without a default must be given (FW939).
   *
   * @default - none
   */
  readonly vars?: Variable[];
}

/** The kind of a task. */
export enum TaskKind {
  /** A task of the Project. */
  PROMOTION_TASK = 'PromotionTask',
  /** A task for all Projects. */
  CLUSTER_PROMOTION_TASK = 'ClusterPromotionTask',
}

/**
 * A step of a promotion. Paths are relative to the folder of the promotion. Texts may hold expressions, `${{ }}`; a field
 * that is no text is given as an expression with `PromotionStep.custom`.
 */
export class PromotionStep {
  /** `git-clone`: clone a repository into working trees. */
  public static gitClone(config: GitCloneConfig, options?: StepOptions): PromotionStep {
    return step('git-clone', config, options);
  }

  /** `git-clear`: remove everything from a working tree. */
  public static gitClear(config: GitClearConfig, options?: StepOptions): PromotionStep {
    return step('git-clear', config, options);
  }

  /** `git-commit`: commit what has changed. The output `commit` is its ID. */
  public static gitCommit(config: GitCommitConfig, options?: StepOptions): PromotionStep {
    return step('git-commit', config, options);
  }

  /** `git-push`: push to a branch, whose name is the output `branch`. */
  public static gitPush(config: GitPushConfig, options?: StepOptions): PromotionStep {
    return step('git-push', config, options);
  }

  /** `git-tag`: make a tag. */
  public static gitTag(config: GitTagConfig, options?: StepOptions): PromotionStep {
    return step('git-tag', config, options);
  }

  /** `git-open-pr`: open a pull request, whose number is the output `pr.id`. */
  public static gitOpenPr(config: GitOpenPrConfig, options?: StepOptions): PromotionStep {
    return step('git-open-pr', config, options);
  }

  /** `git-wait-for-pr`: wait until a pull request is merged or closed. */
  public static gitWaitForPr(config: GitWaitForPrConfig, options?: StepOptions): PromotionStep {
    return step('git-wait-for-pr', config, options);
  }

  /** `git-merge-pr`: merge a pull request. */
  public static gitMergePr(config: GitMergePrConfig, options?: StepOptions): PromotionStep {
    return step('git-merge-pr', config, options);
  }

  /** `kustomize-set-image`: write images into a kustomization. */
  public static kustomizeSetImage(config: KustomizeSetImageConfig, options?: StepOptions): PromotionStep {
    return step('kustomize-set-image', config, options);
  }

  /** `kustomize-build`: render a kustomization. */
  public static kustomizeBuild(config: KustomizeBuildConfig, options?: StepOptions): PromotionStep {
    return step('kustomize-build', config, options);
  }

  /** `helm-template`: render a chart. */
  public static helmTemplate(config: HelmTemplateConfig, options?: StepOptions): PromotionStep {
    return step('helm-template', config, options);
  }

  /** `helm-update-chart`: write the versions of dependencies into a chart. */
  public static helmUpdateChart(config: HelmUpdateChartConfig, options?: StepOptions): PromotionStep {
    return step('helm-update-chart', config, options);
  }

  /** `yaml-update`: write values into a YAML file. */
  public static yamlUpdate(config: ValuesUpdateConfig, options?: StepOptions): PromotionStep {
    return step('yaml-update', config, options);
  }

  /** `yaml-parse`: read outputs from a YAML file. */
  public static yamlParse(config: ParseConfig, options?: StepOptions): PromotionStep {
    return step('yaml-parse', config, options);
  }

  /** `yaml-merge`: put YAML files on top of one another. */
  public static yamlMerge(config: YamlMergeConfig, options?: StepOptions): PromotionStep {
    return step('yaml-merge', config, options);
  }

  /** `json-update`: write values into a JSON file. */
  public static jsonUpdate(config: ValuesUpdateConfig, options?: StepOptions): PromotionStep {
    return step('json-update', config, options);
  }

  /** `json-parse`: read outputs from a JSON file. */
  public static jsonParse(config: ParseConfig, options?: StepOptions): PromotionStep {
    return step('json-parse', config, options);
  }

  /** `copy`: copy a file or a folder. */
  public static copy(config: CopyConfig, options?: StepOptions): PromotionStep {
    return step('copy', config, options);
  }

  /** `delete`: delete files or folders. */
  public static delete(config: DeleteConfig, options?: StepOptions): PromotionStep {
    return step('delete', config, options);
  }

  /** `file-write`: write a file. */
  public static fileWrite(config: FileWriteConfig, options?: StepOptions): PromotionStep {
    return step('file-write', config, options);
  }

  /** `untar`: unpack an archive. */
  public static untar(config: UntarConfig, options?: StepOptions): PromotionStep {
    return step('untar', config, options);
  }

  /** `argocd-update`: change and sync Applications, and watch their health from then on. */
  public static argocdUpdate(config: ArgoCdUpdateConfig, options?: StepOptions): PromotionStep {
    return step('argocd-update', config, options);
  }

  /** `argocd-wait`: wait for Applications. */
  public static argocdWait(config: ArgoCdWaitConfig, options?: StepOptions): PromotionStep {
    return step('argocd-wait', config, options);
  }

  /** `http`: ask a server, again and again until it decides. */
  public static http(config: HttpConfig, options?: StepOptions): PromotionStep {
    return step('http', config, options);
  }

  /**
   * `compose-output`: make outputs of outputs.
   *
   * @param outputs values by the names of the outputs, at least one
   */
  public static composeOutput(outputs: Record<string, any>, options?: StepOptions): PromotionStep {
    return step('compose-output', outputs, options);
  }

  /** `set-metadata`: write metadata of Stages and Freight, which expressions read with `stageMetadata` and `freightMetadata`. */
  public static writeMetadata(config: SetMetadataConfig, options?: StepOptions): PromotionStep {
    return step('set-metadata', config, options);
  }

  /** `set-freight-alias`: rename Freight. */
  public static aliasFreight(config: SetFreightAliasConfig, options?: StepOptions): PromotionStep {
    return step('set-freight-alias', config, options);
  }

  /**
   * `fail`: fail the promotion.
   *
   * @param message what is said, empty for nothing
   */
  public static fail(message: string, options?: StepOptions): PromotionStep {
    return step('fail', message === '' ? {} : { message }, options);
  }

  /**
   * A step of any kind, for what has no method here. Only its expressions are checked.
   *
   * @param uses the kind: `oci-push`
   * @param config its config, in the words of Kargo
   */
  public static custom(uses: string, config?: any, options?: StepOptions): PromotionStep {
    return new PromotionStep(uses, undefined, config, options ?? {}, true);
  }

  /**
   * Run the steps of a task of the Project. Not within a task.
   *
   * @param name the name of the PromotionTask
   */
  public static task(name: string, options?: TaskStepOptions): PromotionStep {
    return new PromotionStep(undefined, { kind: TaskKind.PROMOTION_TASK, name }, undefined, options ?? {}, false);
  }

  /**
   * Run the steps of a task for all Projects. Not within a task.
   *
   * @param name the name of the ClusterPromotionTask
   */
  public static clusterTask(name: string, options?: TaskStepOptions): PromotionStep {
    return new PromotionStep(undefined, { kind: TaskKind.CLUSTER_PROMOTION_TASK, name }, undefined, options ?? {}, false);
  }

  /**
   * @internal
   */
  public static _of(uses: string, config: any, options: StepOptions): PromotionStep {
    return new PromotionStep(uses, undefined, config, options, false);
  }

  private constructor(
    /** @internal */
    public readonly _uses: any,
    /** @internal */
    public readonly _task: any,
    /** @internal */
    public readonly _config: any,
    /** @internal */
    public readonly _options: any,
    /** @internal */
    public readonly _isCustom: boolean,
  ) {}

  /** @internal */
  public _toJson() {
    const config = this._isCustom || this._config === undefined ? this._config : upstreamConfig(this._uses, this._config);
    return { uses: this._uses, task: this._task, config, ...this._options };
  }
}

function step(uses: string, config: unknown, options: StepOptions | undefined): PromotionStep {
  return PromotionStep._of(uses, config, options ?? {});
}
