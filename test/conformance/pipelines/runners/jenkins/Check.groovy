import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.ast.stmt.*
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.Phases

/**
 * Reads a Jenkinsfile as Jenkins' own parser does (pipeline-model-definition: ModelParser, ModelValidatorImpl): as statements of a closed
 * language, of which the text is never run. Stricter where Jenkins is generous and a generated file has no reason to be.
 */
class Check {
    /** A statement that is nothing but a call: its name, arguments and block. */
    static class Call {
        String name
        int line
        List<Expression> args = []
        Map<String, Expression> named = [:]
        ClosureExpression body
    }

    final List<String> problems = []
    final List<Map> scripts = []
    private final Set<String> stages = []

    static Check of(String text) {
        def check = new Check()
        def unit = new CompilationUnit()
        unit.addSource('WorkflowScript', text)
        try {
            unit.compile(Phases.CONVERSION)
        } catch (MultipleCompilationErrorsException e) {
            check.problems.add("Groovy: ${e.message.readLines().findAll { it.trim() }.drop(1).take(2).join(' ')}".toString())
            return check
        }
        check.root(unit.AST.modules[0].statementBlock.statements)
        check.scripts.each { check.bash(it) }
        return check
    }

    private void problem(int line, String message) {
        problems.add("line ${line}: ${message}".toString())
    }

    private void root(List<Statement> statements) {
        def calls = calls(statements, 'the Jenkinsfile')
        calls.findAll { it.name != 'pipeline' }.each { problem(it.line, "only pipeline may stand at the top, not ${it.name}") }
        def pipelines = calls.findAll { it.name == 'pipeline' }
        if (pipelines.size() != 1 || pipelines[0].body == null) {
            problem(1, 'exactly one pipeline { } is needed')
            return
        }
        def sections = sections(pipelines[0], Vocabulary.ROOT, 'pipeline')
        ['agent', 'stages'].findAll { !sections[it] }.each { problem(pipelines[0].line, "Missing required section \"${it}\"") }
        common(sections, false)
        if (sections.parameters) parameters(sections.parameters)
        if (sections.triggers) listed(sections.triggers, 'triggers', Vocabulary.TRIGGERS)
        if (sections.stages) stageList(sections.stages, false)
    }

    /** Sections that the pipeline, a stage and a matrix have alike. */
    private void common(Map<String, Call> sections, boolean inStage) {
        if (sections.agent) agent(sections.agent)
        if (sections.environment) environment(sections.environment)
        if (sections.options) options(sections.options, inStage)
        if (sections.tools) listed(sections.tools, 'tools', Vocabulary.TOOLS)
        if (sections.post) post(sections.post)
        if (sections.input) input(sections.input)
        if (sections.when) when(sections.when)
    }

    private void stageList(Call of, boolean inParallel) {
        def calls = block(of)
        if (calls.isEmpty()) problem(of.line, "No stages specified in ${of.name}")
        calls.each {
            if (it.name != 'stage') problem(it.line, "Expected a stage in ${of.name}, not ${it.name}")
            else stage(it, inParallel)
        }
    }

    private void stage(Call call, boolean inParallel) {
        def name = call.args.size() == 1 ? text(call.args[0]) : null
        if (!name?.trim() || call.body == null) {
            problem(call.line, 'Expected stage(\'name\') { }')
            return
        }
        if (!stages.add(name)) problem(call.line, "Duplicate stage name: \"${name}\"")
        def sections = sections(call, Vocabulary.STAGE, "stage \"${name}\"")
        def contents = ['steps', 'stages', 'parallel', 'matrix'].findAll { sections[it] }
        if (contents.isEmpty()) problem(call.line, "Nothing to execute within stage \"${name}\"")
        if (contents.size() > 1) problem(call.line, "Only one of ${contents.join(', ')} may be in stage \"${name}\"")
        def parent = sections.parallel ?: sections.matrix
        if (parent && inParallel) problem(parent.line, 'Parallel stages or branches can only be included in a top-level stage')
        if (parent) ['agent', 'tools'].findAll { sections[it] }.each { problem(sections[it].line, "\"${it}\" is not allowed in stage \"${name}\" as it contains parallel stages") }
        if (sections.failFast) {
            if (!parent) problem(sections.failFast.line, "failFast needs parallel or matrix in stage \"${name}\"")
            if (!(literal(sections.failFast.args[0]) instanceof Boolean)) problem(sections.failFast.line, 'Expected a boolean with failFast')
        }
        common(sections, true)
        if (sections.steps) steps(sections.steps)
        if (sections.stages) stageList(sections.stages, inParallel)
        if (sections.parallel) stageList(sections.parallel, true)
        if (sections.matrix) matrix(sections.matrix)
    }

