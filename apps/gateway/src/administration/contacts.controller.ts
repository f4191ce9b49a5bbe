import { Body, Controller, Delete, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ContactQuery, CreateContactRequest, type ContactView } from '@mach/contracts';
import { localDateOf, type Reason } from '@mach/domain';
import { ContactStore, Transactions, UnitStore, type Contact } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Roles } from '../session/roles.decorator';
import { vietnamesePhone } from './phone-number';
import { notFound, refused, unknownUnit } from './refusals';

const PG_INTEGER_MAX = 2_147_483_647;

/** Whom to write to in a unit's office. The only personal data held: encrypted at rest, deletable. */
@Controller('contacts')
@Roles('administrator')
export class ContactsController {
  constructor(
    private readonly contacts: ContactStore,
    private readonly units: UnitStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: ContactQuery): Promise<{ items: ContactView[] }> {
    const unit = await this.units.byCode(query.unit, localDateOf(this.clock.now()));
    if (unit === null) throw unknownUnit('/unit', query.unit);
    return { items: (await this.contacts.ofUnits([unit.id])).map((contact) => view(contact, unit.code)) };
  }

  @Post()
  async create(@Body() body: CreateContactRequest): Promise<ContactView> {
    const unit = await this.units.byCode(body.unit, localDateOf(this.clock.now()));
    if (unit === null) throw unknownUnit('/unit', body.unit);
    const phone = body.phone === undefined ? null : vietnamesePhone(body.phone);
    const reasons = faults(body, phone);
    if (reasons.length > 0) throw refused(reasons);
    const contact = { unitId: unit.id, role: body.role, name: body.name, email: body.email ?? null, phone };
    const id = await this.transactions.run((tx) => this.contacts.create(tx, contact));
    return view({ id, ...contact }, unit.code);
  }

  /** Forgets e-mail and phone for good; the ledger of notices keeps at most the function's name. */
  @Delete(':id')
  @HttpCode(204)
  async forget(@Param('id', ParseIntPipe) id: number): Promise<void> {
    const known =
      Math.abs(id) <= PG_INTEGER_MAX && (await this.transactions.run((tx) => this.contacts.forget(tx, id)));
    if (!known) throw notFound('Không có đầu mối liên hệ này.');
  }
}

function faults(body: CreateContactRequest, phone: string | null): Reason[] {
  const reasons: Reason[] = [];
  if (body.phone !== undefined && phone === null) {
    reasons.push({
      pointer: '/phone',
      code: 'contact.phoneInvalid',
      message: 'Số điện thoại không phải là số của Việt Nam; viết như 0912 345 678.',
    });
  }
  if (body.email === undefined && body.phone === undefined) {
    reasons.push({
      pointer: '',
      code: 'contact.nothingToReach',
      message: 'Cần có thư điện tử hoặc số điện thoại.',
    });
  }
  return reasons;
}

function view({ id, role, name, email, phone }: Contact, unit: string): ContactView {
  return { id, unit, role, name, email, phone };
}
