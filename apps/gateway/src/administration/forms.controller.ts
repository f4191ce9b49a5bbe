import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  CheckFormVersionRequest,
  CreateFormRequest,
  PublishFormVersionRequest,
  type CheckedFormVersionView,
  type FormView,
} from '@mach/contracts';
import { embedIndicators, indicatorCodesIn, type FormDefinition } from '@mach/domain';
import { FormStore, IndicatorStore, Transactions, type Form, type Transaction } from '@mach/persistence';
import { Clock, IdGenerator } from '@mach/runtime';
import { BodyLimit } from '../edge/body-limit.decorator';
import { Roles } from '../session/roles.decorator';
import { ProblemException } from '../problems/problem.exception';
import { notFound, refused, taken } from './refusals';

/** A form of 500 indicators with their labels. */
const FORM_BYTES = 256 * 1024;

/** Report forms (biểu mẫu báo cáo). A published version never changes; a change is the next version. */
@Controller('forms')
@Roles('administrator')
export class FormsController {
  constructor(
    private readonly forms: FormStore,
    private readonly indicators: IndicatorStore,
    private readonly transactions: Transactions,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  @Post()
  @BodyLimit(FORM_BYTES)
  async create(@Body() body: CreateFormRequest): Promise<FormView> {
    const { code, title } = body;
    const formId = this.ids.next();
    const created = await this.transactions.run(async (tx) => {
      const definition = await this.embedded(tx, body);
      if (!(await this.forms.create(tx, { id: formId, code, title }))) return false;
      await this.forms.publish(tx, {
        id: this.ids.next(),
        formId,
        definition,
        publishedAt: this.clock.now(),
      });
      return true;
    });
    if (!created)
      throw taken(
        '/code',
        `Mã biểu mẫu «${code}» đã được dùng; nếu sửa biểu mẫu này, đồng chí công bố phiên bản mới.`,
      );
    return this.read(code);
  }

  @Post(':code/versions')
  @BodyLimit(FORM_BYTES)
  async publish(@Param('code') code: string, @Body() body: PublishFormVersionRequest): Promise<FormView> {
    const form = await this.forms.byCode(code);
    if (form === null) throw notFound(`Không có biểu mẫu mang mã «${code}».`);
    await this.transactions.run(async (tx) => {
      const version = await this.forms.publish(tx, {
        id: this.ids.next(),
        formId: form.id,
        definition: await this.embedded(tx, body),
        publishedAt: this.clock.now(),
      });
      // Rolls back what was just written: somebody published another version meanwhile.
      if (body.basedOn !== undefined && version !== body.basedOn + 1)
        throw new ProblemException('reference.baseChanged');
    });
    return this.read(code);
  }

  /** What publishing would say: every fault with its place, or the whole definition. */
  @Post(':code/versions/check')
  @HttpCode(200)
  @BodyLimit(FORM_BYTES)
  async check(
    @Param('code') code: string,
    @Body() body: CheckFormVersionRequest,
  ): Promise<CheckedFormVersionView> {
    if ((await this.forms.byCode(code)) === null) throw notFound(`Không có biểu mẫu mang mã «${code}».`);
    return { definition: await this.transactions.run((tx) => this.embedded(tx, body)) };
  }

  /** The definition with its copies of the catalogue, which nobody changes until `tx` has published it. */
  private async embedded(tx: Transaction, { definition }: CheckFormVersionRequest): Promise<FormDefinition> {
    const catalogue = await this.indicators.byCodes(tx, indicatorCodesIn(definition));
    const result = embedIndicators(definition, catalogue, '/definition');
    if (!result.ok) throw refused(result.reasons);
    return result.definition;
  }

  private async read(code: string): Promise<FormView> {
    const form = await this.forms.byCode(code);
    if (form === null) throw notFound(`Không có biểu mẫu mang mã «${code}».`);
    return formView(form);
  }
}

/** A form with its versions as it is shown. */
export function formView({ code, title, versions }: Form): FormView {
  return {
    code,
    title,
    versions: versions.map(({ version, publishedAt, definition }) => ({
      version,
      publishedAt: new Date(publishedAt).toISOString(),
      definition,
    })),
  };
}