    private void matrix(Call call) {
        def sections = sections(call, Vocabulary.MATRIX, 'matrix')
        ['axes', 'stages'].findAll { !sections[it] }.each { problem(call.line, "Missing required section \"${it}\" in matrix") }
        common(sections, true)
        def names = sections.axes ? axes(sections.axes, ['name', 'values']) : []
        if (sections.excludes) {
            def excludes = block(sections.excludes)
            if (excludes.isEmpty()) problem(sections.excludes.line, 'No exclude in excludes')
            excludes.each {
                if (it.name != 'exclude') problem(it.line, "Expected an exclude, not ${it.name}")
                else (axes(it, ['name', 'values', 'notValues']) - names).each { unknown -> problem(it.line, "exclude names the axis ${unknown}, which is none") }
            }
        }
        if (sections.stages) stageList(sections.stages, true)
    }

    private List<String> axes(Call of, List<String> fields) {
        def names = []
        def calls = block(of)
        if (calls.isEmpty()) problem(of.line, "No axis in ${of.name}")
        calls.each { axis ->
            if (axis.name != 'axis') { problem(axis.line, "Expected an axis, not ${axis.name}"); return }
            def parts = sections(axis, fields as Set, 'axis')
            def name = parts.name?.args?.size() == 1 ? text(parts.name.args[0]) : null
            if (!(name ==~ /[A-Za-z_][A-Za-z0-9_]*/)) problem(axis.line, "\"${name}\" is not a name of an axis")
            if (names.contains(name)) problem(axis.line, "Duplicate axis name: ${name}")
            names.add(name)
            def given = ['values', 'notValues'].findAll { parts[it] }
            if (given.size() != 1) { problem(axis.line, "An axis has either ${fields.drop(1).join(' or ')}"); return }
            def values = parts[given[0]].args.collect { text(it) }
            if (values.isEmpty() || values.contains(null)) problem(axis.line, 'Values of an axis are string literals')
            if (values.toSet().size() != values.size()) problem(axis.line, "Duplicate value in axis ${name}")
        }
        return names
    }

    private void steps(Call of) {
        def calls = block(of)
        if (calls.isEmpty()) problem(of.line, "No steps specified in ${of.name}")
        calls.each { step(it) }
    }

    private void step(Call call) {
        def known = Vocabulary.STEPS[call.name]
        if (Vocabulary.BLOCKED.contains(call.name)) { problem(call.line, "Invalid step \"${call.name}\" used - not allowed in this context"); return }
        if (known == null) { problem(call.line, "No such step: ${call.name}"); return }
        if (known.block && call.body == null) problem(call.line, "${call.name} needs a block")
        if (!known.block && call.body != null) problem(call.line, "${call.name} takes no block")
        arguments(call, known)
        if (known.raw) raw(call)
        else if (call.body != null) steps(call)
    }

    private void arguments(Call call, Map known) {
        if (!call.args.isEmpty() && (known.sole == null || call.args.size() > 1)) problem(call.line, "${call.name} takes no argument without a name here")
        def given = [:] + call.named
        if (call.args.size() == 1 && known.sole) given[known.sole] = call.args[0]
        given.each { name, value ->
            if (!known.of.containsKey(name)) { problem(call.line, "Invalid parameter \"${name}\" of ${call.name}"); return }
            def literal = literal(value)
            Class type = known.of[name]
            if (literal != null && type != Object && !type.isInstance(literal)) problem(call.line, "Expecting ${type} for parameter \"${name}\" of ${call.name}")
        }
        (known.needs ?: known.sole ? [known.sole] : []).findAll { !(call.name == 'lock') && !given.containsKey(it) }.each {
            problem(call.line, "Missing required parameter: \"${it}\" of ${call.name}")
        }
        shell(call.name, given.script, call.line)
    }

    /** What a shell runs is text that nobody outside can have a part in. */
    private void shell(String name, Expression script, int line) {
        if (!Vocabulary.SHELLS.contains(name) || script == null) return
        def text = text(script)
        if (text == null) problem(line, "the script of ${name} is no literal")
        else if (name == 'sh') scripts.add([line: line, text: text])
    }

