const REPOSITORY = 'https://github.com/cdk8s-fairway/cdk8s-fairway';

/** Where a guide is read, for example `guideUrl('errors.md', 'fw123')`. */
export function guideUrl(guide: string, section?: string): string {
  return `${REPOSITORY}/blob/main/docs/${guide}${section === undefined ? '' : `#${section}`}`;
}
