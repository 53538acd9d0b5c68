export { createLogger, describeError, LOGGER, type Logger, type LogOptions, NestLog, pathOf } from './logger.js';
