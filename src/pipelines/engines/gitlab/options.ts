/** What is paid for on GitLab. */
export enum GitLabTier {
  FREE = 'free',
  PREMIUM = 'premium',
  ULTIMATE = 'ultimate',
}

/** Options of GitLab CI. */
export interface GitLabCiOptions {
  /**
   * What the project is on. Premium has protected environments that demand approvals, and merge trains.
   *
   * @default GitLabTier.FREE
   */
  readonly tier?: GitLabTier;

  /**
   * Image of jobs that name neither a container nor a tool. It needs bash and git.
   *
   * @default 'buildpack-deps:bookworm-scm'
   */
  readonly image?: string;

  /**
   * Images of tools, by the language, or by language and version: `{ node: 'registry.example.com/node:24@sha256:…' }`, `{ 'node@24': … }`.
   * A job that uses several tools needs an image for all of them, by their names in alphabetical order: `{ 'java+node': … }`.
   *
   * @default - the official image of the version: node, python, golang, eclipse-temurin, mcr.microsoft.com/dotnet/sdk, rust
   */
  readonly toolImages?: Record<string, string>;

  /**
   * Tags of the runners of an operating system and architecture: `{ 'linux-arm64': ['saas-linux-small-arm64'] }`. Jobs that name labels
   * themselves have those as tags.
   *
   * @default - none for linux-x64; the hosted runners of GitLab.com for linux-arm64 and macos-arm64
   */
  readonly runnerTags?: Record<string, string[]>;

  /**
   * Whether starting a manual job counts as approval where GitLab cannot tell who may: everybody who may run the pipeline can then approve.
   *
   * @default false
   */
  readonly anybodyApproves?: boolean;

  /**
   * Whether manual jobs ask with the message of the approval before they start. From GitLab 17.1.
   *
   * @default true
   */
  readonly manualConfirmation?: boolean;

  /**
   * How many jobs a job may need; one that needs more waits for the stages before. GitLab allows 50 where nobody has changed it.
   *
   * @default 50
   */
  readonly needsLimit?: number;

  /**
   * How many days artifacts without a time of their own are kept: long enough for what waits for an approval.
   *
   * @default 30
   */
  readonly artifactDays?: number;

  /**
   * Tiers of environments by name, for those that GitLab does not guess from the name: production, staging, testing, development or other.
   *
   * @default - as GitLab guesses
   */
  readonly deploymentTiers?: Record<string, string>;

  /**
   * Whether templates of jobs become files of their own with inputs, `templates/<pipeline>-<template>.yml`, that each use includes. What a use says
   * for an input is one of the file where it is text of letters, digits, blanks and `_.,:;/@%+=~-` that only environments read; the rest is written
   * out, as are templates whose scripts depend on where they are used. Values come as variables of the job, which GitLab lets those override who
   * may start pipelines with variables. From GitLab 17.0.
   *
   * @default false
   */
  readonly components?: boolean;
}
