import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { Goals } from './goals.service.js';
import { HoldersController } from './holders.controller.js';
import { HolderQueries } from './holders.queries.js';
import { Holders } from './holders.service.js';
import { NomineesController } from './nominees.controller.js';
import { Nominees } from './nominees.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [HoldersController, NomineesController],
  providers: [Holders, Goals, HolderQueries, Nominees],
  exports: [Holders, Goals, HolderQueries, Nominees],
})
export class HoldersModule {}
