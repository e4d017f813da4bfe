import * as messages from './messages';
import { JenkinsAgents, JenkinsOptions, JenkinsPlugin, JenkinsTools } from './options';
import { all, Check, flag, listOf, mapOf, oneOf, struct, textThat } from '../../../core/shape';

/** The options with their defaults. */
export interface Settled {
  readonly file: string;
  readonly agents: JenkinsAgents;
  readonly labels: Readonly<Record<string, string>>;
  readonly plugins: ReadonlySet<JenkinsPlugin>;
  readonly tools: JenkinsTools;
  readonly toolImages: Readonly<Record<string, string>>;
  readonly podImage?: string;
  readonly cloud?: string;
  readonly pushCredentials?: string;
  readonly registryCredentials?: string;
  readonly defaultBranch: string;
  readonly cleanWorkspace: boolean;
}

/** Text on one line, without what could end it. */
const line = textThat(value => !/\p{C}|[\u2028\u2029]/u.test(value), 'is not on one line');

/** A path of a file within the repository. */
const file = all(line, textThat(value => /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\]*[^\\/]$/.test(value), 'is no path of a file in the repository'));

const KNOWN_RUNNERS = ['linux/x64', 'linux/arm64', 'windows/x64', 'windows/arm64', 'macos/x64', 'macos/arm64'];

const labels: Check = (at, value) => {
  mapOf(line)(at, value);
  const unknown = Object.keys(value as object).find(key => !KNOWN_RUNNERS.includes(key));
  if (unknown !== undefined) {
    throw at.messages.unknownField.error(at.path, { kind: at.kind, field: `${at.field}.${unknown}`, known: KNOWN_RUNNERS });
  }
};

/** No duration is among the options. */
const SHAPES = { ...messages, invalidDuration: messages.invalidField };

const FIELDS: Record<keyof JenkinsOptions, Check> = {
  file,
  agents: oneOf(JenkinsAgents),
  labels,
  plugins: listOf(oneOf(JenkinsPlugin)),
  tools: oneOf(JenkinsTools),
  toolImages: mapOf(line),
  podImage: line,
  cloud: line,
  pushCredentials: line,
  registryCredentials: line,
  defaultBranch: line,
  cleanWorkspace: flag,
};

/** What is meant where nothing is said. Throws FW1180, FW1181 and FW1182 for what no option can be. */
export function settled(options: JenkinsOptions = {}, path = ''): Settled {
  struct(FIELDS)({ path, kind: 'PipelineEngine.jenkins', field: '', messages: SHAPES }, options);
  return {
    file: options.file ?? 'Jenkinsfile',
    agents: options.agents ?? JenkinsAgents.DOCKER,
    labels: { ...options.labels },
    plugins: new Set(options.plugins ?? Object.values(JenkinsPlugin)),
    tools: options.tools ?? JenkinsTools.IMAGES,
    toolImages: { ...options.toolImages },
    podImage: options.podImage,
    cloud: options.cloud,
    pushCredentials: options.pushCredentials,
    registryCredentials: options.registryCredentials,
    defaultBranch: options.defaultBranch ?? 'main',
    cleanWorkspace: options.cleanWorkspace ?? true,
  };
}
