import { cdk, javascript, JsonFile, TextFile, typescript } from 'projen';
import { LAYERS, importZones } from './projenrc/layers';

const project = new cdk.JsiiProject({
  name: 'cdk8s-fairway',
  description: 'The road from commit to production as constructs: environments, workloads, delivery and GitOps, synthesized safely and fast.',
  author: 'cdk8s-fairway maintainers',
  authorAddress: 'https://github.com/cdk8s-fairway',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-fairway/cdk8s-fairway.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk8s-fairway maintainers',
  keywords: ['cdk', 'cdk8s', 'kubernetes', 'gitops', 'argocd', 'delivery', 'platform-engineering', 'golden-path'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  npmignoreEnabled: false,
  bin: { fairway: 'bin/fairway' },

  github: false,
  release: false,
  jest: false,
  package: false,
  docgen: true,
  sampleCode: false,
  eslint: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'ci', 'projenrc'],
    tsconfigPath: './tsconfig.dev.json',
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', '**/dist/', 'test/**/fixtures/'],
  },

  peerDeps: ['cdk8s@^2.70.0', 'cdk8s-plus-28@^2.5.0', 'constructs@^10.4.0'],
  peerDependencyOptions: { pinnedDevDependency: false },
  bundledDeps: [
    'commander@^14.0.0', // the command line; the last line that runs on Node 20
    'croner@^10.0.0', // when a window opens, in its time zone
    'semver@^7.7.0', // ranges of versions, as image policies and charts have them
    'yaml@^2.9.0', // YAML with comments for repository files, and reading cdk8s.yaml
  ],
  devDeps: [
    'fengari', // runs the Lua that Argo CD runs
    '@swc/core@1.16.18', '@swc/jest', '@types/jest', '@types/semver', 'jest', // tests without a jsii compile
    '@kubernetes-models/argo-cd@^4.0.0', // published types: a misspelt field does not compile
    'cdk8s', 'cdk8s-cli', 'cdk8s-plus-28', 'constructs',
    'fast-check',
    'tsx',
  ],
});

// The compiled code is plain ES2022, close to its source; maps would double its size and cost at every import.
const tsconfig = project.tryFindObjectFile('tsconfig.json')!;
tsconfig.addDeletionOverride('compilerOptions.inlineSourceMap');
tsconfig.addDeletionOverride('compilerOptions.inlineSources');

// A lock file must name the binaries of every platform: these are the newest releases that have all of them.
project.package.addPackageResolutions('unrs-resolver@1.12.2', '@swc/core@1.16.18');

// What is imported is loaded when it is first used.
project.tasks.tryFind('post-compile')!.prependExec('tsx projenrc/lazy-exports.ts lib');

project.package.addVersion('0.1.0');
project.package.addField('files', ['lib', 'bin', 'schema', '.jsii', 'CHANGELOG.md', '!lib/**/*.d.ts.map']);
project.package.addField('jest', {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: { '^cdk8s-fairway$': '<rootDir>/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.conformance/', '<rootDir>/.tmp/', '/dist/'],
  setupFiles: ['<rootDir>/test/support/properties.ts'],
  testTimeout: 60_000, // many start programs, and machines are slow at times
  maxWorkers: 2,
});

new TextFile(project, '.npmrc', {
  lines: [
    'omit-lockfile-registry-resolved=true',
    'loglevel=error', // packages of types alone ask for a newer Node than their users need
  ],
});

// What tests, examples and the bench are checked with: the library under its own name, from source.
new JsonFile(project, 'tsconfig.dev.json', {
  obj: {
    extends: './tsconfig.json',
    compilerOptions: {
      rootDir: '.',
      noEmit: true,
      declaration: false,
      skipLibCheck: true,
      types: ['node', 'jest'],
      paths: { 'cdk8s-fairway': ['./src/index.ts'] },
    },
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'ci/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
    exclude: ['node_modules', '**/dist'],
  },
});

// The architecture, as lint rules.
project.eslint!.addRules({
  'no-bitwise': 'off', // file modes
  'import/no-cycle': ['error', { ignoreExternal: true }],
  'import/no-restricted-paths': ['error', { zones: importZones(LAYERS) }],
});
project.eslint!.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only core/host.ts and the command line read the process environment.' },
      { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'A synth is deterministic.' },
      { selector: "NewExpression[callee.name='Date'][arguments.length=0], MemberExpression[object.name='Date'][property.name='now']", message: 'A synth is deterministic.' },
    ],
  },
});
project.eslint!.addOverride({ files: ['src/core/host.ts', 'src/cli/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } });

// One program for everything that is linted, the one that the types are checked with.
const lintConfig = project.tryFindObjectFile('.eslintrc.json')!;
lintConfig.addDeletionOverride('parserOptions.projectService');
lintConfig.addOverride('parserOptions.project', './tsconfig.dev.json');

project.eslint!.addOverride({ files: ['examples/**/*.ts', 'ci/**/*.ts'], rules: { 'import/order': 'off' } }); // ordered as a user has it, for whom the library is external

project.gitignore.exclude('/.conformance/', '/examples/**/dist/', '/examples/**/.fairway/', '/bench/results/', '/.tmp/');

// Scripts that people run: no task runner between them and the output.
project.setScript('example', 'tsx --tsconfig tsconfig.dev.json examples/online-boutique/show.ts');
project.setScript('test', 'npm run --silent check:types && npm run --silent check:lint && npm run --silent check:api && jest');
project.setScript('check:types', 'tsc -p tsconfig.dev.json');
project.setScript('check:lint', 'ESLINT_USE_FLAT_CONFIG=false NODE_NO_WARNINGS=1 eslint --ext .ts --no-error-on-unmatched-pattern src test examples bench ci projenrc .projenrc.ts');
project.setScript('check:api', 'JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency && tsx projenrc/lazy-exports.ts lib && jsii-docgen -o .tmp/API.md && diff -u API.md .tmp/API.md');
project.setScript('docs', 'npm run --silent check:api; cp .tmp/API.md API.md; tsx --tsconfig tsconfig.dev.json projenrc/error-docs.ts');
project.setScript('conformance', 'tsx --tsconfig tsconfig.dev.json test/conformance/main.ts');
project.setScript('workflows', 'tsx --tsconfig tsconfig.dev.json ci/workflows.ts');
project.setScript('bench', 'tsx --tsconfig tsconfig.dev.json bench/main.ts');

project.synth();
