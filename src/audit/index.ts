export { AuditModule } from './audit.module.js';
export { AuditQueries } from './audit.queries.js';
export type { Look } from './audit.queries.js';
export { Audit } from './audit.service.js';
export type { AuditFact, Deed } from './audit.service.js';
