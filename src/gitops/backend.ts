import type { ApplicationPlan } from './application-graph';
import type { CapabilityRow } from '../core/capability';
import type { Platform } from '../core/platform';
import { PlatformExtension } from '../core/platform-extension';

const BACKENDS = new WeakMap<Platform, GitOpsBackend>();

/** What makes the clusters follow the repository. */
export abstract class GitOpsBackend extends PlatformExtension {
  /** The engine of a platform, if one was given. */
  public static tryOf(platform: Platform): GitOpsBackend | undefined {
    return BACKENDS.get(platform);
  }

  public readonly _role = 'gitops';

  /** What it is called in messages: `Flux`. */
  public abstract readonly title: string;

  /** Whose objects say whether an environment is healthy, for those who wait for it. */
  public abstract readonly watch: 'argocd' | 'flux';

  public _attach(platform: Platform): void {
    this.attach(platform);
    BACKENDS.set(platform, this);
  }

  /** How it carries out each part of what a platform asks for. */
  public abstract capabilities(parts: Parts): CapabilityRow[];

  /** Called once, from the constructor of the platform. */
  protected abstract attach(platform: Platform): void;
}

/** What a platform asks of a GitOps engine, as far as it does. */
export interface Parts {
  readonly applications: ApplicationPlan[];
  /** `web after db`: folders that wait for others of their environment. */
  readonly order?: string;
  /** `web after ingress-nginx`: what waits for something that comes from elsewhere. */
  readonly across?: string;
  /** `prod: us after eu`. */
  readonly regions: string[];
  /** How many objects have fields that controllers own. */
  readonly owned: number;
  /** The environments at the end of the road. */
  readonly final: string[];
  /** `checkout`: releases that wait for a person. */
  readonly approvals: string[];
  /** What comes from elsewhere. */
  readonly elsewhere: string[];
}
