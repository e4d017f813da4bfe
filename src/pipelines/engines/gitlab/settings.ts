import { GitLabCiOptions, GitLabTier } from './options';
import { flag, listOf, mapOf, oneOf, struct, text, textThat, whole } from '../../../core/shape';
import * as messages from '../../messages';

export type Settings = Required<GitLabCiOptions>;

const TIERS = { PRODUCTION: 'production', STAGING: 'staging', TESTING: 'testing', DEVELOPMENT: 'development', OTHER: 'other' };

/** A reference to an image, of one line. Variables would be expanded. */
const image = textThat(value => /^[\w][\w.:/@+-]*$/.test(value), 'is no image');

const OPTIONS = struct({
  tier: oneOf({ ...GitLabTier }),
  image,
  toolImages: mapOf(image),
  runnerTags: mapOf(listOf(text, 1)),
  anybodyApproves: flag,
  manualConfirmation: flag,
  needsLimit: whole(1, 10_000),
  artifactDays: whole(1, 36_500),
  deploymentTiers: mapOf(oneOf(TIERS)),
  components: flag,
});

/** Tags of the hosted runners of GitLab.com (doc/ci/runners/hosted_runners). */
const HOSTED = { 'linux-arm64': ['saas-linux-small-arm64'], 'macos-arm64': ['saas-macos-medium-m1'] };

/** The options with their defaults. Throws FW1000, FW1001 and FW1002. */
export function settled(options: GitLabCiOptions = {}): Settings {
  OPTIONS({ path: '', kind: 'options of GitLab CI', field: '', messages }, options);
  return {
    tier: options.tier ?? GitLabTier.FREE,
    image: options.image ?? 'buildpack-deps:bookworm-scm',
    toolImages: { ...options.toolImages },
    runnerTags: { ...HOSTED, ...options.runnerTags },
    anybodyApproves: options.anybodyApproves ?? false,
    manualConfirmation: options.manualConfirmation ?? true,
    needsLimit: options.needsLimit ?? 50,
    artifactDays: options.artifactDays ?? 30,
    deploymentTiers: { ...options.deploymentTiers },
    components: options.components ?? false,
  };
}
