import * as messages from './messages';

/** Where the repository of an Azure pipeline is. */
export enum AzureRepository {
  /** Azure Repos: what a pull request needs is a branch policy, not part of the file. */
  AZURE_REPOS = 'azureRepos',
  /** GitHub: pull requests start runs by `pr` in the file. */
  GITHUB = 'github',
}

/** Options of Azure Pipelines. */
export interface AzurePipelinesOptions {
  /**
   * Where the repository is.
   *
   * @default - as the host of the platform's `repository` says: GitHub for github.com, else Azure Repos
   */
  readonly repository?: AzureRepository;

  /**
   * The file of a pipeline, from the root of the repository, by the id of the pipeline. Azure Pipelines asks for the file when a pipeline is created.
   * A path that is absolute, leaves the repository, or does not end in `.yml` or `.yaml` is an error (FW1160).
   *
   * @default - `.azure/<id>.yml`
   */
  readonly files?: Record<string, string>;

  /**
   * The name of the default branch, without `refs/heads/`.
   *
   * @default 'main'
   */
  readonly defaultBranch?: string;

  /**
   * Images of Microsoft-hosted agents, by `linux`, `windows` and `macos`.
   *
   * @default - ubuntu-24.04, windows-2022 and macOS-15
   */
  readonly images?: Record<string, string>;

  /**
   * The agent pool of a label of self-hosted runners. The first label of a runner names the pool, the others are demands.
   *
   * @default - a label is the name of the pool
   */
  readonly pools?: Record<string, string>;

  /**
   * Variable groups that hold the secrets of the pipelines. Azure Pipelines asks for permission when a pipeline uses one for the first time.
   *
   * @default - secrets are variables of the pipeline, set in its settings
   */
  readonly variableGroups?: string[];

  /**
   * Service connections to container registries, by the host of the registry (`ghcr.io`, `docker.io`). Images of it are pulled with that connection.
   *
   * @default - images are pulled without credentials; a container with credentials is an error (FW1090)
   */
  readonly registryConnections?: Record<string, string>;

  /**
   * The service connection whose identity tokens are asked for.
   *
   * @default - tokens are of the pipeline itself
   */
  readonly identityConnection?: string;

  /**
   * Whether templates become template files of the repository (`.azure/templates/<pipeline>-<template>.yml`), instead of standing in each place where they
   * are used. `explain()` says where they are written out all the same: where the jobs or steps of a use would not come out as if they were written there.
   * A template whose file is that of a pipeline, or of another template, is an error (FW1163).
   *
   * @default false
   */
  readonly nativeReuse?: boolean;
}

/** The options, complete and checked. */
export interface Settings {
  /** What is left open is told by the platform. */
  readonly repository?: AzureRepository;
  readonly files: ReadonlyMap<string, string>;
  readonly defaultBranch: string;
  readonly images: ReadonlyMap<string, string>;
  readonly pools: ReadonlyMap<string, string>;
  readonly variableGroups: readonly string[];
  readonly registryConnections: ReadonlyMap<string, string>;
  readonly identityConnection?: string;
  readonly nativeReuse: boolean;
}

const IMAGES = { linux: 'ubuntu-24.04', windows: 'windows-2022', macos: 'macOS-15' };

const KNOWN = ['repository', 'files', 'defaultBranch', 'images', 'pools', 'variableGroups', 'registryConnections', 'identityConnection', 'nativeReuse'];

export function settingsOf(given: AzurePipelinesOptions | undefined): Settings {
  const options = given ?? {};
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw refused('options', options, 'is no object', '{ defaultBranch: \'main\' }');
  }
  const unknown = Object.keys(options).find(key => !KNOWN.includes(key));
  if (unknown !== undefined) {
    throw refused(unknown, (options as Record<string, unknown>)[unknown], 'is unknown', KNOWN.join(', '));
  }
  const { repository } = options;
  if (repository !== undefined && !Object.values(AzureRepository).includes(repository)) {
    throw refused('repository', repository, 'is no place of a repository', 'AzureRepository.GITHUB');
  }
  const files = map('files', options.files, '{ app: \'azure-pipelines.yml\' }');
  for (const [id, file] of files) {
    if (!/^(?!\/)[^\\:*?"<>|\n]+\.ya?ml$/.test(file) || file.split('/').some(part => part === '..' || part === '.' || part === '')) {
      throw refused(`files.${id}`, file, 'is no path of a YAML file in the repository', '{ app: \'azure-pipelines.yml\' }');
    }
  }
  const images = map('images', options.images, '{ linux: \'ubuntu-22.04\' }');
  const system = [...images.keys()].find(key => !Object.hasOwn(IMAGES, key));
  if (system !== undefined) {
    throw refused(`images.${system}`, images.get(system), 'is for no system of Microsoft-hosted agents', '{ linux: \'ubuntu-22.04\' }');
  }
  const groups = options.variableGroups ?? [];
  if (!Array.isArray(groups)) {
    throw refused('variableGroups', groups, 'is no list', '[\'acme-secrets\']');
  }
  if (options.nativeReuse !== undefined && typeof options.nativeReuse !== 'boolean') {
    throw refused('nativeReuse', options.nativeReuse, 'is neither true nor false', 'true');
  }
  return {
    nativeReuse: options.nativeReuse === true,
    ...repository !== undefined && { repository },
    files,
    defaultBranch: options.defaultBranch === undefined ? 'main' : word('defaultBranch', options.defaultBranch, '\'main\''),
    images: new Map([...Object.entries(IMAGES), ...images]),
    pools: map('pools', options.pools, '{ gpu: \'GPU agents\' }'),
    variableGroups: Array.from(groups, group => word('variableGroups', group, '[\'acme-secrets\']')),
    registryConnections: map('registryConnections', options.registryConnections, '{ \'ghcr.io\': \'ghcr\' }'),
    ...options.identityConnection !== undefined && { identityConnection: word('identityConnection', options.identityConnection, '\'azure-production\'') },
  };
}

/** The place of a repository, by its address: `https://github.com/acme/shop`, `git@github.com:acme/shop.git`. */
export function placeOf(address: string | undefined): AzureRepository {
  const [, host = ''] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(address ?? '') ?? [];
  return /^(www\.|ssh\.)?github\.com$/i.test(host) ? AzureRepository.GITHUB : AzureRepository.AZURE_REPOS;
}

function map(option: string, value: unknown, example: string): Map<string, string> {
  if (value === undefined) {
    return new Map();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(option, value, 'is no map of texts', example);
  }
  return new Map(Object.entries(value).map(([key, each]) => [key, word(`${option}.${key}`, each, example)]));
}

/** One line of text in which nothing is live for Azure Pipelines. */
function word(option: string, value: unknown, example: string): string {
  if (typeof value !== 'string' || value.trim() !== value || value === '' || /[\n\r]|\$[({[]/.test(value)) {
    throw refused(option, value, 'is no line of text, or has an expression in it', example);
  }
  return value;
}

function refused(option: string, value: unknown, fault: string, example: string) {
  return messages.invalidOption.error('', { option, value, fault, example });
}
