import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { ErrorPages } from '../platform/index.js';
import { PageForAnyone, PageSignedIn } from './session/page-guards.js';
import { Pages } from './session/pages.js';
import { PortalErrorPages } from './session/portal-error-pages.js';
import { SignInPage } from './sign-in/sign-in.page.js';

@Module({
  imports: [IdentityModule],
  controllers: [SignInPage],
  providers: [Pages, PageSignedIn, PageForAnyone, { provide: ErrorPages, useClass: PortalErrorPages }],
})
export class PortalModule {}
