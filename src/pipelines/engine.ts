import type { PipelineGraph, SystemName } from './graph';
import type { CapabilityRow } from '../core/capability';
import type { Finding } from '../core/diagnostics/finding';
import type { FileContent } from '../core/file-content';

/** A file of the repository. */
export interface LoweredFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: FileContent;
  readonly executable?: boolean;
}

/** An object for a cluster, as plain data with `apiVersion`, `kind` and `metadata.name`. */
export interface LoweredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** How one part of a pipeline is carried out. */
export interface PipelineRow extends CapabilityRow {
  /** The job, or the pipeline itself when absent. */
  readonly job?: string;
}

/** Something that the system has to be told beside the files, and that nothing here makes. */
export interface Remaining {
  /** What to do: `Give the environment "prod" 2 reviewers of acme/sre.` One or more whole sentences. */
  readonly what: string;
  /** Where: `Settings > Environments`. */
  readonly where: string;
}

/** What a pipeline becomes on a system. */
export interface Lowering {
  readonly files: readonly LoweredFile[];
  readonly objects: readonly LoweredObject[];
  readonly rows: readonly PipelineRow[];
  readonly remains: readonly Remaining[];
  readonly findings: readonly Finding[];
}

/** What joins the files of several pipelines. */
export interface PipelineRoot {
  readonly file: LoweredFile;
  readonly findings: readonly Finding[];
}

/** A system that runs pipelines. Knows graphs, and nothing of constructs. */
export abstract class PipelineBackend {
  public abstract readonly system: SystemName;

  /** What it is called in messages: `GitHub Actions`. */
  public abstract readonly title: string;

  /** Where the file of a pipeline stands, from the root of the repository; undefined when it makes objects alone. */
  public abstract fileOf(pipeline: string): string | undefined;

  /** The same system for one of several pipelines of a repository, where it has one file for all of them. */
  public amongSeveral(): PipelineBackend {
    return this;
  }

  /** What joins the files of several pipelines, for a system that has one file for all of them. */
  public root(_: readonly PipelineGraph[]): PipelineRoot | undefined {
    return undefined;
  }

  /** Deterministic, and without side effects. Findings with severity error stop the synth; the rest must be there all the same. */
  public abstract lower(graph: PipelineGraph): Lowering;
}
