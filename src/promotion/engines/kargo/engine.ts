import * as fs from 'fs';
import { ApiObject } from 'cdk8s';
import { capabilitiesOf } from './capabilities';
import type { KargoImageOptions, KargoOptions } from './engine-options';
import { arrivingAt, environmentOf, requestsOf, Traveller, travellersOf } from './freight';
import { StageSelector } from './policies';
import { Project } from './project';
import { ProjectConfig } from './project-config';
import { processSteps, stageVariables } from './promotion-process';
import { PromotionStep } from './promotion-step';
import { PromotionTask } from './promotion-task';
import { Stage } from './stage';
import { GitProvider } from './step-configs-git';
import { ImageSelectionStrategy, Subscription } from './subscription';
import { Warehouse } from './warehouse';
import type { Finding } from '../../../core/diagnostics/finding';
import { FolderChart } from '../../../core/folder-chart';
import { isMap, platformLabels } from '../../../core/metadata';
import { nameFault } from '../../../core/names';
import type { Platform } from '../../../core/platform';
import { releaseFile } from '../../../environments/release-file';
import { checkedHolders, checkOptions, PromotionBackend, Site } from '../../backend';
import { Holders, isOpen, PromotionRow } from '../../capability';
import { checkedCodeOwners, CodeOwners, codeOwnersFindings, writeCodeOwners } from '../../code-owners';
import { PromotionGate } from '../../gate';
import * as messages from '../../messages';
import { dropNamespace } from '../../objects';
import { argoObjects, Road, RoadEnvironment } from '../../road';

const ENGINE = 'PromotionEngine.kargo';
const TASK = 'promote';
const AUTHORIZED = 'kargo.akuity.io/authorized-stage';

/** Kargo: each workload moves by itself, from Stage to Stage, by changes of the release states. */
export class KargoBackend extends PromotionBackend {
  public readonly title = 'Kargo';
  public readonly rollback = 'a person promotes earlier Freight to the Stage, and Kargo writes its digest into the release state by a pull request.';
  public readonly holders: Holders;
  private readonly options: KargoOptions;
  private readonly codeOwners: CodeOwners;

  public constructor(options: KargoOptions) {
    super();
    checkOptions(ENGINE, options, ['project', 'branch', 'provider', 'image', 'images', 'interval', 'analysisArgs', 'codeOwners', 'heldElsewhere']);
    this.holders = checkedHolders(ENGINE, options.heldElsewhere);
    this.codeOwners = checkedCodeOwners(ENGINE, options.codeOwners);
    checkKargoOptions(options);
    this.options = { ...options, images: { ...options.images } };
  }

  public capabilities({ road }: Site): PromotionRow[] {
    return capabilitiesOf(road, this.codeOwners.path);
  }

  protected checkPlatform(platform: Platform): void {
    this.demandRepository(platform);
  }

  protected lower({ platform, scope, road }: Site): void {
    const { branch = 'main', provider, interval, analysisArgs = {} } = this.options;
    const project = this.projectOf(platform);
    const labels = platformLabels(platform.name);
    const chart = new FolderChart(scope, 'kargo', { folder: 'promotion/kargo', namespace: project, labels, isAppliedByHand: true });
    // Declared, so that what lives in it can be applied at once; the label permits Kargo to take it for its own.
    const metadata = { name: project, labels: { 'kargo.akuity.io/project': 'true' } };
    dropNamespace(new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata }));
    new Project(chart, 'project', { name: project });
    const travellers = travellersOf(road);
    for (const traveller of travellers) {
      const { name } = traveller;
      new Warehouse(chart, `warehouse-${name}`, { metadata: { name }, subscriptions: [this.subscription(traveller)], interval });
    }
    const stages = road.environments.filter(environment => arrivingAt(road, environment).length > 0);
    const open = new Set(this.capabilities({ platform, scope, road }).filter(isOpen).map(row => row.environment!.name));
    // Where a gate is held elsewhere, whoever holds it decides when a promotion begins, and when it is merged.
    const isReviewed = ({ name, gates }: RoadEnvironment) => gates.includes(PromotionGate.APPROVALS) || open.has(name);
    new ProjectConfig(chart, 'config', {
      promotionPolicies: stages.filter(environment => !isReviewed(environment))
        .map(({ name }) => ({ stageSelector: StageSelector.named(name), autoPromotionEnabled: true })),
    });
    new PromotionTask(chart, 'task', {
      metadata: { name: TASK },
      vars: [{ name: 'images' }, { name: 'from' }, { name: 'review' }, { name: 'frozen' }],
      steps: processSteps({
        road, repository: platform.repository!, branch, provider, argoCd: road.environments.flatMap(each => each.applications)[0]?.namespace,
      }),
    });
    for (const environment of stages) {
      const { name, judgedBy } = environment;
      const vars = stageVariables(road, environment, travellers, isReviewed(environment));
      const args = Object.entries(analysisArgs).map(([key, value]) => ({ name: key, value }));
      new Stage(chart, `stage-${name}`, {
        metadata: { name },
        requestedFreight: requestsOf(road, environment),
        promotionTemplate: { steps: [PromotionStep.task(TASK, { as: TASK, vars })] },
        ...(judgedBy.length === 0 ? {} : {
          verification: { analysisTemplates: judgedBy.map(template => ({ name: template })), ...(args.length > 0 ? { args } : {}) },
        }),
      });
      authorize(platform, environment, `${project}:${name}`);
    }
    writeCodeOwners(scope, road, this.codeOwners);
  }

  protected findings({ platform, scope, road }: Site): Finding[] {
    const project = this.projectOf(platform);
    const taken = road.environments.find(environment => environment.namespaces.includes(project));
    return [
      ...codeOwnersFindings(road, this.codeOwners),
      ...(taken === undefined ? [] : [messages.takenNamespace.at(taken.path, { project, environment: taken.name })]),
      ...imageFindings(this.title, road),
      ...road.environments.flatMap(environment => stateFindings(platform, road, environment)),
      ...Object.keys(this.options.images!).filter(name => !travellersOf(road).some(traveller => traveller.name === name))
        .map(name => messages.invalidOption.at(scope.node.path, {
          engine: ENGINE, option: `images.${name}`, value: name, fault: 'is no workload that releases enter for',
        })),
    ];
  }

  private projectOf(platform: Platform): string {
    return this.options.project ?? `${platform.name}-promotion`;
  }

  private subscription({ name, image }: Traveller): Subscription {
    const own = Object.hasOwn(this.options.images!, name) ? this.options.images![name] : {};
    const { imagePlatform: platform, imageSelectionStrategy = ImageSelectionStrategy.SEM_VER, ...rest } = { ...this.options.image, ...own };
    return Subscription.image({ repoURL: image, imageSelectionStrategy, ...rest, ...(platform === undefined ? {} : { platform }) });
  }
}

