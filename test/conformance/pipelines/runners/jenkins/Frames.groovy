import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** An error that ends a stage. */
class Stop extends RuntimeException {
    final String result

    Stop(String result, String message) {
        super(message)
        this.result = result
    }

    static String resultOf(Throwable e) {
        return e instanceof Stop || e instanceof FlowInterruptedException ? e.result : 'FAILURE'
    }

    static boolean isInterruption(Throwable e) {
        return e instanceof FlowInterruptedException && e.actualInterruption
    }
}

/** What can be aborted as one: a timeout, a branch of a parallel stage. Ends the processes that run in it. */
class Scope {
    final Scope parent
    private volatile boolean stopped = false
    private final Set<Process> processes = [] as Set

    Scope(Scope parent) {
        this.parent = parent
    }

    boolean isAborted() {
        return stopped || parent?.aborted
    }

    synchronized void abort() {
        stopped = true
        processes.each { kill(it) }
    }

    void add(Process process) {
        synchronized (this) {
            processes.add(process)
            if (stopped) kill(process)
        }
        parent?.add(process)
    }

    void remove(Process process) {
        synchronized (this) { processes.remove(process) }
        parent?.remove(process)
    }

    private static void kill(Process process) {
        process.descendants().forEach { it.destroyForcibly() }
        process.destroyForcibly()
    }
}

/** What holds for the steps of a block: variables, the folder, the workspace, what can abort it. */
class Frame {
    final Map<String, String> env
    final File dir
    final Scope scope

    Frame(Map<String, String> env, File dir, Scope scope) {
        this.env = env
        this.dir = dir
        this.scope = scope
    }

    Frame withEnv(Map<String, String> more) { new Frame(env + more, dir, scope) }
    Frame withDir(File other) { new Frame(env, other, scope) }
    Frame withScope(Scope other) { new Frame(env, dir, other) }
}

/** One call of the language, as it was made. */
class Entry {
    String name
    List args = []
    Map<String, Object> named = [:]
    Closure body

    static Entry of(String name, Object given) {
        def entry = new Entry(name: name)
        def all = given instanceof Object[] ? given as List : [given]
        all.eachWithIndex { argument, i ->
            if (argument instanceof Closure && i == all.size() - 1) entry.body = argument
            else if (argument instanceof Map && i == 0) entry.named.putAll(argument)
            else entry.args.add(argument)
        }
        return entry
    }

    /** A parameter by its name, or the one that stands without. */
    Object get(String parameter, Object otherwise = null) {
        if (named.containsKey(parameter)) return named[parameter]
        return Vocabulary.STEPS[name]?.sole == parameter && args ? args[0] : otherwise
    }
}

/** Takes down the calls of a section without doing anything. */
class Recorder extends GroovyObjectSupport {
    final List<Entry> entries = []
    private final Build build

    Recorder(Build build) {
        this.build = build
    }

    def methodMissing(String name, args) {
        def entry = Entry.of(name, args)
        entries.add(entry)
        return entry
    }

    @Override
    Object getProperty(String name) {
        return name == 'entries' ? entries : name in ['any', 'none'] ? name : build.variable(name)
    }
}

/** Takes down `NAME = value`; later values see earlier ones. */
class Variables extends GroovyObjectSupport {
    final Map<String, String> values = [:]
    private final Build build

    Variables(Build build) {
        this.build = build
    }

    def credentials(String id) {
        return build.secret(id)
    }

    @Override
    void setProperty(String name, Object value) {
        values[name] = value as String
    }

    @Override
    Object getProperty(String name) {
        return name == 'values' ? values : values.containsKey(name) ? values[name] : build.variable(name)
    }
}

/** `env`: what a step sees; what is set here is seen by everything after it. */
class Env extends GroovyObjectSupport {
    private final Build build

    Env(Build build) {
        this.build = build
    }

    @Override
    Object getProperty(String name) {
        return build.environment()[name]
    }

    @Override
    void setProperty(String name, Object value) {
        build.globals[name] = value as String
    }

    Object getAt(String name) { getProperty(name) }

    void putAt(String name, Object value) { setProperty(name, value) }
}

/** `currentBuild`: a result can only get worse (Run.setResult). */
class CurrentBuild {
    int number = 12
    String displayName = '#12'
    String description
    private final Build build
    private String worst

    CurrentBuild(Build build) {
        this.build = build
    }

    synchronized String getResult() { worst }

    synchronized void setResult(String result) {
        if (Build.WORST.indexOf(result) > Build.WORST.indexOf(worst ?: 'SUCCESS')) worst = result
    }

    String getCurrentResult() { result ?: 'SUCCESS' }

    String getProjectName() { 'shop' }

    List getBuildCauses(String type = null) {
        return build.facts.causes.findAll { type == null || type.endsWith(it as String) }.collect { [shortDescription: it] }
    }
}
