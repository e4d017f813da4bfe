import { ImageStep, JobStep, PipelineEngine, PipelineSecret, PipelineSystem, Platform, ServiceDelivery, Setup, Workload } from 'cdk8s-fairway';
import { boutique } from './boutique';

/** The delivery of one service, whose source lies in a repository of its own. Its files are in `services/checkoutservice`. */
export function serviceDelivered(engine: PipelineSystem = PipelineEngine.githubActions(), platform = boutique()): ServiceDelivery {
  return new ServiceDelivery(platform, 'checkout-delivery', {
    engine,
    workload: Workload.allIn(platform).find(each => each.name === 'checkoutservice')!,
    repository: 'https://github.com/acme/checkoutservice',
    test: [Setup.go(), JobStep.run('go test ./...')],
    login: ImageStep.login({ registry: 'us-central1-docker.pkg.dev', username: '_json_key', password: PipelineSecret.named('REGISTRY_KEY') }),
  });
}

if (require.main === module) {
  Platform.ofConstruct(serviceDelivered()).synth();
}
