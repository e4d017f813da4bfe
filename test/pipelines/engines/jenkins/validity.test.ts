import type { PipelineAst, Stage, Step } from '../../../../src/pipelines/engines/jenkins/ast';
import { printPipeline } from '../../../../src/pipelines/engines/jenkins/print';
import { faultsOf } from '../../../../src/pipelines/engines/jenkins/validity';

const echo: Step = { step: 'echo', message: 'hi' };
const stage = (name: string, rest: Partial<Stage> = {}): Stage => ({ name, content: { body: 'steps', steps: [echo] }, ...rest });
const parallel = (name: string, ...stages: Stage[]) => stage(name, { content: { body: 'parallel', stages } });
const group = (name: string, ...stages: Stage[]) => stage(name, { content: { body: 'stages', stages } });
const matrix = (name: string, ...stages: Stage[]) => stage(name, { content: { body: 'matrix', matrix: { axes: [{ name: 'A', values: ['1'] }], excludes: [], stages } } });

function pipeline(stages: Stage[], rest: Partial<PipelineAst> = {}): PipelineAst {
  return { comments: [], agent: { agent: 'none' }, options: [], triggers: [], parameters: [], environment: [], stages, ...rest };
}

describe('what Jenkins refuses', () => {
  it.each<[string, PipelineAst, RegExp]>([
    ['names that are there twice', pipeline([stage('a'), group('b', stage('a'))]), /two stages are called "a"/],
    ['stages without a name', pipeline([stage(' ')]), /a stage has no name/],
    ['no stages', pipeline([]), /the pipeline has no stages/],
    ['a group of nothing', pipeline([group('a')]), /stage "a" has no stages/],
    ['no steps', pipeline([stage('a', { content: { body: 'steps', steps: [] } })]), /stage "a" has no steps/],
    ['a remark alone', pipeline([stage('a', { content: { body: 'steps', steps: [{ step: 'comment', text: 'x' }] } })]), /stage "a" has no steps/],
    ['an empty block within steps', pipeline([stage('a', { content: { body: 'steps', steps: [{ step: 'dir', path: 'x', steps: [] }] } })]), /has no steps/],
    ['an empty post', pipeline([stage('a', { post: [{ condition: 'always', steps: [] }] })]), /always of the stage "a" has no steps/],
    ['an empty when', pipeline([stage('a', { when: [] })]), /when without conditions/],
    ['an empty anyOf', pipeline([stage('a', { when: [{ when: 'anyOf', of: [] }] })]), /when without conditions/],
    ['parallel in parallel', pipeline([parallel('a', parallel('b', stage('c')))]), /stage "b" has stages in parallel, and is in parallel itself/],
    ['parallel in a group in parallel', pipeline([parallel('a', group('b', parallel('c', stage('d'))))]), /stage "c" has stages in parallel/],
    ['a matrix in parallel', pipeline([parallel('a', matrix('b', stage('c')))]), /stage "b" has stages in parallel/],
    ['parallel in a matrix', pipeline([matrix('a', parallel('b', stage('c')))]), /stage "b" has stages in parallel/],
    ['an agent around parallel stages', pipeline([{ ...parallel('a', stage('b')), agent: { agent: 'any' } }]), /has an agent or tools/],
    ['fail-fast of nothing', pipeline([stage('a', { failFast: true })]), /has failFast/],
    ['names of variables', pipeline([stage('a', { environment: [{ name: 'a-b', value: { is: 'text', value: 'x' } }] })]), /"a-b" of the stage "a" is no name/],
    ['variables that are there twice', pipeline([stage('a')], { environment: ['X', 'X'].map(name => ({ name, value: { is: 'text', value: 'x' } })) }), /"X" twice/],
    ['options that are there twice', pipeline([stage('a')], { options: [{ option: 'timestamps' }, { option: 'timestamps' }] }), /"timestamps" twice/],
    ['a matrix without axes', pipeline([stage('a', { content: { body: 'matrix', matrix: { axes: [], excludes: [], stages: [stage('b')] } } })]), /empty axis, or none/],
  ])('%s', (_, ast, fault) => {
    expect(faultsOf(ast).join('\n')).toMatch(fault);
  });

  it('is nothing else', () => {
    expect(faultsOf(pipeline([stage('a'), parallel('b', group('c', stage('d'), stage('e')), stage('f')), matrix('g', group('h', stage('i')))]))).toEqual([]);
  });
});

