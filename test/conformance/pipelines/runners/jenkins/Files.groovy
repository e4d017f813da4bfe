/** Files by Ant's patterns: `*` within a segment, `**` across segments, `?` one character; a pattern that ends in / means all below. */
class Files {
    private static final Set<String> HIDDEN = ['.git', '.gitignore', '.DS_Store'] as Set

    static boolean matches(String pattern, String path) {
        def whole = pattern.endsWith('/') ? "${pattern}**" : pattern
        def regex = whole.replaceAll(/\*\*\/|\*\*|\*|\?|[^*?]+/) { String part ->
            part == '**/' ? '(?:.*/)?' : part == '**' ? '.*' : part == '*' ? '[^/]*' : part == '?' ? '[^/]' : java.util.regex.Pattern.quote(part)
        }
        return path ==~ regex
    }

    /** Paths of files below a folder, relative to it. */
    static List<String> below(File folder, String includes, String excludes) {
        def split = { String patterns -> (patterns ?: '').split(',').collect { it.trim() }.findAll { it } }
        def wanted = split(includes) ?: ['**']
        def unwanted = split(excludes)
        def found = []
        folder.eachFileRecurse(groovy.io.FileType.FILES) { file ->
            def path = folder.toPath().relativize(file.toPath()).toString()
            if (path.split('/').any { HIDDEN.contains(it) }) return
            if (wanted.any { matches(it, path) } && !unwanted.any { matches(it, path) }) found.add(path)
        }
        return found.sort()
    }

    static void copy(File from, List<String> paths, File to) {
        paths.each {
            def target = new File(to, it)
            target.parentFile.mkdirs()
            java.nio.file.Files.copy(new File(from, it).toPath(), target.toPath(), java.nio.file.StandardCopyOption.REPLACE_EXISTING, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES)
        }
    }
}
