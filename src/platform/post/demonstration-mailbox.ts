import { Injectable } from '@nestjs/common';
import type { Id, PersonId } from '../../kernel/index.js';
import { systemActor } from '../../kernel/index.js';
import { Clock } from '../clock/index.js';
import { Secrets } from '../crypto/index.js';
import { Database } from '../database/index.js';
import type { Tx } from '../database/index.js';
import type { Carriage, CarriedBy, Carrier, Parcel } from './carrier.js';

/** An email or text as it lies in the mailbox. */
export interface MailboxMessage {
  readonly id: Id<'post-item'>;
  readonly personId: PersonId;
  readonly by: CarriedBy;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly receivedAt: Date;
}

/** Takes the emails and texts of a demonstration, so that people can see what would have been sent. Nothing leaves the machine.
 *  Durable, and a second copy of a message is no second message. Where it goes and what it says are encrypted. */
@Injectable()
export class DemonstrationMailbox implements Carrier {
  readonly name = 'the demonstration mailbox (nothing leaves this machine)';

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async carry(parcel: Parcel): Promise<Carriage> {
    const { itemId, personId, by, to, subject, body } = parcel;
    await this.database.transaction(systemActor('mailbox', { people: [personId] }), (tx) =>
      tx.run('insert into mailbox_message (id, person_id, by, sealed, received_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing', [
        itemId,
        personId,
        by,
        this.secrets.encrypt(JSON.stringify({ to, subject, body }), sealOf(itemId)),
        this.clock.now(),
      ]),
    );
    return 'taken';
  }

  /** The newest messages of the people in scope. */
  async newest(tx: Tx, limit: number): Promise<MailboxMessage[]> {
    const rows = await tx.rows<Pick<MailboxMessage, 'id' | 'personId' | 'by' | 'receivedAt'> & { sealed: Buffer }>(
      'select id, person_id as "personId", by, sealed, received_at as "receivedAt" from mailbox_message order by received_at desc, id desc limit $1',
      [limit],
    );
    return rows.map(({ sealed, ...row }) => ({
      ...row,
      ...(JSON.parse(this.secrets.decrypt(sealed, sealOf(row.id))) as Pick<MailboxMessage, 'to' | 'subject' | 'body'>),
    }));
  }
}

const sealOf = (id: string): string => `mailbox_message.sealed:${id}`;
