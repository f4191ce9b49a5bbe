import { Controller, Get, Param } from '@nestjs/common';
import type { FormDetailView, FormView } from '@mach/contracts';
import { FormStore, RequirementStore } from '@mach/persistence';
import { formView } from '../administration/forms.controller';
import { notFound } from '../administration/refusals';
import { Roles } from '../session/roles.decorator';

/** Forms (biểu mẫu) as the offices read them: every version, and who is asked to report on it. */
@Controller('forms')
@Roles('administrator', 'city_office', 'committee')
export class FormCatalogueController {
  constructor(
    private readonly forms: FormStore,
    private readonly requirements: RequirementStore,
  ) {}

  @Get()
  async list(): Promise<{ items: FormView[] }> {
    return { items: (await this.forms.all()).map(formView) };
  }

  @Get(':code')
  async one(@Param('code') code: string): Promise<FormDetailView> {
    const [form, requirements] = await Promise.all([this.forms.byCode(code), this.requirements.all()]);
    if (form === null) throw notFound(`Không có biểu mẫu mang mã «${code}».`);
    return {
      ...formView(form),
      requirements: requirements
        .filter(({ formCode }) => formCode === code)
        .map(({ code: requirement, title, forms: [first, ...later] }) => ({
          code: requirement,
          title,
          versions: [
            ...(first === undefined ? [] : [{ version: first.version, from: null }]),
            ...later.map(({ version, effectiveFrom }) => ({ version, from: effectiveFrom })),
          ],
        })),
    };
  }
}
