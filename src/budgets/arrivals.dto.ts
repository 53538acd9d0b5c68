import { TextField } from '../platform/index.js';

export class AllocateArrival {
  @TextField({
    max: 40,
    what: 'reference of the budget line',
    description: 'As funders quote it, like LIN-7K3M-9QXA; or of a person’s own money, like OWN-7K3M-9QXA. All of the money goes there.',
  })
  reference!: string;
}
