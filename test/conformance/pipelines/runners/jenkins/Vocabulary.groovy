/** What a declarative pipeline may say: sections, steps and their parameters, as Jenkins and its usual plug-ins know them. */
class Vocabulary {
    static final Set<String> ROOT = ['agent', 'environment', 'options', 'parameters', 'post', 'stages', 'tools', 'triggers', 'libraries']
    static final Set<String> STAGE = ['agent', 'environment', 'failFast', 'input', 'matrix', 'options', 'parallel', 'post', 'stages', 'steps', 'tools', 'when']
    static final Set<String> MATRIX = ['agent', 'axes', 'environment', 'excludes', 'input', 'options', 'post', 'stages', 'tools', 'when']
    /** In the order in which they are looked at. */
    static final List<String> POST = ['always', 'changed', 'fixed', 'regression', 'aborted', 'failure', 'success', 'unstable', 'unsuccessful', 'notBuilt', 'cleanup']
    static final Set<String> TOOLS = ['maven', 'jdk', 'gradle', 'ant', 'nodejs', 'go', 'dotnetsdk', 'git']
    static final Map<String, Set<String>> AGENTS = [
        label: [], node: ['label', 'customWorkspace'],
        docker: ['image', 'args', 'label', 'registryUrl', 'registryCredentialsId', 'reuseNode', 'alwaysPull', 'customWorkspace'],
        dockerfile: ['filename', 'dir', 'label', 'additionalBuildArgs', 'args', 'registryUrl', 'registryCredentialsId', 'reuseNode', 'customWorkspace'],
        kubernetes: ['yaml', 'yamlFile', 'yamlMergeStrategy', 'inheritFrom', 'defaultContainer', 'cloud', 'namespace', 'serviceAccount', 'label',
            'retries', 'nodeSelector', 'workingDir', 'customWorkspace', 'idleMinutes', 'slaveConnectTimeout', 'podRetention', 'showRawYaml',
            'activeDeadlineSeconds', 'hostNetwork', 'supplementalGroups', 'instanceCap', 'containerTemplate', 'workspaceVolume', 'runAsUser', 'runAsGroup'],
    ].collectEntries { name, fields -> [name, fields as Set] }

    /** Options of the pipeline; those of a stage are the ones that wrap a block. */
    static final Set<String> OPTIONS = ['buildDiscarder', 'checkoutToSubdirectory', 'copyArtifactPermission', 'disableConcurrentBuilds', 'disableRestartFromStage',
        'disableResume', 'durabilityHint', 'gitLabConnection', 'newContainerPerStage', 'overrideIndexTriggers', 'parallelsAlwaysFailFast',
        'preserveStashes', 'quietPeriod', 'rateLimitBuilds', 'skipDefaultCheckout', 'skipStagesAfterUnstable', 'ansiColor', 'lock', 'retry', 'timeout', 'timestamps',
        'throttleJobProperty', 'githubProjectProperty', 'catchError', 'warnError', 'withCredentials', 'withEnv']
    static final Set<String> STAGE_OPTIONS = ['skipDefaultCheckout', 'ansiColor', 'lock', 'retry', 'timeout', 'timestamps', 'catchError', 'warnError', 'withCredentials', 'withEnv']
    static final Set<String> TRIGGERS = ['cron', 'pollSCM', 'upstream', 'githubPush', 'gitlab', 'parameterizedCron', 'GenericTrigger']
    static final Map<String, Set<String>> PARAMETERS = [
        string: ['name', 'defaultValue', 'description', 'trim'], text: ['name', 'defaultValue', 'description', 'trim'],
        booleanParam: ['name', 'defaultValue', 'description'], choice: ['name', 'choices', 'description'],
        password: ['name', 'defaultValue', 'description'], credentials: ['name', 'credentialType', 'defaultValue', 'description', 'required'],
    ].collectEntries { name, fields -> [name, fields as Set] }
    static final Map<String, Class> INPUT = [message: String, id: String, ok: String, submitter: String, submitterParameter: String, parameters: Closure]

    /** Conditions of `when` that hold others, and how many; -1 for one or more. */
    static final Map<String, Integer> NESTING = [allOf: -1, anyOf: -1, not: 1]
    static final Map<String, Set<String>> WHEN = [
        branch: ['pattern', 'comparator'], tag: ['pattern', 'comparator'], buildingTag: [], changelog: ['pattern'],
        changeset: ['pattern', 'comparator', 'caseSensitive'], environment: ['name', 'value', 'ignoreCase'], equals: ['expected', 'actual'],
        changeRequest: ['id', 'target', 'branch', 'fork', 'url', 'title', 'author', 'authorDisplayName', 'authorEmail', 'comparator'],
        triggeredBy: ['cause', 'detail'], isRestartedRun: [], expression: [],
    ].collectEntries { name, fields -> [name, fields as Set] }
    static final Set<String> BEFORE = ['beforeAgent', 'beforeInput', 'beforeOptions']

