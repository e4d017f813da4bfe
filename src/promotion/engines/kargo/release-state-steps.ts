import { PromotionStep } from './promotion-step';
import { HISTORY } from '../../../environments/release-state';

/*
 * How a promotion changes a release state. `json-update` would do for the digest, but it can remove nothing: the commit and the
 * proofs of the release before would stand beside the new digest, and what ran before would be forgotten. So the file is read, and
 * written anew, in expr-lang. `fromPairs` makes maps that Kargo cannot print; text that is read again makes those that it can.
 */

/** Where the working tree lies in the folder of a promotion. */
export const TREE = './src';

const FILE = (releases: string) => `${TREE}/${releases}/\${{ ctx.stage }}.json`;

/** The alias of the step that reads. */
const READ = 'read';
const STATE = `task.outputs.${READ}.state`;

const map = (pairs: string) => `fromJSON("{" + join(map(${pairs}, toJSON(#[0]) + ":" + toJSON(#[1])), ",") + "}")`;

const IMAGE = 'imageFrom(vars.images[ctx.targetFreight.origin.name], warehouse(ctx.targetFreight.origin.name))';

const NEXT = [
  `let state = ${STATE};`,
  'let name = ctx.targetFreight.origin.name;',
  `let image = ${IMAGE};`,
  'let revision = (image.Annotations ?? {})["org.opencontainers.image.revision"] ?? "";',
  'let old = state.workloads?.[name];',
  `let former = old == nil ? [] : concat([${map('filter(toPairs(old), #[0] != "history")')}], old.history ?? []);`,
  'let history = filter(former, #.digest != image.Digest);',
  'let source = revision matches "^[a-f0-9]{7,64}$" ? {"commit": revision} : nil;',
  `let kept = history[0:min(${HISTORY}, len(history))];`,
  'let fields = [["image", vars.images[name]], ["tag", image.Tag], ["digest", image.Digest], ["source", source],'
    + ' ["since", now().UTC().Format("2006-01-02T15:04:05Z")], ["from", vars.from], ["history", len(kept) > 0 ? kept : nil]];',
  `let release = ${map('filter(fields, not (#[1] in [nil, ""]))')};`,
  `let workloads = ${map('concat(filter(toPairs(state.workloads ?? {}), #[0] != name), [[name, release]])')};`,
  `asJSON(${map('concat(filter(toPairs(state), #[0] != "workloads"), [["workloads", workloads]])')})`,
].join(' ');

const FROZEN = `vars.frozen || (${STATE}.frozen != nil && (${STATE}.frozen.until == nil || now() < date(${STATE}.frozen.until)))`;

/** Reads the release state, stops where it is frozen, and writes the new release into it. The latest state of its file is the truth. */
export function releaseStateSteps(releases: string): PromotionStep[] {
  return [
    PromotionStep.jsonParse({ path: FILE(releases), outputs: [{ name: 'state', fromExpression: '$env' }] }, { as: READ }),
    // Rollbacks are not stopped by a freeze.
    PromotionStep.fail('Nothing is promoted here for now: the environment is frozen.', {
      as: 'frozen',
      if: `\${{ !ctx.meta.promotion.rollback && (${FROZEN}) }}`,
    }),
    PromotionStep.fileWrite(
      { path: FILE(releases), contents: `\${{ ${NEXT} }}`, permissions: '0644', overwrite: true },
      { as: 'write', if: `\${{ ${STATE}.workloads?.[ctx.targetFreight.origin.name]?.digest != ${IMAGE}.Digest }}` },
    ),
  ];
}
