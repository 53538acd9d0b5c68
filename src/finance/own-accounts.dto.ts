import type { LocalDate, PersonId } from '../kernel/index.js';
import { FlagField, IdField, LocalDateField, TextField } from '../platform/index.js';

export class OpenOwnAccount {
  @IdField({ optional: true, what: 'person', description: 'Who holds the account: a representative or nominee. Left out: the person themselves.' })
  accountHolderId?: PersonId;

  @TextField({ max: 140, optional: true, what: 'name of the account' })
  name?: string;

  @LocalDateField({ optional: true, what: 'day of opening', description: 'Left out: today.' })
  openedOn?: LocalDate;

  @TextField({ max: 2000, what: 'reason', description: 'Why this account is approved (S.I. 2013/1617, reg. 10).' })
  reason!: string;

  @FlagField({ what: 'whether the person is free of the exclusions of the Schedule' })
  isNotExcluded!: boolean;

  @FlagField({ what: 'whether only the people named here have access' })
  isForNamedPeopleOnly!: boolean;

  @FlagField({ what: 'whether the account holds direct payments only' })
  isForDirectPaymentsOnly!: boolean;

  @FlagField({ what: 'whether its statements can be audited' })
  canBeAudited!: boolean;

  @TextField({ max: 8, optional: true, what: 'sort code', description: 'With the account number: where statements come from and payments leave.' })
  sortCode?: string;

  @TextField({ max: 10, optional: true, what: 'account number' })
  accountNumber?: string;
}

export class NameAccountHolder {
  @IdField({ optional: true, what: 'person', description: 'Who holds the account from now: a representative or nominee. Left out: the person themselves.' })
  accountHolderId?: PersonId;

  @TextField({ max: 2000, what: 'reason' })
  reason!: string;
}
