export { CommissioningModule } from './commissioning.module.js';
export { Commissioning } from './commissioning.service.js';
