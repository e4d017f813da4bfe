import * as messages from '../../messages';

/** The annotations by which a parent Application treats a resource. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** Throws FW512 for a text that is missing. */
export function checkText(path: string, kind: string, field: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') {
    throw messages.emptyField.error(path, { kind, field });
  }
}

/** Throws FW513 for a wave that Argo CD would read as 0. */
export function checkWave(path: string, wave: number | undefined): void {
  if (wave !== undefined && !Number.isSafeInteger(wave)) {
    throw messages.invalidWave.error(path, { wave });
  }
}
