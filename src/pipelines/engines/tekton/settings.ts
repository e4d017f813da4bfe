import * as messages from './engine-messages';
import type { TektonOptions, TektonSecretKey } from './options';
import { TektonEvents } from './options';
import { namespaceName, objectName } from '../../../core/object-shape';
import { all, At, Check, flag, isHttp, mapOf, oneOf, ShapeMessages, struct, text, textThat, whole } from '../../../core/shape';

/** Options with their defaults. */
export interface Settings {
  readonly namespace: string;
  readonly repository?: string;
  readonly defaultBranch: string;
  readonly events: TektonEvents;
  readonly webhookSecret: TektonSecretKey;
  readonly gitSecret?: string;
  readonly changedFilesToken?: TektonSecretKey;
  readonly secrets: string;
  readonly images: { readonly base: string; readonly git: string; readonly tools: Record<string, string>; readonly commands: Record<string, string> };
  readonly storage: { readonly size: string; readonly storageClass?: string; readonly cacheClaim?: string };
  readonly serviceAccount?: string;
  readonly runAsUser: number;
  readonly runnerLabels: Record<string, string>;
  readonly approvals: boolean;
  readonly celInWhen: boolean;
  readonly concurrencyHeldBy?: string;
  readonly dashboard?: string;
}

const BASE = 'docker.io/library/buildpack-deps:trixie-scm';

/** Official images of languages. They stand on Debian, with bash, git and tar. */
const TOOLS: Record<string, string> = {
  node: 'docker.io/library/node',
  python: 'docker.io/library/python',
  go: 'docker.io/library/golang',
  java: 'docker.io/library/eclipse-temurin',
  dotnet: 'mcr.microsoft.com/dotnet/sdk',
  rust: 'docker.io/library/rust',
};

/** Buildah builds without a daemon; kaniko is archived, and BuildKit without root needs a pod without seccomp. */
const BUILDAH = 'quay.io/buildah/stable:latest';

const COMMANDS: Record<string, string> = { buildah: BUILDAH, podman: BUILDAH, docker: BUILDAH };

const image = textThat(value => /^[a-z0-9][A-Za-z0-9._:/@-]*$/.test(value), 'is no image');
const key: Check = struct({ name: objectName, key: text }, ['name', 'key']);
const url = textThat(value => isHttp(value) && !/[?#@]/.test(value), 'is no http or https URL without user and query');

const SHAPE = struct({
  namespace: namespaceName,
  repository: url,
  defaultBranch: textThat(value => /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(value), 'is no branch'),
  events: oneOf(TektonEvents),
  webhookSecret: key,
  gitSecret: objectName,
  changedFilesToken: key,
  secrets: objectName,
  images: struct({ base: image, git: image, tools: mapOf(image), commands: mapOf(image) }),
  storage: struct({ size: textThat(value => /^\d+(\.\d+)?([KMGTP]i?)?$/.test(value), 'is no size'), storageClass: objectName, cacheClaim: objectName }),
  serviceAccount: objectName,
  runAsUser: whole(1),
  runnerLabels: mapOf(textThat(value => /^[A-Za-z0-9._/-]+=[A-Za-z0-9._-]*$/.test(value), 'is no label of a node, key=value')),
  approvals: flag,
  celInWhen: flag,
  concurrencyHeldBy: textThat(value => !/\p{Cc}/u.test(value) && value.length <= 200, 'is not one line'),
  dashboard: url,
});

/** The options, checked. Throws FW1250 to FW1252. */
export function settingsOf(given: TektonOptions, path: string, repository?: string): Settings {
  const { emptyField, invalidField, unknownField } = messages;
  const invalidDuration = emptyField as unknown as ShapeMessages['invalidDuration']; // no option is one
  const at: At = { path, kind: 'options of Tekton', field: '', messages: { emptyField, invalidField, unknownField, invalidDuration } };
  all(SHAPE)(at, given);
  const { images = {}, storage = {}, ...rest } = given;
  const from = rest.repository ?? repository;
  const node = images.tools?.node ?? TOOLS.node;
  return {
    ...rest,
    namespace: rest.namespace ?? 'pipelines',
    repository: from,
    defaultBranch: rest.defaultBranch ?? 'main',
    events: rest.events ?? (from !== undefined && URL.canParse(from) && new URL(from).hostname.includes('gitlab') ? TektonEvents.GITLAB : TektonEvents.GITHUB),
    webhookSecret: rest.webhookSecret ?? { name: 'webhook', key: 'token' },
    secrets: rest.secrets ?? 'pipeline-secrets',
    images: {
      base: images.base ?? BASE,
      git: images.git ?? images.base ?? BASE,
      tools: { ...TOOLS, ...images.tools },
      commands: { ...COMMANDS, ...Object.fromEntries(['node', 'npm', 'npx'].map(command => [command, isTagged(node) ? node : `${node}:lts`])), ...images.commands },
    },
    storage: { size: storage.size ?? '5Gi', storageClass: storage.storageClass, cacheClaim: storage.cacheClaim },
    runAsUser: rest.runAsUser ?? 65532,
    runnerLabels: { ...rest.runnerLabels },
    approvals: rest.approvals ?? false,
    celInWhen: rest.celInWhen ?? false,
  };
}

/** Whether the name of an image says which one. */
export function isTagged(name: string): boolean {
  return name.includes('@') || name.slice(name.lastIndexOf('/')).includes(':');
}

/** `owner/name` of a repository. */
export function slugOf(repository: string | undefined): string {
  return repository === undefined ? '' : new URL(repository).pathname.replace(/^\/|\.git$|\/$/g, '').replace(/\.git$/, '');
}
