import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { Goals } from './goals.service.js';
import { HoldersController } from './holders.controller.js';
import { HolderQueries } from './holders.queries.js';
import { Holders } from './holders.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [HoldersController],
  providers: [Holders, Goals, HolderQueries],
  exports: [Holders, Goals, HolderQueries],
})
export class HoldersModule {}
