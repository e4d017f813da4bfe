export { StrategyComparison, type ComparisonRow, type StrategyComparisonProps } from './comparison';
export { MetricSeries, type MetricNoise, type MetricPoint, type MetricStep } from './metric-series';
export { PodBehavior, type CrashLoopOptions, type FlappingOptions, type ReadyPodOptions } from './pod-behavior';
export { Scenario, type ScenarioProps } from './scenario';
export { ScenarioAction, type NewRevisionOptions } from './scenario-action';
export { Simulation, type SimulationProps } from './simulation';
export {
  AnalysisVerdict, RolloutPhase, SimulationOutcome, Timeline, TimelineEventKind,
  type AbortExpectation, type PromotionExpectation, type TimelineEvent, type TimelineMeasurement, type TimelineProps, type TimelineState,
  type TimelineSummary,
} from './timeline';
export { ComparisonReport, type ComparisonReportProps } from './render/comparison-report';
export { TimelineReport, type TextReportOptions, type TimelineReportProps } from './render/timeline-report';
