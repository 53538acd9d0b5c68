export { ConcernsModule } from './concerns.module.js';
export { Worries } from './worries.service.js';
export { RaiseWorry } from './worry.dto.js';
