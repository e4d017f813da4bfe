import { ApiObject } from 'cdk8s';

/** Fields of an object that something in the cluster writes, whatever the repository says. */
export interface OwnedFieldsProps {
  /** The fields, as JSON pointers: `/spec/replicas`. */
  readonly jsonPointers: string[];

  /**
   * The same, more finely, as jq paths, for engines that read them: `.spec.rules[].backendRefs[].weight`.
   * They must mean the same in the repository and in the cluster, and so must not select by a value
   * (rollouts-plugin-trafficrouter-gatewayapi #208).
   *
   * @default - the pointers say all
   */
  readonly jqPathExpressions?: string[];

  /** Who writes them: `HorizontalPodAutoscaler`. */
  readonly owner: string;

  /** Why they change, in a few words. */
  readonly reason: string;
}

/**
 * The fields of an object that a controller owns. A GitOps engine makes its drift rules from them,
 * so that nobody writes one by hand: `ignoreDifferences` of Argo CD, `ignore` of Flux.
 */
export class OwnedFields {
  /** Those of an object. */
  public static of(object: ApiObject): OwnedFields {
    return new OwnedFields(object);
  }

  /**
   * Everything that is owned of objects which are deployed together: what each says of itself, and
   * what each says of the others.
   *
   * @internal
   */
  public static _among(objects: ApiObject[]): Map<ApiObject, OwnedFieldsProps[]> {
    const claims = objects.flatMap(owner => CLAIMS.has(owner) ? [{ owner, claim: CLAIMS.get(owner)! }] : []);
    const of = (object: ApiObject) => claims
      .filter(({ owner }) => owner !== object && owner.metadata.namespace === object.metadata.namespace)
      .flatMap(({ claim }) => claim(object) ?? []);
    return new Map(objects.map(object => [object, [...OWNED.get(object) ?? [], ...of(object)]]));
  }

  private constructor(private readonly object: ApiObject) {}

  /** All that is known of the object: what it says of itself, then what objects of its chart say of it. */
  public get all(): OwnedFieldsProps[] {
    const { chart } = this.object;
    return OwnedFields._among(chart.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && c.chart === chart)).get(this.object)!;
  }

  /** Says that a controller owns fields. The same owner may say the same twice. */
  public add(fields: OwnedFieldsProps): void {
    const known = OWNED.get(this.object) ?? [];
    if (!known.some(other => JSON.stringify(other) === JSON.stringify(fields))) {
      OWNED.set(this.object, [...known, { ...fields }]);
    }
  }

  /**
   * Says what the controller of this object owns of the objects beside it, in its namespace, whenever they are declared.
   *
   * @internal
   */
  public _claim(claim: (other: ApiObject) => OwnedFieldsProps | undefined): void {
    CLAIMS.set(this.object, claim);
  }
}

const OWNED = new WeakMap<ApiObject, OwnedFieldsProps[]>();
const CLAIMS = new WeakMap<ApiObject, (other: ApiObject) => OwnedFieldsProps | undefined>();
