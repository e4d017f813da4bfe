import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.locks.ReentrantLock

/**
 * Carries out a declarative pipeline as Jenkins' ModelInterpreter does, on this machine, with every agent a folder of its own.
 *
 * The facts: jenkinsfile, repository, root (for workspaces), artifacts, env, scm (what a checkout says), params, secrets by id, approve, causes, changed (files),
 * minuteMillis (how long a minute of a timeout is).
 */
class Build {
    static final List<String> WORST = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

    final Map facts
    final Map<String, String> globals = new ConcurrentHashMap<>()
    final Map<String, String> params = [:]
    final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>()
    final List<Map> reported = new CopyOnWriteArrayList<>()
    final StringBuffer log = new StringBuffer()
    final Steps steps
    final Env env
    private final Conditions conditions
    final CurrentBuild currentBuild
    private final ThreadLocal<Frame> frames = new ThreadLocal<>()
    private final Map<String, Entry> options = [:]
    private int workspaces = 0

    Build(Map facts) {
        this.facts = facts
        steps = new Steps(this)
        env = new Env(this)
        conditions = new Conditions(this)
        currentBuild = new CurrentBuild(this)
    }

    Map run(String text) {
        new File(facts.root as String).mkdirs()
        Closure pipeline = null
        def shell = new GroovyShell(new Binding(pipeline: { Closure it -> pipeline = it }))
        shell.evaluate(text, 'WorkflowScript')
        frames.set(new Frame([:], null, new Scope(null)))
        try {
            root(byName(record(pipeline)))
        } catch (Throwable e) {
            say("ERROR: ${e.message ?: e}")
            worsen(Stop.resultOf(e))
            if (!(e instanceof Stop || e instanceof FlowInterruptedException)) say(e.stackTrace.findAll { it.className.startsWith('WorkflowScript') || it.fileName?.endsWith('.groovy') }.take(8).join('\n'))
        }
        return [result: currentBuild.result ?: 'SUCCESS', stages: reported, log: log.toString()]
    }

    // ---------------------------------------------------------------- the pipeline

    private void root(Map<String, Entry> parts) {
        options.putAll(parts.options ? byName(record(parts.options.body)) : [:])
        if (parts.parameters) record(parts.parameters.body).each { params[it.named.name] = facts.params?.get(it.named.name) ?: defaultOf(it) }
        Throwable error = null
        boolean posted = false
        try {
            inAgent(parts.agent, null) {
                withEnvironment(parts.environment) {
                    wrapped(options.values() as List) {
                        error = sequence(record(parts.stages.body), null, '')
                        posted = true
                        error = post(parts.post, error, false)
                        if (error != null) throw error
                    }
                }
            }
        } catch (Throwable e) {
            error = error ?: e
            worsen(Stop.resultOf(e))
        }
        if (!posted) error = post(parts.post, error, false)
        if (error != null) throw error
    }

    /** Stages after each other. Returns the first error; the stages after it are skipped. */
    private Throwable sequence(List<Entry> stages, Throwable firstError, String suffix) {
        stages.each {
            try {
                stage(it, firstError, suffix)
            } catch (Throwable e) {
                worsen(Stop.resultOf(e))
                firstError = firstError ?: e
            }
        }
        return firstError
    }

    private void stage(Entry call, Throwable firstError, String suffix) {
        def parts = byName(record(call.body))
        String name = "${call.args[0]}${suffix}"
        if (firstError != null || skipsAfterUnstable()) {
            say("Stage \"${name}\" skipped due to earlier failure(s)")
            skip(parts, name, suffix)
            if (firstError != null) throw firstError
            return
        }
        say("[stage] ${name}")
        evaluated(parts, name, suffix) {
            if (parts.parallel) parallel(record(parts.parallel.body).collect { branch -> { -> stage(branch, null, suffix) } }, failFast(parts))
            else if (parts.matrix) matrix(parts, name)
            else if (parts.stages) nested(parts, suffix)
            else single(parts)
        }
    }

    /** What surrounds the contents of a stage or of a cell of a matrix. */
    private void evaluated(Map<String, Entry> parts, String name, String suffix, Closure contents) {
        boolean ran = false
        Throwable error = null
        def isParent = parts.parallel || (parts.matrix && parts.matrix.name == 'matrix')
        def before = flags(parts.when)
        def body = {
            if (before.beforeInput && !passes(parts.when)) return
            stageInput(parts.input) {
                def inside = { ran = true; withEnvironment(parts.environment, contents) }
                if (before.beforeInput || ((before.beforeAgent || isParent) && passes(parts.when))) inAgent(parts.agent, parts, inside)
                else if (!before.beforeAgent && !isParent) inAgent(parts.agent, parts) { if (passes(parts.when)) inside() }
            }
        }
        try {
            if (!before.beforeOptions || passes(parts.when)) wrapped(parts.options ? record(parts.options.body) : [], body)
        } catch (Throwable e) {
            worsen(Stop.resultOf(e))
            error = e
        }
        // The parent of parallel stages does its post here, and whatever the branches came to.
        if (isParent && (ran || error != null)) error = post(parts.post, error, true)
        if (error != null) { report(name, Stop.resultOf(error)); throw error }
        if (ran) report(name, 'SUCCESS')
        else skip(parts, name, suffix)
    }

