import * as fs from 'fs';
import type { PlatformModel } from '../../core/model-file';
import type { Approvals, Freeze } from '../../environments/protection';
import { misuse } from '../failure';
import * as messages from './messages';

/** The gates of an environment, as the program leaves them for the command line. */
export interface ProtectionModel {
  readonly approvals?: Approvals;
  readonly soakSeconds?: number;
  readonly allowedTimes?: Array<{ readonly schedule: string; readonly minutes: number; readonly timeZone: string }>;
  readonly freezes?: Freeze[];
  readonly requireHealth?: boolean;
  readonly requireAnalysis?: string[];
}

/** An environment, as far as promotions have to know it. */
export interface EnvironmentModel {
  readonly name: string;
  readonly promotedFrom: string[];
  readonly protection: ProtectionModel;
}

/** The image that the program names for a workload in an environment. */
export interface DeclaredImage {
  readonly image: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** A platform of the program. */
export class Model {
  public readonly environments: Map<string, EnvironmentModel>;
  /** By workload and environment: where a workload runs, and what the program says that it runs. */
  public readonly workloads: Map<string, Map<string, DeclaredImage>>;

  public constructor(public readonly platform: PlatformModel) {
    const { environments = {}, workloads = {} } = platform.sections;
    this.environments = new Map(Object.entries(environments) as Array<[string, EnvironmentModel]>);
    const imagesOf = (images: object) => new Map(Object.entries(images) as Array<[string, DeclaredImage]>);
    this.workloads = new Map(Object.entries(workloads).map(([name, images]) => [name, imagesOf(images)]));
  }

  /** The workloads of an environment, by name. */
  public workloadsIn(environment: string): string[] {
    return [...this.workloads].filter(([, images]) => images.has(environment)).map(([name]) => name).sort();
  }
}

/** What a program has left in its model file; nothing when it did not get as far as that. */
export function readModels(file: string): Model[] {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as PlatformModel[]).map(platform => new Model(platform)) : [];
}

/** The one platform that has an environment, and workloads. What does not exist, or exists more than once, is misuse. */
export function choosePlatform(models: Model[], environment: string, workloads: string[]): Model {
  const unknown = workloads.find(workload => !models.some(model => model.workloads.has(workload)));
  if (unknown !== undefined) {
    throw misuse(messages.unknownWorkload(unknown, unique(models.flatMap(model => [...model.workloads.keys()]))));
  }
  if (!models.some(model => model.environments.has(environment))) {
    throw misuse(messages.noSuchEnvironment(environment, unique(models.flatMap(model => [...model.environments.keys()]))));
  }
  const able = models.filter(model => model.environments.has(environment) && workloads.every(workload => model.workloads.has(workload)));
  if (able.length === 0) {
    throw misuse(messages.noCommonPlatform(environment, workloads, models.map(model => model.platform.name)));
  }
  if (able.length > 1) {
    throw misuse(messages.ambiguousPlatform(environment, able.map(model => model.platform.name)));
  }
  return able[0];
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort();
}
