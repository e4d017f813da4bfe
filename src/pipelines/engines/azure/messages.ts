import { Severity } from '../../../core/diagnostics/finding';
import { problem, show } from '../../../core/diagnostics/problem';

/*
 * FW1160 to FW1179: Azure Pipelines.
 */

export const invalidOption = problem<{ option: string; value: unknown; fault: string; example: string }>({
  code: 'FW1160',
  severity: Severity.ERROR,
  title: 'An option of Azure Pipelines that cannot be',
  explanation: 'Options of the engine name files of the repository, pools, images of agents, variable groups and service connections.',
}, a => ({
  message: `The option ${show(a.option)} of Azure Pipelines ${a.fault}: ${show(a.value)}.`,
  remedy: `Write for example ${a.example}.`,
}));

export const patchMissed = problem<{ reason: string; target: string; fault: string }>({
  code: 'FW1161',
  severity: Severity.ERROR,
  title: 'A change of the output of Azure Pipelines that does not fit',
  explanation: 'A change is a JSON Patch (RFC 6902) of what the pipeline became. Its paths begin at the part of the job, or at the file.',
}, a => ({
  message: `The change ${show(a.reason)} does not fit ${a.target}: ${a.fault}.`,
  remedy: 'Look at the file without the change, and correct the path.',
}));

export const takenFile = problem<{ template: string; file: string; other: string }>({
  code: 'FW1163',
  severity: Severity.ERROR,
  title: 'The file of a template that is the file of something else',
  explanation: 'With the option `nativeReuse`, a template of a pipeline is written to `.azure/templates/<pipeline>-<template>.yml`. No pipeline and no other '
    + 'template can be written there.',
}, a => ({
  message: `The template "${a.template}" would be written to ${show(a.file)}, which is the file of ${a.other}.`,
  remedy: 'Give the pipeline another file in the option `files`, or the template another id.',
}));

export const scheduleZone = problem<{ schedule: string; zone: string; fault: string }>({
  code: 'FW1162',
  severity: Severity.ERROR,
  title: 'A schedule that UTC cannot say',
  explanation: 'Azure Pipelines reads schedules in UTC (learn.microsoft.com, `schedules.cron`). A time zone with a fixed offset is converted; '
    + 'one with daylight saving time would move the start by an hour twice a year.',
}, a => ({
  message: `The schedule ${show(a.schedule)} in the time zone ${show(a.zone)} cannot be written in UTC: ${a.fault}.`,
  remedy: 'Write the schedule in UTC, or in a zone with a fixed offset such as Etc/GMT-1.',
}));
