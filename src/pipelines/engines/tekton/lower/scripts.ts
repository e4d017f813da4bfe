import type { RunStepNode, UploadStepNode } from '../../../graph';
import { isLiteral } from '../../../graph';
import { quote, retried, scriptFile } from '../../../shell';
import { LIVE } from '../references';

/*
 * Scripts of steps. A script of the user stands behind our lines, byte for byte. Where Tekton would put values in place of something in it, it
 * comes encoded: Tekton substitutes in `script` whatever looks like a reference (pkg/container/container_replacements.go).
 */

/** The folder that all steps of a job share. */
export const SHARED = '/fairway';

export const SOURCE = '/workspace/source';
export const ARTIFACTS = '/workspace/artifacts';
export const CACHE = '/workspace/cache';

const BASH = '#!/usr/bin/env bash\nset -euo pipefail\n';

const OUTPUT_FUNCTION = `fairway_output() { if [ -e "${SHARED}/$1.out" ]; then sed -n "s/^$2=//p" "${SHARED}/$1.out" | tail -n 1; fi; }`;
const RESULT_FUNCTION = 'fairway_result() { case "$1" in Succeeded*) echo success ;; Failed*Cancelled) echo cancelled ;; Failed*) echo "${2:-failure}" ;; *) echo skipped ;; esac; }';

export interface Wrapping {
  /** Lines of bash before the script. */
  readonly before: readonly string[];
  /** Files whose presence means that the step does nothing, with what is said then. */
  readonly unless?: ReadonlyArray<{ readonly file: string; readonly say?: string }>;
  /** When it does not hold, the step does nothing. A command. */
  readonly condition?: string;
  /** The condition, for people. */
  readonly reason?: string;
  /** Whether a failure is noted, because later steps ask for it. */
  readonly isTracked: boolean;
  readonly retry?: RunStepNode['retry'];
}

/** The script of a step. */
export function stepScript(id: string, shell: RunStepNode['shell'], script: string, { before, unless = [], condition, reason, isTracked, retry }: Wrapping): string {
  const isPlain = before.length + unless.length === 0 && condition === undefined && !isTracked && (retry === undefined || retry.attempts <= 1);
  if (isPlain && shell === 'sh') {
    return safe(id, `#!/bin/sh\nset -eu\n${script}\n`);
  }
  const tried = retry !== undefined && retry.attempts > 1 ? retried(inShell(id, shell, script), retry) : inShell(id, shell, script);
  const lines = [
    ...functionsFor([...before, condition ?? '', script]),
    ...unless.map(({ file, say }) => `if [ -e ${file} ]; then ${say === undefined ? '' : `echo ${quote(say)}; `}exit 0; fi`),
    ...before,
    ...condition === undefined ? [] : [`if ! ${condition}; then`, `  echo ${quote(`skipped: ${reason ?? 'the condition does not hold'}`)}`, '  exit 0', 'fi'],
    ...isTracked ? [...scriptFile(tried, `${SHARED}/${id}.sh`), `bash -euo pipefail ${SHARED}/${id}.sh || { code=$?; touch ${SHARED}/failed; exit "$code"; }`] : [tried],
  ];
  return safe(id, `${BASH}${lines.join('\n')}\n`);
}

/** A script of another shell, from bash. */
function inShell(id: string, shell: RunStepNode['shell'], script: string): string {
  switch (shell) {
    case 'bash': return script;
    case 'sh': return [...scriptFile(script, `${SHARED}/${id}.sh.txt`), `sh -eu ${SHARED}/${id}.sh.txt`].join('\n');
    case 'pwsh': return [...scriptFile(`$ErrorActionPreference = 'Stop'\n${script}`, `${SHARED}/${id}.ps1`), `pwsh -NoLogo -NoProfile -NonInteractive -File ${SHARED}/${id}.ps1`].join('\n');
  }
}

function functionsFor(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  return [...text.includes('fairway_output ') ? [OUTPUT_FUNCTION] : [], ...text.includes('fairway_result ') ? [RESULT_FUNCTION] : []];
}

