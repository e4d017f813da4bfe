import * as fs from 'fs';
import * as path from 'path';
import { compareEnvironments, ComparisonRequest, EnvironmentFiles } from '../diff/compare';
import { differs, EnvironmentComparison, sectionsOf } from '../diff/model';
import { renderJson } from '../diff/render-json';
import { renderMarkdown } from '../diff/render-markdown';
import { renderText } from '../diff/render-text';
import { ExitCode, misuse } from '../failure';
import type { Io } from '../io';
import * as messages from '../messages';
import { PreviewedPlatform, previewedPlatforms } from '../preview';
import { previewed } from '../previewed';
import { readSettings } from '../settings';

/** The options of `fairway diff`, as commander gives them. */
export interface DiffOptions {
  readonly workload?: string[];
  readonly all?: boolean;
  readonly format: 'text' | 'markdown' | 'json';
  readonly output?: string;
  readonly exitCode?: boolean;
  readonly app?: string;
  readonly stack?: boolean;
}

/** `fairway diff`: a preview of the manifests, then a comparison of those of two environments. Writes nothing but the file that it is asked for. */
export async function diff(io: Io, from: string, to: string, options: DiffOptions): Promise<ExitCode> {
  if (from === to) {
    throw misuse(messages.sameEnvironment(from));
  }
  const settings = readSettings(io.cwd, options.app);
  const run = { ...settings, adopt: [], checkOnly: false, stack: options.stack ?? false };
  const request = await previewed(io, run, 'nothing was compared', folder => requestOf(previewedPlatforms(folder), from, to, options));
  if (request === undefined) {
    return ExitCode.FINDINGS;
  }
  const comparison = compareEnvironments(request);
  if (options.output !== undefined) {
    save(io, options.output, render(comparison, options.format, false));
  }
  io.out.write(render(comparison, options.output === undefined ? options.format : 'text', io.out.color));
  return options.exitCode && sectionsOf(comparison).some(differs) ? ExitCode.FINDINGS : ExitCode.FINE;
}

function requestOf(platforms: PreviewedPlatform[], from: string, to: string, options: DiffOptions): ComparisonRequest {
  const has = (platform: PreviewedPlatform, name: string) => platform.files.some(file => file.environment === name);
  const known = unique(platforms.flatMap(platform => platform.files.map(file => file.environment)));
  const unknown = [from, to].find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw misuse(messages.unknownEnvironment(unknown, known));
  }
  const found = platforms.filter(platform => has(platform, from) && has(platform, to));
  if (found.length !== 1) {
    throw misuse(found.length === 0 ? messages.notTogether(from, to) : messages.severalPlatformsWith(from, to, found.map(platform => platform.name)));
  }
  const files = { from: filesOf(found[0], from), to: filesOf(found[0], to) };
  const workloads = unique([...files.from.files, ...files.to.files].map(file => file.workload));
  const stranger = options.workload?.find(workload => !workloads.includes(workload));
  if (stranger !== undefined) {
    throw misuse(messages.inNeither(stranger, from, to, workloads));
  }
  return { platform: found[0].name, ...files, workloads: options.workload, all: options.all };
}

function filesOf({ base, files }: PreviewedPlatform, environment: string): EnvironmentFiles {
  return {
    name: environment,
    files: files.filter(file => file.environment === environment && /\.ya?ml$/.test(file.path))
      .map(file => ({ path: file.path, text: fs.readFileSync(path.join(base, file.path), 'utf8'), workload: file.workload })),
  };
}

function render(comparison: EnvironmentComparison, format: DiffOptions['format'], color: boolean): string {
  switch (format) {
    case 'json':
      return renderJson(comparison);
    case 'markdown':
      return renderMarkdown(comparison);
    case 'text':
      return renderText(comparison, color);
  }
}

function save(io: Io, file: string, content: string): void {
  const target = path.resolve(io.cwd, file);
  try {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  } catch (e) {
    throw misuse(messages.comparisonNotWritten(file, (e as Error).message));
  }
}

function unique(names: ReadonlyArray<string | undefined>): string[] {
  return [...new Set(names.flatMap(name => name ?? []))].sort();
}
