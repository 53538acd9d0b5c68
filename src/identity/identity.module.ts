import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { OrganisationsModule } from '../organisations/index.js';
import { ActorCache } from './actor-cache.js';
import { Actors } from './actors.service.js';
import { Grants } from './grants.service.js';
import { SignedIn } from './http/signed-in.guard.js';
import { IdentityController } from './identity.controller.js';
import { Passwords } from './passwords.service.js';
import { People } from './people.service.js';
import { Places } from './places.service.js';
import { SignIn } from './sign-in.service.js';
import { Staff } from './staff.service.js';

@Module({
  imports: [AuditModule, OrganisationsModule],
  controllers: [IdentityController],
  providers: [ActorCache, Actors, Grants, Passwords, People, Places, SignIn, SignedIn, Staff],
  exports: [Actors, Grants, Passwords, People, Places, SignIn, SignedIn, Staff],
})
export class IdentityModule {}
