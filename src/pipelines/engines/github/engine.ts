import { Actions, checkOptions } from './actions';
import { calledBy, CalledWorkflow, whyInlined } from './calls';
import { compositeFile } from './composite-files';
import { Composites } from './composites';
import { hasGate, withPathsInside } from './gate';
import { withMatches } from './matching';
import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import { Report } from './report';
import { lowerWorkflow } from './workflow';
import { Lowering, PipelineBackend } from '../../engine';
import { emulated, gapFindings, native } from '../../gaps';
import { inlined, withChangesJob } from '../../graph';
import type { PipelineGraph, TemplateNode } from '../../graph';

/** Makes workflows of GitHub Actions. */
export class GitHubActionsBackend extends PipelineBackend {
  public readonly system = 'github';
  public readonly title = 'GitHub Actions';

  public constructor(private readonly options: GitHubActionsOptions = {}) {
    super();
    checkOptions(options);
  }

  public fileOf(pipeline: string): string {
    return `.github/workflows/${pipeline}.yml`;
  }

  public lower(given: PipelineGraph): Lowering {
    const { options } = this;
    const report = new Report();
    const gate = hasGate(given, options);
    const actions = new Actions(options);
    const reused = options.nativeReuse ? this.reusedOf(given, report) : undefined;
    const inline = reused ? given : inlined(given);
    const jobs = [...inline.jobs, ...(reused ?? []).flatMap(template => template.jobs)];
    const composites = new Composites(given, jobs, options.compositeActions === true, report);
    const called = this.calledOf(given, reused ?? [], composites, actions, report);
    const flat = { ...inline, jobs: inline.jobs.map(job => composites.of(job)) };
    const graph = withMatches(reused ? flat : withChangesJob(gate ? withPathsInside(flat, report) : flat));
    const { file } = lowerWorkflow({ graph, file: this.fileOf(given.id), options, actions, report, gate, called });
    const compositeFiles = composites.used.map(composite => compositeFile(composite, { graph: given, options, actions, report }));
    secrets(given, report);
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [file, ...[...called.values()].map(workflow => workflow.file), ...compositeFiles],
      objects: [],
      rows: report.rows,
      remains: report.remains,
      findings: [...report.findings, ...gapFindings(this.title, given.path, job => paths.get(job), report.rows)],
    };
  }

  /** The templates that become workflows; undefined where they have to be written out. */
  private reusedOf(graph: PipelineGraph, report: Report): TemplateNode[] | undefined {
    const used = graph.templates.filter(template => graph.jobs.some(job => job.call?.template === template.id));
    const hindrance = used.length === 0 ? undefined : whyInlined(graph, used, hasGate(graph, this.options));
    if (used.length === 0 || hindrance !== undefined) {
      used.forEach(template => report.row(emulated(`template ${template.id}`, `written out: ${hindrance}`)));
      return undefined;
    }
    return used;
  }

  /** Workflows of templates, by their ids. */
  private calledOf(
    graph: PipelineGraph, reused: readonly TemplateNode[], composites: Composites, actions: Actions, report: Report,
  ): Map<string, CalledWorkflow> {
    return new Map(reused.map(template => {
      const file = this.fileOf(`${graph.id}-${template.id}`);
      const inner = withMatches({
        ...graph,
        path: template.path,
        name: template.name,
        runName: undefined,
        inputs: template.inputs,
        secrets: template.secrets,
        concurrency: undefined,
        stages: [],
        jobs: template.jobs.map(job => composites.of(job)),
        templates: [],
        patches: [],
      });
      const parts = { graph: inner, file, options: this.options, actions, report, gate: false, called: new Map<string, CalledWorkflow>() };
      report.row(native(`template ${template.id}`, file));
      return [template.id, { template, ...lowerWorkflow({ ...parts, on: { workflow_call: calledBy(template) } }) }];
    }));
  }
}

/** Secrets stand in the settings, and nobody but their owner can put them there. */
function secrets({ secrets: all, path }: PipelineGraph, report: Report): void {
  for (const { name, environment } of all) {
    if (name.startsWith('GITHUB_') && name !== 'GITHUB_TOKEN') {
      report.find(messages.reservedSecret.at(path, { name }));
    } else if (environment !== undefined) {
      report.remain(`Give the environment '${environment}' the secret ${name}.`, 'Settings > Environments');
    } else if (name !== 'GITHUB_TOKEN') {
      report.remain(`Give the repository the secret ${name}.`, 'Settings > Secrets and variables > Actions');
    }
  }
}
