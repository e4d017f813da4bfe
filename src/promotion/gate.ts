/** A gate of an environment, by the field of its `protection`. */
export enum PromotionGate {
  /** Who has to agree. */
  APPROVALS = 'approvals',
  /** How long a release has to run in the environments before. */
  SOAK_TIME = 'soakTime',
  /** When promotions are allowed. */
  ALLOWED_TIMES = 'allowedTimes',
  /** When nothing is promoted. */
  FREEZES = 'freezes',
  /** Whether the release has to be healthy in the environments before. */
  HEALTH = 'requireHealth',
  /** AnalysisTemplates that have to succeed in the environments before. */
  ANALYSIS = 'requireAnalysis',
}

/** The gates that look at the environments before: where releases enter, there are none. */
export const LOOKING_BACK = [PromotionGate.SOAK_TIME, PromotionGate.HEALTH, PromotionGate.ANALYSIS];
