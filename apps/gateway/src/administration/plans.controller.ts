import { Body, Controller, Get, Post } from '@nestjs/common';
import { CreatePlanRequest, type PlanView } from '@mach/contracts';
import { localDateOf, planSymbol, refuseClassified, type UnitLevel } from '@mach/domain';
import { PlanStore, Transactions, UnitStore, type PlanRecord } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { Roles } from '../session/roles.decorator';
import { refusedField, requireNearDays, taken, unknownUnit } from './refusals';

/** What stands behind the slash of a symbol: TU for Thành ủy, ĐU for a đảng ủy, CB for a chi bộ. */
const ISSUER_SYMBOLS: Readonly<Record<UnitLevel, string>> = {
  city: 'TU',
  committee: 'ĐU',
  grassroots: 'ĐU',
  cell: 'CB',
};

/** Issued documents (văn bản, kế hoạch) that ask for reports. Nothing classified is taken. */
@Controller('plans')
@Roles('administrator')
export class PlansController {
  constructor(
    private readonly plans: PlanStore,
    private readonly units: UnitStore,
    private readonly transactions: Transactions,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(): Promise<{ items: PlanView[] }> {
    return { items: (await this.plans.all()).map(view) };
  }

  @Post()
  async create(@Body() body: CreatePlanRequest): Promise<PlanView> {
    refuseMarked(body);
    requireNearDays(localDateOf(this.clock.now()), { issuedOn: body.issuedOn });
    const issuer = await this.units.byCode(body.issuer, body.issuedOn);
    if (issuer === null) throw unknownUnit('/issuer', body.issuer);
    if (body.parentId !== undefined && (await this.plans.byId(body.parentId)) === null) {
      throw refusedField('/parentId', 'plan.unknown', 'Không có văn bản cấp trên này trong hệ thống.');
    }
    const { type, number, term, issuedOn, title } = body;
    const id = this.ids.next();
    const symbol = planSymbol(type, number, body.issuerSymbol ?? ISSUER_SYMBOLS[issuer.level]);
    const plan = {
      id,
      type,
      number,
      symbol,
      issuerId: issuer.id,
      term,
      issuedOn,
      title,
      parentId: body.parentId ?? null,
      carriesOut: body.carriesOut ?? [],
    };
    const created = await this.transactions.run((tx) => this.plans.create(tx, plan));
    if (!created)
      throw taken(
        '/number',
        `Đơn vị này đã ban hành văn bản loại ${type} số ${String(number)} trong nhiệm kỳ ${term}.`,
      );
    const stored = await this.plans.byId(id);
    if (stored === null) throw new Error('a plan that was just written cannot be read');
    return view(stored);
  }
}

/** Every text of a plan is looked at: a marking is as much in a symbol as in a title. */
function refuseMarked(body: CreatePlanRequest): void {
  const texts = [
    ['/title', body.title] as const,
    ...(body.carriesOut ?? []).map((text, index) => [`/carriesOut/${String(index)}`, text] as const),
  ];
  const errors = texts
    .map(([pointer, text]) => refuseClassified(text, pointer))
    .filter((reason) => reason !== null);
  if (errors.length > 0) throw new ProblemException('plan.classified', { errors });
}

function view({
  id,
  type,
  number,
  symbol,
  issuer,
  term,
  issuedOn,
  title,
  parent,
  carriesOut,
}: PlanRecord): PlanView {
  return {
    id,
    type,
    number,
    symbol,
    issuer: { code: issuer.code, name: issuer.name },
    term,
    issuedOn,
    title,
    parent,
    carriesOut,
  };
}
