export { OrganisationsModule } from './organisations.module.js';
export { Organisations, ORGANISATION_KINDS } from './organisations.service.js';
export type { Organisation, OrganisationKind } from './organisations.service.js';
