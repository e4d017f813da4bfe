export { AzureReposOptions, CodeHost, CodeHostOptions } from './code-host';
export { ArgoCdHealthOptions, FluxHealthOptions, HealthCheck } from './health-check';
export {
  Attestation, AttestImageOptions, BuildImageOptions, BuiltImageOptions, ImageScanner, LoginOptions, ScanImageOptions, ScanRules, ScanSeverity,
  SignImageOptions,
} from './image-options';
export { ImageStep } from './image-step';
export { FilePackageOptions, FolderPackageOptions, MavenPackageOptions, PackageStep, PackageTarget, PublishOptions } from './package-step';
export {
  ChangeOptions, ChangeRoute, CheckOptions, CheckoutPlatformOptions, CommentDiffOptions, DeploymentOutcome, EnteringRelease, PromoteOptions,
  RecordDeploymentOptions, RescanOptions, RollbackOptions, SmokeTestOptions, UpdateDependenciesOptions, WaitForHealthOptions,
} from './platform-options';
export { PlatformStep } from './platform-step';
export { CoverageFormat, CoverageOptions, FindingsOptions, JunitOptions, Report } from './report';
export { PackageManager, Setup, SetupOptions } from './setup';
