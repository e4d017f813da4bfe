import * as messages from './messages';

/** Which version of an image. At least one of the two is needed. */
export interface ImageVersion {
  /**
   * The tag: for people, it does not pin anything.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * The digest of the image or of its multi-platform index, `sha256:` and 64 hexadecimal digits.
   *
   * @default - none: the tag decides, whatever it points at
   */
  readonly digest?: string;
}

// The grammar of github.com/distribution/reference, regexp.go.
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;

/** A container image: a repository and which version of it. */
export class Image {
  /**
   * An image by its parts.
   *
   * @param repository the repository with its registry: `ghcr.io/acme/checkout`
   * @param version the tag, the digest or both. Throws FW302 for `latest`, FW301 for what no registry accepts
   */
  public static of(repository: string, version: ImageVersion): Image {
    return new Image(repository, version?.tag, version?.digest);
  }

  /**
   * An image by its reference.
   *
   * @param reference `ghcr.io/acme/checkout:1.4.2@sha256:…`. Throws as `of` does
   */
  public static parse(reference: string): Image {
    if (typeof reference !== 'string') {
      throw messages.invalidImage.error('', { what: 'reference', value: reference, fault: 'is no string' });
    }
    const [named, digest, ...rest] = reference.split('@');
    if (rest.length > 0) {
      throw messages.invalidImage.error('', { what: 'reference', value: reference, fault: 'has more than one @' });
    }
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    return colon < 0 ? new Image(named, undefined, digest) : new Image(named.slice(0, colon), named.slice(colon + 1), digest);
  }

  private constructor(
    /** The repository with its registry. */
    public readonly repository: string,
    /** The tag, if there is one. */
    public readonly tag: string | undefined,
    /** The digest, if there is one. */
    public readonly digest: string | undefined,
  ) {
    const refuse = (what: string, value: unknown, fault: string) => messages.invalidImage.error('', { what, value, fault });
    for (const [what, value] of Object.entries({ repository, tag, digest })) {
      if (typeof value !== 'string' && (what === 'repository' || value !== undefined)) {
        throw refuse(what, value, 'is no string');
      }
    }
    if (repository.length > 255) {
      throw refuse('repository', repository, 'has more than 255 characters');
    }
    const [first, ...others] = repository.split('/');
    const hasHost = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    const components = hasHost ? others : [first, ...others];
    if (hasHost && !HOST.test(first)) {
      throw refuse('repository', repository, `has a registry host ${JSON.stringify(first)} that is none`);
    }
    if (/^[a-f0-9]{64}$/.test(repository)) {
      throw refuse('repository', repository, 'is the id of an image, which no registry has');
    }
    if (!components.every(c => COMPONENT.test(c))) {
      throw refuse('repository', repository, repository === '' ? 'is empty' : 'is not a lower-case path of letters, digits, ".", "_" and "-"');
    }
    if (tag === 'latest' || (tag === undefined && digest === undefined)) {
      throw messages.latestImage.error('', { repository });
    }
    if (tag !== undefined && !TAG.test(tag)) {
      throw refuse('tag', tag, 'is not a tag');
    }
    if (digest !== undefined && !DIGEST.test(digest)) {
      throw refuse('digest', digest, 'is not sha256: and 64 hexadecimal digits');
    }
  }

  /** The reference as a pod spec takes it. */
  public get reference(): string {
    return this.repository + (this.tag === undefined ? '' : `:${this.tag}`) + (this.digest === undefined ? '' : `@${this.digest}`);
  }
}
