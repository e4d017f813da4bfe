import type { JobNode } from '../../../../src/pipelines/graph';
import { checkoutOf, downloadOf, graphOf, jobOf, runOf, uploadOf } from '../../../pipelines/graphs';
import { traced, type RunnerName, type Scenario } from '../../../pipelines/scenario';

/*
 * Pipelines with what they come to on each system, written by hand: they show that the runners run, and that a difference is found. A fault is
 * one edit of a file, after which the run has to differ.
 */

export interface Sample {
  readonly scenario: Scenario;
  readonly files: Record<RunnerName, Record<string, string>>;
  readonly faults: { readonly runner: RunnerName; readonly replace: string; readonly by: string; readonly finds: RegExp }[];
}

const checkout = checkoutOf();
const [push, main] = [{ event: 'push' } as const, { kind: 'push' as const, branches: { include: ['main'], exclude: [] } }];

// ---------------------------------------------------------------- outputs, artifacts and a matrix

const build: JobNode = jobOf('build', [], {
  steps: [
    checkout,
    runOf('main', traced('build', ['mkdir -p dist', 'cp seed.txt dist/app.txt', 'echo "version=1.2.3" >> "$FAIRWAY_OUTPUT"']), { outputs: ['version'] }),
    uploadOf('app', 'dist'),
  ],
  outputs: [{ name: 'version', step: 'main', output: 'version' }],
});

const test: JobNode = jobOf('test', ['output:build'], {
  matrix: {
    kind: 'static',
    axes: [{ name: 'OS', values: ['linux', 'mac'] }, { name: 'NODE', values: ['20', '22'] }],
    include: [],
    exclude: [{ OS: 'mac', NODE: '20' }],
    combinations: [{ OS: 'linux', NODE: '20' }, { OS: 'linux', NODE: '22' }, { OS: 'mac', NODE: '22' }],
    failFast: false,
  },
  env: { OS: [{ kind: 'matrix', axis: 'OS' }], NODE: [{ kind: 'matrix', axis: 'NODE' }], VERSION: [{ kind: 'output', job: 'build', name: 'version' }] },
  steps: [
    downloadOf('app', 'build', 'got'),
    runOf('main', traced('test', ['echo "say test/$OS/$NODE $VERSION $(cat got/dist/app.txt)" >> "$FAIRWAY_TRACE"'], ['OS', 'NODE'])),
  ],
});

const TEST_LINE = 'echo "say test/$OS/$NODE $VERSION $(cat got/dist/app.txt)" >> "$FAIRWAY_TRACE"';

