import type { BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId, PlanLineId, ProviderId } from '../../kernel/index.js';
import type { PlanId } from '../../plans/index.js';
import type { InventedProvider, Random } from '../../district/index.js';
import type { SeedHouse } from '../house.js';

export type Managed = 'notional' | 'third-party' | 'direct-payment';

/** An ICB with the people who decide and pay for it. */
export interface IcbSide {
  readonly id: OrganisationId;
  readonly book: BookId;
  readonly coordinator: PersonId;
  readonly officer: PersonId;
  readonly maker: PersonId;
  readonly checker: PersonId;
  readonly payer: string;
}

/** A budget holder with what the stories need of them. */
export interface Holder {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly icb: IcbSide;
  readonly managed: Managed;
  readonly place: string;
  readonly planId: PlanId;
  readonly lineId: BudgetLineId;
  readonly lineReference: string;
  readonly lineBook: BookId;
  readonly agreed: Pence;
  /** The plan line for doing things with others. */
  readonly together: PlanLineId;
}

export interface ListedProvider {
  readonly id: ProviderId;
  readonly person: PersonId;
  readonly facts: InventedProvider;
}

/** What the whole pilot shares. */
export interface World {
  readonly house: SeedHouse;
  readonly random: Random;
  readonly people: number;
  /** The first day of the history, and the day on which budgets end. */
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly today: LocalDate;
  readonly home: IcbSide;
  readonly neighbour: IcbSide;
  readonly predecessor: OrganisationId;
  readonly council: OrganisationId;
  readonly charity: OrganisationId;
  /** Who promises the council's and the charity's money to pools. */
  readonly councilOfficer: PersonId;
  readonly charityOfficer: PersonId;
  readonly brokerBody: OrganisationId;
  readonly moneyHolder: MoneyHolderSide;
  /** The one to which some pools changed. */
  readonly secondHolder: MoneyHolderSide;
  readonly operator: PersonId;
}

/** A body that holds money for people and pools, with the two who pay from its account. */
export interface MoneyHolderSide {
  readonly id: OrganisationId;
  readonly name: string;
  readonly book: BookId;
  readonly maker: PersonId;
  readonly checker: PersonId;
  readonly bank: BankSides;
  readonly stripeKey: string;
}

export interface BankSides {
  readonly sortCode: string;
  readonly accountNumber: string;
}
