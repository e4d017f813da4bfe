import { Severity } from '../../core/diagnostics/finding';
import { problem, show } from '../../core/diagnostics/problem';

/*
 * FW825 to FW829: pictures of simulations.
 */

export const invalidReport = problem<{ what: string; value: unknown; fault: string; remedy: string }>({
  code: 'FW825',
  severity: Severity.ERROR,
  title: 'A picture of a simulation that cannot be made',
  explanation: 'A picture is made of a Timeline, or of several with the names of their strategies, and of words and numbers beside them: '
    + 'a title, what the scenario is, the steps, and the threshold of each metric.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: a.remedy }));
