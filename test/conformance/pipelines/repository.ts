import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse, type YamlDocument, labelOf } from '../documents';
import type { Finding } from '../report';

/** A file of a CI system, and what it is called in reports. */
export interface Source {
  readonly file: string;
  /** `workflow/<name>`, `gitlab/<name>`, …: the name is the file's, without its ending. */
  readonly object: string;
  readonly text: string;
}

/** A folder that looks like a user's repository: what was synthesized for CI systems, at the places where they look. */
export class Repository {
  readonly workflows: Source[];
  readonly actions: Source[];
  /** The root file, and what it may include. */
  readonly gitlab: Source[];
  /** Components: a header with inputs, and a configuration. */
  readonly gitlabTemplates: Source[];
  readonly azure: Source[];
  readonly jenkins: Source[];
  readonly dependabot: Source[];
  readonly renovate: Source[];
  /** Objects of Kubernetes, from every other YAML file. */
  readonly objects: YamlDocument[];

  /** YAML files that are neither at a place where a CI system looks nor objects of Kubernetes: nothing here can judge them. */
  readonly unknown: string[];

  private readonly files: string[];
  private readonly all: Source[];

  constructor(readonly root: string) {
    this.files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).split(sep).join('/'))
      .filter((file) => !/(^|\/)(\.git|node_modules)\//.test(file))
      .sort();
    this.workflows = this.sources('workflow', /^\.github\/workflows\/[^/]+\.ya?ml$/);
    this.actions = this.sources('action', /^(\.github\/actions\/.+\/)?action\.ya?ml$/);
    this.gitlab = this.sources('gitlab', /^(.+\/)?[^/]*\.gitlab-ci\.ya?ml$|^\.gitlab\/(ci|pipelines)\/.+\.ya?ml$/);
    this.gitlabTemplates = this.gitlab.length > 0 ? this.sources('component', /^templates\/.+\.ya?ml$/) : [];
    this.azure = this.sources('azure', /^(.+\/)?azure-pipelines[^/]*\.ya?ml$|^\.azure\/.+\.ya?ml$/);
    this.jenkins = this.sources('jenkins', /^(.+\/)?Jenkinsfile[^/]*$|\.(jenkinsfile|jenkins)$/i);
    this.dependabot = this.sources('dependabot', /^\.github\/dependabot\.ya?ml$/);
    this.renovate = this.sources('renovate', /^(\.github\/|\.gitlab\/)?(renovate\.json|\.renovaterc(\.json)?)$/);
    const { workflows, actions, gitlab, gitlabTemplates, azure, jenkins, dependabot, renovate } = this;
    this.all = [workflows, actions, gitlab, gitlabTemplates, azure, jenkins, dependabot, renovate].flat();
    const others = this.files.filter((file) => /\.ya?ml$/.test(file) && !this.all.some((source) => source.file === file));
    this.objects = others.flatMap((file) => this.objectsOf(file));
    this.unknown = others.filter((file) => !this.objects.some((object) => object.file === file));
  }

  get isEmpty(): boolean {
    return this.all.length + this.objects.length === 0;
  }

  /** What tells of a file, given as a tool names it. */
  finding(file: string, rule: string, message: string): Finding {
    const source = this.all.find((candidate) => candidate.file === file);
    return { file, object: source?.object ?? file, rule, message };
  }

  /** Lends a copy that Git takes for a work tree. */
  withCheckout<T>(edit: (source: Source) => string | undefined, work: (checkout: string) => T): T {
    const checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
    try {
      mkdirSync(join(checkout, '.git'));
      [...this.workflows, ...this.actions, ...this.gitlab, ...this.gitlabTemplates].forEach((source) => {
        writeBelow(checkout, source.file, edit(source) ?? source.text);
      });
      return work(checkout);
    } finally {
      rmSync(checkout, { recursive: true });
    }
  }

  /** The path relative to the root, however a tool gives it. */
  relative(path: string): string {
    return relative(this.root, resolve(this.root, path)).split(sep).join('/');
  }

  private read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  private sources(kind: string, pattern: RegExp): Source[] {
    return this.files.filter((file) => pattern.test(file)).map((file) => ({ file, object: `${kind}/${nameOf(file)}`, text: this.read(file) }));
  }

  private objectsOf(file: string): YamlDocument[] {
    return this.read(file).split(/^---(?:[ \t].*)?\n/m)
      .map((text) => ({ text, value: parse(text)[0]?.toJS() }))
      .filter(({ value }) => typeof value?.apiVersion === 'string' && typeof value.kind === 'string')
      .map((document) => ({ file, object: labelOf(document.value), ...document }));
  }
}

/** The name of the file; of an action that of its folder. */
function nameOf(file: string): string {
  const parts = file.split('/');
  const last = parts[parts.length - 1].replace(/\.ya?ml$|\.json$/, '');
  return last === 'action' && parts.length > 1 ? parts[parts.length - 2] : last;
}

export function writeBelow(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