    private void single(Map<String, Entry> parts) {
        Throwable error = null
        try {
            steps.run(parts.steps.body)
        } catch (Throwable e) {
            worsen(Stop.resultOf(e))
            say("ERROR: ${e.message ?: e}")
            error = e
        }
        error = post(parts.post, error, true)
        if (error != null) throw error
    }

    private void nested(Map<String, Entry> parts, String suffix) {
        def error = post(parts.post, sequence(record(parts.stages.body), null, suffix), true)
        if (error != null) throw error
    }

    private void matrix(Map<String, Entry> parts, String name) {
        def inner = byName(record(parts.matrix.body))
        List<Map<String, String>> cells = [[:]]
        record(inner.axes.body).each { axis ->
            def fields = byName(record(axis.body))
            cells = cells.collectMany { cell -> fields.values.args.collect { cell + [(fields.name.args[0] as String): it as String] } }
        }
        def excludes = inner.excludes ? record(inner.excludes.body).collect { exclude -> record(exclude.body).collect { byName(record(it.body)) } } : []
        cells = cells.findAll { cell ->
            !excludes.any { axes ->
                axes.every { axis ->
                    def value = cell[axis.name.args[0] as String]
                    axis.values ? axis.values.args.contains(value) : !axis.notValues.args.contains(value)
                }
            }
        }
        parallel(cells.collect { cell ->
            { ->
                def suffix = " (${cell.values().join(', ')})"
                inside(frame.withEnv(cell)) { evaluated(inner, "${name}${suffix}", suffix.toString()) { nested(inner, suffix.toString()) } }
            }
        }, failFast(parts))
    }

    /** Branches at once. With fail-fast, one that fails ends the others. */
    private void parallel(List<Closure> branches, boolean failFast) {
        def outer = frame
        def scopes = branches.collect { new Scope(outer.scope) }
        def errors = new CopyOnWriteArrayList<Throwable>()
        def threads = [branches, scopes].transpose().collect { branch, scope ->
            Thread.start {
                frames.set(outer.withScope(scope))
                try {
                    branch()
                } catch (Throwable e) {
                    errors.add(e)
                    if (failFast) scopes.findAll { !it.is(scope) }.each { it.abort() }
                }
            }
        }
        threads*.join()
        if (errors) throw errors[0]
    }

    private boolean failFast(Map<String, Entry> parts) {
        return parts.failFast?.args?.getAt(0) == true || options.parallelsAlwaysFailFast != null
    }

    private boolean skipsAfterUnstable() {
        return currentBuild.result == 'UNSTABLE' && options.skipStagesAfterUnstable != null
    }

    private void skip(Map<String, Entry> parts, String name, String suffix) {
        report(name, 'NOT_BUILT')
        def inner = parts.stages ?: parts.parallel
        if (inner) record(inner.body).each { skip(byName(record(it.body)), "${it.args[0]}${suffix}", suffix) }
    }

    /** Blocks of `post`; what fails there is an error, too, and what failed before stays one. */
    private Throwable post(Entry call, Throwable error, boolean ofStage) {
        if (call == null) return error
        def blocks = byName(record(call.body))
        Vocabulary.POST.findAll { blocks[it] && holds(it, error, ofStage) }.each {
            try {
                steps.run(blocks[it].body)
            } catch (Throwable e) {
                worsen(Stop.resultOf(e))
                say("Error when executing ${it} post condition: ${e.message}")
                error = error ?: e
            }
        }
        return error
    }

    private boolean holds(String condition, Throwable error, boolean ofStage) {
        def result = ofStage && error == null && currentBuild.result != 'UNSTABLE' ? 'SUCCESS' : ofStage && error != null ? Stop.resultOf(error) : currentBuild.result ?: 'SUCCESS'
        switch (condition) {
            case ['always', 'cleanup', 'changed']: return true
            case 'success': return result == 'SUCCESS'
            case 'failure': return result == 'FAILURE'
            case 'unstable': return result == 'UNSTABLE'
            case 'aborted': return result == 'ABORTED'
            case 'notBuilt': return result == 'NOT_BUILT'
            case 'unsuccessful': return result != 'SUCCESS'
            default: return false
        }
    }

    // ---------------------------------------------------------------- what surrounds steps

