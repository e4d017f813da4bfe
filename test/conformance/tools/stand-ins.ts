import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Tool } from './tool';
import { environmentOf, labelOf, Tree, type YamlDocument } from '../documents';
import type { Verdict } from '../report';

const ROLLOUT = 'argoproj.io/v1alpha1';

/**
 * The tool, looking at pods that it would not look for: it gets every Rollout as the Deployment that has its pods,
 * and every reference to the one as a reference to the other. What it finds is told of the Rollout.
 */
export function withStandIns(tool: Tool): Tool {
  return {
    ...tool,
    check: (tree) => {
      const rollouts = new Map(tree.documents.filter(isRollout).map((document) => [identity(document.file, standInLabel(document)), document]));
      if (rollouts.size === 0) return tool.check(tree);
      const root = mkdtempSync(join(tmpdir(), 'stand-ins-'));
      try {
        cpSync(tree.root, root, { recursive: true });
        for (const file of new Set(tree.documents.filter(isTouched).map((document) => document.file))) {
          const documents = tree.documents.filter((document) => document.file === file);
          writeFileSync(join(root, file), documents.map(textOf).join('---\n'));
        }
        return told(tool.check(new Tree(root)), (file, object) => rollouts.get(identity(file, object))?.object ?? object);
      } finally {
        rmSync(root, { recursive: true });
      }
    },
  };
}

function told(verdict: Verdict, name: (file: string, object: string) => string): Verdict {
  return { ...verdict, findings: verdict.findings.map((finding) => ({ ...finding, object: name(finding.file, finding.object) })) };
}

function identity(file: string, object: string): string {
  return [environmentOf(file), object].join(' ');
}

/** A Rollout that takes its pods from elsewhere has none for a linter to see. */
function isRollout({ value }: YamlDocument): boolean {
  return value.kind === 'Rollout' && value.apiVersion === ROLLOUT && value.spec?.template !== undefined;
}

function isTouched(document: YamlDocument): boolean {
  return isRollout(document) || targetsRollout(document.value);
}

function targetsRollout(value: any): boolean {
  const target = value.spec?.scaleTargetRef;
  return target?.kind === 'Rollout' && target.apiVersion === ROLLOUT;
}

function standInLabel({ value }: YamlDocument): string {
  return labelOf({ ...value, kind: 'Deployment' });
}

function textOf(document: YamlDocument): string {
  const { value } = document;
  if (isRollout(document)) return write(deploymentOf(value));
  if (!targetsRollout(value)) return document.text;
  const scaleTargetRef = { ...value.spec.scaleTargetRef, apiVersion: 'apps/v1', kind: 'Deployment' };
  return write({ ...value, spec: { ...value.spec, scaleTargetRef } });
}

function deploymentOf({ metadata, spec }: any): object {
  const { replicas, minReadySeconds, revisionHistoryLimit, progressDeadlineSeconds, selector, template } = spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas,
      minReadySeconds,
      revisionHistoryLimit,
      progressDeadlineSeconds,
      selector,
      strategy: { type: 'RollingUpdate' },
      template,
    },
  };
}

/** Strings that YAML 1.1 takes for something else are quoted. */
function write(value: object): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
