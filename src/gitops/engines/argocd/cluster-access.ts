import * as own from './messages';
import { at, texts, word, wordMap } from './shapes';
import { flag, plain, struct, text } from '../../../core/shape';

/** A cluster on EKS, by the role of Argo CD's pods. */
export interface AwsAccess {
  /** The name of the cluster on EKS. */
  readonly clusterName: string;

  /**
   * The role that is assumed.
   *
   * @default - that of the pods
   */
  readonly roleARN?: string;

  /**
   * The profile in the AWS configuration of the pods.
   *
   * @default - the default one
   */
  readonly profile?: string;
}

/** A program, in the containers of Argo CD, that says how to log in. */
export interface ExecAccess {
  /** The program. */
  readonly command: string;

  /**
   * Its arguments.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Its environment variables. Names like `…_SECRET` or `…_TOKEN` throw FW540; those of files, `…_FILE`, do not.
   *
   * @default - none
   */
  readonly env?: Record<string, string>;

  /**
   * The version of the protocol.
   *
   * @default 'client.authentication.k8s.io/v1beta1'
   */
  readonly apiVersion?: string;

  /**
   * What people are told when the program is not there.
   *
   * @default - nothing
   */
  readonly installHint?: string;

  /**
   * Whether the program is told about the cluster.
   *
   * @default false
   */
  readonly provideClusterInfo?: boolean;
}

/** How Argo CD gets into a cluster, without a credential in the repository. */
export class ClusterAccess {
  /**
   * Into a cluster on EKS, by the role of Argo CD's pods.
   *
   * @param props the cluster and the role
   */
  public static aws(props: AwsAccess): ClusterAccess {
    struct({ clusterName: text, roleARN: text, profile: text }, ['clusterName'])(at('', 'AwsAccess'), props);
    return new ClusterAccess({ awsAuthConfig: plain(props) });
  }

  /** Into a cluster on GKE, by the workload identity of Argo CD's pods. */
  public static gcp(): ClusterAccess {
    return ClusterAccess.exec({ command: 'argocd-k8s-auth', args: ['gcp'] });
  }

  /**
   * Into a cluster on AKS, by the workload identity of Argo CD's pods.
   *
   * @param environment environment variables beside `AAD_LOGIN_METHOD`, such as `AAD_ENVIRONMENT_NAME`
   */
  public static azure(environment: Record<string, string> = {}): ClusterAccess {
    wordMap({ ...at('', 'ClusterAccess'), field: 'environment' }, environment);
    return ClusterAccess.exec({ command: 'argocd-k8s-auth', args: ['azure'], env: { AAD_LOGIN_METHOD: 'workloadidentity', ...environment } });
  }

  /**
   * By a program.
   *
   * @param props the program. Throws FW540 for an environment variable with a credential
   */
  public static exec(props: ExecAccess): ClusterAccess {
    struct({
      command: text, args: texts, env: wordMap, apiVersion: text, installHint: word, provideClusterInfo: flag,
    }, ['command'])(at('', 'ExecAccess'), props);
    const secret = Object.keys(props.env ?? {}).find(name => /(SECRET|PASSWORD|PASSWD|TOKEN|KEY|CREDENTIALS?)$/i.test(name));
    if (secret !== undefined) {
      throw own.secretInRepository.error('', { kind: 'ExecAccess', field: secret });
    }
    return new ClusterAccess({ execProviderConfig: plain({ apiVersion: 'client.authentication.k8s.io/v1beta1', ...props }) });
  }

  private constructor(private readonly fields: any) {}

  /** @internal */
  public _toJson(): any {
    return this.fields;
  }
}
