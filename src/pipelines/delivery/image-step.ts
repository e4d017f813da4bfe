import { argument, digest, lineOrValue, matching, repository } from './checks';
import { DeliverySpec, deliveryStep } from './delivery-step';
import { Attestation, AttestImageOptions, BuildImageOptions, ImageScanner, LoginOptions, ScanImageOptions, ScanRules, ScanSeverity, SignImageOptions } from './image-options';
import * as messages from './messages';
import { ATTEST, BUILD, DIGEST, GRYPE, LOGIN, SCAN, SIGN, SIGNER, TRIVY } from './scripts/images';
import { flag, listOf, oneOf } from '../../core/shape';
import { checkShape, inside, textOrValue, word } from '../check';
import { JobStep, STEP_SHAPE } from '../step';
import { Context, PipelineSecret } from '../value';

const BUILT_SHAPE = { ...STEP_SHAPE, image: repository, digest };

export const SCAN_RULES = { scanner: oneOf(ImageScanner), severity: oneOf(ScanSeverity), onlyFixed: flag };

/** Vulnerability databases and registries are not always there. */
const NETWORK = { attempts: 3, delaySeconds: 10 };

/** What is done with an image: built once, then named by its digest alone. */
export class ImageStep {
  /**
   * Logs in to a registry, for all steps after it. The password goes over standard input.
   *
   * @param options where, and who. Throws FW1000 to FW1002, FW1050
   */
  public static login(options: LoginOptions): JobStep {
    checkShape('', 'login', options, { ...STEP_SHAPE, registry: word, username: textOrValue, password: textOrValue }, ['registry']);
    const { registry } = options;
    const isGithub = registry === 'ghcr.io';
    const { username = isGithub ? Context.ACTOR : undefined, password = isGithub ? PipelineSecret.named('GITHUB_TOKEN') : undefined } = options;
    if (username === undefined || password === undefined) {
      throw messages.unfitOptions.error('', { step: 'login', fault: `nothing is known of ${registry}`, remedy: 'Give username and password: PipelineSecret.named(\'REGISTRY_TOKEN\').' });
    }
    return deliveryStep(options, {
      action: 'login-registry',
      title: `Log in to ${registry}`,
      told: { registry, username, password },
      script: [LOGIN],
      commands: [],
      retry: NETWORK,
      grants: isGithub && options.password === undefined ? { readPackages: 'logs in to the registry' } : {},
    });
  }

  /**
   * Builds an image with BuildKit (or buildah, where there is no Docker), and pushes it. Outputs: `image`, `digest`, `reference`.
   *
   * @param options what is built. Throws FW1000 to FW1002, FW1042, FW1050, FW1051
   */
  public static buildImage(options: BuildImageOptions): JobStep {
    checkShape('', 'build', options, {
      ...STEP_SHAPE,
      image: repository,
      tag: lineOrValue,
      context: inside,
      dockerfile: inside,
      target: word,
      arguments: listOf(argument, 0, 50),
      platforms: listOf(matching(/^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/, 'is no platform such as linux/amd64'), 1, 10),
      push: flag,
      provenance: flag,
      sbom: flag,
    }, ['image']);
    const { image, tag = Context.SHA, context = '.', target, platforms = [], push = true, provenance = true, sbom = true } = options;
    if (typeof tag === 'string' && (tag === 'latest' || !/^\w[\w.-]{0,127}$/.test(tag))) {
      throw messages.invalidImage.error('', { what: 'tag', value: tag, fault: tag === 'latest' ? 'names another image tomorrow' : 'is no tag' });
    }
    const { dockerfile = context === '.' ? 'Dockerfile' : `${context}/Dockerfile` } = options;
    return deliveryStep(options, {
      action: 'build-image',
      title: push ? 'Build and push the image' : 'Build the image',
      told: {
        image,
        tag,
        context,
        dockerfile,
        target,
        platforms: [...platforms],
        arguments: [...options.arguments ?? []],
        push,
        provenance: provenance && push,
        sbom: sbom && push,
      },
      script: [BUILD],
      commands: [],
      outputs: push ? ['image', 'digest', 'reference'] : [],
      grants: push ? { publishPackages: 'pushes the image' } : {},
      publishes: push,
    });
  }

