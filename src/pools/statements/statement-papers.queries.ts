import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, notFound, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { PaperId, PaperRow } from './statement-papers.service.js';
import { PAPER, sidesOf } from './statement-papers.service.js';
import type { Side, StatementContent } from './statement.rules.js';
import { hashOfText } from './statement.hash.js';

export interface PaperListing {
  readonly id: PaperId;
  readonly poolId: PoolId;
  readonly pool: string;
  readonly of: StatementContent['of'];
  readonly kind: 'exit' | 'final';
  readonly madeOn: LocalDate;
  readonly isSigned: boolean;
  readonly isRead: boolean;
  /** What the reader could still do with it. */
  readonly mayMark: readonly Side[];
}

export interface PaperView extends PaperListing {
  readonly content: StatementContent;
  readonly contentHash: string;
  /** Worked out again from what is kept. */
  readonly isWhole: boolean;
  readonly marks: readonly { readonly side: Side; readonly role: string; readonly on: LocalDate }[];
}

interface MarkRow {
  readonly paperId: PaperId;
  readonly side: Side;
  readonly role: string;
  readonly at: Date;
}

@Injectable()
export class StatementPaperQueries {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Papers of oneself and of those one acts for, of one's funder, of the pools one is the broker of, and of the books one keeps; newest first. */
  async mine(actor: Actor): Promise<PaperListing[]> {
    return this.database.read(actor, async (tx) => {
      const rows = await tx.rows<PaperRow>(`select ${PAPER} from statement_paper order by id desc limit 200`, []);
      const papers = rows.filter((paper) => sidesOf(actor, paper).length > 0);
      const marks = await marksOf(tx, papers);
      return papers.map((paper) => listing(actor, paper, marks));
    });
  }

  /** One paper, for whoever may sign or read it; opening somebody else's is written down for them. */
  async one(actor: Actor, id: PaperId): Promise<PaperView> {
    const { paper, marks } = await this.database.read(actor, async (tx) => {
      const found = await tx.row<PaperRow>(`select ${PAPER} from statement_paper where id = $1`, [id]);
      return { paper: found, marks: found ? await marksOf(tx, [found]) : [] };
    });
    if (!paper || sidesOf(actor, paper).length === 0) throw notFound('The statement');
    if (paper.subjectKind === 'member' && paper.subjectId !== actor.id)
      await this.database.transaction(systemActor('pools', { people: [paper.subjectId as PersonId] }), (tx) =>
        this.audit.viewed(tx, actor, { about: paper.subjectId as PersonId, noun: 'statement-paper', nounId: id, why: 'to sign or read it' }),
      );
    return {
      ...listing(actor, paper, marks),
      content: JSON.parse(paper.content) as StatementContent,
      contentHash: paper.contentHash,
      isWhole: hashOfText(paper.content) === paper.contentHash,
      marks: marks.map(({ side, role, at }) => ({ side, role, on: dayOf(at) })),
    };
  }
}

const marksOf = (tx: Tx, papers: readonly PaperRow[]): Promise<MarkRow[]> =>
  tx.rows('select paper_id as "paperId", side, role, at from statement_mark where paper_id = any($1) order by at, side', [papers.map((paper) => paper.id)]);

function listing(actor: Actor, paper: PaperRow, marks: readonly MarkRow[]): PaperListing {
  const content = JSON.parse(paper.content) as StatementContent;
  const own = marks.filter((mark) => mark.paperId === paper.id).map((mark) => mark.side);
  return {
    id: paper.id,
    poolId: paper.poolId,
    pool: content.pool.name,
    of: content.of,
    kind: paper.kind,
    madeOn: dayOf(paper.madeAt),
    isSigned: own.some((side) => side !== 'reader'),
    isRead: own.includes('reader'),
    mayMark: sidesOf(actor, paper).filter((side) => !own.includes(side)),
  };
}
