export { WorkloadSimulation } from './workload-simulation';
