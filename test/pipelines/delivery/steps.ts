import {
  Attestation, ChangeRoute, CodeHost, Context, CoverageFormat, HealthCheck, ImageScanner, ImageStep, JobStep, PackageStep,
  PackageTarget, PipelineSecret, PlatformStep, Report,
} from '../../../src/pipelines';

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
export const IMAGE = 'ghcr.io/acme/checkout';
const token = PipelineSecret.named('TOKEN');
export const built = { image: IMAGE, digest: DIGEST };

/** Each step in each of its forms. */
export const STEPS: Record<string, () => JobStep> = {
  junit: () => Report.junit({ files: ['reports/*.xml'] }),
  coverage: () => Report.coverage({ files: ['coverage.xml', 'more/**/coverage.xml'], minimum: 80 }),
  lcov: () => Report.coverage({ files: ['lcov.info'], format: CoverageFormat.LCOV }),
  findings: () => Report.findings({ file: 'scan.sarif' }),
  login: () => ImageStep.login({ registry: 'ghcr.io' }),
  build: () => ImageStep.buildImage({ image: IMAGE, context: 'checkout', platforms: ['linux/amd64', 'linux/arm64'], arguments: ['VERSION=1 2'], target: 'run' }),
  buildOnly: () => ImageStep.buildImage({ image: IMAGE, push: false, tag: 'pr' }),
  scan: () => ImageStep.scan(built),
  trivy: () => ImageStep.scan({ ...built, rules: { scanner: ImageScanner.TRIVY } }),
  sign: () => ImageStep.sign(built),
  signByKey: () => ImageStep.sign({ ...built, key: 'awskms:///alias/release' }),
  attest: () => ImageStep.attest(built),
  provenance: () => ImageStep.attest({ ...built, type: Attestation.PROVENANCE }),
  npm: () => PackageStep.publish({ target: PackageTarget.npm() }),
  npmByToken: () => PackageStep.publish({ target: PackageTarget.npm({ token, registry: 'https://npm.example.com/', folder: 'packages/a' }) }),
  pypi: () => PackageStep.publish({ target: PackageTarget.pypi() }),
  crates: () => PackageStep.publish({ target: PackageTarget.crates() }),
  nuget: () => PackageStep.publish({ target: PackageTarget.nuget({ user: 'acme' }) }),
  maven: () => PackageStep.publish({ target: PackageTarget.maven({ user: 'acme', token }) }),
  checkout: () => PlatformStep.checkout({ host: CodeHost.github({ repository: 'acme/platform', token }), folder: 'platform', ref: 'main', depth: 0 }),
  checkoutDefault: () => PlatformStep.checkout({ host: CodeHost.gitlab({ repository: 'acme/group/platform' }), folder: 'deploy/platform' }),
  check: () => PlatformStep.check({ strict: true }),
  comment: () => PlatformStep.commentDiff({ host: CodeHost.github(), from: 'staging', to: 'prod' }),
  commentFile: () => PlatformStep.commentDiff({ host: CodeHost.gitlab() }),
  edits: () => PlatformStep.detectEdits(),
  promote: () => PlatformStep.promote({ host: CodeHost.github(), environment: 'prod', workloads: ['cart', 'checkout'], passed: ['health', 'smoke'] }),
  promoteAll: () => PlatformStep.promote({ host: CodeHost.gitlab(), environment: 'prod', all: true, from: 'staging', route: ChangeRoute.PUSH }),
  enter: () => PlatformStep.promote({
    host: CodeHost.github(), environment: 'dev', workloads: ['checkout'], route: ChangeRoute.PUSH, release: { ...built, tag: '1.5.0', commit: Context.SHA, sourceRepository: 'https://github.com/acme/checkout' },
  }),
  enterElsewhere: () => PlatformStep.promote({
    host: CodeHost.github({ repository: 'acme/platform', token }), environment: 'dev', workloads: ['checkout'], folder: 'platform', release: built,
  }),
  rollback: () => PlatformStep.rollback({ host: CodeHost.github(), environment: 'prod', workload: 'checkout', reason: 'errors in payments' }),
  argocd: () => PlatformStep.waitForHealth({ check: HealthCheck.argoCd({ selector: 'cdk8s-fairway/environment=prod' }) }),
  flux: () => PlatformStep.waitForHealth({ check: HealthCheck.flux({ selector: 'cdk8s-fairway/environment=prod' }) }),
  kubectl: () => PlatformStep.waitForHealth({ check: HealthCheck.kubernetes(['shop/deployment/checkout', 'shop/rollout/cart']) }),
  smoke: () => PlatformStep.smokeTest({ url: 'https://shop.example.com/healthz', contains: 'ok', attempts: 3 }),
  record: () => PlatformStep.recordDeployment({ environment: 'prod', endpoint: 'https://events.example.com/in', token }),
  dependencies: () => PlatformStep.updateDependencies({ host: CodeHost.azureRepos({ organization: 'acme', project: 'shop', repository: 'platform' }) }),
  rescan: () => PlatformStep.rescan({ environments: ['staging', 'prod'] }),
};
