import type { FieldChange, ObjectChange } from './changes';
import { Gate } from './gates';
import * as messages from './messages';
import { Move, Outcome, Plan, reasonsAgainst, Refusal, Result } from './plan';
import type { Finding } from '../../core/diagnostics/finding';
import { printable } from '../../core/diagnostics/printable';
import type { FormerRelease } from '../../environments/release-state';
import { code, escaped } from '../diff/render-markdown';

/** Lines of an object that are shown; the rest are counted. */
const MOST_FIELDS = 20;

/** A result for people. */
export function renderHuman(result: Result): string {
  const { plan, files, outcome, changes } = result;
  const lines = [
    ...plan.already,
    ...plan.moves.map(move => `${move.workload}: ${fromTo(move)}${roadText(plan)}`),
    ...(plan.platform === undefined ? [] : [`platform: ${versionText(plan.platform.former)} → ${messages.shortVersion(plan.platform.revision)}${roadText(plan)}`]),
    ...plan.gates.map(gate => `  ${gate.passed ? '✓' : '✗'} ${gateText(gate)}`),
    ...plan.notes.map(note => `  ! ${note}`),
  ];
  if (outcome === Outcome.DONE || outcome === Outcome.DRY_RUN) {
    lines.push(
      ...changes.flatMap(change => [`  ${SIGNS[change.kind]} ${change.object}`, ...fieldLines(change).map(line => `      ${line}`)]),
      `${plan.environment}: ${countsText(result)}`,
      ...(plan.approvals === undefined ? [] : [messages.approvalsNeeded(plan.approvals.teams, plan.approvals.count)]),
      ...(outcome === Outcome.DRY_RUN ? ['Dry run: nothing was written.'] : []),
    );
  } else if (outcome === Outcome.COMPLETED) {
    lines.push(`${plan.environment}: ${files.written.length} written, ${files.removed.length} removed, ${files.unchanged} unchanged`);
  }
  return lines.map(line => `${printable(line)}\n`).join('');
}

/** Why nothing is done, for people. */
export function renderRefusal(plan: Plan): string {
  const reasons = reasonsAgainst(plan);
  return [
    `Nothing was written: ${reasons.length === 1 ? 'there is a reason' : `there are ${reasons.length} reasons`} against it.`,
    ...reasons.flatMap(({ subject, message, remedy }) => [`  ✗ ${subject === undefined ? '' : `${subject}: `}${message}`, `    → ${remedy}`]),
  ].map(line => `${printable(line)}\n`).join('');
}

