import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { newPlatform } from './platform';
import {
  Cluster, Environment, EnvironmentProps, GitOpsEngine, Image, Platform, PlatformProps, Probe, WebService, WebServiceProps, Worker, WorkerProps,
} from 'cdk8s-fairway';

export const DIGEST = `sha256:${'0'.repeat(64)}`;
export const REPOSITORY = 'https://github.com/acme/platform';

/** An image that no check complains about. */
export function image(name = 'app'): Image {
  return Image.of(`ghcr.io/acme/${name}`, { tag: '1.4.2', digest: DIGEST });
}

/** A platform that Argo CD follows. */
export function followedPlatform(props: Partial<PlatformProps> = {}): Platform {
  return newPlatform(undefined, { repository: REPOSITORY, gitops: GitOpsEngine.argoCd(), ...props });
}

/** An environment in the cluster of the engine. */
export function environment(platform: Platform, name = 'prod', props: Partial<EnvironmentProps> & { kubernetesVersion?: string } = {}): Environment {
  const { kubernetesVersion = '1.34', ...rest } = props;
  return new Environment(platform, name, { cluster: Cluster.inCluster({ kubernetesVersion }), ...rest });
}

/** A service with what every service needs. */
export function service(scope: Construct, name = 'app', props: Partial<WebServiceProps> = {}): WebService {
  return new WebService(scope, name, { image: image(), port: 8080, readiness: Probe.http('/readyz'), ...props });
}

/** A worker with what every worker needs. */
export function worker(scope: Construct, name = 'job', props: Partial<WorkerProps> = {}): Worker {
  return new Worker(scope, name, { image: image(), ...props });
}

/** The objects below a construct, as they are printed. Of one kind, if it is given. */
export function manifests(scope: Construct, kind?: string): any[] {
  return objectsIn(scope, kind).map(object => object.toJson());
}

/** The API objects below a construct. Of one kind, if it is given. */
export function objectsIn(scope: Construct, kind?: string): ApiObject[] {
  return scope.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && (kind === undefined || c.kind === kind));
}

/** The object of a kind of a workload in an environment, as it is printed. Lowers the platform. */
export function manifest(of: Environment, workload: string, kind: string): any {
  Platform.ofConstruct(of).lower();
  const found = manifests(of.node.findChild(workload) as Chart, kind);
  if (found.length !== 1) {
    throw new Error(`expected one ${kind} of ${workload} in ${of.name}, found ${found.length}`);
  }
  return found[0];
}

/** The pod of a workload in an environment, as its Deployment has it. */
export function pod(of: Environment, workload = 'app'): any {
  return manifest(of, workload, 'Deployment').spec.template;
}

/** The container of a workload in an environment. */
export function container(of: Environment, workload = 'app'): any {
  return pod(of, workload).spec.containers[0];
}