  /**
   * Looks for vulnerabilities, and fails where there are some that count.
   *
   * @param options which image, and what counts. Throws FW1000 to FW1002, FW1042, FW1050, FW1051
   */
  public static scan(options: ScanImageOptions): JobStep {
    checkShape('', 'scan', options, { ...BUILT_SHAPE, rules: (at, value) => checkShape(at.path, 'rules', value, SCAN_RULES), report: inside }, ['image', 'digest']);
    const { image, digest: found, rules, report = 'scan.sarif' } = options;
    return deliveryStep(options, {
      action: 'scan-image',
      title: 'Scan the image',
      told: { image, digest: found, ...scanRules(rules), report },
      script: [DIGEST, scannerScript(rules), SCAN],
      commands: [scanRules(rules).scanner],
      grants: { readPackages: 'reads the image that is scanned' },
    });
  }

  /**
   * Signs an image with cosign, with all images of its index.
   *
   * @param options which image, and by whom. Throws FW1000 to FW1002, FW1050, FW1051
   */
  public static sign(options: SignImageOptions): JobStep {
    checkShape('', 'signature', options, { ...BUILT_SHAPE, key }, ['image', 'digest']);
    return deliveryStep(options, {
      action: 'sign-image',
      title: 'Sign the image',
      told: { image: options.image, digest: options.digest, key: options.key },
      script: [DIGEST, SIGNER, SIGN],
      commands: ['cosign'],
      ...signing(options, 'signs the image'),
      grants: { publishPackages: 'stores the signature beside the image', ...signing(options, 'signs the image').grants },
      publishes: true,
      retry: NETWORK,
    });
  }

  /**
   * Attests what is in an image, or how it was built, signed with cosign.
   *
   * @param options which image, and what. Throws FW1000 to FW1002, FW1042, FW1050, FW1051
   */
  public static attest(options: AttestImageOptions): JobStep {
    checkShape('', 'attestation', options, { ...BUILT_SHAPE, key, type: oneOf(Attestation), predicate: inside }, ['image', 'digest']);
    const { image, digest: found, type = Attestation.CYCLONEDX, predicate } = options;
    const isMade = predicate === undefined && type !== Attestation.PROVENANCE;
    const identity = signing(options, 'signs the attestation');
    return deliveryStep(options, {
      action: 'attest-image',
      title: type === Attestation.PROVENANCE ? 'Attest how it was built' : 'Attest what is in it',
      told: { image, digest: found, type, predicate, key: options.key },
      script: [DIGEST, SIGNER, ATTEST],
      commands: ['cosign', ...isMade ? ['syft'] : []],
      identities: identity.identities,
      grants: { publishPackages: 'stores the attestation beside the image', attest: 'stores the attestation', ...identity.grants },
      publishes: true,
      readsRun: true,
      retry: NETWORK,
    });
  }

  private constructor() {}
}

const key = matching(/^[A-Za-z0-9][A-Za-z0-9:/._+-]*$/, 'is no reference of a key');

/** Without a key, the run signs with its own identity. */
function signing(options: SignImageOptions, reason: string): Pick<DeliverySpec, 'identities' | 'grants'> {
  return options.key === undefined ? { identities: { SIGSTORE: 'sigstore' }, grants: { identity: reason } } : { identities: {}, grants: {} };
}

/** Rules with their defaults. */
export function scanRules(rules: ScanRules | undefined): Required<ScanRules> {
  const { scanner = ImageScanner.GRYPE, severity = ScanSeverity.HIGH, onlyFixed = true } = rules ?? {};
  return { scanner, severity, onlyFixed };
}


/** How the scanner of some rules is asked. */
export function scannerScript(rules: ScanRules | undefined): string {
  return scanRules(rules).scanner === ImageScanner.TRIVY ? TRIVY : GRYPE;
}
