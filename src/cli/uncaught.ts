/*
 * Loaded before everything else (`node --require`) in the Node processes of a program: a runner such as npx or
 * tsx, and the program itself. It turns an uncaught error of this library into findings for the command line,
 * without a stack trace. It only listens in on errors, so that any other error ends as Node ends it.
 */
import { isMainThread } from 'worker_threads';
import type { Finding } from '../core/diagnostics/finding';

const FAIRWAY_ERROR = Symbol.for('cdk8s-fairway.FairwayError');

// A worker hands its error to the thread that started it; ending it here would hide the error.
if (isMainThread) {
  process.on('uncaughtExceptionMonitor', error => {
    const reportFile = process.env.FAIRWAY_REPORT;
    if (!reportFile || !isFairwayError(error) || !report(reportFile, error.findings)) {
      return;
    }
    // A program that handles uncaught errors itself decides how it ends.
    if (process.listenerCount('uncaughtException') === 0 && !process.hasUncaughtExceptionCaptureCallback()) {
      process.exit(1);
    }
  });
}

function isFairwayError(error: unknown): error is { findings: Finding[] } {
  return typeof error === 'object' && error !== null && FAIRWAY_ERROR in error
    && Array.isArray((error as { findings?: unknown }).findings);
}

/** Hands the findings to the command line; when that fails, the error is left to Node. */
function report(file: string, findings: Finding[]): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only a process that ends here loads more than this file
    const { addToReport }: typeof import('../core/diagnostics/report-file') = require('../core/diagnostics/report-file');
    addToReport(file, findings);
    return true;
  } catch {
    return false;
  }
}
