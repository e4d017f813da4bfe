import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import java.util.concurrent.locks.ReentrantLock

/** The steps, really carried out. Calls of a block that are no method here come to `methodMissing`. */
class Steps extends GroovyObjectSupport {
    private static final Set<String> BINDINGS = ['string', 'usernamePassword', 'usernameColonPassword', 'file', 'sshUserPrivateKey', 'arbitraryFileCache', 'scmGit',
        'agent', 'nonresumable', 'kubernetesAgent'] as Set
    private static final Set<String> NOTHING = ['recordCoverage', 'recordIssues', 'milestone', 'cleanWs'] as Set
    private final Build build

    Steps(Build build) {
        this.build = build
    }

    def methodMissing(String name, args) {
        return carryOut(Entry.of(name, args))
    }

    @Override
    Object getProperty(String name) {
        // Closures of this class ask here for its field, too.
        return name == 'build' ? build : build.variable(name)
    }

    @Override
    void setProperty(String name, Object value) {
        throw new MissingPropertyException(name, Steps)
    }

    /** Runs a block of steps; or what the build itself puts into a step, such as the timeout of a stage. */
    Object run(Closure body) {
        if (body.thisObject instanceof Build) return body.call()
        def copy = body.clone() as Closure
        copy.delegate = this
        copy.resolveStrategy = Closure.DELEGATE_FIRST
        return copy.call()
    }

    private Object inside(Frame frame, Closure body) {
        return build.inside(frame) { run(body) }
    }

    Object carryOut(Entry it) {
        if (BINDINGS.contains(it.name)) return it
        if (build.frame.scope.aborted) throw new FlowInterruptedException("${it.name} was not begun: the stage is being ended")
        if (!Vocabulary.STEPS.containsKey(it.name)) throw new Stop('FAILURE', "No such DSL method '${it.name}' found among steps")
        if (NOTHING.contains(it.name)) return null
        def frame = build.frame
        switch (it.name) {
            case 'archiveArtifacts': return archive(it)
            case 'catchError': return caught(it, it.get('buildResult', 'FAILURE') as String, it.get('stageResult', 'SUCCESS') as String)
            case 'warnError': return caught(it, 'UNSTABLE', 'UNSTABLE')
            case 'checkout': return build.checkout(folder())
            case ['container', 'timestamps', 'ansiColor', 'script', 'cache']: return run(it.body)
            case 'deleteDir': folder().deleteDir(); folder().mkdirs(); return null
            case 'dir':
                def target = new File(folder(), it.get('path') as String)
                target.mkdirs()
                return inside(frame.withDir(target), it.body)
            case 'echo': build.say(it.get('message')); return null
            case 'error': throw new Stop('FAILURE', it.get('message') as String)
            case 'fileExists': return new File(folder(), it.get('file') as String).exists()
            case 'input':
                if (build.facts.approve == false) throw new FlowInterruptedException('Rejected by somebody')
                build.say("Approved: ${it.get('message')}")
                return null
            case 'isUnix': return true
            case 'junit':
                if (Files.below(folder(), it.get('testResults') as String, null).isEmpty() && !it.get('allowEmptyResults')) throw new Stop('FAILURE', 'No test report files were found')
                return null
            case 'lock': return locked(it)
            case 'node':
                def workspace = build.newWorkspace()
                return inside(frame.withDir(workspace).withEnv(Build.workspaceVariables(workspace)), it.body)
            case 'pwd': return folder().path
            case 'readFile': return new File(folder(), it.get('file') as String).getText('UTF-8')
            case 'retry': return retried(it)
            case 'sh': return shell(it)
            case 'sleep': Thread.sleep(millis(it.get('time') as int, it.get('unit', 'SECONDS') as String)); return null
            case 'stash': return stash(it)
            case 'timeout': return limited(it)
            case 'unstable': build.worsen('UNSTABLE'); return null
            case 'unstash':
                def store = stashed(it.get('name') as String)
                if (!store.exists()) throw new Stop('FAILURE', "No such saved stash '${it.get('name')}'")
                Files.copy(store, Files.below(store, null, null), folder())
                return null
            case 'withCredentials': return inside(frame.withEnv(bound(it.get('bindings') as List)), it.body)
            case 'withEnv':
                def overrides = (it.get('overrides') as List).collectEntries { pair -> def (name, value) = (pair as String).split('=', 2); [name, value] }
                return inside(frame.withEnv(overrides), it.body)
            case 'writeFile':
                def file = new File(folder(), it.get('file') as String)
                file.parentFile.mkdirs()
                file.setText(it.get('text') as String, 'UTF-8')
                return null
            default: throw new Stop('FAILURE', "this machine cannot carry out ${it.name}")
        }
    }

    private File folder() {
        def dir = build.frame.dir
        if (dir == null) throw new Stop('FAILURE', 'Required context class hudson.FilePath is missing: the stage has no agent')
        return dir
    }

