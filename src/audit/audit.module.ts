import { Module } from '@nestjs/common';
import { AuditQueries } from './audit.queries.js';
import { Audit } from './audit.service.js';

@Module({ providers: [Audit, AuditQueries], exports: [Audit, AuditQueries] })
export class AuditModule {}
