import {
  ClusterDecisionOptions, ClustersOptions, GeneratorOptions, GitOptions, ListOptions, PluginOptions, PullRequestOptions, ScmProviderOptions,
} from './generator-props';
import * as shapes from './generator-shapes';
import * as own from './messages';
import { overrideOf } from './override';
import { PullRequestProvider } from './pull-request-provider';
import { ScmProvider } from './scm-provider';
import { at } from './shapes';
import { Check, plain } from '../../../core/shape';

/** Where the parameters of the Applications of an `ApplicationSet` come from. */
export class Generator {
  /**
   * What is written down.
   *
   * @param elements maps of plain data, each with the parameters of one Application. Throws FW530 when there are none, and no `elementsYaml`
   * @param options the selector and the template
   */
  public static list(elements: any[], options: ListOptions = {}): Generator {
    shapes.checkElements(elements, options);
    const { elementsYaml } = options;
    return Generator.make('list', options, shapes.LIST, { elements, elementsYaml });
  }

  /**
   * The clusters that are registered in Argo CD.
   *
   * @param options which ones
   */
  public static clusters(options: ClustersOptions = {}): Generator {
    const made = Generator.make('clusters', options, shapes.CLUSTERS);
    const { clusters, ...fields } = made.fields;
    return new Generator('clusters', { ...(clusters === undefined ? {} : { selector: clusters }), ...fields }, made.options, []);
  }

  /**
   * The folders of a Git repository: parameter `path` with `path.path`, `path.basename`, `path.basenameNormalized`, `path.segments`.
   *
   * @param options which ones. Throws FW530 when every glob excludes
   */
  public static gitDirectories(options: GitOptions): Generator {
    return Generator.git('directories', options);
  }

  /**
   * The JSON and YAML files of a Git repository: their content, and parameter `path`.
   *
   * @param options which ones. Throws FW530 when every glob excludes
   */
  public static gitFiles(options: GitOptions): Generator {
    return Generator.git('files', options);
  }

  /**
   * The repositories of a provider.
   *
   * @param provider the provider
   * @param options which ones
   */
  public static scmProvider(provider: ScmProvider, options: ScmProviderOptions = {}): Generator {
    shapes.checkProvider('ScmProvider', provider instanceof ScmProvider, provider);
    return Generator.make('scmProvider', options, shapes.SCM, provider._toJson(), provider._isUnverified());
  }

  /**
   * The pull requests of a repository.
   *
   * @param provider the repository
   * @param options which ones
   */
  public static pullRequest(provider: PullRequestProvider, options: PullRequestOptions = {}): Generator {
    shapes.checkProvider('PullRequestProvider', provider instanceof PullRequestProvider, provider);
    return Generator.make('pullRequest', options, shapes.PULL_REQUEST, provider._toJson(), provider._isUnverified());
  }

  /**
   * The clusters that another controller decides on.
   *
   * @param options which ones. Throws FW530 unless there is exactly one of `name` and `labelSelector`
   */
  public static clusterDecisionResource(options: ClusterDecisionOptions): Generator {
    const made = Generator.make('clusterDecisionResource', options, shapes.DECISION);
    if ((options.name === undefined) === (options.labelSelector === undefined)) {
      throw own.invalidGenerator.error('', { generator: 'clusterDecisionResource', fault: 'has not exactly one of name and labelSelector', value: options.name });
    }
    return made;
  }

  /**
   * What a program of yours says.
   *
   * @param options where it is, and what it is given
   */
  public static plugin(options: PluginOptions): Generator {
    const made = Generator.make('plugin', options, shapes.PLUGIN);
    const { configMapRef, parameters, ...fields } = made.fields;
    return new Generator('plugin', { configMapRef: { name: configMapRef }, ...(parameters ? { input: { parameters } } : {}), ...fields }, made.options, []);
  }

  /**
   * Every parameter of one generator with every one of another.
   *
   * @param first a generator
   * @param second a generator; its texts may hold `{{ … }}` with the parameters of the first
   * @param options the selector and the template. Throws FW531 for what cannot be combined
   */
  public static matrix(first: Generator, second: Generator, options: GeneratorOptions = {}): Generator {
    return Generator.combine('matrix', [first, second], options, {});
  }

  /**
   * The parameters of one generator, with those of others over them where they have the same keys.
   *
   * @param mergeKeys the names of the parameters that must be the same; at least one
   * @param generators at least two generators; the first says which Applications there are
   * @param options the selector and the template. Throws FW531 for what cannot be combined
   */
  public static merge(mergeKeys: string[], generators: Generator[], options: GeneratorOptions = {}): Generator {
    shapes.checkMerge(mergeKeys, generators);
    return Generator.combine('merge', generators, options, { mergeKeys });
  }

  private static git(what: string, options: GitOptions): Generator {
    const made = Generator.make('git', options, shapes.GIT);
    if (options.paths.every(each => each.exclude)) {
      throw own.invalidGenerator.error('', { generator: 'git', fault: 'has no path that is not excluded', value: options.paths });
    }
    const { paths, ...fields } = made.fields;
    return new Generator('git', { ...fields, [what]: paths }, made.options, []);
  }

  private static combine(kind: string, children: Generator[], options: GeneratorOptions, more: object): Generator {
    shapes.checkChildren(kind, children.map(child => child instanceof Generator ? child : undefined));
    const made = Generator.make(kind, options, shapes.OPTIONS);
    return new Generator(kind, { ...made.fields, ...more }, made.options, [...children]);
  }

  private static make(kind: string, options: GeneratorOptions, shape: Check, more: object = {}, isUnverified = false): Generator {
    shape(at('', `${kind} generator`), options);
    const { selector, template, ...fields } = options;
    const made = new Generator(kind, plain({ ...fields, ...more }), { selector, template }, [], isUnverified);
    overrideOf(template);
    return made;
  }

  private constructor(
    /** The field of the ApplicationSet that it stands in: `list`, `git`, `matrix`, … */
    public readonly kind: string,
    private readonly fields: any,
    private readonly options: GeneratorOptions,
    private readonly children: Generator[],
    private readonly isUnverified = false,
  ) {}

  /** @internal */
  public _toJson(): Record<string, any> {
    const { selector, template } = this.options;
    return {
      [this.kind]: {
        ...this.fields,
        ...(this.children.length > 0 ? { generators: this.children.map(child => child._toJson()) } : {}),
        ...(template === undefined ? {} : { template: overrideOf(template) }),
      },
      ...(selector === undefined ? {} : { selector: plain(selector) }),
    };
  }

  /** @internal */
  public _children(): Generator[] {
    return this.children;
  }

  /** @internal */
  public _options(): GeneratorOptions {
    return this.options;
  }

  /** The fields of it alone. @internal */
  public _fields(): any {
    return this.fields;
  }

  /** Whether a provider is asked without a look at its certificate. @internal */
  public _isUnverified(): boolean {
    return this.isUnverified || this.children.some(child => child._isUnverified());
  }
}
