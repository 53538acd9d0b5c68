export { PortalModule } from './portal.module.js';
export { registerAssets } from './shell/index.js';
