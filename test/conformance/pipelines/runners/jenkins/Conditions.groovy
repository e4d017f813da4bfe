/** What `when` asks. */
class Conditions {
    private final Build build

    Conditions(Build build) {
        this.build = build
    }

    boolean holds(Entry it) {
        def inner = { -> build.record(it.body) }
        def all = build.environment()
        switch (it.name) {
            case 'allOf': return inner().every { holds(it) }
            case 'anyOf': return inner().any { holds(it) }
            case 'not': return !holds(inner()[0])
            case 'branch': return all.BRANCH_NAME && compared(it, 'pattern', it.args ? it.args[0] : it.named.pattern, all.BRANCH_NAME)
            case 'tag': return all.TAG_NAME && compared(it, 'pattern', it.args ? it.args[0] : it.named.pattern, all.TAG_NAME)
            case 'buildingTag': return all.TAG_NAME as boolean
            case 'changeRequest':
                def known = [id: all.CHANGE_ID, target: all.CHANGE_TARGET, branch: all.CHANGE_BRANCH, title: all.CHANGE_TITLE, author: all.CHANGE_AUTHOR]
                return all.CHANGE_ID && it.named.every { field, pattern -> field == 'comparator' || compared(it, field, pattern, known[field]) }
            case 'changeset': return build.facts.changed.any { file -> compared(it, 'pattern', it.args ? it.args[0] : it.named.pattern, file as String, 'GLOB') }
            case 'environment': return all[it.named.name as String] == it.named.value as String
            case 'equals': return it.named.expected == it.named.actual
            case 'expression': return build.steps.run(it.body) as boolean
            case 'triggeredBy':
                def cause = (it.args ? it.args[0] : it.named.cause) as String
                return build.facts.causes.any { it == cause || it == "${cause}Cause" || it == cause - 'Cause' }
            case 'isRestartedRun': return false
            default: throw new Stop('FAILURE', "when knows no ${it.name}")
        }
    }

    private static boolean compared(Entry it, String field, Object pattern, String value, String otherwise = 'EQUALS') {
        def comparator = it.named.comparator ?: (it.name in ['branch', 'tag'] ? 'GLOB' : otherwise)
        if (value == null) return false
        switch (comparator) {
            case 'REGEXP': return value ==~ (pattern as String)
            case 'GLOB': return Files.matches(pattern as String, value)
            default: return value == pattern as String
        }
    }
}
