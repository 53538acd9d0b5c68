import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, invalid, notFound, refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { AS_NAMES, Secrets } from '../platform/index.js';
import { isNhsNumber } from './nhs-number.js';

export type ReachBy = 'letter' | 'email' | 'text' | 'phone';
export type ReachFormat = 'standard' | 'large-print' | 'easy-read' | 'audio' | 'braille';

export interface NewPerson {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn?: LocalDate | undefined;
  readonly nhsNumber?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Postcode district, `M33`; never an address. */
  readonly place?: string | undefined;
  readonly reachBy?: ReachBy | undefined;
  readonly reachFormat?: ReachFormat | undefined;
}

export interface Person {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn: LocalDate | null;
  readonly diedOn: LocalDate | null;
  readonly place: string | null;
  readonly reachBy: ReachBy;
  readonly reachFormat: ReachFormat;
}

const PERSON_COLUMNS = `id, first_name as "firstName", family_name as "familyName", born_on as "bornOn", died_on as "diedOn", place, reach_by as "reachBy", reach_format as "reachFormat"`;

/** Every person, with or without a sign-in. The transaction's scope must name the person. */
@Injectable()
export class People {
  constructor(
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  async register(tx: Tx, actor: Actor, person: NewPerson): Promise<void> {
    if (person.nhsNumber !== undefined && !isNhsNumber(person.nhsNumber))
      throw invalid('nhs-number-not-valid', 'Check the NHS number: it has 10 digits and the last one checks the others.');
    const hide = (text: string | undefined, what: string): Buffer | null =>
      text === undefined ? null : this.secrets.encrypt(text, `person.${what}:${person.id}`);
    const lookup = person.nhsNumber === undefined ? null : this.secrets.lookup(person.nhsNumber.replaceAll(' ', ''), 'nhs-number');
    if (lookup && (await tx.row('select 1 from person where nhs_number_lookup = $1', [lookup])))
      throw refused('nhs-number-known', 'A person with this NHS number is already here.');
    tx.write(
      `insert into person (id, first_name, family_name, born_on, nhs_number, nhs_number_lookup, email, phone, place, reach_by, reach_format, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, 'letter'), coalesce($11, 'standard'), $12)`,
      [
        person.id,
        person.firstName,
        person.familyName,
        person.bornOn ?? null,
        hide(person.nhsNumber?.replaceAll(' ', ''), 'nhs_number'),
        lookup,
        hide(person.email, 'email'),
        hide(person.phone, 'phone'),
        person.place ?? null,
        person.reachBy ?? null,
        person.reachFormat ?? null,
        tx.now,
      ],
    );
    await this.audit.record(tx, actor, { action: 'person:register', noun: 'person', nounId: person.id, about: person.id });
  }

  async find(tx: Tx, id: PersonId): Promise<Person | undefined> {
    return tx.row<Person>(`select ${PERSON_COLUMNS} from person where id = $1`, [id]);
  }

  /** People by id, those in scope only, by family name. */
  async named(tx: Tx, ids: readonly PersonId[]): Promise<Person[]> {
    return tx.rows<Person>(`select ${PERSON_COLUMNS} from person where id = any($1) order by family_name ${AS_NAMES}, first_name ${AS_NAMES}, id`, [ids]);
  }

  /** Where emails and texts to people go, for who carries the post. Those in scope only; never for a page or a list. */
  async reachesOf(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, { email: string | null; phone: string | null }>> {
    const rows = await tx.rows<{ id: PersonId; email: Buffer | null; phone: Buffer | null }>('select id, email, phone from person where id = any($1)', [ids]);
    const shown = (bytes: Buffer | null, what: string, id: PersonId): string | null => bytes && this.secrets.decrypt(bytes, `person.${what}:${id}`);
    return new Map(rows.map(({ id, email, phone }) => [id, { email: shown(email, 'email', id), phone: shown(phone, 'phone', id) }]));
  }

  /** Somebody has died. Refuses a day to come or before their birth (`day-of-death-wrong`), and one recorded before (`death-recorded-already`). */
  async recordDeath(tx: Tx, actor: Actor, id: PersonId, diedOn: LocalDate): Promise<void> {
    const person = await tx.row<{ bornOn: LocalDate | null; diedOn: LocalDate | null }>(
      'select born_on as "bornOn", died_on as "diedOn" from person where id = $1 for update',
      [id],
    );
    if (!person) throw notFound('The person');
    if (person.diedOn !== null) throw refused('death-recorded-already', 'The day of death is recorded already.');
    if (diedOn > dayOf(tx.now) || (person.bornOn !== null && diedOn < person.bornOn))
      throw invalid('day-of-death-wrong', 'This cannot be the day of death.', [{ field: 'diedOn', message: 'Give today or a day before it.' }]);
    tx.write('update person set died_on = $2 where id = $1', [id, diedOn]);
    await this.audit.record(tx, actor, { action: 'person:record-death', noun: 'person', nounId: id, about: id });
  }

  /** From a day on, one ICB is responsible; the one before ends that day. Nothing else is rewritten. */
  async makeResponsible(tx: Tx, person: PersonId, icb: OrganisationId, from: LocalDate): Promise<void> {
    tx.write('update responsibility set until_day = $2 where person_id = $1 and until_day is null and from_day < $2', [person, from]);
    tx.write('insert into responsibility (person_id, icb_id, from_day) values ($1, $2, $3)', [person, icb, from]);
  }

  /** The ICB responsible for a person on the transaction's day, if it is in scope. */
  async icbOf(tx: Tx, person: PersonId): Promise<OrganisationId | undefined> {
    const row = await tx.row<{ icb: OrganisationId }>(
      'select icb_id as icb from responsibility where person_id = $1 and from_day <= $2 and (until_day is null or until_day > $2)',
      [person, dayOf(tx.now)],
    );
    return row?.icb;
  }

  async connect(tx: Tx, a: PersonId, b: PersonId, kind: 'family' | 'household' | 'friend' | 'employer' | 'business', from: LocalDate): Promise<void> {
    tx.write('insert into connection (person_id, other_id, kind, from_day) values ($1, $2, $3, $4) on conflict do nothing', [a, b, kind, from]);
  }

  /** True when any two of the people are recorded as connected today (RULE 31: maker, checker and payee are unconnected). */
  async areConnected(tx: Tx, people: readonly PersonId[]): Promise<boolean> {
    const day = dayOf(tx.now);
    const row = await tx.row(
      'select 1 from connection where person_id = any($1) and other_id = any($1) and from_day <= $2 and (until_day is null or until_day > $2) limit 1',
      [people, day],
    );
    return row !== undefined;
  }
}
