/** A key of a Secret in the namespace of Argo CD. */
export interface SecretKeyRef {
  /** The name of the Secret. */
  readonly secretName: string;
  /** The key. */
  readonly key: string;
}

/** A key of a ConfigMap in the namespace of Argo CD. */
export interface ConfigMapKeyRef {
  /** The name of the ConfigMap. */
  readonly configMapName: string;
  /** The key. */
  readonly key: string;
}

/** A name and a password, to log in with. */
export interface BasicAuthRef {
  /** The name. */
  readonly username: string;
  /** Where the password is. */
  readonly passwordRef: SecretKeyRef;
}

/** A token, to log in with. */
export interface BearerTokenRef {
  /** Where the token is. */
  readonly tokenRef: SecretKeyRef;
}
