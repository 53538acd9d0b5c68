import { TextField } from '../../platform/index.js';

/** The reason of a decision, as it is stored and shown to the person. */
export class AgreePlanForm {
  @TextField({ max: 2000, message: 'Say why the board agrees, in 2,000 characters or fewer' })
  reason!: string;
}
