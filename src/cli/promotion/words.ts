/** A command as it is typed; the same words, in whatever order, ask for the same. */
export function commandWords(command: string, workloads: string[], options: Record<string, string | string[] | boolean | undefined>): string {
  const given = Object.entries(options).flatMap(([option, value]) => {
    if (value === undefined || value === false) {
      return [];
    }
    return [`--${option}`, ...value === true ? [] : [...Array.isArray(value) ? [...value].sort() : [value]]];
  });
  return ['fairway', command, ...[...workloads].sort(), ...given].map(word => /^[\w./:@+=-]+$/.test(word) ? word : `'${word.replace(/'/g, '\'\\\'\'')}'`).join(' ');
}
