import { GitOpsEngine } from 'cdk8s-fairway';
import { boutique } from './boutique';

// The same platform, which Flux deploys instead of Argo CD.
boutique('1.34', { gitops: GitOpsEngine.flux() }).synth();
