import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { BrokersController } from './brokers.controller.js';
import { BrokerQueries } from './brokers.queries.js';
import { Brokers } from './brokers.service.js';

@Module({ imports: [AuditModule, IdentityModule], controllers: [BrokersController], providers: [Brokers, BrokerQueries], exports: [Brokers, BrokerQueries] })
export class BrokersModule {}
