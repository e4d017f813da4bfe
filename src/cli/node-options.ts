/**
 * `NODE_OPTIONS` with one more module to load first.
 *
 * @param options the options that are set already, if any; they stay as they are
 * @param module the path of a CommonJS module
 */
export function withRequire(options: string | undefined, module: string): string {
  // Node splits at spaces; inside double quotes a backslash escapes (parseNodeOptionsEnvVar in node_options.cc).
  const quoted = /[\s"\\]/.test(module) ? `"${module.replace(/["\\]/g, '\\$&')}"` : module;
  return [options?.trim(), `--require ${quoted}`].filter(Boolean).join(' ');
}
