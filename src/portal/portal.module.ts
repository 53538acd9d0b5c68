import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { ConcernsModule } from '../concerns/index.js';
import { HoldersModule } from '../holders/index.js';
import { InsightModule } from '../insight/index.js';
import { IntroductionsModule } from '../introductions/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PlansModule } from '../plans/index.js';
import { PoolsModule } from '../pools/index.js';
import { PurchasingModule } from '../purchasing/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { AccountPage } from './account/account.page.js';
import { PasswordPage } from './account/password.page.js';
import { ActingForPage } from './acting-for/acting-for.page.js';
import { WhosePages } from './acting-for/whose.js';
import { CardPage } from './card/card.page.js';
import { findingPages, findingParts } from './finding-pages.js';
import { GoalPage } from './goals/goal.page.js';
import { GoodLifePage } from './good-life/good-life.page.js';
import { HolderHome } from './home/holder-home.js';
import { HomeParts } from './home/home-parts.js';
import { HomePage } from './home/home.page.js';
import { InboxPage } from './inbox/inbox.page.js';
import { InformationPages } from './information/information.page.js';
import { IntroductionsPage } from './introductions/introductions.page.js';
import { LooksPage } from './looks/looks.page.js';
import { LooksReads } from './looks/looks.reads.js';
import { MoneyPage } from './money/money.page.js';
import { MoneyReads } from './money/money.reads.js';
import { NomineesPage } from './nominees/nominees.page.js';
import { PlanPage } from './plan/plan.page.js';
import { poolPages, poolParts, poolRooms } from './pool/pool-pages.js';
import { SessionsPage } from './sessions/sessions.page.js';
import { staffPages, staffParts, staffRooms } from './staff-pages.js';
import { SuggestionsPage } from './suggestions/suggestions.page.js';
import { IdentityModule } from '../identity/index.js';
import { ErrorPages } from '../platform/index.js';
import { PageForAnyone, PageSignedIn } from './session/page-guards.js';
import { Pages } from './session/pages.js';
import { PortalErrorPages } from './session/portal-error-pages.js';
import { SignInPage } from './sign-in/sign-in.page.js';

/** The pages of holders and of those who act for them. */
const holderPages = [
  HomePage,
  GoodLifePage,
  GoalPage,
  CardPage,
  SuggestionsPage,
  IntroductionsPage,
  MoneyPage,
  PlanPage,
  LooksPage,
  InboxPage,
  SessionsPage,
  NomineesPage,
  AccountPage,
  PasswordPage,
  ActingForPage,
  InformationPages,
  ...findingPages,
];
const holderParts = [...findingParts, WhosePages, HomeParts, HolderHome, MoneyReads, LooksReads];

@Module({
  imports: [
    IdentityModule,
    AuditModule,
    ConcernsModule,
    HoldersModule,
    IntroductionsModule,
    PlansModule,
    BudgetsModule,
    PoolsModule,
    PurchasingModule,
    InsightModule,
    NotificationsModule,
    ReconciliationModule,
    ...poolRooms,
    ...staffRooms,
  ],
  controllers: [SignInPage, ...holderPages, ...poolPages, ...staffPages],
  providers: [Pages, PageSignedIn, PageForAnyone, { provide: ErrorPages, useClass: PortalErrorPages }, ...holderParts, ...poolParts, ...staffParts],
})
export class PortalModule {}
