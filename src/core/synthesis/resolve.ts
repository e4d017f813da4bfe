import { ApiObject, App, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';

/** A Kubernetes object as it is printed. */
export type Manifest = Record<string, unknown>;

/**
 * Renders API objects as `ApiObject.toJson()` does, without its cost: cdk8s asks four resolvers for
 * every single value and looks up the app for each of them.
 *
 * Used only where it is the same: the app has the standard resolvers, and the object does not
 * override `toJson`. Everything else is rendered by cdk8s itself.
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
    const plain = this.standard
      && object.toJson === ApiObject.prototype.toJson
      && internals.patches?.length === 0
      && typeof internals.props === 'object'
      && typeof internals.metadata?._additionalAttributes === 'object';
    return plain ? this.render(object, internals) : object.toJson() as Manifest;
  }

  private render(object: ApiObject, { props, metadata }: ApiObjectInternals): Manifest {
    try {
      const data: Manifest = {
        ...props,
        metadata: resolveValue({
          ...metadata._additionalAttributes,
          name: metadata.name,
          namespace: metadata.namespace,
          annotations: metadata.annotations,
          finalizers: metadata.finalizers,
          ownerReferences: metadata.ownerReferences,
          labels: metadata.labels,
        }, true, true) ?? undefined,
      };
      const json = resolveValue(data, this.sortKeys, false) as Manifest;
      const { apiVersion, kind, metadata: meta, ...rest } = json;
      return {
        ...(apiVersion === undefined ? {} : { apiVersion }),
        ...(kind === undefined ? {} : { kind }),
        ...(meta === undefined ? {} : { metadata: meta }),
        ...rest,
      };
    } catch (e) {
      throw new Error(`Failed serializing construct at path '${object.node.path}' with name '${object.name}': ${e}`);
    }
  }
}

/** What `ApiObject` and its metadata keep to themselves; cdk8s `src/api-object.ts`, `src/metadata.ts`. */
interface ApiObjectInternals {
  readonly props: Manifest;
  readonly patches: unknown[];
  readonly metadata: Manifest & { readonly _additionalAttributes: Manifest };
}

/** `resolve()` of cdk8s `src/resolve.ts` followed by `sanitizeValue()` of `src/_util.ts`, in one walk. */
function resolveValue(value: any, sortKeys: boolean, dropEmpty: boolean): unknown {
  if (value === null || value === undefined) {
    return undefined;
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
