import { posix } from 'path';
import { deploymentOf, Given, stepsOf, unusedWord } from './expansion';
import { JobFile, jobFileOf, JobsAround, JobUseResult } from './job-templates';
import type { JobPart } from './jobs';
import * as messages from './messages';
import type { Parameter } from './parameters';
import type { StepUse, Words } from './plan';
import type { Step } from './step';
import { StepFile, stepFileOf, UseResult } from './step-templates';
import type { Finding } from '../../../core/diagnostics/finding';
import { FileContent } from '../../../core/file-content';
import type { LoweredFile } from '../../engine';
import { emulated, native } from '../../gaps';

/*
 * Templates as files of the repository. Everything has been written out before; here a use takes the place of what it comes to, where it comes to the same.
 */

/** No more files can be included (learn.microsoft.com, Template usage reference, Imposed limits). Each use is counted, as none says otherwise. */
const MOST = 100;

interface Parts extends Omit<JobsAround, 'words'> {
  /** The file of the pipeline. */
  readonly file: string;
  readonly findings: Finding[];
}

export interface Templates {
  readonly files: LoweredFile[];
  /** Jobs of the file, by the jobs of the graph; a use of a template stands at the first of its jobs. */
  readonly jobsOf: ReadonlyMap<string, readonly JobPart[]>;
}

/** The templates of a pipeline, and its jobs with uses of them. The steps of jobs are changed in place. */
export function withTemplates(parts: Parts): Templates {
  return new TemplateFiles(parts).made();
}

class TemplateFiles {
  private readonly files: LoweredFile[] = [];
  private readonly jobsOf: Map<string, readonly JobPart[]>;
  private readonly words: Words;
  private left = MOST;

  public constructor(private readonly parts: Parts) {
    this.jobsOf = new Map(parts.jobsOf);
    const text = JSON.stringify([parts.given, parts.plan.settings.defaultBranch, ...parts.plan.settings.pools.values()]);
    const [use, title, before, step] = ['use', 'title', 'before', 'step'].map(word => unusedWord(`fairway${word}`, text));
    this.words = { use, title, before, step };
  }

  public made(): Templates {
    const { plan, given, jobsOf } = this.parts;
    if (given.patches.some(patch => patch.system === 'azure' && patch.job === undefined && patch.operations.some(({ path }) => /^(\/(jobs|stages)\b|$)/.test(path)))) {
      const reason = 'written out: a change of the file counts its jobs and steps';
      [...given.templates, ...given.stepTemplates].forEach(template => plan.rows.push(emulated(`template ${template.id}`, reason)));
      return { files: [], jobsOf };
    }
    const jobFiles = this.jobFiles();
    const gone = new Set([...jobFiles].flatMap(([file, uses]) => uses.flatMap(({ use }) => file.template.jobs.map(job => `${use.id}-${job.id}`))));
    const stepUses = [
      ...plan.uses.filter(use => !gone.has(use.scope.job.job.id)).map(use => ({ use, inside: undefined })),
      ...[...jobFiles.keys()].flatMap(inside => inside.uses.map(use => ({ use, inside }))),
    ];
    for (const template of given.stepTemplates) {
      this.stepFile(template.id, stepUses.filter(({ use }) => use.group.template === template.id));
    }
    for (const [file, uses] of jobFiles) {
      const path = this.pathOf(file.template.id);
      this.write(file.template, path, file.parameters, { jobs: file.finished(file.jobs) }, 'Jobs');
      uses.forEach(({ use, given: said }) => file.template.jobs.forEach((job, i) => {
        this.jobsOf.set(`${use.id}-${job.id}`, i === 0 ? [useOf(path, this.parts.file, said)] : []);
      }));
    }
    return { files: this.files, jobsOf: this.jobsOf };
  }

  /** Templates of jobs that are files, and which uses are of them. */
  private jobFiles(): Map<JobFile, Array<JobUseResult & { given: Given }>> {
    const { given, plan } = this.parts;
    const made = new Map<JobFile, Array<JobUseResult & { given: Given }>>();
    for (const template of given.templates.filter(each => given.jobs.some(job => job.call?.template === each.id))) {
      const { file, results } = jobFileOf(template, { ...this.parts, words: this.words });
      const part = `template ${template.id}`;
      const uses = results.flatMap(result => {
        const reason = 'reason' in result ? result.reason : this.isFull() ? TOO_MANY : undefined;
        plan.rows.push(reason === undefined ? native(part, `${this.pathOf(template.id)}, as ${result.use.id}`) : emulated(part, `written out as ${result.use.id}: ${reason}`));
        return reason === undefined && 'given' in result ? [result] : [];
      });
      file !== undefined && uses.length > 0 && made.set(file, uses);
    }
    return made;
  }

