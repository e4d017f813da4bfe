import { ApiObject, App, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';

/** A Kubernetes object as it is printed. */
export type Manifest = Record<string, unknown>;

/**
 * Renders API objects as `ApiObject.toJson()` does, without its cost: cdk8s asks four resolvers for
 * every single value and looks up the app for each of them.
 *
 * Used only where it is the same: the app has the standard resolvers, and the object is a plain
 * `ApiObject` or of a generated class. Everything else is rendered by cdk8s itself.
 */
export class ManifestResolver {
  private readonly standard: boolean;

  public constructor(app: App, private readonly sortKeys: boolean) {
    const resolvers = app.resolvers;
    this.standard = resolvers.length === 3
      && resolvers[0] instanceof LazyResolver
      && resolvers[1] instanceof ImplicitTokenResolver
      && resolvers[2] instanceof NumberStringUnionResolver;
  }

  public resolve(object: ApiObject): Manifest {
    const internals = object as unknown as ApiObjectInternals;
    const isPlain = this.standard
      && internals.patches?.length === 0
      && typeof internals.props === 'object'
      && typeof internals.metadata?._additionalAttributes === 'object';
    if (isPlain && object.toJson === ApiObject.prototype.toJson) {
      return this.render(object, internals);
    }
    const generated = isPlain ? generatedClass(object) : undefined;
    return generated ? generated.manifest(this.render(object, internals)) : object.toJson() as Manifest;
  }

  private render(object: ApiObject, { props, metadata }: ApiObjectInternals): Manifest {
    try {
      // First what tells an object, then everything else.
      const result: Manifest = {};
      const set = (key: string, value: unknown) => {
        if (value !== undefined) {
          result[key] = value;
        }
      };
      set('apiVersion', resolveValue(props.apiVersion, this.sortKeys, false));
      set('kind', resolveValue(props.kind, this.sortKeys, false));
      set('metadata', resolveMetadata(metadata));
      const keys = Object.keys(props);
      for (const key of this.sortKeys ? keys.sort() : keys) {
        if (key !== 'apiVersion' && key !== 'kind' && key !== 'metadata') {
          set(key, resolveValue(props[key], this.sortKeys, false));
        }
      }
      return result;
    } catch (e) {
      throw new Error(`Failed serializing construct at path '${object.node.path}' with name '${object.name}': ${e}`);
    }
  }
}

/** The attributes of every object's metadata, sorted. */
const METADATA = ['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'];

/** `ApiObjectMetadataDefinition.toJson()` of cdk8s `src/metadata.ts`, whose keys are always sorted. */
function resolveMetadata(metadata: ApiObjectInternals['metadata']): unknown {
  const additional = metadata._additionalAttributes;
  const further = Object.keys(additional).filter(key => !METADATA.includes(key));
  const result: Manifest = {};
  for (const key of further.length === 0 ? METADATA : [...METADATA, ...further].sort()) {
    const value = resolveValue(METADATA.includes(key) ? metadata[key] : additional[key], true, true);
    if (value !== undefined) {
      result[key] = value;
    }
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

/**
 * The class of an object, if `cdk8s import` generated it. There `toJson()` is the same conversion of
 * what `ApiObject` renders as the static `manifest()` (cdk8s-cli src/import/codegen.ts).
 */
function generatedClass(object: ApiObject): { manifest(props: Manifest): Manifest } | undefined {
  const type = object.constructor as { GVK?: unknown; manifest?: unknown };
  const isGenerated = Object.hasOwn(type, 'GVK') && typeof type.manifest === 'function' && Object.hasOwn(Object.getPrototypeOf(object), 'toJson');
  return isGenerated ? type as { manifest(props: Manifest): Manifest } : undefined;
}

/** What `ApiObject` and its metadata keep to themselves; cdk8s `src/api-object.ts`, `src/metadata.ts`. */
interface ApiObjectInternals {
  readonly props: Manifest;
  readonly patches: unknown[];
  readonly metadata: Manifest & { readonly _additionalAttributes: Manifest };
}

/** `resolve()` of cdk8s `src/resolve.ts` followed by `sanitizeValue()` of `src/_util.ts`, in one walk. */
function resolveValue(value: any, sortKeys: boolean, dropEmpty: boolean): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null) {
    return value ?? undefined;
  }
  if (typeof value !== 'object') {
    return typeof value.resolve === 'function' ? resolveValue(value.resolve(), sortKeys, dropEmpty) : value;
  }
  if (value instanceof Lazy) {
    return resolveValue(value.produce(), sortKeys, dropEmpty);
  }
  if (typeof value.resolve === 'function') {
    return resolveValue(value.resolve(), sortKeys, dropEmpty);
  }
  if (value.constructor !== Object && (typeof value.value === 'number' || typeof value.value === 'string')) {
    return resolveValue({ value: value.value }, sortKeys, dropEmpty);
  }
  if (Array.isArray(value)) {
    return dropEmpty && value.length === 0 ? undefined : value.map(item => resolveValue(item, sortKeys, dropEmpty));
  }
  if (value.constructor.name !== 'Object') {
    throw new Error(`can't render non-simple object of type '${value.constructor.name}'`);
  }
  const result: Manifest = {};
  const keys = Object.keys(value);
  for (const key of sortKeys ? keys.sort() : keys) {
    const item = resolveValue(value[key], sortKeys, dropEmpty);
    if (item !== undefined) {
      result[key] = item;
    }
  }
  return dropEmpty && Object.keys(result).length === 0 ? undefined : result;
}
