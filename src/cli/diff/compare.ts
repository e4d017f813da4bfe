import { parseAllDocuments } from 'yaml';
import { AREAS, Area, areaOf, fieldOf } from './areas';
import { concealed, withoutSecrets } from './conceal';
import { dangerOf } from './dangers';
import { expectedBecause, Surroundings } from './expected';
import { controllerOf, factsOf, servicesOf, Side } from './facts';
import type { Difference, EnvironmentComparison, Section } from './model';
import { Names } from './names';
import { FiledObject, kindOf, Manifest, matchObjects, nameOf, ObjectPair, partOf } from './objects';
import { openings } from './policy';
import { sameButForNames } from './shortcut';
import { Change, isMapping, structuralDiff } from './structure';

/** A file of manifests in YAML. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
  /** The workload that it belongs to; nothing for the environment. */
  readonly workload?: string;
}

/** An environment of a platform, as a synth would write it. */
export interface EnvironmentFiles {
  readonly name: string;
  readonly files: readonly ManifestFile[];
}

/** What is compared, and how closely. */
export interface ComparisonRequest {
  readonly platform: string;
  readonly from: EnvironmentFiles;
  readonly to: EnvironmentFiles;
  /** The workloads to compare; all of them, and the environments themselves, when there are none. */
  readonly workloads?: readonly string[];
  /** Whether expected differences are listed, and not only counted. */
  readonly all?: boolean;
}

/** Compares what two environments of a platform get. */
export function compareEnvironments({ platform, workloads, all = false, ...sides }: ComparisonRequest): EnvironmentComparison {
  const [from, to] = [sides.from, sides.to].map(({ name, files }): EnvironmentFiles => ({ name, files: files.filter(file => !isDelivery(file)) }));
  const shared = { from: from.files.filter(isOfEnvironment), to: to.files.filter(isOfEnvironment) };
  const environment = new SectionComparison(shared.from, shared.to, Names.of(from.name, to.name).and(namespacePairs(shared.from, shared.to)), true);
  const names = environment.names;
  const areOtherVersions = environment.areOtherVersions();
  const known = [...new Set([...from.files, ...to.files].flatMap(file => file.workload ?? []))].sort();
  const of = (files: readonly ManifestFile[], workload: string) => files.filter(file => file.workload === workload);
  return {
    platform,
    from: from.name,
    to: to.name,
    ...(workloads === undefined ? { environment: environment.section({ all, areOtherVersions }) } : {}),
    workloads: known.filter(name => workloads === undefined || workloads.includes(name)).map(workload => {
      const [old, now] = [of(from.files, workload), of(to.files, workload)];
      if (old.length === 0 || now.length === 0) {
        return { workload, isIn: now.length === 0 ? 'from' : 'to', differences: [], facts: [], expected: [], expectedCount: 0 };
      }
      return new SectionComparison(old, now, names, all).section({ workload, all, areOtherVersions });
    }),
  };
}

/** The objects of a workload, or of the environments themselves, on both sides. */
class SectionComparison {
  public readonly objects: ObjectPair[];
  public readonly names: Names;
  /** Texts on both sides that are the same but for names, and have not been parsed. */
  private readonly skipped: { before: ManifestFile[]; after: ManifestFile[] } = { before: [], after: [] };
  private skippedCount = 0;

  /** @param isWhole whether every file is parsed */
  public constructor(before: ManifestFile[], after: ManifestFile[], names: Names, isWhole: boolean) {
    const others = new Map(after.map(file => [names.after(file.path), file]));
    const open: ManifestFile[] = [];
    for (const file of before) {
      const other = others.get(names.before(file.path));
      const count = isWhole || other === undefined ? undefined : sameButForNames(file.text, other.text, names);
      if (count === undefined) {
        open.push(file);
      } else {
        this.skipped.before.push(file);
        this.skipped.after.push(other!);
        this.skippedCount += count;
      }
    }
    const rest = after.filter(file => !this.skipped.after.includes(file));
    this.objects = matchObjects(open.flatMap(objectsIn), rest.flatMap(objectsIn), names);
    const matched = this.objects.flatMap(({ before: old, after: now }) => old !== undefined && now !== undefined ? [[old, now]] : []);
    this.names = names.and(matched.map(([old, now]) => [nameOf(old), nameOf(now)]));
  }