    private Object shell(Entry it) {
        def folder = folder()
        def text = it.get('script') as String
        def file = File.createTempFile('script', '.sh', new File(build.facts.root as String))
        file.setText(text, 'UTF-8')
        def builder = new ProcessBuilder(interpreter(text) + [file.path] as List<String>).directory(folder)
        builder.environment().clear()
        build.environment().each { name, value -> if (value != null) builder.environment().put(name as String, value as String) }
        builder.environment().put('PWD', folder.path)
        def scope = build.frame.scope
        def process = builder.start()
        scope.add(process)
        process.outputStream.close()
        def out = new StringBuffer()
        def returns = it.get('returnStdout') as boolean
        def readers = [Thread.start { process.inputStream.eachLine('UTF-8') { line -> if (returns) out.append(line).append('\n') else build.say(line) } },
            Thread.start { process.errorStream.eachLine('UTF-8') { line -> build.say(line) } }]
        def status = process.waitFor()
        scope.remove(process)
        // What a script left running may hold the pipes open.
        readers.each { reader -> reader.join(2000) }
        if (scope.aborted) throw new FlowInterruptedException('script was ended')
        if (it.get('returnStatus')) return status
        if (status != 0) throw new Stop('FAILURE', "script returned exit code ${status}")
        return returns ? out.toString() : null
    }

    /** As the durable-task plug-in and the kernel do: `sh -xe`, or what the first line says, with the rest of it as one argument. */
    private static List<String> interpreter(String text) {
        if (!text.startsWith('#!')) return ['sh', '-xe']
        return text.readLines()[0].substring(2).trim().split(/\s+/, 2) as List
    }

    private Object limited(Entry it) {
        def scope = new Scope(build.frame.scope)
        def over = false
        def clock = new Timer(true)
        clock.runAfter(millis(it.get('time') as int, it.get('unit', 'MINUTES') as String) as int) { over = true; scope.abort() }
        try {
            def result = inside(build.frame.withScope(scope), it.body)
            if (over) throw new FlowInterruptedException('Timeout has been exceeded')
            return result
        } catch (FlowInterruptedException e) {
            if (over && !build.frame.scope.aborted) e.actualInterruption = false
            throw e
        } finally {
            clock.cancel()
        }
    }

    private long millis(int time, String unit) {
        def minute = (build.facts.minuteMillis ?: 60000) as double
        def minutes = [MILLISECONDS: 1 / 60000, SECONDS: 1 / 60, MINUTES: 1, HOURS: 60, DAYS: 1440][unit] as double
        return Math.min(time * minutes * minute, Integer.MAX_VALUE) as long
    }

    private Object retried(Entry it) {
        def count = it.get('count') as int
        for (int attempt = 1; ; attempt++) {
            try {
                return run(it.body)
            } catch (Throwable e) {
                // What was ended is not begun again.
                if (attempt >= count || Stop.isInterruption(e)) throw e
                build.say("ERROR: ${e.message}\nRetrying")
            }
        }
    }

    private Object caught(Entry it, String buildResult, String stageResult) {
        try {
            return run(it.body)
        } catch (Throwable e) {
            if (Stop.isInterruption(e) && (it.get('catchInterruptions') == false || build.frame.scope.aborted)) throw e
            build.say("ERROR: ${it.get('message') ?: e.message}")
            build.worsen(e instanceof FlowInterruptedException ? e.result : buildResult)
            return null
        }
    }

    private Object locked(Entry it) {
        def lock = build.locks.computeIfAbsent((it.get('resource') ?: it.get('label')) as String) { new ReentrantLock() }
        lock.lock()
        try {
            return run(it.body)
        } finally {
            lock.unlock()
        }
    }

    private Object archive(Entry it) {
        def paths = Files.below(folder(), it.get('artifacts') as String, it.get('excludes') as String)
        if (paths.isEmpty() && !it.get('allowEmptyArchive')) throw new Stop('FAILURE', "No artifacts found that match the file pattern \"${it.get('artifacts')}\"")
        Files.copy(folder(), paths, new File(build.facts.artifacts as String))
        return null
    }

    private File stashed(String name) {
        return new File(build.facts.root as String, "stashes/${name}")
    }

    private Object stash(Entry it) {
        def store = stashed(it.get('name') as String)
        def paths = Files.below(folder(), it.get('includes') as String, it.get('excludes') as String)
        if (paths.isEmpty() && !it.get('allowEmpty')) throw new Stop('FAILURE', "No files included in stash '${it.get('name')}'")
        store.deleteDir()
        store.mkdirs()
        Files.copy(folder(), paths, store)
        return null
    }

    private Map<String, String> bound(List bindings) {
        return bindings.collectEntries { Entry binding ->
            def given = binding.named
            def value = build.secret(given.credentialsId as String)
            switch (binding.name) {
                case ['string', 'usernameColonPassword']: return [(given.variable as String): value]
                case 'usernamePassword':
                    def (user, password) = value.contains(':') ? value.split(':', 2) : ['user', value]
                    return [(given.usernameVariable as String): user, (given.passwordVariable as String): password]
                default:
                    def file = File.createTempFile('secret', '', new File(build.facts.root as String))
                    file.text = value
                    return [((given.variable ?: given.keyFileVariable) as String): file.path]
            }
        }
    }
}
