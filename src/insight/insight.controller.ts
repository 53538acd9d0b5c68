import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BudgetQueries } from '../budgets/index.js';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { Database, idOf } from '../platform/index.js';
import { InsightQueries } from './insight.queries.js';

@ApiTags('insight')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class InsightController {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly insight: InsightQueries,
  ) {}

  /** How a line goes: spent against time, when it runs out at this pace, open alerts, and the days behind it. */
  @Get('budget-lines/:id/forecast')
  async forecast(@CurrentActor() actor: Actor, @Param('id') text: string): Promise<unknown> {
    const id = idOf<'budget-line'>(text);
    const line = await this.budgets.line(actor, id);
    return this.database.read(actor, async (tx) => {
      const forecast = (await this.insight.forecastsOf(tx, [id])).get(id);
      const alerts = (await this.insight.alertsOf(tx, [line.personId])).filter((alert) => alert.line === id);
      const days = await this.insight.daysOf(tx, id);
      return {
        forecast: forecast
          ? {
              ...forecast,
              daily: undefined,
              leftAtEnd: undefined,
              dailyPence: penceAsNumber(forecast.daily),
              leftAtEndPence: penceAsNumber(forecast.leftAtEnd),
            }
          : null,
        alerts: alerts.map(({ id: alertId, kind, raisedOn, facts }) => ({ id: alertId, kind, raisedOn, facts })),
        days: days.map((day) => ({
          day: day.day,
          freePence: penceAsNumber(day.free),
          committedPence: penceAsNumber(day.committed),
          spentPence: penceAsNumber(day.spent),
        })),
      };
    });
  }
}
