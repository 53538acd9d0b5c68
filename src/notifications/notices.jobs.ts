import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { DecisionId, ToldDecision } from '../commissioning/index.js';
import { People } from '../identity/index.js';
import type { PersonId, PoolId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { EventHandlers } from '../platform/index.js';
import type { ContributionId } from '../pools/index.js';
import { PoolQueries } from '../pools/index.js';
import { DecisionNotices, isLater } from './decision-notices.js';
import type { NewNotice, NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
import { Notices } from './notices.service.js';
import { Post } from './post.service.js';

type Facts = (event: StoredEvent) => NoticeFacts;

const pick =
  (...names: readonly string[]): Facts =>
  ({ payload }) =>
    Object.fromEntries(names.flatMap((name) => (payload[name] === undefined ? [] : [[name, payload[name] as string | number | null]])));
const peopleIn = (event: StoredEvent, name: string): PersonId[] => [event.payload[name]].flat().filter((id): id is PersonId => typeof id === 'string');

interface Telling {
  readonly event: string;
  readonly kind: NoticeKind;
  /** The name in the payload of those who read it; and of who is left out, as it is their own doing. */
  readonly who: string;
  readonly except?: string;
  readonly facts: Facts;
}

/** Events that are about people named in them: which notice, who reads it, and which facts it keeps. */
const TOLD: readonly Telling[] = [
  { event: 'introductionMade', kind: 'introduction-made', who: 'personIds', facts: pick('introductionId') },
  { event: 'groupFound', kind: 'group-found', who: 'personIds', facts: pick('groupId') },
  { event: 'invitationMade', kind: 'invitation', who: 'toPersonId', facts: pick('invitationId') },
  { event: 'invitationEnded', kind: 'invitation-ended', who: 'personId', facts: pick('invitationId') },
  { event: 'messageSent', kind: 'message', who: 'toPersonId', facts: pick('introductionId') },
  { event: 'poolProposed', kind: 'pool-invited', who: 'personIds', except: 'proposerId', facts: pick('poolId') },
  { event: 'memberInvited', kind: 'pool-invited', who: 'personId', facts: pick('poolId') },
  { event: 'surplusReturned', kind: 'surplus-home', who: 'personId', facts: pick('poolId', 'amountPence') },
  { event: 'ownMoneyKept', kind: 'own-money-kept', who: 'personId', facts: pick('poolId') },
  { event: 'ownMoneyGoesHome', kind: 'own-money-home', who: 'personId', facts: pick('lineId') },
  { event: 'budgetOpened', kind: 'money-agreed', who: 'personId', facts: () => ({}) },
  {
    event: 'lineAlertRaised',
    kind: 'line-alert',
    who: 'personId',
    facts: ({ payload }) => ({
      lineId: payload['lineId'] as string,
      alert: payload['kind'] as string,
      runOutOn: payload['runOutOn'] as string | null,
      freePence: payload['freePence'] as number,
    }),
  },
  { event: 'reviewDue', kind: 'review-due', who: 'personId', facts: pick('planId', 'dueOn', 'step') },
  { event: 'nominationTurnedDown', kind: 'nomination-turned-down', who: 'personId', facts: pick('nominationId') },
  { event: 'paperTyped', kind: 'paper-typed', who: 'personIds', facts: pick('poolId', 'what', 'contributionId', 'amountPence', 'signedOn') },
  { event: 'reviewAsked', kind: 'review-asked', who: 'chairId', facts: pick('poolId') },
  { event: 'reviewStageOpened', kind: 'review-with-you', who: 'personId', facts: pick('poolId', 'reviewId') },
  { event: 'reviewVoicesAsked', kind: 'review-voice', who: 'personIds', facts: pick('poolId', 'reviewId', 'closesOn') },
  { event: 'reviewStageClosed', kind: 'review-heard', who: 'personIds', facts: pick('poolId', 'reviewId') },
  { event: 'reviewEnded', kind: 'review-over', who: 'personIds', facts: pick('poolId', 'reviewId') },
  { event: 'statementSigned', kind: 'statement-signed', who: 'personId', facts: pick('poolId', 'paperId') },
  { event: 'partFrozen', kind: 'part-stopped', who: 'personId', facts: pick('poolId', 'lastDay') },
  { event: 'partFreezeEnding', kind: 'part-stop-ending', who: 'personId', facts: pick('poolId', 'lastDay') },
  { event: 'partUnfrozen', kind: 'part-goes-on', who: 'personId', facts: pick('poolId') },
  { event: 'pledgeReleased', kind: 'pledge-released', who: 'personId', facts: pick('poolId', 'roundId') },
  { event: 'appointmentMade', kind: 'broker-appointed', who: 'personId', facts: pick('appointmentId') },
];

/** Events about a pool: all who are in it, or are asked to be, are told. */
const TOLD_TO_POOL: readonly { readonly event: string; readonly kind: NoticeKind; readonly facts: Facts }[] = [
  { event: 'agreementOffered', kind: 'agreement-offered', facts: pick('poolId', 'agreementId') },
  { event: 'poolStarted', kind: 'pool-started', facts: pick('poolId') },
  { event: 'decisionRaised', kind: 'question-asked', facts: pick('poolId', 'decisionId', 'closesOn') },
  { event: 'decisionClosed', kind: 'question-decided', facts: pick('poolId', 'decisionId') },
  { event: 'agreementReviewDue', kind: 'agreement-review', facts: pick('poolId', 'agreementId') },
  { event: 'holderClosing', kind: 'holder-closing', facts: pick('poolId') },
  { event: 'poolFrozen', kind: 'pool-stopped', facts: pick('poolId', 'lastDay') },
  { event: 'poolFreezeEnding', kind: 'pool-stop-ending', facts: pick('poolId', 'lastDay') },
  { event: 'poolUnfrozen', kind: 'pool-goes-on', facts: pick('poolId') },
  { event: 'pledgesAsked', kind: 'pledge-asked', facts: pick('poolId', 'roundId', 'freeUntil', 'reachBy') },
  { event: 'pledgesReached', kind: 'pledge-reached', facts: pick('poolId', 'roundId', 'state') },
  { event: 'pledgesNotReached', kind: 'pledge-not-reached', facts: pick('poolId', 'roundId', 'state', 'until') },
  { event: 'sessionRecorded', kind: 'session-to-confirm', facts: pick('poolId', 'sessionId', 'day') },
];

@Injectable()
export class NoticeJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly notices: Notices,
    private readonly post: Post,
    private readonly pools: PoolQueries,
    private readonly decisions: DecisionNotices,
    private readonly people: People,
  ) {}

  onModuleInit(): void {
    for (const { event, kind, who, except, facts } of TOLD)
      this.handlers.on(event, 'notifications.tell', (tx, stored) => {
        const doer = except === undefined ? undefined : stored.payload[except];
        return this.tellAll(
          tx,
          peopleIn(stored, who).filter((person) => person !== doer),
          kind,
          facts(stored),
        );
      });
    this.handlers.on('poolContributionArrived', 'notifications.tell', async (tx, stored) => {
      const amountPence = stored.payload['amountPence'] ?? (await this.sumOf(tx, stored));
      await this.tellAll(tx, peopleIn(stored, 'personId'), 'money-arrived', { ...pick('poolId')(stored), amountPence: amountPence as number | null });
    });
    for (const { event, kind, facts } of TOLD_TO_POOL)
      this.handlers.on(event, 'notifications.tell-pool', async (tx, stored) => this.tellAll(tx, await this.membersOf(tx, stored), kind, facts(stored)));
    this.handlers.on('paymentReturned', 'notifications.tell', async (tx, stored) => {
      // Whose money it was: a funder's is a body's, which has no inbox.
      const owners = await this.people.named(tx, stored.about.people ?? []);
      await this.tellAll(
        tx,
        owners.map((person) => person.id),
        'payment-returned',
        pick('paymentId', 'amountPence')(stored),
      );
    });
    this.handlers.on('decisionMade', 'notifications.tell', async (tx, { payload }) => {
      if (!isLater(payload['kind'] as ToldDecision['kind'])) return; // most are: nothing is read for them
      const notice = await this.decisions.of(tx, payload['decisionId'] as DecisionId);
      if (notice) await this.notices.tell(tx, [notice]);
    });
    this.handlers.on('noticeMade', 'notifications.write-post', (tx, { payload }) =>
      this.post.write(tx, payload['noticeId'] as NoticeId, payload['personId'] as PersonId),
    );
  }

  /** An event that does not say how much: the contribution itself does. */
  private async sumOf(tx: Tx, { payload }: StoredEvent): Promise<number | null> {
    const amount = await this.pools.contributed(tx, payload['contributionId'] as ContributionId);
    return amount === undefined ? null : penceAsNumber(amount);
  }

  private tellAll(tx: Tx, people: readonly PersonId[], kind: NoticeKind, facts: NoticeFacts): Promise<void> {
    return this.notices.tell(
      tx,
      [...new Set(people)].map((personId): NewNotice => ({ personId, kind, facts })),
    );
  }

  private async membersOf(tx: Tx, { payload }: StoredEvent): Promise<PersonId[]> {
    const members = await this.pools.membersOf(tx, payload['poolId'] as PoolId);
    return members.filter((member) => member.state !== 'left').map((member) => member.personId);
  }
}
