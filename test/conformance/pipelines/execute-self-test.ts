import { execute, RUNNERS } from './execute';
import { Report } from '../report';
import { SAMPLES } from './runners/samples';

/** Every runner carries out what was written by hand for it, and no fault in it goes unseen. */
export async function executionSelfTest(report: Report): Promise<void> {
  for (const { scenario, files, faults } of SAMPLES) {
    const systems = Object.entries(RUNNERS);
    await execute(scenario, (_, system) => files[RUNNERS[system]!.name], report);
    for (const { runner, replace, by, finds } of faults) {
      const [[path, text]] = Object.entries(files[runner]);
      const title = `${scenario.name}: ${JSON.stringify(by)} instead of ${JSON.stringify(replace)} is refused (${runner})`;
      if (!text.includes(replace)) {
        report.fail(`${title}: the file does not hold it`);
        continue;
      }
      const trial = new Report();
      const chosen = Object.fromEntries(systems.filter(([, each]) => each.name === runner));
      await execute({ ...scenario, name: `${scenario.name} faulty` }, () => ({ [path]: text.replace(replace, by) }), trial, chosen);
      const failures = trial.failures.join('; ');
      if (trial.failed === 1 && finds.test(failures)) report.pass(title);
      else report.fail(`${title}: ${trial.failed === 0 ? 'it passed' : `for another reason: ${failures}`}`);
    }
  }
}
