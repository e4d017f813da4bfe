/** What may not stand in any field of a rule: it would end the line, or hide. */
export const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** A field of a line of comma-separated values: quoted where Go's reader needs it (encoding/csv). */
export function csvField(value: string): string {
  return /[",]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
