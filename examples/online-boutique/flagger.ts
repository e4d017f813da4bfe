import { Diagnostics, RolloutEngine } from 'cdk8s-fairway';
import { boutique } from './boutique';

// The same platform, whose rollouts Flagger carries out instead of Argo Rollouts.
const platform = boutique('1.34', { rollouts: RolloutEngine.flagger() });

Diagnostics.of(platform.node.findChild('checkoutservice'))
  .acknowledge('FW603', 'Flagger rolls the primary after the checks: for that moment both versions answer, which checkout can bear.');

platform.synth();