/** The annotation by which an Application permits a Stage to sync it. */
function authorize(platform: Platform, { applications }: RoadEnvironment, stage: string): void {
  const paths = new Set(applications.map(application => application.path));
  for (const { metadata } of argoObjects(platform, 'Application').filter(object => paths.has(object.node.path))) {
    const before: unknown = metadata.toJson()?.annotations?.[AUTHORIZED];
    metadata.addAnnotation(AUTHORIZED, typeof before === 'string' && before !== '' ? `${before},${stage}` : stage);
  }
}

/** Workloads whose image is another one further along: FW909. */
export function imageFindings(engine: string, road: Road): Finding[] {
  return travellersOf(road).flatMap(({ name, image: expected, entry }) => road.environments.flatMap(environment => {
    const found = arrivingAt(road, environment).find(workload => workload.name === name);
    return found === undefined || environment.name === entry || found.image === expected ? []
      : [messages.differentImages.at(environment.path, { engine, workload: name, environment: environment.name, image: found.image, expected })];
  }));
}

/** Release states that a promotion would fail at, or write in vain: FW908 and FW913. */
function stateFindings(platform: Platform, road: Road, environment: RoadEnvironment): Finding[] {
  const { name, path, platformRevision } = environmentOf(road, environment.name);
  if (arrivingAt(road, environment).length === 0) {
    return [];
  }
  return [
    ...(fs.existsSync(releaseFile(platform._releasesFolder(), name)) ? []
      : [messages.noReleaseState.at(path, { environment: name, file: `${road.releases}/${name}.json` })]),
    ...(platformRevision === undefined ? [] : [messages.otherTruth.at(path, {
      engine: 'Kargo',
      environment: name,
      what: `pins it to the commit ${platformRevision.slice(0, 12)} of the program`,
      fault: 'a synth leaves it as it is, and with it the digests that Kargo writes; only fairway promote renders it',
    })]),
  ];
}

function checkKargoOptions(options: KargoOptions): void {
  const refuse = (option: string, value: unknown, fault: string) => messages.invalidOption.error('', { engine: ENGINE, option, value, fault });
  const { project, branch, provider, image = {}, images = {}, interval, analysisArgs = {} } = options;
  if (project !== undefined && nameFault(project)) {
    throw refuse('project', project, nameFault(project)!);
  }
  if (branch !== undefined && !(typeof branch === 'string' && /^[A-Za-z0-9][\w./-]{0,199}$/.test(branch))) {
    throw refuse('branch', branch, 'is no name of a branch');
  }
  if (provider !== undefined && !Object.values(GitProvider).includes(provider)) {
    throw refuse('provider', provider, `is none of ${Object.values(GitProvider).join(', ')}`);
  }
  if (interval !== undefined && !(typeof interval === 'string' && /^(\d+[hms])+$/.test(interval))) {
    throw refuse('interval', interval, 'is no duration such as 5m');
  }
  if (!isMap(images) || !isMap(analysisArgs)) {
    throw isMap(images) ? refuse('analysisArgs', analysisArgs, 'is no map of names to texts') : refuse('images', images, 'is no map of workloads to options');
  }
  for (const [name, value] of Object.entries(analysisArgs)) {
    if (typeof value !== 'string' || value === '' || name === '') {
      throw refuse(`analysisArgs.${name}`, value, 'is no text');
    }
  }
  for (const [option, value] of [['image', image] as const, ...Object.entries(images).map(([name, each]) => [`images.${name}`, each] as const)]) {
    checkImage(option, value, refuse);
  }
}

function checkImage(option: string, value: KargoImageOptions, refuse: (option: string, value: unknown, fault: string) => Error): void {
  if (!isMap(value)) {
    throw refuse(option, value, 'is no map of options');
  }
  const known = ['imageSelectionStrategy', 'constraint', 'allowTagsRegexes', 'imagePlatform'];
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw refuse(`${option}.${unknown}`, (value as any)[unknown], `is none of its options: ${known.join(', ')}`);
  }
  // Made once, so that what the Warehouse would refuse while the model is lowered is refused here.
  const { imageSelectionStrategy } = value;
  if (imageSelectionStrategy !== undefined && !Object.values(ImageSelectionStrategy).includes(imageSelectionStrategy)) {
    throw refuse(`${option}.imageSelectionStrategy`, imageSelectionStrategy, `is none of ${Object.values(ImageSelectionStrategy).join(', ')}`);
  }
}
