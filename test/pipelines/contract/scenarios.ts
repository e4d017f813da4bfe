import { FLOW } from './flow';
import { REST } from './rest';

/** What the model promises, one promise each. */
export const SCENARIOS = [...FLOW, ...REST];
