import { checkText } from './fields';
import { LOCAL_SERVER } from '../../../environments/cluster';

/** Where an Application is deployed to: a cluster, by its server or by its name but never both, and a namespace. */
export class Destination {
  /**
   * The cluster that Argo CD runs in.
   *
   * @param namespace the namespace of resources that name none
   */
  public static inCluster(namespace: string): Destination {
    return new Destination(LOCAL_SERVER, undefined, namespace);
  }

  /**
   * A cluster by the URL of its API server.
   *
   * @param server the URL as it is registered in Argo CD
   * @param namespace the namespace of resources that name none
   */
  public static server(server: string, namespace: string): Destination {
    return new Destination(server, undefined, namespace);
  }

  /**
   * A cluster by the name under which it is registered in Argo CD.
   *
   * @param name the name
   * @param namespace the namespace of resources that name none
   */
  public static cluster(name: string, namespace: string): Destination {
    return new Destination(undefined, name, namespace);
  }

  private constructor(
    /** The URL of the API server, if that is how the cluster is addressed. */
    public readonly serverUrl: string | undefined,
    /** The name of the cluster, if that is how it is addressed. */
    public readonly clusterName: string | undefined,
    /** The namespace of resources that name none. */
    public readonly namespace: string,
  ) {
    checkText('', 'destination', clusterName === undefined ? 'server' : 'name', clusterName ?? serverUrl);
    checkText('', 'destination', 'namespace', namespace);
  }

  /** @internal */
  public _toJson(): { server?: string; name?: string; namespace: string } {
    return { ...(this.serverUrl === undefined ? { name: this.clusterName } : { server: this.serverUrl }), namespace: this.namespace };
  }
}
