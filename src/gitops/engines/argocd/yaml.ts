/** JSON, which is YAML too: nothing in it can be read in two ways. */
export function yaml(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
