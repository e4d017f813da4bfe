export { DeliveryPipeline } from './delivery-pipeline';
export { DeliveryPipelineProps, SourceImage } from './delivery-props';
export { WorkloadSimulation } from './workload-simulation';
