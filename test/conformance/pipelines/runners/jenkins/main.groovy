import groovy.json.JsonOutput
import groovy.json.JsonSlurper

/*
 * main.groovy --check <Jenkinsfile>...   prints {"<file>": ["line 3: ...", ...], ...}
 * main.groovy --run <run.json>           prints what became of the run; see Build for what the file holds
 */
if (args[0] == '--check') {
    println JsonOutput.toJson(args.drop(1).collectEntries { [it, Check.of(new File(it).getText('UTF-8')).problems] })
} else {
    def facts = new JsonSlurper().parse(new File(args[1]), 'UTF-8')
    def text = new File(facts.jenkinsfile).getText('UTF-8')
    def problems = Check.of(text).problems
    println 'fairway-result=' + JsonOutput.toJson(problems ? [problems: problems] : new Build(facts).run(text))
    System.exit(0)
}
