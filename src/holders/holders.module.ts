import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { AuthorityQueries } from './authorities.queries.js';
import { Goals } from './goals.service.js';
import { HoldersController } from './holders.controller.js';
import { HolderQueries } from './holders.queries.js';
import { Holders } from './holders.service.js';
import { Nominations } from './nominations.service.js';
import { NominationsController } from './nominations.controller.js';
import { NomineesController } from './nominees.controller.js';
import { Nominees } from './nominees.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [HoldersController, NominationsController, NomineesController],
  providers: [Holders, Goals, HolderQueries, Nominations, Nominees, AuthorityQueries],
  exports: [Holders, Goals, HolderQueries, Nominations, Nominees, AuthorityQueries],
})
export class HoldersModule {}
