export { Metrics, type Reading } from './metrics.js';
export { MetricsModule } from './metrics.module.js';
