import { faultOf, isTemplate } from './expressions';
import * as messages from './messages';
import { HelmOutLayout, KustomizeOutputFormat } from './step-configs-files';
import { GitProvider } from './step-configs-git';
import { ArgoCdWaitFor, HttpMethod, MetadataKind } from './step-configs-others';
import { labelSelector } from '../../../core/object-shape';
import { all, anything, Check, distinct, exclusive, flag, GO_DURATION, isHttp, json, listOf, mapOf, oneOf, refuse, struct, text, textOrEmpty, textThat, whole } from '../../../core/shape';

/*
 * The configs of the steps, as their schemas have them (pkg/promotion/runner/builtin/schemas). A text with an expression in
 * it has no form yet.
 */

const form = (holds: (value: string) => boolean, fault: string): Check => textThat(value => isTemplate(value) || holds(value), fault);
const atMostOne = (...fields: string[]) => exclusive(messages.exclusiveFields, fields, 0);
const exactlyOne = (...fields: string[]) => exclusive(messages.exclusiveFields, fields, 1);

const texts = listOf(text);
const someTexts = listOf(text, 1);
const uri = form(value => !/\s/.test(value) && URL.canParse(value), 'is no URL');
const address = form(value => /^[^\s@]+@[^\s@]+$/.test(value), 'is no address');
const provider = oneOf(GitProvider);

const goDuration: Check = (at, value) => {
  if (!isTemplate(value) && !(typeof value === 'string' && GO_DURATION.test(value))) {
    throw messages.invalidDuration.error(at.path, { kind: at.kind, field: at.field, value });
  }
};

/** An expression that stands alone: it is evaluated by the step, after those in `${{ }}`. */
const bareExpression: Check = (at, value) => {
  text(at, value);
  const fault = isTemplate(value) ? undefined : faultOf(value as string);
  if (fault !== undefined) {
    throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault });
  }
};

const prNumber: Check = (at, value) => {
  if (!isTemplate(value) && !(Number.isSafeInteger(value) && (value as number) >= 1)) {
    throw refuse(at, value, 'is neither a whole number from 1 nor an expression');
  }
};

const GIT: Record<string, Check> = {
  'git-clone': struct({
    repoURL: text,
    checkout: listOf(all(
      struct({ path: text, branch: text, commit: text, tag: text, create: flag, as: text, sparse: someTexts }, ['path']),
      atMostOne('branch', 'commit', 'tag'),
    ), 1),
    author: struct({ name: text, email: address, signingKey: text }, ['name', 'email']),
    recurseSubmodules: flag,
    blobless: flag,
    insecureSkipTLSVerify: flag,
  }, ['repoURL', 'checkout']),
  'git-clear': struct({ path: text }, ['path']),
  'git-commit': struct({ path: text, message: text }, ['path', 'message']),
  'git-push': all(
    struct({ path: text, targetBranch: text, generateTargetBranch: flag, tag: text, force: flag, maxAttempts: whole(1), provider }, ['path']),
    atMostOne('targetBranch', 'generateTargetBranch', 'tag'),
    atMostOne('tag', 'force'),
  ),
  'git-tag': struct({ path: text, tag: text, message: text, force: flag }, ['path', 'tag', 'message']),
  'git-open-pr': struct({
    repoURL: uri,
    sourceBranch: text,
    targetBranch: text,
    createTargetBranch: flag,
    title: text,
    description: text,
    labels: texts,
    provider,
    insecureSkipTLSVerify: flag,
  }, ['repoURL', 'sourceBranch', 'targetBranch']),
  'git-wait-for-pr': struct({ repoURL: uri, prNumber, pollInterval: goDuration, provider, insecureSkipTLSVerify: flag }, ['repoURL', 'prNumber']),
  'git-merge-pr': struct({ repoURL: uri, prNumber, wait: flag, pollInterval: goDuration, mergeMethod: text, provider, insecureSkipTLSVerify: flag }, ['repoURL', 'prNumber']),
};

const updates = struct({ path: text, updates: listOf(struct({ key: text, value: json }, ['key', 'value']), 1) }, ['path', 'updates']);
const outputs = listOf(struct({ name: text, fromExpression: bareExpression }, ['name', 'fromExpression']), 1);
const parse = struct({ path: text, outputs }, ['path', 'outputs']);

