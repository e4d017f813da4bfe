/** A folder that a Task or Pipeline needs. */
export interface WorkspaceDeclaration {
  /** The name. */
  readonly name: string;

  /**
   * For people.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Where it is mounted. Of a Task only.
   *
   * @default /workspace/<name>
   */
  readonly mountPath?: string;

  /**
   * Whether it may not be written. Of a Task only.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether it may be left unbound; `$(workspaces.<name>.bound)` tells.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A workspace that one step sees. The others do not, then. */
export interface WorkspaceUsage {
  /** The name of a workspace of the Task. */
  readonly name: string;

  /** Where it is mounted in this container. */
  readonly mountPath: string;
}

/** What a task of a Pipeline uses as a workspace of its Task. */
export interface PipelineTaskWorkspace {
  /** The workspace of the Task. */
  readonly name: string;

  /**
   * The workspace of the Pipeline.
   *
   * @default - the one of the same name
   */
  readonly workspace?: string;

  /**
   * A folder in it.
   *
   * @default - all of it
   */
  readonly subPath?: string;
}

/** What a workspace of a run is. Exactly one source (FW1225). */
export interface WorkspaceBinding {
  /** The workspace of the Pipeline. */
  readonly name: string;

  /**
   * A folder in it.
   *
   * @default - all of it
   */
  readonly subPath?: string;

  /**
   * A PersistentVolumeClaim that is made for the run, and deleted with it.
   *
   * @default - another source
   */
  readonly volumeClaimTemplate?: any;

  /**
   * A PersistentVolumeClaim that is there: `claimName`.
   *
   * @default - another source
   */
  readonly persistentVolumeClaim?: any;

  /**
   * A folder that lives as long as the pod of one task.
   *
   * @default - another source
   */
  readonly emptyDir?: any;

  /**
   * A ConfigMap: `name`.
   *
   * @default - another source
   */
  readonly configMap?: any;

  /**
   * A Secret: `secretName`.
   *
   * @default - another source
   */
  readonly secret?: any;

  /**
   * Several sources in one folder.
   *
   * @default - another source
   */
  readonly projected?: any;

  /**
   * A volume of a CSI driver: `driver`.
   *
   * @default - another source
   */
  readonly csi?: any;
}
