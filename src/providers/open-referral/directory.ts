import type { LocalDate, Pence } from '../../kernel/index.js';

/** A directory of services as Open Referral UK 3 and HSDS 3 hold it, in our words. Of people it holds nothing: `contacts`,
 *  `assurer_email` and the `attention` line of an address are read past. E-mail addresses and phone numbers are those of the
 *  organisation or the service desk. */
export interface Directory {
  readonly services: readonly DirectoryService[];
  readonly organisations: readonly DirectoryOrganisation[];
  readonly problems: readonly DirectoryProblem[];
}

export interface DirectoryProblem {
  /** Where in the file: `contents[17]`. */
  readonly where: string;
  readonly reason: string;
}

export interface DirectoryService {
  /** The publisher's id, or `id#…` with a hash of the content where the publisher gave one id to several services, or none to this one.
   *  Together with the name of the source it is the identity for the next import. */
  readonly sourceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly url: string | null;
  readonly email: string | null;
  readonly phones: readonly string[];
  /** The publisher's word in lower case: `active`, `inactive`, `defunct`, `temporarily closed`; `unknown` when missing. */
  readonly status: string;
  /** Shown with the service: closures and the like. */
  readonly alert: string | null;
  /** When somebody last confirmed that the facts are right (`assured_date`). */
  readonly assuredOn: LocalDate | null;
  readonly lastModifiedOn: LocalDate | null;
  readonly organisation: { readonly sourceId: string; readonly name: string | null } | null;
  readonly locations: readonly DirectoryLocation[];
  readonly schedules: readonly DirectorySchedule[];
  readonly costs: readonly DirectoryCost[];
  /** Years, both ends included. */
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly eligibility: string | null;
  readonly accreditations: string | null;
  readonly terms: readonly DirectoryTerm[];
}

export interface DirectoryOrganisation {
  readonly sourceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly url: string | null;
  readonly email: string | null;
  readonly phones: readonly string[];
  /** Company and charity numbers: `{ scheme: 'GB-COH', identifier: '1234567' }`. */
  readonly identifiers: readonly { readonly scheme: string; readonly identifier: string }[];
  readonly locations: readonly DirectoryLocation[];
}

export interface DirectoryLocation {
  readonly name: string | null;
  /** A British postcode, upper case with one space; null for others. */
  readonly postcode: string | null;
  /** Degrees, both or neither. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address: string | null;
  readonly accessibility: readonly string[];
}

export interface DirectorySchedule {
  /** 1 (Monday) to 7 (Sunday), in order. */
  readonly days: readonly number[];
  /** `18:00`, London time. */
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly description: string | null;
}

export interface DirectoryCost {
  readonly option: string | null;
  /** Null when there is no amount in sterling. */
  readonly amountPence: Pence | null;
  readonly description: string | null;
}

export interface DirectoryTerm {
  readonly taxonomy: string | null;
  readonly code: string | null;
  readonly name: string;
}
