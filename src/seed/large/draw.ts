import { nhsNumberFor, personName, type Place, PLACES, type Random } from '../../district/index.js';
import type { BookId, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId, PlanLineId } from '../../kernel/index.js';
import { addDays, addMonths, newId, pence, spokenReference } from '../../kernel/index.js';

/** How large a district is beside the pilot's people: see design section 11 (T1b is England's peak of 2030). */
export interface Size {
  readonly people: number;
  /** Of them with a direct payment or a third party. */
  readonly cash: number;
  readonly pools: number;
  readonly icbs: number;
}

export const SIZES: Readonly<Record<'icb' | 'england', Size>> = {
  icb: { people: 4_500, cash: 850, pools: 60, icbs: 1 },
  england: { people: 190_000, cash: 30_000, pools: 2_500, icbs: 42 },
};

/** Where a person of a large district belongs: an ICB with its book, and the trust that holds money for its people. */
export interface Side {
  readonly icb: OrganisationId;
  readonly book: BookId;
  readonly trustBook: BookId;
  readonly coordinator: PersonId;
  readonly officer: PersonId;
}

/** One person with everything that comes with them, ids included. */
export interface Row {
  readonly id: PersonId;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn: LocalDate;
  readonly place: string;
  readonly nhsNumber: string;
  readonly managed: 'notional' | 'third-party' | 'direct-payment';
  readonly bookId: BookId;
  readonly agreed: Pence;
  readonly together: Pence;
  readonly planId: Id<'plan'>;
  readonly outcomeId: Id<'outcome'>;
  readonly togetherLine: PlanLineId;
  readonly supportLine: PlanLineId;
  readonly budgetId: Id<'budget'>;
  readonly lineId: BudgetLineId;
  readonly reference: string;
}

/** NHS numbers of the pilot lie below. */
const FIRST_NUMBER = 10_000;
/** Prime, and no factor of 29 to the 7th: so no reference comes twice. */
const STRIDE = 7_919n;

/** Draws the people from place `from` on. One in five of those with cash has a direct payment (our judgement, November 2026). */
export function drawRows(random: Random, size: Size, side: Side, from: number, count: number, taken: ReadonlySet<string>, today: LocalDate): Row[] {
  const share: Place[] = PLACES.flatMap((place) => Array.from({ length: place.share }, () => place));
  return Array.from({ length: count }, (_, n): Row => {
    const index = from + n;
    const kind = random.int(size.people);
    const managed = kind >= size.cash ? 'notional' : kind * 5 < size.cash ? 'direct-payment' : 'third-party';
    const agreed = pence(Math.max(200, Math.round(random.logNormal(10_400, 0.8))) * 100);
    return {
      id: newId(),
      ...personName(random),
      bornOn: addDays(addMonths(today, -12 * (19 + random.int(70))), -random.int(364)),
      place: random.pick(share).postcodeDistrict,
      nhsNumber: nhsNumberFor(FIRST_NUMBER + index * 4),
      managed,
      agreed,
      together: pence(agreed / 8n),
      bookId: managed === 'notional' ? side.book : managed === 'third-party' ? side.trustBook : newId(),
      planId: newId(),
      outcomeId: newId(),
      togetherLine: newId(),
      supportLine: newId(),
      budgetId: newId(),
      lineId: newId(),
      reference: referenceOf(index, taken),
    };
  });
}

/** Different for each place; one that the pilot has already is passed over into a range of its own. */
function referenceOf(index: number, taken: ReadonlySet<string>): string {
  const of = (n: bigint): string => spokenReference('LIN', ((n * STRIDE) % 29n ** 7n).toString(16).padStart(20, '0'));
  const usual = of(BigInt(index + 1));
  return taken.has(usual) ? of(BigInt(index + 1) + 10_000_000n) : usual;
}
