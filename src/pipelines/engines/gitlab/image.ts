import type { Settings } from './settings';
import { expandable } from './values';
import type { PipelineRow } from '../../engine';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { describeText, JobNode, Language, plainText, ToolStepNode } from '../../graph';

export interface JobImage {
  /** Absent where the job runs in no container. */
  readonly image?: string;
  readonly tags: readonly string[];
  readonly rows: readonly PipelineRow[];
}

const IMAGES: Readonly<Record<Language, string>> = {
  node: 'node', python: 'python', go: 'golang', java: 'eclipse-temurin', dotnet: 'mcr.microsoft.com/dotnet/sdk', rust: 'rust',
};

/** Where a job runs: a container for its tools, and runners by their tags. */
export function imageOf(job: JobNode, settings: Settings): JobImage {
  const rows: PipelineRow[] = [];
  const tags = tagsOf(job, settings, rows);
  const tools = job.steps.filter((step): step is ToolStepNode => step.kind === 'tool');
  if (job.runner.os !== 'linux') {
    if (job.container) {
      rows.push(unsupported('container', `there are no containers on ${job.runner.os}`, job.id));
    }
    if (tools.length > 0) {
      rows.push(approximated('tools', `the runner has to bring ${listed(tools)}`, job.id));
    }
    return { tags, rows };
  }
  if (job.container) {
    rows.push(native('container', 'image', job.id));
    if (tools.length > 0) {
      rows.push(approximated('tools', `the image of the container has to bring ${listed(tools)}`, job.id));
    }
    return { image: job.container.image, tags, rows };
  }
  if (tools.length === 0) {
    return { image: settings.image, tags, rows };
  }
  const image = imageForTools(tools, settings);
  rows.push(image === undefined
    ? unsupported('tools', `a job has one image, and none is given for ${listed(tools)} (GitLabCiOptions.toolImages, ${languagesOf(tools)})`, job.id)
    : emulated('tools', image.includes('@sha256:') ? `image ${image}` : `image ${image}; pin its digest with GitLabCiOptions.toolImages`, job.id));
  return { image: image ?? settings.image, tags, rows };
}

function listed(tools: readonly ToolStepNode[]): string {
  return tools.map(tool => `${tool.language} ${describeText(tool.version)}`).join(' and ');
}

function languagesOf(tools: readonly ToolStepNode[]): string {
  return [...new Set(tools.map(tool => tool.language))].sort().join('+');
}

function imageForTools(tools: readonly ToolStepNode[], { toolImages }: Settings): string | undefined {
  const languages = languagesOf(tools);
  const [tool] = tools;
  const version = plainText(tool.version);
  const exact = `${tool.language}@${version}`;
  if (tools.length === 1 && version !== undefined && Object.hasOwn(toolImages, exact)) {
    return toolImages[exact];
  }
  if (Object.hasOwn(toolImages, languages)) {
    return toolImages[languages];
  }
  const tag = version === undefined ? expandable(tool.version) : tagOf(tool.language, version);
  return tools.length > 1 || tag === undefined ? undefined : `${IMAGES[tool.language]}:${tag}`;
}

/** The tag of an official image for a version as the other systems read it: `24.x`, `8.0.x`. */
function tagOf(language: Language, version: string): string | undefined {
  const tag = version.trim().replace(/(\.[x*])+$/, '');
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) {
    return undefined;
  }
  switch (language) {
    case 'dotnet': return /^\d+$/.test(tag) ? `${tag}.0` : tag;
    case 'rust': return tag === 'stable' ? 'latest' : tag;
    default: return tag;
  }
}

function tagsOf({ id, runner }: JobNode, { runnerTags }: Settings, rows: PipelineRow[]): readonly string[] {
  const platform = `${runner.os}-${runner.arch}`;
  if (runner.os === 'windows') {
    rows.push(unsupported('runner on windows', 'steps are started by bash, which runners on Windows do not use', id));
  }
  if (runner.labels.length > 0) {
    rows.push(native('labels of the runner', 'tags', id));
    return runner.labels;
  }
  if (Object.hasOwn(runnerTags, platform)) {
    rows.push(native(`runner ${platform}`, `tags ${runnerTags[platform].join(', ')}`, id));
    return runnerTags[platform];
  }
  if (platform !== 'linux-x64' && runner.os !== 'windows') {
    rows.push(unsupported(`runner ${platform}`, `no tag is known for it (GitLabCiOptions.runnerTags, ${platform})`, id));
  }
  return [];
}