  /** Whether the Namespaces say that the clusters run different versions of Kubernetes. */
  public areOtherVersions(): boolean {
    const version = (filed: FiledObject): unknown => partOf(filed.object, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce-version');
    return this.objects.some(({ before, after }) => before !== undefined && after !== undefined && version(before) !== version(after));
  }

  public section({ workload, all, areOtherVersions }: { workload?: string; all: boolean; areOtherVersions: boolean }): Section {
    if (this.objects.length === 0) {
      return { workload, isIn: 'both', differences: [], facts: [], expected: [], expectedCount: this.skippedCount };
    }
    const sides = { before: this.side('before'), after: this.side('after') };
    const isOtherController = controllerOf(sides.before)?.kind !== controllerOf(sides.after)?.kind;
    const around = { names: this.names, areOtherVersions, isOtherController };
    const found = this.objects.flatMap(pair => this.differencesOf(pair, around));
    const differences = inOrder(this.ofStrategy(found.filter(d => d.expected === undefined), sides));
    const expected = found.filter(d => d.expected !== undefined);
    return {
      workload,
      isIn: 'both',
      differences,
      facts: workload === undefined ? [] : factsOf(sides.before, sides.after, differences),
      expected: all ? inOrder(expected) : [],
      expectedCount: expected.length + this.skippedCount,
    };
  }

  private differencesOf(pair: ObjectPair, around: Omit<Surroundings, 'isOtherImage'>): Difference[] {
    const changes = changesOf(pair, this.names);
    const isOtherImage = changes.some(change => /^pod\.\w*ontainers\.image$/.test(fieldOf(change)));
    const differences = changes.map((change): Difference => {
      const area = areaOf(pair, change);
      const expected = expectedBecause(pair, change, { ...around, isOtherImage });
      const attention = expected === undefined ? dangerOf(pair, change, area === 'security') : undefined;
      return { pair, change: withoutSecrets(change), area, attention, expected };
    });
    return kindOf((pair.after ?? pair.before)!) === 'NetworkPolicy' ? this.withOpenings(pair, differences) : differences;
  }

  /** A policy that lets more through says so where it does. */
  private withOpenings(pair: ObjectPair, differences: Difference[]): Difference[] {
    const phrases = openings(pair.before?.object, pair.after?.object, this.names);
    if (phrases.length === 0) {
      return differences;
    }
    const notes = new Map<Difference, string>();
    for (const phrase of phrases) {
      const about = differences.filter(d => d.expected === undefined && isAbout(phrase, d.change));
      const coming = about.filter(({ change }) => change.kind !== 'removed');
      // Where nothing comes, it is what goes that opened it: the last peer, the last port.
      (coming.length > 0 ? coming : about).forEach(d => notes.set(d, [...notes.has(d) ? [notes.get(d)!] : [], phrase].join(', ')));
    }
    return differences.map(d => ({ ...d, attention: d.attention ?? notes.get(d) }));
  }

  /** Services that a strategy sends traffic to, and routes to them, come and go with it. */
  private ofStrategy(differences: Difference[], sides: { before: Side; after: Side }): Difference[] {
    const old = servicesOf(sides.before);
    const now = servicesOf(sides.after);
    const services = [...old.filter(name => !now.includes(name)), ...now.filter(name => !old.includes(name))];
    return differences.map(d => {
      const name = nameOf((d.pair.after ?? d.pair.before)!);
      const isService = kindOf((d.pair.after ?? d.pair.before)!) === 'Service' && d.change.path.length === 0 && services.includes(name);
      const last = d.change.path.at(-1);
      const route = last !== undefined && 'item' in last && /\.backendRefs$/.test(fieldOf(d.change)) ? String(last.item).split(':')[0] : '';
      return isService || services.includes(route) ? { ...d, area: 'strategy' as Area } : d;
    });
  }

  private side(side: 'before' | 'after'): Side {
    const objects = this.objects.flatMap(pair => pair[side]?.object ?? []);
    const parsed = new Map<ManifestFile, Manifest[]>();
    const objectsOf = (file: ManifestFile) => {
      parsed.set(file, parsed.get(file) ?? objectsIn(file).map(({ object }) => object));
      return parsed.get(file)!;
    };
    return {
      find: (...kinds) => {
        const files = this.skipped[side].filter(({ text }) => kinds.some(kind => text.includes(`kind: ${kind}\n`)));
        const all = [...objects, ...files.flatMap(objectsOf)];
        return kinds.flatMap(kind => all.filter(object => object.kind === kind));
      },
    };
  }
}

/** Whether a change of a policy may be why it lets more through. */
function isAbout(phrase: string, change: Change): boolean {
  const field = fieldOf(change);
  const rules = phrase.includes('ingress') ? 'spec.ingress' : 'spec.egress';
  return change.path.length === 0 || /^spec(\.policyTypes)?$/.test(field) || field.startsWith(rules);
}

function changesOf({ before, after }: ObjectPair, names: Names): Change[] {
  if (before === undefined || after === undefined) {
    const [object] = concealedIfSecret((before ?? after)!, (before ?? after)!);
    return [before === undefined ? { path: [], kind: 'added', after: object } : { path: [], kind: 'removed', before: object }];
  }
  return structuralDiff(...concealedIfSecret(before, after), names);
}

function concealedIfSecret(before: FiledObject, after: FiledObject): [Manifest, Manifest] {
  return kindOf(before) === 'Secret' ? concealed(before.object, after.object) : [before.object, after.object];
}

/** A single Namespace on each side is the same one, whatever it is called. */
function namespacePairs(before: ManifestFile[], after: ManifestFile[]): Array<readonly [string, string]> {
  const [old, now] = [before, after].map(files => files.flatMap(objectsIn).filter(filed => kindOf(filed) === 'Namespace').map(nameOf));
  return old.length === 1 && now.length === 1 ? [[old[0], now[0]]] : [];
}

/** How an environment is delivered is no part of what it gets: what the GitOps engine is told says where to, and by which rules. */
function isDelivery({ text }: ManifestFile): boolean {
  return /^kind: (Application|ApplicationSet|AppProject|Kustomization)$/m.test(text) && /^apiVersion: (argoproj\.io|kustomize\.toolkit\.fluxcd\.io)\//m.test(text)
    && /^ {4}app\.kubernetes\.io\/managed-by: cdk8s-fairway$/m.test(text);
}

function isOfEnvironment(file: ManifestFile): boolean {
  return file.workload === undefined;
}

/** The objects of a file; those of a `List` each for itself. What is no YAML, and no mapping, is one text. */
function objectsIn({ path, text }: ManifestFile): FiledObject[] {
  return valuesIn(path, text)
    .flatMap(value => isMapping(value) && value.kind === 'List' && Array.isArray(value.items) ? value.items as unknown[] : [value])
    .filter(value => value !== null)
    .map(value => ({ object: isMapping(value) ? value : { content: value }, file: path }));
}

function valuesIn(path: string, text: string): unknown[] {
  if (!/\.(ya?ml|json)$/.test(path)) {
    return [text];
  }
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  try {
    return documents.some(({ errors }) => errors.length > 0) ? [text] : documents.map(document => document.toJS() as unknown);
  } catch {
    return [text]; // aliases that multiply
  }
}

function inOrder(differences: Difference[]): Difference[] {
  return AREAS.flatMap(area => differences.filter(d => d.area === area));
}

