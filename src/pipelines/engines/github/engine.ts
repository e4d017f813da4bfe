import { Actions, checkOptions } from './actions';
import { calledBy, CalledWorkflow, whyInlined } from './calls';
import { hasGate, withPathsInside } from './gate';
import { withMatches } from './matching';
import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import { Report } from './report';
import { lowerWorkflow } from './workflow';
import { Lowering, PipelineBackend } from '../../engine';
import { emulated, gapFindings, native } from '../../gaps';
import { flattened, inlined, withChangesJob } from '../../graph';
import type { JobNode, PipelineGraph } from '../../graph';

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
    const called = options.nativeReuse ? this.calledOf(given, actions, report) : undefined;
    const inline = called ? given : inlined(given);
    const flat = { ...inline, jobs: inline.jobs.map(withFlatSteps) };
    const graph = withMatches(called ? flat : withChangesJob(gate ? withPathsInside(flat, report) : flat));
    const workflows = called ?? new Map<string, CalledWorkflow>();
    const { file } = lowerWorkflow({ graph, file: this.fileOf(given.id), options, actions, report, gate, called: workflows });
    secrets(given, report);
    given.stepTemplates.forEach(template => report.row(emulated(`template ${template.id}`, 'its steps are written out in each place')));
    const paths = new Map(graph.jobs.map(job => [job.id, job.path]));
    return {
      files: [file, ...[...workflows.values()].map(workflow => workflow.file)],
      objects: [],
      rows: report.rows,
      remains: report.remains,
      findings: [...report.findings, ...gapFindings(this.title, given.path, job => paths.get(job), report.rows)],
    };
  }

  /** The templates as workflows; undefined where they have to be written out. */
  private calledOf(graph: PipelineGraph, actions: Actions, report: Report): Map<string, CalledWorkflow> | undefined {
    const used = graph.templates.filter(template => graph.jobs.some(job => job.call?.template === template.id));
    const hindrance = used.length === 0 ? undefined : whyInlined(graph, used, hasGate(graph, this.options));
    if (used.length === 0 || hindrance !== undefined) {
      used.forEach(template => report.row(emulated(`template ${template.id}`, `written out: ${hindrance}`)));
      return undefined;
    }
    return new Map(used.map(template => {
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
        jobs: template.jobs.map(withFlatSteps),
        templates: [],
        patches: [],
      });
      const parts = { graph: inner, file, options: this.options, actions, report, gate: false, called: new Map<string, CalledWorkflow>() };
      report.row(native(`template ${template.id}`, file));
      return [template.id, { template, ...lowerWorkflow({ ...parts, on: { workflow_call: calledBy(template) } }) }];
    }));
  }
}

function withFlatSteps(job: JobNode): JobNode {
  return { ...job, steps: flattened(job.steps) };
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
