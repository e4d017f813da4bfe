package org.jenkinsci.plugins.workflow.steps

/** Somebody's or some clock's decision. It is no actual interruption to what is around the timeout that made it. */
class FlowInterruptedException extends RuntimeException {
    final String result = 'ABORTED'
    boolean actualInterruption = true

    FlowInterruptedException(String message) {
        super(message)
    }
}
