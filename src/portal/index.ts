export { Housekeeping } from './operator/housekeeping.js';
export { PortalModule } from './portal.module.js';
export { registerAssets } from './shell/index.js';
