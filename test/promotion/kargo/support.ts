import { kargo } from 'cdk8s-fairway';

export const { PromotionStep, Subscription } = kargo;

export const REPOSITORY = 'https://github.com/acme/shop';
export const DIRECT = [{ origin: { name: 'shop' }, sources: { direct: true } }];
export const from = (...stages: string[]) => [{ origin: { name: 'shop' }, sources: { stages } }];

/** One step of each kind that has a method. */
export const STEPS = () => [
  PromotionStep.gitClone({ repoURL: REPOSITORY, checkout: [{ path: './src', commit: '${{ commitFrom("https://github.com/acme/shop").ID }}' }, { path: './out', branch: 'env/dev', create: true }], author: { name: 'Kargo', email: 'kargo@acme.com' } }),
  PromotionStep.gitClear({ path: './out' }),
  PromotionStep.kustomizeSetImage({ path: './src/dev', images: [{ image: 'ghcr.io/acme/api', digest: '${{ imageFrom("ghcr.io/acme/api").Digest }}' }] }),
  PromotionStep.kustomizeBuild({ path: './src/dev', outPath: './out', outputFormat: kargo.KustomizeOutputFormat.KARGO, helmApiVersions: ['v1'], helmKubeVersion: '1.34' }),
  PromotionStep.helmUpdateChart({ path: './src/chart', charts: [{ repository: 'https://charts.acme.com', name: 'api', version: '1.2.3' }] }),
  PromotionStep.helmTemplate({ path: './src/chart', outPath: './out/chart', releaseName: 'api', setValues: [{ key: 'a', value: '' }], outLayout: kargo.HelmOutLayout.FLAT }),
  PromotionStep.yamlUpdate({ path: './src/values.yaml', updates: [{ key: 'image.tag', value: '${{ imageFrom("ghcr.io/acme/api").Tag }}' }, { key: 'replicas', value: 3 }] }),
  PromotionStep.yamlParse({ path: './src/values.yaml', outputs: [{ name: 'tag', fromExpression: 'image.tag' }] }, { as: 'values' }),
  PromotionStep.yamlMerge({ inFiles: ['./a.yaml', './b.yaml'], outFile: './c.yaml' }),
  PromotionStep.jsonUpdate({ path: './src/values.json', updates: [{ key: 'a', value: { b: [true, 2] } }] }),
  PromotionStep.jsonParse({ path: './src/values.json', outputs: [{ name: 'a', fromExpression: 'a["b"]' }] }),
  PromotionStep.copy({ inPath: './src', outPath: './out/copy', ignore: '*.md' }),
  PromotionStep.delete({ path: './out/old' }),
  PromotionStep.delete({ paths: ['./out/*.bak'], pathsAreGlobs: true, strict: false }),
  PromotionStep.fileWrite({ path: './out/TAG', contents: '${{ outputs.values.tag }}', permissions: '0644' }),
  PromotionStep.untar({ inPath: './a.tgz', outPath: './a', stripComponents: 1 }),
  PromotionStep.gitCommit({ path: './out', message: 'Promote ${{ ctx.targetFreight.name }} to ${{ vars.environment }}' }, { as: 'commit' }),
  PromotionStep.gitTag({ path: './out', tag: 'dev-1', message: 'dev' }),
  PromotionStep.gitPush({ path: './out', generateTargetBranch: true, maxAttempts: 5, provider: kargo.GitProvider.GITHUB }, { as: 'push', retry: { timeout: '5m', errorThreshold: 3 } }),
  PromotionStep.gitOpenPr({ repoURL: REPOSITORY, sourceBranch: '${{ outputs.push.branch }}', targetBranch: 'env/dev', title: 'dev', labels: ['kargo'] }, { as: 'open-pr' }),
  PromotionStep.gitMergePr({ repoURL: REPOSITORY, prNumber: '${{ outputs["open-pr"].pr.id }}', wait: true, mergeMethod: 'squash' }),
  PromotionStep.gitWaitForPr({ repoURL: REPOSITORY, prNumber: 5, pollInterval: '30s' }),
  PromotionStep.argocdUpdate({
    apps: [{
      name: 'shop-dev',
      sources: [{
        repoURL: REPOSITORY, desiredRevision: '${{ outputs.commit.commit }}', updateTargetRevision: true, helmImages: [{ key: 'tag', value: '1' }], kustomizeImages: [{ repoURL: 'ghcr.io/acme/api', tag: '1' }],
      }],
    }, { selector: { matchLabels: { app: 'shop' } } }],
  }),
  PromotionStep.argocdWait({ apps: [{ name: 'shop-dev', waitFor: [kargo.ArgoCdWaitFor.HEALTH] }] }),
  PromotionStep.http({ url: 'https://api.acme.com', method: kargo.HttpMethod.POST, headers: [{ name: 'Authorization', value: 'Bearer ${{ secret("api").token }}' }], timeout: '10s', successExpression: 'response.status == 200', outputs: [{ name: 'id', fromExpression: 'response.body.id' }] }),
  PromotionStep.composeOutput({ tag: '${{ outputs.values.tag }}' }),
  PromotionStep.writeMetadata({ updates: [{ kind: kargo.MetadataKind.STAGE, name: 'dev', values: { tag: '1' } }] }),
  PromotionStep.aliasFreight({ name: '${{ ctx.targetFreight.name }}', alias: 'friday' }),
  PromotionStep.custom('toml-update', { path: './a.toml', updates: [{ key: 'a', value: 1 }] }),
  PromotionStep.fail('never', { if: '${{ failure() && status("push") == "Errored" }}', continueOnError: true, vars: [{ name: 'a', value: '1' }] }),
];
