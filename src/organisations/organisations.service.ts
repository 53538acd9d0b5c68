import { Injectable } from '@nestjs/common';
import type { LocalDate, OrganisationId } from '../kernel/index.js';
import { refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { sqlStateOf } from '../platform/index.js';

export const ORGANISATION_KINDS = ['icb', 'council', 'money-holder', 'provider', 'broker-body', 'charity', 'group'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export interface Organisation {
  readonly id: OrganisationId;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly odsCode: string | null;
  readonly validFrom: LocalDate;
  readonly validUntil: LocalDate | null;
}

const UNIQUE_VIOLATION = '23505';
const COLUMNS = `id, kind, name, ods_code as "odsCode", valid_from as "validFrom", valid_until as "validUntil"`;

/** Bodies with their codes, dates and successors (RULE 14): reference data, which everyone may read. */
@Injectable()
export class Organisations {
  /** Refuses: body-code-taken. */
  async add(tx: Tx, organisation: Organisation): Promise<void> {
    const adding = tx.run('insert into organisation (id, kind, name, ods_code, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6)', [
      organisation.id,
      organisation.kind,
      organisation.name,
      organisation.odsCode,
      organisation.validFrom,
      organisation.validUntil,
    ]);
    await adding.catch((error: unknown) => {
      throw sqlStateOf(error) === UNIQUE_VIOLATION ? refused('body-code-taken', `The code ${organisation.odsCode} is another body’s.`) : error;
    });
  }

  /** Every body there is, by kind and name. */
  async all(tx: Tx): Promise<Organisation[]> {
    return tx.rows<Organisation>(`select ${COLUMNS} from organisation order by kind, name, id`);
  }

  async succeed(tx: Tx, predecessor: OrganisationId, successor: OrganisationId, from: LocalDate): Promise<void> {
    await tx.run('insert into organisation_successor (predecessor_id, successor_id, from_day) values ($1, $2, $3)', [predecessor, successor, from]);
    await tx.run('update organisation set valid_until = $2 where id = $1 and valid_until is null', [predecessor, from]);
  }

  async find(tx: Tx, id: OrganisationId): Promise<Organisation | undefined> {
    return tx.row<Organisation>(`select ${COLUMNS} from organisation where id = $1`, [id]);
  }

  async ofKind(tx: Tx, kind: OrganisationKind): Promise<Organisation[]> {
    return tx.rows<Organisation>(`select ${COLUMNS} from organisation where kind = $1 order by name, id`, [kind]);
  }

  /** The bodies and all that came before them, so that a merger loses nobody's history. */
  async withPredecessors(tx: Tx, ids: readonly OrganisationId[]): Promise<OrganisationId[]> {
    const rows = await tx.rows<{ id: OrganisationId }>(
      `with recursive line as (
         select unnest($1::uuid[]) as id union select s.predecessor_id from organisation_successor s join line on line.id = s.successor_id
       ) select id from line`,
      [ids],
    );
    return rows.map((row) => row.id);
  }
}