const handed: Sample = {
  scenario: {
    name: 'Outputs and artifacts go to every leg', graph: graphOf([build, test], { triggers: [main] }), event: push, files: { 'seed.txt': 'seed' },
  },
  files: {
    'act': {
      '.github/workflows/ci.yml': `
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs:
      version: \${{ steps.main.outputs.version }}
    steps:
      - uses: actions/checkout@v6
      - id: main
        shell: bash
        run: |
          echo "start build" >> "$FAIRWAY_TRACE"
          mkdir -p out/dist
          cp seed.txt out/dist/app.txt
          echo "version=1.2.3" >> "$GITHUB_OUTPUT"
          echo "end build" >> "$FAIRWAY_TRACE"
      - uses: actions/upload-artifact@v7
        with:
          name: app
          path: out
  test:
    needs: build
    runs-on: ubuntu-24.04
    strategy:
      fail-fast: false
      matrix:
        OS: [linux, mac]
        NODE: ['20', '22']
        exclude:
          - OS: mac
            NODE: '20'
    steps:
      - uses: actions/download-artifact@v8
        with:
          name: app
          path: got
      - shell: bash
        env:
          OS: \${{ matrix.OS }}
          NODE: \${{ matrix.NODE }}
          VERSION: \${{ needs.build.outputs.version }}
        run: |
          echo "start test/$OS/$NODE" >> "$FAIRWAY_TRACE"
          ${TEST_LINE}
          echo "end test/$OS/$NODE" >> "$FAIRWAY_TRACE"
`,
    },
    'gitlab-ci-local': {
      '.gitlab-ci.yml': `
build:
  stage: build
  script:
    - echo "start build" >> "$FAIRWAY_TRACE"
    - mkdir -p got/dist && cp seed.txt got/dist/app.txt
    - echo "VERSION=1.2.3" > outputs.env
    - mv outputs.env .outputs.env
    - echo "end build" >> "$FAIRWAY_TRACE"
  artifacts:
    paths: [got/]
    reports:
      dotenv: .outputs.env
test:
  stage: test
  needs: [build]
  parallel:
    matrix:
      - OS: linux
        NODE: ['20', '22']
      - OS: mac
        NODE: '22'
  script:
    - echo "start test/$OS/$NODE" >> "$FAIRWAY_TRACE"
    - ${TEST_LINE}
    - echo "end test/$OS/$NODE" >> "$FAIRWAY_TRACE"
`.replace(`- ${TEST_LINE}`, `- '${TEST_LINE}'`),
    },
    'jenkins': {
      Jenkinsfile: `
pipeline {
  agent none
  stages {
    stage('build') {
      agent any
      steps {
        sh '''#!/usr/bin/env bash
          echo "start build" >> "$FAIRWAY_TRACE"
          mkdir -p dist
          cp seed.txt dist/app.txt
        '''
        stash name: 'app', includes: 'dist/'
        script {
          env.VERSION = sh(script: 'echo 1.2.3', returnStdout: true).trim()
        }
        sh 'echo "end build" >> "$FAIRWAY_TRACE"'
      }
    }
    stage('test') {
      matrix {
        axes {
          axis {
            name 'OS'
            values 'linux', 'mac'
          }
          axis {
            name 'NODE'
            values '20', '22'
          }
        }
        excludes {
          exclude {
            axis {
              name 'OS'
              values 'mac'
            }
            axis {
              name 'NODE'
              values '20'
            }
          }
        }
        agent any
        stages {
          stage('test leg') {
            steps {
              sh 'echo "start test/$OS/$NODE" >> "$FAIRWAY_TRACE"'
              dir('got') {
                unstash 'app'
              }
              sh '${TEST_LINE}'
              sh 'echo "end test/$OS/$NODE" >> "$FAIRWAY_TRACE"'
            }
          }
        }
      }
    }
  }
}
`,
    },
  },
  faults: [
    { runner: 'act', replace: 'needs.build.outputs.version', by: 'needs.build.outputs.versions', finds: /said/ },
    { runner: 'act', replace: 'NODE: \'20\'\n    steps', by: 'NODE: \'22\'\n    steps', finds: /test\/mac\/20 began 1 times, not 0/ },
    { runner: 'act', replace: 'path: out', by: 'path: nowhere', finds: /artifacts lack/ },
    { runner: 'gitlab-ci-local', replace: 'needs: [build]', by: 'needs: []', finds: /said|began before/ },
    { runner: 'gitlab-ci-local', replace: 'NODE: \'22\'', by: 'NODE: [\'22\', \'24\']', finds: /test\/mac\/24 began 1 times/ },
    { runner: 'jenkins', replace: 'env.VERSION =', by: 'env.REVISION =', finds: /said/ },
    { runner: 'jenkins', replace: 'dir(\'got\')', by: 'dir(\'gone\')', finds: /did not come to its end|said/ },
    { runner: 'jenkins', replace: 'stage(\'test leg\')', by: 'stage(\'build\')', finds: /Duplicate stage name/ },
  ],
};

// ---------------------------------------------------------------- what runs after a failure

const script = (id: string, between: string[] = []) => ({ steps: [runOf('main', traced(id, between))] });