    /** A script block is plain Groovy. Only what a shell is told there is looked at. */
    private void raw(Call call) {
        def check = this
        call.body.code.visit(new CodeVisitorSupport() {
            @Override
            void visitMethodCallExpression(MethodCallExpression expression) {
                def inner = check.callOf(expression)
                if (inner != null && Vocabulary.SHELLS.contains(inner.name)) check.shell(inner.name, inner.named.script ?: inner.args[0], inner.line)
                super.visitMethodCallExpression(expression)
            }
        })
        if (call.body.code.statements.isEmpty()) problem(call.line, 'script is empty')
    }

    private void bash(Map script) {
        def text = script.text.startsWith('#!') ? script.text : "#!/bin/sh\n${script.text}"
        def shell = text.readLines()[0] =~ /\b(bash|sh)\b/
        if (!shell) return
        def process = new ProcessBuilder(shell[0][1] as String, '-n').redirectErrorStream(true).start()
        process.outputStream.withWriter('UTF-8') { it << text }
        def said = process.inputStream.getText('UTF-8')
        if (process.waitFor() != 0) problem(script.line, "the script is no ${shell[0][1]}: ${said.trim()}")
    }

    private void agent(Call call) {
        if (call.body == null) {
            def kind = call.args.size() == 1 && call.args[0] instanceof VariableExpression ? call.args[0].name : null
            if (!(kind in ['any', 'none'])) problem(call.line, 'agent is any, none, or a block')
            return
        }
        def kinds = block(call)
        if (kinds.size() != 1) { problem(call.line, 'agent has exactly one type'); return }
        def kind = kinds[0]
        def fields = Vocabulary.AGENTS[kind.name]
        if (fields == null) { problem(kind.line, "Invalid agent type \"${kind.name}\""); return }
        if (kind.body == null) {
            if (kind.args.size() != 1 || !(kind.name in ['label', 'docker'])) problem(kind.line, "agent ${kind.name} needs one argument or a block")
            return
        }
        def parts = sections(kind, fields, "agent ${kind.name}")
        def needed = [docker: 'image', node: 'label'][kind.name]
        if (needed && !parts[needed]) problem(kind.line, "agent ${kind.name} needs ${needed}")
    }

    private void environment(Call call) {
        def statements = statements(call)
        if (statements.isEmpty()) problem(call.line, 'No variables specified for environment')
        def names = [] as Set
        statements.each {
            def assignment = it instanceof ExpressionStatement ? it.expression : null
            if (!(assignment instanceof BinaryExpression) || assignment.operation.text != '=' || !(assignment.leftExpression instanceof VariableExpression)) {
                problem(it.lineNumber, 'Expected NAME = value in environment')
                return
            }
            def name = assignment.leftExpression.name
            if (!names.add(name)) problem(it.lineNumber, "Duplicate environment variable name: ${name}")
            def value = assignment.rightExpression
            def called = callOf(value)
            if (!(value instanceof GStringExpression) && text(value) == null && called?.name != 'credentials') {
                problem(it.lineNumber, "The value of ${name} is neither text nor credentials()")
            }
        }
    }

    private void options(Call call, boolean inStage) {
        listed(call, 'options', inStage ? Vocabulary.STAGE_OPTIONS : Vocabulary.OPTIONS)
        block(call).findAll { it.name in ['timeout', 'retry', 'lock'] }.each { arguments(it, Vocabulary.STEPS[it.name]) }
    }

    private void listed(Call call, String what, Set<String> allowed) {
        def calls = block(call)
        if (calls.isEmpty()) problem(call.line, "${what} is empty")
        calls.each { if (!allowed.contains(it.name)) problem(it.line, "Invalid ${what} type \"${it.name}\"") }
        calls.countBy { it.name }.findAll { it.value > 1 && what != 'tools' }.each { problem(call.line, "${it.key} twice in ${what}") }
    }

    private void parameters(Call call) {
        def names = [] as Set
        def calls = block(call)
        if (calls.isEmpty()) problem(call.line, 'parameters is empty')
        calls.each {
            def fields = Vocabulary.PARAMETERS[it.name]
            if (fields == null) { problem(it.line, "Invalid parameter type \"${it.name}\""); return }
            (it.named.keySet() - fields).each { field -> problem(it.line, "Invalid field \"${field}\" of parameter ${it.name}") }
            def name = text(it.named.name)
            if (name == null) problem(it.line, 'A parameter needs a name')
            else if (!names.add(name)) problem(it.line, "Duplicate parameter ${name}")
        }
    }

