import { checkId, checkShape, refuse, textOrValue, word } from './check';
import type { RunnerNode } from './graph';
import * as messages from './messages';
import type { Value } from './value';
import { checkedVariables } from './variables';
import { Check, listOf, oneOf, whole } from '../core/shape';

/** What processor a runner has. */
export enum Architecture {
  X64 = 'x64',
  ARM64 = 'arm64',
}

/** The system of a runner. */
export enum RunnerOs {
  LINUX = 'linux',
  WINDOWS = 'windows',
  MACOS = 'macos',
}

/** Options of a runner. */
export interface RunnerOptions {
  /**
   * The processor.
   *
   * @default Architecture.X64
   */
  readonly arch?: Architecture;
}

/** Options of runners of your own. */
export interface SelfHostedOptions extends RunnerOptions {
  /**
   * Their system.
   *
   * @default RunnerOs.LINUX
   */
  readonly os?: RunnerOs;
}

/** What a job runs on. */
export class Runner {
  /**
   * Linux, of the system that runs the pipeline (GitHub: `ubuntu-24.04`).
   *
   * @param options the processor. Throws FW1001 and FW1002
   */
  public static linux(options: RunnerOptions = {}): Runner {
    return Runner.hosted('linux', options);
  }

  /**
   * Windows, of the system that runs the pipeline.
   *
   * @param options the processor. Throws FW1001 and FW1002
   */
  public static windows(options: RunnerOptions = {}): Runner {
    return Runner.hosted('windows', options);
  }

  /**
   * macOS, of the system that runs the pipeline.
   *
   * @param options the processor. Throws FW1001 and FW1002
   */
  public static macos(options: RunnerOptions = {}): Runner {
    return Runner.hosted('macos', options);
  }

  /**
   * Runners of your own, by their labels (GitLab: tags, Jenkins: labels, Azure: the pool and demands). Code of pull requests runs on them:
   * for public repositories they should be thrown away after each job.
   *
   * @param labels from 1 to 10; all of them have to be there. Throws FW1000 and FW1001
   * @param options their system. Throws FW1001 and FW1002
   */
  public static selfHosted(labels: string[], options: SelfHostedOptions = {}): Runner {
    listOf(word, 1, 10)({ path: '', kind: 'runner', field: 'labels', messages }, labels);
    checkShape('', 'runner', options, { arch: oneOf(Architecture), os: oneOf(RunnerOs) });
    return new Runner({ os: options?.os ?? RunnerOs.LINUX, arch: options?.arch ?? Architecture.X64, labels: [...labels] });
  }

  private static hosted(os: RunnerNode['os'], options: RunnerOptions): Runner {
    checkShape('', 'runner', options, { arch: oneOf(Architecture) });
    return new Runner({ os, arch: options?.arch ?? Architecture.X64, labels: [] });
  }

  private constructor(/** @internal */ public readonly _runner: RunnerNode) {}
}

/** Options of the image that a job runs in. */
export interface JobContainerOptions {
  /**
   * Environment of the container.
   *
   * @default - none
   */
  readonly env?: Record<string, string | Value>;

  /**
   * Who reads the image from its registry.
   *
   * @default - anybody may
   */
  readonly username?: string | Value;

  /**
   * The password for it, a `PipelineSecret`.
   *
   * @default - anybody may
   */
  readonly password?: Value;
}

/** The image that the steps of a job run in. */
export class JobContainer {
  /**
   * @param image the image, best with its digest: `docker.io/library/node:24-bookworm@sha256:…`
   * @param options environment and credentials. Throws FW1000 to FW1004, FW1031
   */
  public static of(image: string, options: JobContainerOptions = {}): JobContainer {
    return new JobContainer(image, options);
  }

  /** @internal */
  public readonly _image: string;
  /** @internal */
  public readonly _options: JobContainerOptions;

  private constructor(image: string, options: JobContainerOptions) {
    word({ path: '', kind: 'container', field: 'image', messages }, image);
    checkShape('', 'container', options, { env: () => undefined, username: textOrValue, password: textOrValue });
    if ((options?.username === undefined) !== (options?.password === undefined)) {
      throw messages.emptyField.error('', { kind: 'container', field: options.username === undefined ? 'username' : 'password' });
    }
    this._image = image;
    this._options = { ...options, env: checkedVariables('', 'container', options?.env) };
  }
}

/** How it is known that a service is ready. */
export interface ServiceReadiness {
  /** A command in the container that succeeds when it is ready: `['pg_isready']`. */
  readonly command: string[];

  /**
   * Seconds between tries.
   *
   * @default 5
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds that a try may take.
   *
   * @default 5
   */
  readonly timeoutSeconds?: number;

  /**
   * How many tries.
   *
   * @default 12
   */
  readonly retries?: number;
}

/** Options of a service. */
export interface ServiceContainerOptions {
  /** The image, best with its digest. */
  readonly image: string;

  /**
   * Its environment.
   *
   * @default - none
   */
  readonly env?: Record<string, string | Value>;

  /**
   * The ports that it listens on. Steps reach it by its name and the port.
   *
   * @default - none
   */
  readonly ports?: number[];

  /**
   * What it runs.
   *
   * @default - what the image says
   */
  readonly command?: string[];

  /**
   * How it is known to be ready; steps wait for it.
   *
   * @default - steps do not wait
   */
  readonly readiness?: ServiceReadiness;
}

/** A container beside a job, such as a database for tests. Linux runners alone have them (FW1034). */
export class ServiceContainer {
  /**
   * @param name the host name that steps reach it by: a DNS label
   * @param options what it is. Throws FW1000 to FW1004, FW1031
   */
  public static of(name: string, options: ServiceContainerOptions): ServiceContainer {
    return new ServiceContainer(name, options);
  }

  /** @internal */
  public readonly _name: string;
  /** @internal */
  public readonly _options: ServiceContainerOptions;

  private constructor(name: string, options: ServiceContainerOptions) {
    this._name = checkId('', 'service', name);
    checkShape('', 'service', options, {
      image: word, env: () => undefined, ports: listOf(whole(1, 65535)), command: listOf(argument, 1), readiness: readiness,
    }, ['image']);
    this._options = {
      ...options,
      env: checkedVariables('', `service ${name}`, options.env),
      ports: [...options.ports ?? []],
      command: [...options.command ?? []],
    };
  }
}

/** An argument of a command; it may be empty. */
const argument: Check = (at, value) => {
  if (typeof value !== 'string' || /[^\P{Cc}\n\t]/u.test(value)) {
    throw refuse(at, value, 'is no text');
  }
};

const readiness = (at: { readonly path: string }, value: unknown) => checkShape(at.path, 'readiness', value, {
  command: listOf(argument, 1), intervalSeconds: whole(1, 300), timeoutSeconds: whole(1, 300), retries: whole(1, 1000),
}, ['command']);
