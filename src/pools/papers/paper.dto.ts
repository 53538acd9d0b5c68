import { ChoiceField, TextField } from '../../platform/index.js';
import type { AssentFormat } from '../pool.dto.js';
import { FORMATS } from '../pool.dto.js';

export class TypeAssent {
  @TextField({ max: 40, what: 'reference on the paper', description: 'Like AGR-7K3M-9QXA.' })
  reference!: string;

  @ChoiceField(FORMATS, { message: 'Choose how they read it', description: 'As ticked on the paper.' })
  format!: AssentFormat;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it, as the paper says.' })
  helpedBy?: string;
}