  /** A template of steps. Its uses stand in jobs of the pipeline, or inside of templates of jobs. */
  private stepFile(id: string, uses: ReadonlyArray<{ use: StepUse; inside?: JobFile }>): void {
    const { given, plan } = this.parts;
    const template = given.stepTemplates.find(each => each.id === id)!;
    const patched = new Set(given.patches.filter(({ system, operations }) => system === 'azure' && operations.some(({ path }) => /^(\/(steps|strategy)\b|$)/.test(path)))
      .map(patch => patch.job));
    const { file, results } = stepFileOf(template, uses.map(({ use }) => use), this.words);
    const path = this.pathOf(id);
    const told = new Set<string>();
    let isUsed = false;
    results.forEach((result: UseResult, i) => {
      const { inside } = uses[i];
      const { use } = result;
      const job = use.scope.job.job.id;
      const reason = 'reason' in result ? result.reason : inside === undefined && patched.has(job) ? 'a change of its job counts steps' : this.isFull() ? TOO_MANY : undefined;
      const where = inside === undefined ? use.group.id : `${use.group.id} in the template ${inside.template.id}`;
      const row = reason === undefined ? native(`template ${id}`, `${path}, as ${where}`, inside ? undefined : job)
        : emulated(`template ${id}`, `written out as ${where}: ${reason}`, inside ? undefined : job);
      // The legs of a matrix that deploys have the same use each.
      told.has(JSON.stringify(row)) || plan.rows.push(row);
      told.add(JSON.stringify(row));
      if (reason === undefined && 'given' in result) {
        isUsed = true;
        const parts = inside ? inside.jobs : this.parts.jobsOf.get(job)!;
        parts.forEach(part => replaceSteps(part, use.steps, useOf(path, inside ? this.pathOf(inside.template.id) : this.parts.file, result.given)));
      }
    });
    file !== undefined && isUsed && this.write(template, path, file.parameters, { steps: file.steps }, 'Steps');
  }

  /** Counts one use more. */
  private isFull(): boolean {
    return this.left-- <= 0;
  }

  private pathOf(template: string): string {
    return `.azure/templates/${this.parts.given.id}-${template}.yml`;
  }

  private write(template: JobFile['template'] | StepFile['template'], path: string, parameters: readonly Parameter[], body: Record<string, unknown>, what: string): void {
    const { given, findings, plan, file } = this.parts;
    const pipeline = path === file ? given.id : [...plan.settings.files].find(([, other]) => other === path)?.[0];
    const other = pipeline !== undefined ? `the pipeline "${pipeline}"` : this.files.some(each => each.path === path) ? 'another template of the same id' : undefined;
    if (other !== undefined) {
      findings.push(messages.takenFile.at(template.path, { template: template.id, file: path, other }));
      return;
    }
    const content = { ...parameters.length > 0 && { parameters }, ...body };
    this.files.push({ path, content: FileContent.yaml(content, { comments: { '': `${what} of the template ${template.name}, for ${given.name}` } }) });
  }
}

const TOO_MANY = `a pipeline includes no more than ${MOST} files`;

/** The use of a template. Paths are relative to the file that has it, or begin at the root of the repository with a slash. */
function useOf(template: string, from: string, given: Given): Step {
  const relative = posix.relative(posix.dirname(from), template);
  return { template: relative.startsWith('..') ? `/${template}` : relative, ...Object.keys(given).length > 0 && { parameters: given } };
}

/** Puts a use in the place of its steps, if they stand in the job. */
function replaceSteps(job: JobPart, steps: readonly Step[], use: Step): void {
  const all = stepsOf(job) ?? [];
  const at = all.indexOf(steps[0]);
  if (at >= 0) {
    const owner = deploymentOf(job) ?? job;
    owner.steps = [...all.slice(0, at), use, ...all.slice(at + steps.length)];
  }
}
