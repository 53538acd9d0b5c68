export { DirectoryQueries } from './directory.queries.js';
export { DirectoryImports } from './directory.service.js';
export type { DirectoryImport } from './directory.service.js';
export { directoryPage, serviceFull } from './open-referral/write-directory.js';
export { ListInOneSitting } from './provider.dto.js';
export { ProvidersModule } from './providers.module.js';
export { ProviderQueries } from './providers.queries.js';
export type { ProviderView, ServiceView } from './providers.queries.js';
export { Providers } from './providers.service.js';