    private void post(Call call) {
        sections(call, Vocabulary.POST as Set, 'post').values().each { steps(it) }
    }

    private void input(Call call) {
        def parts = sections(call, Vocabulary.INPUT.keySet(), 'input')
        if (!parts.message) problem(call.line, 'Missing required parameter "message" of input')
        parts.each { name, part ->
            if (name == 'parameters') parameters(part)
            else if (part.args.size() != 1 || part.body != null) problem(part.line, "${name} of input is one text")
        }
    }

    private void when(Call call) {
        def calls = block(call)
        calls.findAll { it.name in Vocabulary.BEFORE }.each { if (!(literal(it.args[0]) instanceof Boolean)) problem(it.line, "Expected a boolean with ${it.name}") }
        def conditions = calls.findAll { !(it.name in Vocabulary.BEFORE) }
        if (conditions.isEmpty()) problem(call.line, 'Empty when closure')
        conditions.each { condition(it) }
    }

    private void condition(Call call) {
        def children = Vocabulary.NESTING[call.name]
        if (children != null) {
            def inner = block(call)
            if (children < 0 ? inner.isEmpty() : inner.size() != children) problem(call.line, "${call.name} has the wrong number of conditions")
            inner.each { condition(it) }
            return
        }
        def fields = Vocabulary.WHEN[call.name]
        if (fields == null) { problem(call.line, "Unknown conditional ${call.name}"); return }
        (call.named.keySet() - fields).each { problem(call.line, "Invalid parameter \"${it}\" of ${call.name}") }
        if (call.name == 'expression' && (call.body == null || call.body.code.statements.isEmpty())) problem(call.line, 'expression needs a block')
        if (call.name in ['environment', 'equals']) fields.findAll { it != 'ignoreCase' && !call.named.containsKey(it) }.each { problem(call.line, "${call.name} needs ${it}") }
        if (call.name in ['branch', 'tag', 'changeset', 'triggeredBy'] && call.args.isEmpty() && call.named.isEmpty()) problem(call.line, "${call.name} needs an argument")
    }

    // ---------------------------------------------------------------- statements

    /** The calls of a block by name, each allowed and there once. */
    private Map<String, Call> sections(Call of, Set<String> allowed, String where) {
        def found = [:]
        def calls = block(of)
        if (calls.isEmpty()) problem(of.line, "${where} is empty")
        calls.each {
            if (!allowed.contains(it.name)) problem(it.line, "Unknown section or field \"${it.name}\" in ${where}")
            else if (found.put(it.name, it) != null) problem(it.line, "Multiple occurrences of ${it.name} in ${where}")
        }
        return found
    }

    private List<Statement> statements(Call of) {
        return of.body == null ? [] : (of.body.code as BlockStatement).statements
    }

    private List<Call> block(Call of) {
        if (of.body == null) problem(of.line, "${of.name} needs a block")
        if (of.body?.parameters?.size() > 0) problem(of.line, "the block of ${of.name} takes no parameters")
        return calls(statements(of), of.name)
    }

    private List<Call> calls(List<Statement> statements, String where) {
        return statements.collect {
            def call = it instanceof ExpressionStatement ? callOf(it.expression) : null
            if (call == null) problem(it.lineNumber, "Expected a call in ${where}, not a statement of Groovy")
            return call
        }.findAll { it != null }
    }

    /** The call that an expression is, if it is one of nothing but a name, arguments and a block. */
    private Call callOf(ASTNode expression) {
        if (!(expression instanceof MethodCallExpression) || !expression.implicitThis) return null
        def name = expression.method instanceof ConstantExpression ? expression.methodAsString : null
        if (name == null) return null
        def call = new Call(name: name, line: expression.lineNumber)
        (expression.arguments as TupleExpression).expressions.each { argument ->
            if (argument instanceof MapExpression) argument.mapEntryExpressions.each { call.named[it.keyExpression.text] = it.valueExpression }
            else if (argument instanceof ClosureExpression && call.body == null) call.body = argument
            else call.args.add(argument)
        }
        return call
    }

    private static Object literal(Expression expression) {
        return expression instanceof ConstantExpression ? expression.value : null
    }

    private static String text(Expression expression) {
        def value = literal(expression)
        return value instanceof String ? value : null
    }
}
