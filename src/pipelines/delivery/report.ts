import { pattern } from './checks';
import { deliveryStep } from './delivery-step';
import { COVERAGE, FINDINGS, GLOBS, JUNIT } from './scripts/reports';
import { listOf, oneOf, whole } from '../../core/shape';
import { checkShape, inside, line } from '../check';
import { Condition } from '../condition';
import { JobStep, STEP_SHAPE } from '../step';
import { JobStepOptions } from '../step-options';

/** Options of a report of tests. */
export interface JunitOptions extends JobStepOptions {
  /** Patterns over the reports: `reports/junit.xml`. At least one. */
  readonly files: string[];

  /**
   * What people see above the results.
   *
   * @default 'Tests'
   */
  readonly title?: string;
}

/** The form of a report of coverage. */
export enum CoverageFormat {
  COBERTURA = 'cobertura',
  JACOCO = 'jacoco',
  LCOV = 'lcov',
}

/** Options of a report of coverage. */
export interface CoverageOptions extends JobStepOptions {
  /** Patterns over the reports: `coverage/cobertura-coverage.xml`. At least one. */
  readonly files: string[];

  /**
   * Their form.
   *
   * @default CoverageFormat.COBERTURA
   */
  readonly format?: CoverageFormat;

  /**
   * Percent of lines below which the step fails, from 1 to 100. The step then has the output `percent`.
   *
   * @default - none
   */
  readonly minimum?: number;
}

/** Options of a report of findings. */
export interface FindingsOptions extends JobStepOptions {
  /** The report, SARIF 2.1.0: `fairway.sarif`. */
  readonly file: string;

  /**
   * What tells it from other reports of the same commit.
   *
   * @default - the name of the file
   */
  readonly category?: string;
}

/** What a job has found out, shown where the system shows it. Reports are made when steps before have failed, too. */
export class Report {
  /** Results of tests. @param options which files. Throws FW1000 to FW1002, FW1050 */
  public static junit(options: JunitOptions): JobStep {
    checkShape('', 'report', options, { ...STEP_SHAPE, files: listOf(pattern, 1, 50), title: line }, ['files']);
    const { files, title = 'Tests' } = options;
    return deliveryStep(afterAll(options), {
      action: 'test-report',
      title: 'Report the tests',
      told: { files: [...files], title },
      script: ['PATTERNS=$REPORT_FILES', GLOBS, JUNIT],
      commands: [],
      grants: { writeChecks: 'shows the results of tests' },
    });
  }

  /** Coverage of code. @param options which files, and how much is enough. Throws FW1000 to FW1002, FW1050 */
  public static coverage(options: CoverageOptions): JobStep {
    checkShape('', 'report', options, { ...STEP_SHAPE, files: listOf(pattern, 1, 50), format: oneOf(CoverageFormat), minimum: whole(1, 100) }, ['files']);
    const { files, format = CoverageFormat.COBERTURA, minimum } = options;
    return deliveryStep(minimum === undefined ? afterAll(options) : options, {
      action: 'coverage-report',
      title: 'Report the coverage',
      told: { files: [...files], format, minimum },
      script: ['PATTERNS=$REPORT_FILES', GLOBS, COVERAGE],
      commands: ['awk'],
      outputs: minimum === undefined ? [] : ['percent'],
    });
  }

  /** Findings of scanners, for code scanning. @param options which file. Throws FW1000 to FW1002, FW1042, FW1050 */
  public static findings(options: FindingsOptions): JobStep {
    checkShape('', 'report', options, { ...STEP_SHAPE, file: inside, category: line }, ['file']);
    const { file, category = file.replace(/\.[a-z]+$/, '') } = options;
    return deliveryStep(afterAll(options), {
      action: 'upload-findings',
      title: 'Report the findings',
      told: { file, category },
      script: [FINDINGS],
      commands: [],
      grants: { uploadFindings: 'shows the findings of a scanner' },
    });
  }

  private constructor() {}
}

function afterAll<T extends JobStepOptions>(options: T): T {
  return { ...options, condition: options.condition ?? Condition.always() };
}
