import { Injectable } from '@nestjs/common';
import type { DecisionId, ToldDecision } from '../commissioning/index.js';
import { DecisionQueries, GROUNDS } from '../commissioning/index.js';
import type { Pence } from '../kernel/index.js';
import { isId, penceAsNumber } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { NewNotice, NoticeFacts } from './notice.types.js';

/** What notices of decisions are made from. The facts of a notice hold no words of people, so what the board wrote is read when it is told. */
@Injectable()
export class DecisionNotices {
  constructor(private readonly decisions: DecisionQueries) {}

  /** The notice of a later decision; none of the first ones, which have notices of their own. The transaction sees the person. */
  async of(tx: Tx, id: DecisionId): Promise<NewNotice | undefined> {
    const decision = (await this.decisions.told(tx, [id])).get(id);
    return decision && isLater(decision.kind) ? { personId: decision.personId, kind: 'decision', facts: factsOf(decision) } : undefined;
  }

  /** What the board wrote, by decision, for those of these notices that tell of one. */
  async reasons(tx: Tx, notices: readonly { readonly facts: NoticeFacts }[]): Promise<ReadonlyMap<unknown, string>> {
    const ids = notices.map(({ facts }) => facts['decisionId']).filter((id): id is string => isId(id)) as unknown as DecisionId[];
    return new Map([...(await this.decisions.told(tx, ids))].map(([id, decision]) => [id, decision.reason]));
  }
}

/** The first decisions of all, to agree and to fund a plan, have notices of their own. */
export const isLater = (kind: ToldDecision['kind']): boolean => kind === 'resume' || Object.hasOwn(GROUNDS, kind);
const inPence = (sum: Pence | null): number | null => (sum === null ? null : penceAsNumber(sum));

const factsOf = ({ id, kind, planId, lineId, lineReference, statute, ground, amount, taken, onDay, decidedOn }: ToldDecision): NoticeFacts => ({
  decisionId: id,
  decision: kind,
  planId,
  lineId,
  lineReference,
  statute,
  ground,
  amountPence: inPence(amount),
  takenPence: inPence(taken),
  onDay,
  decidedOn,
});