    private void inAgent(Entry agent, Map<String, Entry> stageParts, Closure body) {
        if (agent == null) { body(); return }
        if (agent.args == ['none']) { inside(frame.withDir(null), body); return }
        def kind = agent.body ? record(agent.body)[0] : null
        def fields = kind?.body ? byName(record(kind.body)) : [:]
        if (fields.reuseNode?.args == [true] && frame.dir != null) { body(); return }
        def workspace = newWorkspace()
        def stageOptions = stageParts?.options ? byName(record(stageParts.options.body)) : [:]
        def skipped = stageOptions.skipDefaultCheckout ?: options.skipDefaultCheckout
        def scm = skipped == null || skipped.args == [false] ? checkout(workspace) : [:]
        inside(frame.withDir(workspace).withEnv(workspaceVariables(workspace) + scm), body)
    }

    synchronized File newWorkspace() {
        def workspace = new File(facts.root as String, "workspace-${++workspaces}")
        workspace.mkdirs()
        return workspace
    }

    static Map<String, String> workspaceVariables(File workspace) {
        return [WORKSPACE: workspace.path, WORKSPACE_TMP: "${workspace.path}@tmp".toString()]
    }

    Map checkout(File into) {
        def process = ['bash', '-c', 'git clone --quiet -- "$0" "$1/.clone" && cp -a "$1/.clone/." "$1/" && rm -rf "$1/.clone"', facts.repository, into.path].execute()
        if (process.waitFor() != 0) throw new Stop('FAILURE', "checkout failed: ${process.err.text}")
        return facts.scm
    }

    private void withEnvironment(Entry call, Closure body) {
        if (call == null) { body(); return }
        def variables = new Variables(this)
        delegated(call.body, variables)
        inside(frame.withEnv(variables.values), body)
    }

    private void wrapped(List<Entry> options, Closure body) {
        def wrappers = options.findAll { it.name in ['timeout', 'retry', 'lock', 'catchError', 'warnError', 'withEnv', 'withCredentials'] }
        def all = wrappers.reverse().inject(body) { inner, option -> { -> steps.carryOut(new Entry(name: option.name, args: option.args, named: option.named, body: inner)) } }
        all()
    }

    private void stageInput(Entry call, Closure body) {
        if (call == null) { body(); return }
        def fields = byName(record(call.body))
        if (facts.approve == false) throw new FlowInterruptedException('Rejected by somebody')
        def answers = [:]
        if (fields.submitterParameter) answers[fields.submitterParameter.args[0] as String] = 'somebody'
        if (fields.parameters) record(fields.parameters.body).each { answers[it.named.name as String] = defaultOf(it) }
        say("Approved: ${fields.message.args[0]}")
        inside(frame.withEnv(answers), body)
    }

    private static String defaultOf(Entry parameter) {
        def value = parameter.named.defaultValue
        if (parameter.name == 'choice') {
            def choices = parameter.named.choices
            return choices instanceof List ? choices[0] : (choices as String).readLines()[0]
        }
        return value == null ? parameter.name == 'booleanParam' ? 'false' : '' : value as String
    }

    // ---------------------------------------------------------------- when

    private Map<String, Boolean> flags(Entry when) {
        return when == null ? [:] : record(when.body).findAll { it.name in Vocabulary.BEFORE }.collectEntries { [it.name, it.args[0] == true] }
    }

    private boolean passes(Entry when) {
        return when == null || record(when.body).findAll { !(it.name in Vocabulary.BEFORE) }.every { conditions.holds(it) }
    }

    // ---------------------------------------------------------------- state

    Frame getFrame() { frames.get() }

    Object inside(Frame frame, Closure body) {
        def outer = frames.get()
        frames.set(frame)
        try {
            return body()
        } finally {
            frames.set(outer)
        }
    }

    /** What a step sees, the nearest value of each variable. One that is set to nothing is taken away (EnvVars.override). */
    Map<String, String> environment() {
        def given = [PATH: System.getenv('PATH'), LANG: 'C.UTF-8'] + facts.env + params
        (globals + (frame?.env ?: [:])).each { name, value -> if (value) given[name] = value else given.remove(name) }
        return given
    }

    Object variable(String name) {
        switch (name) {
            case 'env': return env
            case 'params': return params
            case 'currentBuild': return currentBuild
            case 'scm': return 'scm'
        }
        def all = environment()
        if (all.containsKey(name)) return all[name]
        throw new MissingPropertyException(name, Build)
    }

    String secret(String id) {
        if (facts.secrets?.containsKey(id)) return facts.secrets[id]
        throw new Stop('FAILURE', "Could not find credentials entry with ID '${id}'")
    }

    void worsen(String result) {
        currentBuild.result = result
    }

    void report(String name, String result) {
        reported.add([name: name, result: result])
    }

    void say(Object line) {
        log.append("${line}\n")
    }

    List<Entry> record(Closure closure) {
        def recorder = new Recorder(this)
        delegated(closure, recorder)
        return recorder.entries
    }

    static Map<String, Entry> byName(List<Entry> entries) {
        return entries.collectEntries { [it.name, it] }
    }

    private static Object delegated(Closure closure, Object delegate) {
        def copy = closure.clone() as Closure
        copy.delegate = delegate
        copy.resolveStrategy = Closure.DELEGATE_ONLY
        return copy.call()
    }
}
