import { ApiObject } from 'cdk8s';
import { capabilitiesOf } from './capabilities';
import type { FluxImageAutomationOptions, FluxImageOptions } from './options';
import type { Finding } from '../../../core/diagnostics/finding';
import { FolderChart } from '../../../core/folder-chart';
import { isDnsSubdomain, isMap, platformLabels } from '../../../core/metadata';
import { nameFault } from '../../../core/names';
import type { Platform } from '../../../core/platform';
import { Environment } from '../../../environments';
import { imageFileName } from '../../../environments/release-file';
import { GitReference } from '../../../gitops/engines/flux/git-reference';
import { DigestReflectionPolicy, ImagePolicy, ImagePolicyChoice } from '../../../gitops/engines/flux/image-policy';
import { ImageRepository } from '../../../gitops/engines/flux/image-repository';
import { ImageUpdateAutomation } from '../../../gitops/engines/flux/image-update-automation';
import { SourceReference } from '../../../gitops/engines/flux/references';
import { CloudProvider } from '../../../gitops/engines/flux/source-props';
import { checkedHolders, checkOptions, PromotionBackend, Site } from '../../backend';
import { Holders, PromotionRow } from '../../capability';
import { checkedCodeOwners, CodeOwners, codeOwnersFindings, writeCodeOwners } from '../../code-owners';
import * as messages from '../../messages';
import { entriesOf, RoadEnvironment, RoadWorkload } from '../../road';

const ENGINE = 'PromotionEngine.fluxImageAutomation';

/** Which policies an automation follows. */
const ENVIRONMENT = 'cdk8s-fairway/environment';

/** The image automation of Flux: it brings releases onto the road. Further along they are moved by `fairway promote`. */
export class FluxImagesBackend extends PromotionBackend {
  public readonly title = 'The image automation of Flux';
  public readonly rollback = '`fairway rollback` puts the earlier digest into the release state, which goes before what the automation finds; remove the entry to follow the automation again.';
  public readonly holders: Holders;
  private readonly options: FluxImageAutomationOptions;
  private readonly namespace: string;
  private readonly codeOwners: CodeOwners;

  public constructor(options: FluxImageAutomationOptions) {
    super();
    checkOptions(ENGINE, options, ['namespace', 'gitRepository', 'branch', 'pushBranch', 'authorEmail', 'image', 'images', 'codeOwners', 'heldElsewhere']);
    this.holders = checkedHolders(ENGINE, options.heldElsewhere);
    this.codeOwners = checkedCodeOwners(ENGINE, options.codeOwners);
    checkFluxOptions(options);
    this.options = { ...options, images: { ...options.images } };
    this.namespace = options.namespace ?? 'flux-system';
  }

  public capabilities({ road }: Site): PromotionRow[] {
    return capabilitiesOf(road, this.codeOwners.path);
  }

  protected checkPlatform(platform: Platform): void {
    this.demandRepository(platform);
  }

  protected lower({ platform, scope, road }: Site): void {
    const labels = platformLabels(platform.name);
    const chart = new FolderChart(scope, 'flux-images', { folder: 'promotion/flux-images', namespace: this.namespace, labels, isAppliedByHand: true });
    const gitRepository = this.options.gitRepository ?? repositoryIn(platform, this.namespace) ?? 'flux-system';
    for (const environment of entriesOf(road).filter(entry => entry.workloads.length > 0)) {
      const own = { [ENVIRONMENT]: environment.name, 'app.kubernetes.io/part-of': platform.name };
      for (const workload of environment.workloads) {
        this.policy(chart, policyName(platform, environment, workload), own, workload);
      }
      new ImageUpdateAutomation(chart, `automation-${environment.name}`, {
        metadata: { name: `${platform.name}-${environment.name}`, labels: own },
        sourceRef: SourceReference.gitRepository(gitRepository),
        git: {
          checkout: GitReference.branch(this.branch),
          commit: {
            author: { name: 'Flux', email: this.options.authorEmail ?? 'fluxcdbot@users.noreply.github.com' },
            messageTemplate: `New images in ${environment.name}\n`,
          },
          push: { branch: this.pushBranch(environment) },
        },
        policySelector: { matchLabels: own },
        updatePath: `./${road.releases}`,
      });
    }
    writeCodeOwners(scope, road, this.codeOwners);
  }

