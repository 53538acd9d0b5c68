import { Platform1700000000001 } from './001-platform.js';
import { People1700000000002 } from './002-people.js';
import { Ledger1700000000003 } from './003-ledger.js';
import { Files1700000000009 } from './009-files.js';
import { Holders1700000000010 } from './010-holders.js';
import { Providers1700000000011 } from './011-providers.js';
import { Brokers1700000000012 } from './012-brokers.js';
import { Introductions1700000000013 } from './013-introductions.js';
import { Plans1700000000014 } from './014-plans.js';
import { Budgets1700000000015 } from './015-budgets.js';
import { Pools1700000000016 } from './016-pools.js';
import { Purchasing1700000000017 } from './017-purchasing.js';
import { Commissioning1700000000018 } from './018-commissioning.js';
import { Payments1700000000019 } from './019-payments.js';
import { Finance1700000000020 } from './020-finance.js';
import { Reconciliation1700000000021 } from './021-reconciliation.js';
import { Insight1700000000022 } from './022-insight.js';
import { Notifications1700000000023 } from './023-notifications.js';
import { KnownIds1700000000030 } from './030-known-ids.js';
import { Seed1700000000031 } from './031-seed.js';
import { Post1700000000032 } from './032-post.js';
import { Worries1700000000033 } from './033-worries.js';
import { Periods1700000000034 } from './034-periods.js';
import { Auditors1700000000035 } from './035-auditors.js';
import { HotReads1700000000036 } from './036-hot-reads.js';
import { Shares1700000000037 } from './037-shares.js';
import { DecisionNotices1700000000041 } from './041-decision-notices.js';
import { GrantsRest1700000000042 } from './042-grants-rest.js';
import { OwnSay1700000000043 } from './043-own-say.js';
import { FindingOthers1700000000044 } from './044-finding-others.js';
import { ProposedGroups1700000000045 } from './045-proposed-groups.js';
import { BrokerNotes1700000000046 } from './046-broker-notes.js';
import { OneKindOfBlock1700000000047 } from './047-one-kind-of-block.js';
import { PoolDecisions1700000000048 } from './048-pool-decisions.js';
import { KindsOfNotices1700000000049 } from './049-kinds-of-notices.js';
import { Pledges1700000000050 } from './050-pledges.js';
import { WithoutMoney1700000000051 } from './051-without-money.js';
import { Freezes1700000000052 } from './052-freezes.js';
import { HolderPlans1700000000053 } from './053-holder-plans.js';
import { StatementPapers1700000000054 } from './054-statement-papers.js';
import { MemberReviews1700000000055 } from './055-member-reviews.js';
import { PoolPapers1700000000056 } from './056-pool-papers.js';
import { AgreementsObeyed1700000000057 } from './057-agreements-obeyed.js';
import { OwnMoney1700000000058 } from './058-own-money.js';
import { MoneyAndQuotesOnPaper1700000000060 } from './060-money-and-quotes-on-paper.js';
import { PledgesOfStoppedParts1700000000061 } from './061-pledges-of-stopped-parts.js';
import { QuickRecords1700000000062 } from './062-quick-records.js';
import { WallsByKey1700000000063 } from './063-walls-by-key.js';
import { OwnMoneyAtALook1700000000064 } from './064-own-money-at-a-look.js';
import { WrittenJson1700000000065 } from './065-written-json.js';
import { QuickerRecords1700000000066 } from './066-quicker-records.js';
import { MoneyAtALook1700000000067 } from './067-money-at-a-look.js';

/** Every migration in order. A list and no glob: the same list runs compiled and in tests. */
export const migrations = [
  Platform1700000000001,
  People1700000000002,
  Ledger1700000000003,
  Files1700000000009,
  Holders1700000000010,
  Providers1700000000011,
  Brokers1700000000012,
  Introductions1700000000013,
  Plans1700000000014,
  Budgets1700000000015,
  Pools1700000000016,
  Purchasing1700000000017,
  Commissioning1700000000018,
  Payments1700000000019,
  Finance1700000000020,
  Reconciliation1700000000021,
  Insight1700000000022,
  Notifications1700000000023,
  KnownIds1700000000030,
  Seed1700000000031,
  Post1700000000032,
  Worries1700000000033,
  Periods1700000000034,
  Auditors1700000000035,
  HotReads1700000000036,
  Shares1700000000037,
  DecisionNotices1700000000041,
  GrantsRest1700000000042,
  OwnSay1700000000043,
  FindingOthers1700000000044,
  ProposedGroups1700000000045,
  BrokerNotes1700000000046,
  OneKindOfBlock1700000000047,
  PoolDecisions1700000000048,
  KindsOfNotices1700000000049,
  Pledges1700000000050,
  WithoutMoney1700000000051,
  Freezes1700000000052,
  HolderPlans1700000000053,
  StatementPapers1700000000054,
  MemberReviews1700000000055,
  PoolPapers1700000000056,
  AgreementsObeyed1700000000057,
  OwnMoney1700000000058,
  MoneyAndQuotesOnPaper1700000000060,
  PledgesOfStoppedParts1700000000061,
  QuickRecords1700000000062,
  WallsByKey1700000000063,
  OwnMoneyAtALook1700000000064,
  WrittenJson1700000000065,
  QuickerRecords1700000000066,
  MoneyAtALook1700000000067,
];