    /** A step: the parameter that may stand without its name, all parameters with what they are, and whether it wraps a block. */
    static final Map<String, Map> STEPS = [
        archiveArtifacts: [sole: 'artifacts', of: [artifacts: String, excludes: String, allowEmptyArchive: Boolean, caseSensitive: Boolean, defaultExcludes: Boolean,
            fingerprint: Boolean, followSymlinks: Boolean, onlyIfSuccessful: Boolean]],
        bat: [sole: 'script', of: [script: String, label: String, returnStdout: Boolean, returnStatus: Boolean, encoding: String]],
        catchError: [block: true, of: [buildResult: String, stageResult: String, message: String, catchInterruptions: Boolean]],
        checkout: [sole: 'scm', of: [scm: Object, poll: Boolean, changelog: Boolean]],
        cleanWs: [of: [deleteDirs: Boolean, notFailBuild: Boolean, disableDeferredWipeout: Boolean]],
        container: [sole: 'name', block: true, of: [name: String, shell: String]],
        deleteDir: [of: [:]],
        dir: [sole: 'path', block: true, of: [path: String]],
        echo: [sole: 'message', of: [message: String]],
        error: [sole: 'message', of: [message: String]],
        fileExists: [sole: 'file', of: [file: String]],
        input: [sole: 'message', of: [message: String, id: String, ok: String, submitter: String, submitterParameter: String, parameters: Object]],
        isUnix: [of: [:]],
        junit: [sole: 'testResults', of: [testResults: String, allowEmptyResults: Boolean, keepLongStdio: Boolean, skipPublishingChecks: Boolean, skipMarkingBuildUnstable: Boolean]],
        recordCoverage: [of: [tools: Object, id: String, name: String, sourceCodeRetention: String, qualityGates: Object]],
        recordIssues: [of: [tool: Object, tools: Object, enabledForFailure: Boolean, id: String, name: String]],
        lock: [sole: 'resource', block: true, of: [resource: String, label: String, quantity: Integer, variable: String, inversePrecedence: Boolean, skipIfLocked: Boolean, extra: Object]],
        milestone: [sole: 'ordinal', of: [ordinal: Integer, label: String, unsafe: Boolean]],
        node: [sole: 'label', block: true, of: [label: String]],
        powershell: [sole: 'script', of: [script: String, label: String, returnStdout: Boolean, returnStatus: Boolean, encoding: String]],
        pwd: [of: [tmp: Boolean]],
        pwsh: [sole: 'script', of: [script: String, label: String, returnStdout: Boolean, returnStatus: Boolean, encoding: String]],
        readFile: [sole: 'file', of: [file: String, encoding: String]],
        retry: [sole: 'count', block: true, of: [count: Integer, conditions: Object]],
        script: [block: true, raw: true, of: [:]],
        sh: [sole: 'script', of: [script: String, label: String, returnStdout: Boolean, returnStatus: Boolean, encoding: String]],
        sleep: [sole: 'time', of: [time: Integer, unit: String]],
        stash: [sole: 'name', of: [name: String, includes: String, excludes: String, allowEmpty: Boolean, useDefaultExcludes: Boolean]],
        timeout: [sole: 'time', block: true, of: [time: Integer, unit: String, activity: Boolean]],
        timestamps: [block: true, of: [:]],
        ansiColor: [sole: 'colorMapName', block: true, of: [colorMapName: String]],
        unstable: [sole: 'message', of: [message: String]],
        unstash: [sole: 'name', of: [name: String]],
        warnError: [sole: 'message', block: true, of: [message: String, catchInterruptions: Boolean]],
        withCredentials: [sole: 'bindings', block: true, of: [bindings: Object]],
        withEnv: [sole: 'overrides', block: true, of: [overrides: Object]],
        writeFile: [of: [file: String, text: String, encoding: String], needs: ['file', 'text']],
        cache: [block: true, of: [maxCacheSize: Integer, defaultBranch: String, caches: Object, skipSave: Boolean, skipRestore: Boolean]],
    ]
    /** Steps that a block of declarative steps does not take (ModelASTStep, blocked steps). */
    static final Set<String> BLOCKED = ['stage', 'properties', 'parallel', 'pipeline']
    static final Set<String> SHELLS = ['sh', 'bat', 'pwsh', 'powershell']
}
