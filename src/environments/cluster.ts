import * as messages from './messages';

/** A managed platform with rules of its own. */
export enum ClusterProfile {
  /** No rules beyond those of Kubernetes. */
  GENERIC = 'generic',
  /** Google Kubernetes Engine in Autopilot mode: it raises requests, caps pods, and asks other addresses for names. */
  GKE_AUTOPILOT = 'gke-autopilot',
  /** Pods on AWS Fargate in Amazon EKS: limits are requests, no network policies, no block storage. */
  EKS_FARGATE = 'eks-fargate',
}

/** Options of a cluster. */
export interface ClusterOptions {
  /**
   * The Kubernetes minor version that the cluster runs, from `1.28`. Fields that the version does
   * not know are not written.
   *
   * @default '1.30' - an older cluster refuses the `sleep` action before a stop, which is better
   * than a command that the image may not have and whose failure nobody sees
   */
  readonly kubernetesVersion?: string;

  /**
   * The managed platform whose rules pods are made for.
   *
   * @default ClusterProfile.GENERIC
   */
  readonly profile?: ClusterProfile;
}

/** Where an environment runs. */
export class Cluster {
  /**
   * The cluster that the GitOps engine itself runs in.
   *
   * @param options its Kubernetes version
   */
  public static inCluster(options: ClusterOptions = {}): Cluster {
    return new Cluster(undefined, undefined, options);
  }

  /**
   * A cluster that the GitOps engine knows by a name.
   *
   * @param name the name under which it is registered. Throws FW203 when it is empty
   * @param options its Kubernetes version
   */
  public static named(name: string, options: ClusterOptions = {}): Cluster {
    // Also the names of contexts, which Argo CD takes over: `arn:aws:eks:eu-west-1:123456789012:cluster/prod`, `admin@prod`.
    if (typeof name !== 'string' || !/^[A-Za-z0-9]([\w.:@/-]{0,251}[A-Za-z0-9])?$/.test(name)) {
      throw messages.invalidCluster.error('', { what: 'cluster name', value: name, fault: 'is empty or has unusual characters' });
    }
    return new Cluster(name, undefined, options);
  }

  /**
   * A cluster by the URL of its API server.
   *
   * @param url an HTTPS URL. Throws FW203 for anything else
   * @param options its Kubernetes version
   */
  public static server(url: string, options: ClusterOptions = {}): Cluster {
    const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
    if (parsed?.protocol !== 'https:' || parsed.username || parsed.password || parsed.search || parsed.hash) {
      throw messages.invalidCluster.error('', { what: 'server', value: url, fault: 'is not an https URL of an API server' });
    }
    // The projects of Argo CD read servers as globs: `[::1]` would be one of three characters.
    if (/[\s*?[\]{}!\\\p{C}]/u.test(url)) {
      throw messages.invalidCluster.error('', { what: 'server', value: url, fault: 'has characters that stand for others; register the cluster under a name' });
    }
    return new Cluster(undefined, url.replace(/\/$/, ''), options);
  }

  /** The Kubernetes minor version, such as `1.28`. */
  public readonly kubernetesVersion: string;

  /** The managed platform whose rules pods are made for. */
  public readonly profile: ClusterProfile;

  private constructor(
    /** The name under which the GitOps engine knows the cluster, if that is how it is addressed. */
    public readonly name: string | undefined,
    /** The URL of the API server, if that is how the cluster is addressed. */
    public readonly url: string | undefined,
    options: ClusterOptions,
  ) {
    this.kubernetesVersion = options?.kubernetesVersion ?? '1.30';
    if (minorOf(this.kubernetesVersion) < 28) {
      throw messages.invalidKubernetesVersion.error('', { value: this.kubernetesVersion });
    }
    this.profile = options?.profile ?? ClusterProfile.GENERIC;
    if (!Object.values(ClusterProfile).includes(this.profile)) {
      throw messages.invalidProfile.error('', { value: this.profile, known: Object.values(ClusterProfile) });
    }
  }

  /** A short name for people, folders and objects: the name, the host of the server, or `in-cluster`, as a DNS label. */
  public get displayName(): string {
    const text = this.name ?? this.url?.replace(/^https:\/\//, '') ?? 'in-cluster';
    return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  }

  /** Whether the cluster runs at least a Kubernetes minor version, such as `1.30`. Throws FW204 for what is no version. */
  public isAtLeast(version: string): boolean {
    return minorOf(this.kubernetesVersion) >= minorOf(version);
  }

  /**
   * By what a cluster is told from another.
   *
   * @internal
   */
  public _key(): string {
    const isLocal = this.name === 'in-cluster' || (this.name === undefined && this.url === undefined);
    return isLocal ? LOCAL_SERVER : this.name === undefined ? new URL(this.url!).href.replace(/\/$/, '') : `name:${this.name}`;
  }
}

/** The URL under which a cluster knows itself. */
export const LOCAL_SERVER = 'https://kubernetes.default.svc';

function minorOf(version: string): number {
  if (typeof version !== 'string' || !/^1\.\d{2}$/.test(version)) {
    throw messages.invalidKubernetesVersion.error('', { value: version });
  }
  return Number(version.slice(2));
}
