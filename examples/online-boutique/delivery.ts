import { DeliveryPipeline, Diagnostics, PipelineEngine, PipelineSystem, Platform } from 'cdk8s-fairway';
import { boutique } from './boutique';

/** The platform, and its delivery: checks of pull requests, the way from environment to environment, rollbacks, rescans. */
export function delivered(engine: PipelineSystem = PipelineEngine.githubActions(), platform = boutique()): Platform {
  const { delivery, rollback, maintenance } = new DeliveryPipeline(platform, 'delivery', { engine });
  // Systems differ in small things; `fairway explain` lists them.
  for (const pipeline of [delivery, rollback, maintenance]) {
    new Set(pipeline.findings().filter(finding => finding.severity === 'warning').map(finding => finding.code))
      .forEach(code => Diagnostics.of(pipeline).acknowledge(code, 'Seen and weighed: nothing gets less safe by it.'));
  }
  return platform;
}

if (require.main === module) {
  delivered().synth();
}