describe('a pipeline', () => {
  it('is printed section by section', () => {
    const text = printPipeline(pipeline([stage('Build', {
      comments: ['readCode'],
      agent: { agent: 'docker', image: 'node:24', label: 'linux' },
      options: [{ option: 'lock', resource: { is: 'text', value: 'prod' } }],
      environment: [{ name: 'TOKEN', value: { is: 'credentials', id: 'token' } }],
      input: { message: 'Go?', submitter: 'sre' },
      when: [{ when: 'branch', pattern: 'main', comparator: 'EQUALS' }],
      post: [{ condition: 'failure', steps: [echo] }, { condition: 'always', steps: [{ step: 'junit', testResults: '*.xml' }] }],
    })], {
      comments: ['Shop'],
      options: [{ option: 'disableConcurrentBuilds', abortPrevious: { is: 'true' } }],
      triggers: [{ trigger: 'cron', spec: 'H 3 * * *', primaryOnly: true }],
      parameters: [{ parameter: 'choice', name: 'level', choices: ['a', 'b'], description: 'How much' }, { parameter: 'booleanParam', name: 'dry', defaultValue: false }],
    }));
    expect(text).toBe(`// Shop

pipeline {
  agent none

  options {
    disableConcurrentBuilds(abortPrevious: true)
  }

  triggers {
    cron(env.BRANCH_IS_PRIMARY == 'true' ? 'H 3 * * *' : '')
  }

  parameters {
    choice(name: 'level', choices: ['a', 'b'], description: 'How much')
    booleanParam(name: 'dry', defaultValue: false)
  }

  stages {
    // readCode
    stage('Build') {
      agent {
        docker {
          image 'node:24'
          label 'linux'
        }
      }
      options {
        lock(resource: 'prod')
      }
      environment {
        TOKEN = credentials('token')
      }
      when {
        beforeOptions true
        beforeInput true
        beforeAgent true
        branch pattern: 'main', comparator: 'EQUALS'
      }
      input {
        message 'Go?'
        submitter 'sre'
      }
      steps {
        echo 'hi'
      }
      post {
        always {
          junit testResults: '*.xml'
        }
        failure {
          echo 'hi'
        }
      }
    }
  }
}
`);
  });

  it('prints steps one on a line, with blocks in braces', () => {
    const steps: Step[] = [
      { step: 'withEnv', env: [{ name: 'A', value: { is: 'text', value: '1' } }, { name: 'B', value: { is: 'env', name: 'C' } }], steps: [echo] },
      { step: 'withCredentials', bindings: [{ binding: 'usernamePassword', credentialsId: 'hub', usernameVariable: 'U', passwordVariable: 'P' }], steps: [echo] },
      { step: 'cache', maxCacheSize: 10, skipSave: true, caches: [{ path: '.npm', cacheName: 'npm', cacheValidityDecidingFile: 'package-lock.json' }], steps: [echo] },
      { step: 'catchError', buildResult: 'SUCCESS', stageResult: 'UNSTABLE', catchInterruptions: false, steps: [echo] },
      { step: 'script', statements: [{ do: 'env', name: 'X', value: { is: 'text', value: 'y' } }] },
      { step: 'script', statements: [{ do: 'finally', first: [echo], then: [echo] }] },
      { step: 'checkoutWith', lfs: true, ref: { is: 'text', value: 'v1' } },
      { step: 'stash', name: 'dist', includes: 'dist/**', allowEmpty: true },
      { step: 'bat', script: 'dir' },
    ];
    const text = printPipeline(pipeline([stage('a', { content: { body: 'steps', steps } })]));
    expect(text.split('\n').slice(6, -5).map(line => line.slice(8)).join('\n')).toBe(`withEnv([
  'A=1',
  'B=' + (env.C ?: ''),
]) {
  echo 'hi'
}
withCredentials([usernamePassword(credentialsId: 'hub', usernameVariable: 'U', passwordVariable: 'P')]) {
  echo 'hi'
}
cache(maxCacheSize: 10, skipSave: true, caches: [arbitraryFileCache(path: '.npm', cacheName: 'npm', cacheValidityDecidingFile: 'package-lock.json')]) {
  echo 'hi'
}
catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE', catchInterruptions: false) {
  echo 'hi'
}
script {
  env.X = 'y'
  try {
    echo 'hi'
  } finally {
    echo 'hi'
  }
}
checkout scmGit(
  branches: [[name: 'v1']],
  extensions: scm.extensions + [[$class: 'GitLFSPull']],
  userRemoteConfigs: scm.userRemoteConfigs
)
stash name: 'dist', includes: 'dist/**', allowEmpty: true
bat 'dir'`);
  });
});