/** The script as Tekton leaves it alone. */
export function safe(id: string, script: string): string {
  if (!LIVE.test(script)) {
    return script;
  }
  const file = `${SHARED}/${id}.decoded`;
  return `${BASH}# The script has text in it that Tekton would take for a reference, so it comes encoded.\nbase64 -d > ${file} <<'END'\n${wrapped(Buffer.from(script, 'utf8').toString('base64'))}\nEND\nchmod +x ${file}\nexec ${file}\n`;
}

function wrapped(text: string): string {
  return text.match(/.{1,100}/g)!.join('\n');
}

/** A glob as words of bash: what is literal is quoted. */
export function bashGlob(glob: string): string {
  return glob.replace(/^~\//, '').split(/(\*+|\?)/).filter(part => part !== '').map(part => isLiteral(part) ? quote(part) : part).join('').replace(/^/, glob.startsWith('~/') ? '"$HOME"/' : '');
}

export interface Checkout {
  readonly folder: string;
  /** 0 is all commits. */
  readonly depth: number;
  readonly submodules: boolean;
  readonly lfs: boolean;
  readonly persistCredentials: boolean;
  /** Where the credentials of the step are for, if it has any. */
  readonly host?: string;
}

/** What tells git the credentials of the step, which are in its environment. */
export const GIT_HELPER: readonly string[] = [
  '# shellcheck disable=SC2016 # git runs it in a shell of its own',
  'helper=\'!f() { echo "username=$GIT_USERNAME"; echo "password=$GIT_PASSWORD"; }; f\'',
];
export const WITH_HELPER = ' -c credential.helper="$helper"';

/** A checkout, by environment variables. */
export function checkoutScript({ folder, depth, submodules, lfs, persistCredentials, host }: Checkout): string {
  const helper = host === undefined ? '' : WITH_HELPER;
  const fetch = depth === 0
    ? `git${helper} fetch --quiet --tags origin '+refs/heads/*:refs/remotes/origin/*' "$FAIRWAY_WANTED"`
    : `git${helper} fetch --quiet --no-tags --depth=${depth} origin "$FAIRWAY_WANTED"`;
  return [
    `mkdir -p ${quote(folder)}`,
    `cd ${quote(folder)}`,
    // The folder of a volume belongs to root, whoever runs, and git does nothing in folders of others (git-config, safe.directory).
    'git config --global --add safe.directory "$PWD"',
    'git init --quiet',
    // As often as a step is tried.
    'git config remote.origin.url "$FAIRWAY_REPOSITORY"',
    'git config remote.origin.fetch \'+refs/heads/*:refs/remotes/origin/*\'',
    'FAIRWAY_WANTED=${FAIRWAY_SHA:-$FAIRWAY_REF}',
    ...host === undefined ? [] : GIT_HELPER,
    fetch,
    'git checkout --quiet --detach FETCH_HEAD',
    ...submodules ? [`git${helper} submodule update --quiet --init --recursive`] : [],
    ...lfs ? ['git lfs install --local', `git${helper} lfs pull`] : [],
    ...persistCredentials && host !== undefined ? [
      `git config credential.helper 'store --file=${SHARED}/git-credentials'`,
      `printf 'protocol=https\\nhost=%s\\nusername=%s\\npassword=%s\\n\\n' ${quote(host)} "$GIT_USERNAME" "$GIT_PASSWORD" | git credential-store --file=${SHARED}/git-credentials store`,
    ] : [],
    'git --no-pager log -1 --oneline',
  ].join('\n');
}

/** The folder that paths have in common, up to the first glob. */
export function commonFolder(paths: readonly string[]): string {
  const folders = paths.map(path => {
    const parts = path.replace(/\/$/, '').split('/');
    const glob = parts.findIndex(part => !isLiteral(part));
    return glob >= 0 ? parts.slice(0, glob) : paths.length > 1 ? parts.slice(0, -1) : parts;
  });
  const common = folders.reduce((shared, folder) => {
    const end = shared.findIndex((part, i) => part !== folder[i]);
    return end < 0 ? shared : shared.slice(0, end);
  });
  return common.join('/');
}

/** Puts what there is of the paths into `files`. A path without a glob is there whether or not such a file is. */
function filesOf(paths: readonly string[], word: string): string[] {
  return [`candidates=(${paths.map(bashGlob).join(' ')})`, 'files=()', `for file in "\${candidates[@]}"; do if [ -e "$file" ]; then files+=(${word}); fi; done`];
}

/** What an upload does: files land in the artifact relative to the folder that they have in common, as those of GitHub do. */
export function uploadScript({ artifact, paths, ifMissing }: UploadStepNode, isMatrix: boolean): string {
  const missing = { error: 'echo "no files for the artifact" >&2; exit 1', warn: 'echo "no files for the artifact" >&2; exit 0', ignore: 'exit 0' }[ifMissing];
  return [
    'shopt -s globstar nullglob',
    `target=${ARTIFACTS}/${artifact}${isMatrix ? '/${FAIRWAY_LEG//[^A-Za-z0-9._-]/-}' : ''}`,
    ...filesOf(paths, '"$file"'),
    `if [ "\${#files[@]}" -eq 0 ]; then ${missing}; fi`,
    `base=${quote(commonFolder(paths))}`,
    'if [ -n "$base" ] && [ ! -d "$base" ]; then base=$(dirname "$base"); if [ "$base" = . ]; then base=; fi; fi',
    'mkdir -p "$target"',
    'parts=()',
    'inside=',
    'for file in "${files[@]}"; do',
    '  part=${file#"$base"}',
    '  part=${part#/}',
    '  part=${part%/}',
    '  # What stands in a folder comes with it.',
    '  if [ -n "$inside" ] && [[ $file == "$inside"/* ]]; then continue; fi',
    '  if [ -d "$file" ]; then inside=${file%/}; fi',
    '  parts+=("${part:-.}")',
    'done',
    'tar -C "${base:-.}" -cf - -- "${parts[@]}" | tar -C "$target" -xf -',
  ].join('\n');
}

/** What a download does. Legs of a matrix are put together. */
export function downloadScript(artifact: string, folder: string, isMatrix: boolean): string {
  const source = `${ARTIFACTS}/${artifact}`;
  const copy = (from: string) => `tar -C ${from} -cf - . | tar -C "$target" -xf -`;
  return [
    `target=${quote(folder === '' ? '.' : folder)}`,
    'mkdir -p "$target"',
    ...isMatrix ? [`for leg in ${source}/*/; do`, `  ${copy('"$leg"')}`, 'done'] : [copy(source)],
  ].join('\n');
}

/** The key of a cache, as the name of a file: what may stand in none is hashed. */
const KEY_FUNCTION = [
  'fairway_hash() { { for file in "$@"; do if [ -f "$file" ]; then sha256sum < "$file"; fi; done; } | sha256sum | cut -c 1-64; }',
  'fairway_file() { printf %s "$1" | tr -c "A-Za-z0-9._-" _; }',
];

export function restoreScript(id: string, key: string, restoreKeys: readonly string[]): string {
  return [
    'shopt -s globstar nullglob',
    ...KEY_FUNCTION,
    'if [ "$FAIRWAY_CACHE" != true ]; then echo \'no cache is bound\'; exit 0; fi',
    `key=$(fairway_file ${key})`,
    `printf %s "$key" > ${SHARED}/${id}.key`,
    `found=${CACHE}/$key.tar`,
    ...restoreKeys.flatMap(prefix => [`if [ ! -e "$found" ]; then for file in "${CACHE}/$(fairway_file ${prefix})"*.tar; do found=$file; done; fi`]),
    'if [ -e "$found" ]; then tar -C / -xf "$found"; echo "restored $found"; fi',
  ].join('\n');
}

/** The key is that of the start of the job, if it has restored something: files may have changed since. */
export function saveScript(id: string, key: string, paths: readonly string[]): string {
  return [
    'shopt -s globstar nullglob',
    ...KEY_FUNCTION,
    'if [ "$FAIRWAY_CACHE" != true ]; then exit 0; fi',
    `if [ -e ${SHARED}/${id}.key ]; then key=$(cat ${SHARED}/${id}.key); else key=$(fairway_file ${key}); fi`,
    `if [ -e "${CACHE}/$key.tar" ]; then exit 0; fi`,
    ...filesOf(paths, '"$(realpath "$file")"'),
    'if [ "${#files[@]}" -eq 0 ]; then exit 0; fi',
    `part=$(mktemp -p ${CACHE})`,
    'tar -C / -cf "$part" -- "${files[@]#/}"',
    `mv "$part" "${CACHE}/$key.tar"`,
  ].join('\n');
}
