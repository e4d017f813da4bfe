const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a point in time: ISO 8601 with seconds or minutes and a zone, `2026-11-27T10:00:00Z`. */
export function isInstant(text: unknown): text is string {
  const [, year, month, day] = (typeof text === 'string' ? INSTANT.exec(text) : null) ?? [];
  return day !== undefined && !Number.isNaN(Date.parse(text as string)) && isDay(Number(year), Number(month), Number(day));
}

/** JavaScript reads the 30th of February as the second of March. */
function isDay(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