  protected findings({ platform, road, scope }: Site): Finding[] {
    const names = new Set(entriesOf(road).flatMap(entry => entry.workloads.map(workload => workload.name)));
    return [
      ...codeOwnersFindings(road, this.codeOwners),
      ...entriesOf(road).flatMap(environment => this.lineFindings(platform, road.releases, environment)),
      ...Object.keys(this.options.images!).filter(name => !names.has(name))
        .map(name => messages.invalidOption.at(scope.node.path, {
          engine: ENGINE, option: `images.${name}`, value: name, fault: 'is no workload that releases enter for',
        })),
    ];
  }

  private get branch(): string {
    return this.options.branch ?? 'main';
  }

  private pushBranch({ name, gates }: RoadEnvironment): string {
    if (this.options.pushBranch !== undefined) {
      return `${name}-${this.options.pushBranch}`;
    }
    // Of the gates of an entry it holds none by itself: whoever does merges.
    return gates.length > 0 ? `${name}-images` : this.branch;
  }

  private policy(chart: FolderChart, name: string, labels: Record<string, string>, workload: RoadWorkload): void {
    const own = Object.hasOwn(this.options.images!, workload.name) ? this.options.images![workload.name] : {};
    const {
      policy = ImagePolicyChoice.semver('>=0.0.0'), filterTags, interval = '1m', secretRef, provider, digestReflectionPolicy = DigestReflectionPolicy.IF_NOT_PRESENT,
    }: FluxImageOptions = { ...this.options.image, ...own };
    const repository = new ImageRepository(chart, `repository-${name}`, { metadata: { name, labels }, image: workload.image, interval, secretRef, provider });
    new ImagePolicy(chart, `policy-${name}`, {
      metadata: { name, labels },
      imageRepositoryRef: { name: repository.name },
      policy,
      filterTags,
      digestReflectionPolicy,
      ...(digestReflectionPolicy === DigestReflectionPolicy.ALWAYS ? { interval } : {}),
    });
  }

  /** Workloads that have no line with a mark: FW910, with the lines to write. */
  private lineFindings(platform: Platform, releases: string, environment: RoadEnvironment): Finding[] {
    const file = imageFileName(environment.name);
    const { _images } = Environment.allIn(platform).find(each => each.name === environment.name)!;
    const lines = environment.workloads.flatMap(workload => {
      const mark = `{"$imagepolicy": "${this.namespace}:${policyName(platform, environment, workload)}"}`;
      const isThere = _images !== undefined && Object.hasOwn(_images.images, workload.name)
        && _images.text.split('\n').some(line => line.startsWith(`${workload.name}:`) && line.includes(` # ${mark}`));
      return isThere ? [] : [`${workload.name}: ${workload.image}${workload.tag === undefined ? '' : `:${workload.tag}`}@${workload.digest ?? 'sha256:…'} # ${mark}`];
    });
    return lines.length === 0 ? [] : [messages.missingLines.at(environment.path, { file: `${releases}/${file}`, environment: environment.name, lines })];
  }
}

/** One name for each workload in each environment: all platforms of a cluster share the namespace of Flux. */
function policyName({ name }: Platform, environment: RoadEnvironment, workload: RoadWorkload): string {
  return `${name}-${environment.name}-${workload.name}`;
}

