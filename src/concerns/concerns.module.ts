import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { Worries } from './worries.service.js';

@Module({ imports: [AuditModule], providers: [Worries], exports: [Worries] })
export class ConcernsModule {}