const FILES: Record<string, Check> = {
  'kustomize-set-image': struct({
    path: text,
    images: listOf(all(struct({ image: text, tag: text, digest: text, name: text, newName: text }, ['image']), exactlyOne('tag', 'digest'))),
  }, ['path']),
  'kustomize-build': struct({ path: text, outPath: text, outputFormat: oneOf(KustomizeOutputFormat), helmApiVersions: texts, helmKubeVersion: text }, ['path', 'outPath']),
  'helm-template': struct({
    path: text,
    outPath: text,
    releaseName: text,
    outLayout: oneOf(HelmOutLayout),
    useReleaseName: flag,
    namespace: text,
    valuesFiles: texts,
    ignoreMissingValueFiles: flag,
    setValues: listOf(struct({ key: text, value: textOrEmpty, literal: flag }, ['key', 'value'])),
    buildDependencies: flag,
    includeCRDs: flag,
    disableHooks: flag,
    skipTests: flag,
    kubeVersion: text,
    apiVersions: texts,
  }, ['path', 'outPath', 'releaseName']),
  'helm-update-chart': struct({
    path: text, charts: listOf(struct({ repository: text, name: text, version: text }, ['repository', 'name', 'version']), 1),
  }, ['path']),
  'yaml-update': updates,
  'json-update': updates,
  'yaml-parse': parse,
  'json-parse': parse,
  'yaml-merge': struct({ inFiles: someTexts, outFile: text, ignoreMissingFiles: flag }, ['inFiles', 'outFile']),
  'copy': struct({ inPath: text, outPath: text, ignore: text }, ['inPath', 'outPath']),
  'delete': all(struct({ path: text, paths: someTexts, pathsAreGlobs: flag, strict: flag }), exactlyOne('path', 'paths')),
  'file-write': struct({
    path: text, contents: textOrEmpty, permissions: form(value => /^0[0-7]{3}$/.test(value), 'is no octal number such as 0644'), overwrite: flag,
  }, ['path', 'contents']),
  'untar': struct({ inPath: text, outPath: text, stripComponents: whole(0), ignore: text }, ['inPath', 'outPath']),
};

const source = all(
  struct({
    repoURL: text,
    chart: text,
    desiredRevision: text,
    updateTargetRevision: flag,
    helmImages: listOf(struct({ key: text, value: textOrEmpty }, ['key', 'value']), 1),
    kustomizeImages: listOf(all(struct({ repoURL: text, tag: text, digest: text, newName: text }, ['repoURL']), atMostOne('tag', 'digest')), 1),
  }, ['repoURL']),
  (at, value) => {
    const { updateTargetRevision, desiredRevision } = value as { updateTargetRevision?: boolean; desiredRevision?: string };
    if (updateTargetRevision === true && desiredRevision === undefined) {
      throw messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.desiredRevision` });
    }
  },
);
const app: Record<string, Check> = { name: text, namespace: text, selector: labelSelector };
const waitFor = all(listOf(oneOf(ArgoCdWaitFor), 1), distinct(messages.duplicate, value => value));
const pairs = listOf(struct({ name: text, value: text }, ['name', 'value']));

const someValues: Check = (at, value) => {
  mapOf(anything)(at, value);
  json(at, value);
  if (Object.keys(value as object).length === 0) {
    throw messages.emptyField.error(at.path, { kind: at.kind, field: at.field });
  }
};

const OTHERS: Record<string, Check> = {
  'argocd-update': struct({ apps: listOf(all(struct({ ...app, sources: listOf(source, 1) }), exactlyOne('name', 'selector')), 1) }, ['apps']),
  'argocd-wait': struct({ apps: listOf(all(struct({ ...app, waitFor }), exactlyOne('name', 'selector')), 1) }, ['apps']),
  'http': struct({
    url: form(isHttp, 'is no http or https URL'),
    method: oneOf(HttpMethod),
    headers: pairs,
    queryParams: pairs,
    body: text,
    insecureSkipTLSVerify: flag,
    proxy: form(isHttp, 'is no http or https URL'),
    timeout: goDuration,
    pollInterval: goDuration,
    responseContentType: form(value => ['application/json', 'application/yaml', 'text/plain'].includes(value), 'is none of application/json, application/yaml, text/plain'),
    outputs,
    successExpression: bareExpression,
    failureExpression: bareExpression,
    errorExpression: bareExpression,
  }, ['url']),
  'compose-output': someValues,
  'set-metadata': struct({ updates: listOf(struct({ kind: oneOf(MetadataKind), name: text, values: someValues }, ['kind', 'name', 'values']), 1) }, ['updates']),
  'set-freight-alias': struct({ name: text, alias: text }, ['name', 'alias']),
  'fail': struct({ message: text }),
};

/** The config of every step that has a method of its own. */
export const STEP_CONFIGS: Record<string, Check> = { ...GIT, ...FILES, ...OTHERS };
