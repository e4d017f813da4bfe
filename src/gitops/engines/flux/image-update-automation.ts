import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { sourceReference } from './chart-checks';
import { at, interval, labels, labelSelector, metadata, named, objectName, relativePath } from './fields';
import type { GitReference } from './git-reference';
import * as messages from './messages';
import { checkVersionName, gitReference } from './reference-checks';
import type { SourceReference } from './references';
import { registerForTree } from './tree-check';
import { flag, oneOf, plain, struct, text } from '../../../core/shape';

/** What a commit is signed with. */
export enum SigningKeyType {
  /** An OpenPGP key: the key `git.asc` of the Secret. */
  GPG = 'gpg',
  /** An SSH key: the key `identity` of the Secret. */
  SSH = 'ssh',
}

/** The key that commits are signed with. */
export interface SigningKey {
  /** The name of the Secret, in the namespace of the ImageUpdateAutomation. */
  readonly secretRef: string;

  /**
   * What kind of key it is.
   *
   * @default SigningKeyType.GPG
   */
  readonly type?: SigningKeyType;
}

/** Who commits. */
export interface CommitAuthor {
  /** The address. */
  readonly email: string;

  /**
   * The name.
   *
   * @default - none
   */
  readonly name?: string;
}

/** What a commit is like. */
export interface CommitSpec {
  /** Who commits. */
  readonly author: CommitAuthor;

  /**
   * The message, as a Go template over `AutomationObject`, `Changed` and `Values`.
   *
   * @default - Update from image update automation
   */
  readonly messageTemplate?: string;

  /**
   * Values for the template.
   *
   * @default - none
   */
  readonly messageTemplateValues?: Record<string, string>;

  /**
   * The key that it is signed with.
   *
   * @default - it is not signed
   */
  readonly signingKey?: SigningKey;
}

/** Where commits go. */
export interface PushSpec {
  /**
   * The branch. It is made when it is not there.
   *
   * @default - the branch that is checked out
   */
  readonly branch?: string;

  /**
   * A refspec that is pushed besides: `refs/heads/updates:refs/heads/review`. FW575 for what is none.
   *
   * @default - none
   */
  readonly refspec?: string;

  /**
   * Options of the push, as `git push -o`.
   *
   * @default - none
   */
  readonly options?: Record<string, string>;
}

/** What is checked out, committed and pushed. */
export interface GitSpec {
  /**
   * What is checked out.
   *
   * @default - as the GitRepository says
   */
  readonly checkout?: GitReference;

  /** What a commit is like. */
  readonly commit: CommitSpec;

  /**
   * Where commits go. Needed when what is checked out is no branch (FW575).
   *
   * @default - to the branch that is checked out
   */
  readonly push?: PushSpec;
}

/** A condition on a label. */
export interface LabelRequirement {
  /** The label. */
  readonly key: string;

  /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
  readonly operator: string;

  /**
   * Values, for `In` and `NotIn`.
   *
   * @default - none
   */
  readonly values?: string[];
}

/** Objects by their labels. */
export interface PolicySelector {
  /**
   * Labels that they must have.
   *
   * @default - none
   */
  readonly matchLabels?: Record<string, string>;

  /**
   * Conditions on labels.
   *
   * @default - none
   */
  readonly matchExpressions?: LabelRequirement[];
}

/** Properties of an `ImageUpdateAutomation`. */
export interface ImageUpdateAutomationProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** The GitRepository that is changed. Its Secret must be allowed to push. */
  readonly sourceRef: SourceReference;

  /** What is checked out, committed and pushed. */
  readonly git: GitSpec;

  /**
   * How often it is looked whether something is to change. Changes of policies arrive at once.
   *
   * @default 30m
   */
  readonly interval?: string;

  /**
   * The ImagePolicies that count, in the same namespace.
   *
   * @default - all
   */
  readonly policySelector?: PolicySelector;

  /**
   * The directory whose files are changed.
   *
   * @default - the whole repository
   */
  readonly updatePath?: string;

  /**
   * Whether nothing is done for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A Flux `ImageUpdateAutomation` (image.toolkit.fluxcd.io/v1), in any cdk8s chart: the marked images in a repository are set to what policies chose.
 * It pushes branches and opens no pull request. Fields that have no property here are set with `addJsonPatch`.
 */
export class ImageUpdateAutomation extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the automation. Throws FW550 to FW553, FW557, FW558 and FW575. Checks over the tree give FW571, FW572 and FW575
   */
  public constructor(scope: Construct, id: string, props: ImageUpdateAutomationProps) {
    checkAutomation(`${scope.node.path}/${id}`, props ?? {});
    const { metadata: _, git, updatePath, ...rest } = props;
    const { signingKey, ...commit } = git.commit;
    super(scope, id, {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImageUpdateAutomation',
      metadata: { ...props.metadata },
      spec: plain({
        ...rest,
        interval: rest.interval ?? '30m',
        git: {
          checkout: git.checkout && { ref: git.checkout },
          commit: { ...commit, signingKey: signingKey && { ...signingKey, secretRef: named(signingKey.secretRef) } },
          push: git.push,
        },
        update: { strategy: 'Setters', path: updatePath },
      }),
    });
    const { kind, name, namespace } = props.sourceRef;
    const source = { field: 'sourceRef', kind, name, namespace };
    const isSaid = git.checkout !== undefined || git.push?.branch !== undefined;
    registerForTree(this, { references: [source], pushesTo: isSaid ? undefined : source });
  }
}

const SHAPE = struct({
  metadata,
  sourceRef: sourceReference(['GitRepository']),
  git: struct({
    checkout: gitReference,
    commit: struct({
      author: struct({ email: text, name: text }, ['email']),
      messageTemplate: text,
      messageTemplateValues: labels,
      signingKey: struct({ secretRef: objectName, type: oneOf(SigningKeyType) }, ['secretRef']),
    }, ['author']),
    push: struct({ branch: text, refspec: text, options: labels }),
  }, ['commit']),
  interval,
  policySelector: labelSelector,
  updatePath: relativePath,
  suspend: flag,
}, ['sourceRef', 'git']);

const REFSPEC = /^\+?(refs\/[^\s:~^?[\\]+|HEAD|[0-9a-f]{40})?:(refs\/[^\s:~^?[\\]+)$/;

function checkAutomation(path: string, props: Partial<ImageUpdateAutomationProps>): void {
  SHAPE(at(path, 'ImageUpdateAutomation'), props);
  const { checkout, push } = props.git!;
  if (push?.branch !== undefined) {
    checkVersionName(path, 'branch', push.branch);
  } else if (checkout !== undefined && checkout._branch === undefined) {
    throw messages.nowhereToPush.error(path, { fault: 'has no push.branch, and checks out no branch', value: Object.fromEntries(Object.entries(checkout._ref).filter(([, each]) => each !== undefined)) });
  }
  if (push?.refspec !== undefined && !REFSPEC.test(push.refspec)) {
    throw messages.nowhereToPush.error(path, { fault: 'has a refspec that is none', value: push.refspec });
  }
}