/** A result for the body of a pull request. */
export function renderMarkdown(result: Result): string {
  const { plan, outcome, changes, command } = result;
  const title = command === 'promote' ? `Promote to ${code(plan.environment)}` : `Roll back in ${code(plan.environment)}`;
  const rows = [
    ...plan.moves.map(({ workload, former, release }) => [code(workload), former === undefined ? '–' : code(versionOf(former)), code(versionOf(release)), sourceText(release)]),
    ...(plan.platform === undefined ? [] : [['platform', code(versionText(plan.platform.former)), code(versionText(plan.platform.revision)), '']]),
  ];
  const sections = [
    `## ${title}${plan.from === undefined ? '' : ` from ${code(plan.from)}`}`,
    ...(rows.length === 0 ? [] : [['| | from | to | source |', '|---|---|---|---|', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n')]),
    ...(plan.already.length === 0 ? [] : [plan.already.map(escaped).join('<br>')]),
    ...(plan.gates.length === 0 ? [] : [['### Gates', '', ...plan.gates.map(gate => `- ${gate.passed ? '✅' : '❌'} ${escaped(gateText(gate))}`)].join('\n')]),
    ...(plan.notes.length === 0 ? [] : [plan.notes.map(note => `⚠️ ${escaped(note)}`).join('<br>')]),
    ...(outcome === Outcome.REFUSED ? [['### Refused', '', ...reasonsAgainst(plan).map(refusalItem), ...result.findings.map(findingItem)].join('\n')] : []),
    ...(plan.approvals === undefined ? [] : [`**Approvals:** ${escaped(messages.approvalsNeeded(plan.approvals.teams, plan.approvals.count))}`]),
    ...(changes.length === 0 ? [] : [`### Changes\n\n${escaped(countsText(result))}\n\n${detailsOf(changes)}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A result for programs. The shape is versioned; fields are only ever added. */
export function renderJson({ command, outcome, platform, plan, state, files, changes, findings }: Result): string {
  return `${JSON.stringify({
    version: 1,
    command,
    outcome,
    platform,
    environment: plan.environment,
    from: plan.from ?? null,
    releases: plan.moves.map(({ workload, former, release }) => ({ workload, from: former ? versionJson(former) : null, to: versionJson(release) })),
    program: plan.platform === undefined ? null : { from: plan.platform.former ?? null, to: plan.platform.revision },
    already: plan.already,
    gates: plan.gates.map(({ gate, subject = null, passed, message, remedy }) => ({ gate, subject, passed, message, remedy })),
    approvals: plan.approvals ?? null,
    refusals: reasonsAgainst(plan),
    notes: plan.notes,
    findings,
    state,
    files: { written: files.written, removed: files.removed, unchanged: files.unchanged },
    changes,
  }, null, 2)}\n`;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function fromTo({ former, release }: Move): string {
  return `${former === undefined ? '–' : versionOf(former)} → ${versionOf(release)}`;
}

function roadText({ from, environment }: Plan): string {
  return from === undefined ? `, ${environment}` : `, ${from} → ${environment}`;
}

function versionText(version: string | undefined): string {
  return version === undefined ? 'every synth' : messages.shortVersion(version);
}

/** `1.4.2 (0123456789ab)`. */
function versionOf({ tag, digest }: FormerRelease): string {
  const short = messages.shortVersion(digest).replace('sha256:', '');
  return tag === undefined ? short : `${tag} (${short})`;
}

function versionJson({ image, tag, digest, source }: FormerRelease): object {
  return { image, tag: tag ?? null, digest, source: source ?? null };
}

function sourceText({ source }: FormerRelease): string {
  if (source === undefined) {
    return '';
  }
  const commit = code(source.commit.slice(0, 12));
  return source.repository === undefined ? commit : `${commit} of ${code(source.repository)}`;
}

function gateText({ subject, message, remedy }: Gate): string {
  return `${subject === undefined ? '' : `${subject}: `}${message}${remedy === undefined ? '' : ` ${remedy}`}`;
}

function refusalItem({ subject, message, remedy }: Refusal): string {
  return `- ${subject === undefined ? '' : `${code(subject)}: `}${escaped(message)} ${escaped(remedy)}`;
}

function findingItem({ code: id, message, remedy }: Finding): string {
  return `- ${code(id)} ${escaped(message)} ${escaped(remedy)}`;
}

function countsText({ files, state }: Result): string {
  return `${files.written.length} ${files.written.length === 1 ? 'file' : 'files'} written, ${files.removed.length} removed, ${files.unchanged} unchanged, and ${state}`;
}

function fieldLines({ fields }: ObjectChange): string[] {
  const lines = fields.slice(0, MOST_FIELDS).map(fieldText);
  return fields.length > MOST_FIELDS ? [...lines, `… ${fields.length - MOST_FIELDS} more`] : lines;
}

function fieldText({ kind, path, before, after }: FieldChange): string {
  return `${SIGNS[kind]} ${path}: ${kind === 'changed' ? `${before} → ${after}` : before ?? after}`.replace(/(sha256:[a-f0-9]{12})[a-f0-9]{52}/g, '$1…');
}

function detailsOf(changes: ObjectChange[]): string {
  const whose = [...new Set(changes.map(change => change.workload))];
  return whose.map(workload => {
    const lines = changes.filter(change => change.workload === workload).flatMap(change => [`@@ ${change.object} @@${change.kind === 'changed' ? '' : ` ${change.kind}`}`, ...fieldLines(change).map(line => line.replace(/^~/, '!'))]);
    const body = lines.map(printable).join('\n');
    const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
    return `<details><summary>${workload === undefined ? '(environment)' : code(workload)}</summary>\n\n${fence}diff\n${body}\n${fence}\n\n</details>`;
  }).join('\n\n');
}
