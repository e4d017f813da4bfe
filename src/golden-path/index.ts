export { DeliveryPipeline } from './delivery-pipeline';
export { DeliveryPipelineProps, DeliveryProps, SourceImage } from './delivery-props';
export { ServiceDelivery } from './service-delivery';
export { ServiceDeliveryProps } from './service-props';
export { WorkloadSimulation } from './workload-simulation';
