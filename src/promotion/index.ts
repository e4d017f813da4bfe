export * as kargo from './engines/kargo';
export * as promoter from './engines/gitops-promoter';
