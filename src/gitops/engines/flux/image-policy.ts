import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { at, interval, metadata, namespace, objectName, pattern, range } from './fields';
import type { ImageRepositoryReference } from './image-repository';
import * as messages from './messages';
import { groupsOf, namesOf } from './syntax';
import { registerForTree } from './tree-check';
import { At, flag, made, oneOf, plain, struct, text } from '../../../core/shape';

/** Which of two tags comes first. */
export enum PolicyOrder {
  /** The last one is chosen: the greatest number, the last in the alphabet. */
  ASC = 'asc',
  /** The first one is chosen. */
  DESC = 'desc',
}

/** How the newest tag is told. */
export class ImagePolicyChoice {
  /** The greatest version in a range: `>=1.0.0 <2.0.0`. FW558 for what is no range. */
  public static semver(versions: string): ImagePolicyChoice {
    return new ImagePolicyChoice('semver', { range: versions });
  }

  /** The last tag in the order of letters: for dates in a fixed form. */
  public static alphabetical(order?: PolicyOrder): ImagePolicyChoice {
    return new ImagePolicyChoice('alphabetical', { order: order ?? PolicyOrder.ASC });
  }

  /** The greatest number: for numbers of builds and times. */
  public static numerical(order?: PolicyOrder): ImagePolicyChoice {
    return new ImagePolicyChoice('numerical', { order: order ?? PolicyOrder.ASC });
  }

  private constructor(
    /** @internal */
    public readonly _policy: 'semver' | 'alphabetical' | 'numerical',
    /** @internal */
    public readonly _choice: { readonly range?: string; readonly order?: PolicyOrder },
  ) {}

  /** @internal */
  public _toJson() {
    return { [this._policy]: this._choice };
  }
}

/** When the digest of the chosen tag is looked up. */
export enum DigestReflectionPolicy {
  /** Always: the digest follows a tag that moves. Needs `interval`. */
  ALWAYS = 'Always',
  /** When the tag is chosen, once: a tag that moves later changes nothing. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never: only the tag is written. */
  NEVER = 'Never',
}

/** Which tags are looked at, and what of them is compared. */
export interface TagFilter {
  /** A regular expression of Go that tags must match. FW576 for what is none. */
  readonly pattern: string;

  /**
   * What of the tag is compared: groups of the pattern, as `$ts` or `$1`.
   *
   * @default - the tag
   */
  readonly extract?: string;
}

/** Properties of an `ImagePolicy`. */
export interface ImagePolicyProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The ImageRepository whose tags are chosen from. The construct has one of its own: `reference`. */
  readonly imageRepositoryRef: ImageRepositoryReference;

  /** How the newest tag is told. */
  readonly policy: ImagePolicyChoice;

  /**
   * Which tags are looked at.
   *
   * @default - all
   */
  readonly filterTags?: TagFilter;

  /**
   * When the digest of the tag is looked up. With a digest, what runs is what was looked at, whatever the tag becomes.
   *
   * @default DigestReflectionPolicy.IF_NOT_PRESENT
   */
  readonly digestReflectionPolicy?: DigestReflectionPolicy;

  /**
   * How often the digest is looked up; with `ALWAYS`, and only with it (FW562).
   *
   * @default - none
   */
  readonly interval?: string;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** A Flux `ImagePolicy` (image.toolkit.fluxcd.io/v1), in any cdk8s chart: the tag of an image that is the newest. Fields that have no property here are set with `addJsonPatch`. */
export class ImagePolicy extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the policy. Throws FW550 to FW553, FW558, FW562 and FW576
   */
  public constructor(scope: Construct, id: string, props: ImagePolicyProps) {
    checkPolicy(`${scope.node.path}/${id}`, props ?? {});
    const { metadata: _, ...rest } = props;
    super(scope, id, {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImagePolicy',
      metadata: { ...props.metadata },
      spec: plain({ ...rest, digestReflectionPolicy: rest.digestReflectionPolicy ?? DigestReflectionPolicy.IF_NOT_PRESENT }),
    });
    registerForTree(this, { references: [{ field: 'imageRepositoryRef', kind: 'ImageRepository', ...props.imageRepositoryRef }] });
  }
}

const policy = (where: At, value: unknown) => {
  made('ImagePolicyChoice', '_policy')(where, value);
  const { _policy, _choice } = value as ImagePolicyChoice;
  const inside = { ...where, field: `${where.field}.${_policy}` };
  _policy === 'semver' ? struct({ range }, ['range'])(inside, _choice) : struct({ order: oneOf(PolicyOrder) })(inside, _choice);
};

const SHAPE = struct({
  metadata,
  imageRepositoryRef: struct({ name: objectName, namespace }, ['name']),
  policy,
  filterTags: struct({ pattern, extract: text }, ['pattern']),
  digestReflectionPolicy: oneOf(DigestReflectionPolicy),
  interval,
  suspend: flag,
}, ['imageRepositoryRef', 'policy']);

function checkPolicy(path: string, props: Partial<ImagePolicyProps>): void {
  const kind = 'ImagePolicy';
  SHAPE(at(path, kind), props);
  const isAlways = props.digestReflectionPolicy === DigestReflectionPolicy.ALWAYS;
  if (isAlways !== (props.interval !== undefined)) {
    const fault = isAlways ? 'is needed with the digestReflectionPolicy Always' : 'is for the digestReflectionPolicy Always only';
    throw messages.refusedTogether.error(path, { kind, field: 'interval', fault });
  }
  const { pattern: expression = '', extract } = props.filterTags ?? {};
  const groups = groupsOf(expression);
  const missing = extract === undefined ? undefined : namesOf(extract).find(name => !groups.includes(name));
  if (missing !== undefined) {
    throw messages.invalidPattern.error(path, { kind, field: 'filterTags.extract', value: extract, fault: `names the group ${JSON.stringify(missing)}, which the pattern does not have` });
  }
}
