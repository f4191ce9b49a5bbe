import { Body, Controller, Get, Post } from '@nestjs/common';
import { CreateReminderPolicyRequest, type ReminderPolicyView } from '@mach/contracts';
import { checkReminderPolicy } from '@mach/domain';
import { ReminderPolicyStore, Transactions } from '@mach/persistence';
import { IdGenerator } from '@mach/runtime';
import { Roles } from '../session/roles.decorator';
import { refused, taken } from './refusals';

/** Reminder policies (quy tắc đôn đốc): when, whom and how. */
@Controller('reminder-policies')
@Roles('administrator')
export class ReminderPoliciesController {
  constructor(
    private readonly policies: ReminderPolicyStore,
    private readonly transactions: Transactions,
    private readonly ids: IdGenerator,
  ) {}

  @Get()
  async list(): Promise<{ items: ReminderPolicyView[] }> {
    return {
      items: (await this.policies.all()).map(({ code, title, definition }) => ({ code, title, definition })),
    };
  }

  @Post()
  async create(@Body() body: CreateReminderPolicyRequest): Promise<ReminderPolicyView> {
    const checked = checkReminderPolicy(body.definition, '/definition');
    if (!checked.ok) throw refused(checked.reasons);
    const { code, title } = body;
    const definition = checked.policy;
    const created = await this.transactions.run((tx) =>
      this.policies.create(tx, { id: this.ids.next(), code, title, definition }),
    );
    if (!created) throw taken('/code', `Mã quy tắc đôn đốc «${code}» đã được dùng.`);
    return { code, title, definition };
  }
}