/** The GitRepository of the program that is the repository of the platform. */
function repositoryIn(platform: Platform, namespace: string): string | undefined {
  return platform.node.findAll().find((c): c is ApiObject => ApiObject.isApiObject(c) && c.kind === 'GitRepository' && c.apiGroup === 'source.toolkit.fluxcd.io'
    && (c.metadata.namespace ?? c.chart.namespace) === namespace && c.toJson().spec?.url === platform.repository)?.name;
}

function checkFluxOptions(options: FluxImageAutomationOptions): void {
  const refuse = (option: string, value: unknown, fault: string) => messages.invalidOption.error('', { engine: ENGINE, option, value, fault });
  const { namespace, gitRepository, authorEmail, image = {}, images = {} } = options;
  if (namespace !== undefined && nameFault(namespace)) {
    throw refuse('namespace', namespace, nameFault(namespace)!);
  }
  if (gitRepository !== undefined && !isDnsSubdomain(gitRepository)) {
    throw refuse('gitRepository', gitRepository, 'is no name of an object');
  }
  for (const option of ['branch', 'pushBranch'] as const) {
    const value = options[option];
    if (value !== undefined && !(typeof value === 'string' && /^[A-Za-z0-9](?!.*\.\.)[\w./-]{0,150}$/.test(value) && !/[./]$/.test(value))) {
      throw refuse(option, value, 'is no name of a branch');
    }
  }
  if (authorEmail !== undefined && !(typeof authorEmail === 'string' && /^[^\s@<>]+@[^\s@<>]+$/.test(authorEmail))) {
    throw refuse('authorEmail', authorEmail, 'is no address');
  }
  if (!isMap(images)) {
    throw refuse('images', images, 'is no map of workloads to options');
  }
  for (const [option, value] of [['image', image] as const, ...Object.entries(images).map(([name, each]) => [`images.${name}`, each] as const)]) {
    checkImage(option, value, refuse);
  }
}

const IMAGE_OPTIONS = ['policy', 'filterTags', 'digestReflectionPolicy', 'interval', 'secretRef', 'provider'];

function checkImage(option: string, value: FluxImageOptions, refuse: (option: string, value: unknown, fault: string) => Error): void {
  if (!isMap(value)) {
    throw refuse(option, value, 'is no map of options');
  }
  const unknown = Object.keys(value).find(key => !IMAGE_OPTIONS.includes(key));
  if (unknown !== undefined) {
    throw refuse(`${option}.${unknown}`, (value as any)[unknown], `is none of its options: ${IMAGE_OPTIONS.join(', ')}`);
  }
  const { policy, filterTags, digestReflectionPolicy, interval, secretRef, provider } = value;
  if (policy !== undefined && (policy as Partial<ImagePolicyChoice> | null)?._policy === undefined) {
    throw refuse(`${option}.policy`, policy, 'is no flux.ImagePolicyChoice');
  }
  if (filterTags !== undefined && !(isMap(filterTags) && typeof filterTags.pattern === 'string')) {
    throw refuse(`${option}.filterTags`, filterTags, 'has no pattern');
  }
  const digests: unknown[] = [undefined, DigestReflectionPolicy.ALWAYS, DigestReflectionPolicy.IF_NOT_PRESENT];
  if (!digests.includes(digestReflectionPolicy)) {
    throw refuse(`${option}.digestReflectionPolicy`, digestReflectionPolicy, 'is neither Always nor IfNotPresent: what runs is told by its digest');
  }
  if (interval !== undefined && !(typeof interval === 'string' && /^(\d+[hms])+$/.test(interval))) {
    throw refuse(`${option}.interval`, interval, 'is no duration such as 5m');
  }
  if (secretRef !== undefined && !isDnsSubdomain(secretRef)) {
    throw refuse(`${option}.secretRef`, secretRef, 'is no name of a Secret');
  }
  if (provider !== undefined && !Object.values(CloudProvider).includes(provider)) {
    throw refuse(`${option}.provider`, provider, `is none of ${Object.values(CloudProvider).join(', ')}`);
  }
}