const after: Sample = {
  scenario: {
    name: 'A failure skips what follows and runs what waits for it',
    graph: graphOf([
      jobOf('unit', [], script('unit', ['exit 3'])),
      jobOf('ship', ['unit'], script('ship')),
      jobOf('tell', ['ship'], { ...script('tell'), condition: { kind: 'status', status: 'failure' } }),
      jobOf('clean', ['unit'], { ...script('clean'), condition: { kind: 'status', status: 'always' } }),
    ]),
    event: push,
  },
  files: {
    'act': {
      '.github/workflows/ci.yml': `
on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps: [{ run: 'echo "start unit" >> "$FAIRWAY_TRACE"; exit 3' }]
  ship:
    needs: unit
    runs-on: ubuntu-24.04
    steps: [{ run: 'echo "start ship" >> "$FAIRWAY_TRACE"' }]
  tell:
    needs: ship
    if: failure()
    runs-on: ubuntu-24.04
    steps: [{ run: 'echo "start tell" >> "$FAIRWAY_TRACE"; echo "end tell" >> "$FAIRWAY_TRACE"' }]
  clean:
    needs: unit
    if: always()
    runs-on: ubuntu-24.04
    steps: [{ run: 'echo "start clean" >> "$FAIRWAY_TRACE"; echo "end clean" >> "$FAIRWAY_TRACE"' }]
`,
    },
    'gitlab-ci-local': {
      '.gitlab-ci.yml': `
stages: [one, two, three]
unit:
  stage: one
  script: ['echo "start unit" >> "$FAIRWAY_TRACE"', exit 3]
ship:
  stage: two
  script: ['echo "start ship" >> "$FAIRWAY_TRACE"']
tell:
  stage: three
  when: on_failure
  script: ['echo "start tell" >> "$FAIRWAY_TRACE"', 'echo "end tell" >> "$FAIRWAY_TRACE"']
clean:
  stage: two
  when: always
  script: ['echo "start clean" >> "$FAIRWAY_TRACE"', 'echo "end clean" >> "$FAIRWAY_TRACE"']
`,
    },
    'jenkins': {
      Jenkinsfile: `
pipeline {
  agent any
  stages {
    stage('unit') {
      steps {
        sh 'echo "start unit" >> "$FAIRWAY_TRACE"; exit 3'
      }
    }
    stage('ship') {
      steps {
        sh 'echo "start ship" >> "$FAIRWAY_TRACE"'
      }
    }
  }
  post {
    always {
      sh 'echo "start clean" >> "$FAIRWAY_TRACE"; echo "end clean" >> "$FAIRWAY_TRACE"'
    }
    failure {
      sh 'echo "start tell" >> "$FAIRWAY_TRACE"; echo "end tell" >> "$FAIRWAY_TRACE"'
    }
  }
}
`,
    },
  },
  faults: [
    { runner: 'act', replace: 'if: failure()', by: 'if: success()', finds: /tell began 0 times/ },
    { runner: 'act', replace: 'needs: unit\n    runs-on', by: 'runs-on', finds: /ship began 1 times/ },
    { runner: 'act', replace: '; exit 3', by: '', finds: /the run came to success/ },
    { runner: 'gitlab-ci-local', replace: 'when: on_failure', by: 'when: on_success', finds: /tell began 0 times/ },
    { runner: 'gitlab-ci-local', replace: 'stage: one', by: 'stage: one\n  allow_failure: true', finds: /ship began 1 times/ },
    { runner: 'jenkins', replace: 'failure {', by: 'success {', finds: /tell began 0 times/ },
    { runner: 'jenkins', replace: '; exit 3', by: '', finds: /ship began 1 times/ },
    { runner: 'jenkins', replace: 'sh \'echo "start unit"', by: 'def x = 1; sh \'echo "start unit"', finds: /not a statement of Groovy/ },
  ],
};

export const SAMPLES: readonly Sample[] = [handed, after];
