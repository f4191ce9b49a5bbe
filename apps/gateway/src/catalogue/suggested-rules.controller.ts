import { Controller, Get, Param } from '@nestjs/common';
import type { SuggestedRulesView } from '@mach/contracts';
import { judgeSuggestions, suggestRules, type SuggestedRule } from '@mach/domain';
import { FormReportReads, FormStore, type LastPeriod } from '@mach/persistence';
import { notFound } from '../administration/refusals';
import { Roles } from '../session/roles.decorator';

const REPORTS_AT_ONCE = 1_000;

/** Rules that the labels of a form suggest, offered to who designs it. */
@Controller('forms/:code/suggested-rules')
@Roles('administrator')
export class SuggestedRulesController {
  constructor(
    private readonly forms: FormStore,
    private readonly reports: FormReportReads,
  ) {}

  @Get()
  async read(@Param('code') code: string): Promise<SuggestedRulesView> {
    const newest = (await this.forms.byCode(code))?.versions.at(-1);
    if (newest === undefined) throw notFound(`Không có biểu mẫu mang mã «${code}».`);
    const rules = suggestRules(newest.definition);
    const period = rules.length === 0 ? null : await this.reports.lastPeriod(code);
    const broken = new Map(rules.map((rule) => [rule.code, 0]));
    const reports = period === null ? 0 : await this.judge(period, rules, broken);
    return {
      period: period?.label ?? null,
      reports,
      rules: rules.map((rule) => ({ ...rule, broken: broken.get(rule.code) ?? 0 })),
    };
  }

  /** Page by page, so that a city's reports are neither kept at once nor hold others up. @returns how many there are. */
  private async judge(
    period: LastPeriod,
    rules: readonly SuggestedRule[],
    broken: Map<string, number>,
  ): Promise<number> {
    const judges = new Map<string, ReturnType<typeof judgeSuggestions>>();
    let reports = 0;
    for (let after = '0'; ;) {
      const page = await this.reports.page(period, after, REPORTS_AT_ONCE);
      const formOf = await this.forms.compiledForms(page.map(({ formVersionId }) => formVersionId));
      for (const { formVersionId, figures } of page) {
        const judge = judges.get(formVersionId) ?? judgeSuggestions(formOf(formVersionId).definition, rules);
        judges.set(formVersionId, judge);
        for (const [code, breaks] of judge(figures))
          if (breaks) broken.set(code, (broken.get(code) ?? 0) + 1);
      }
      reports += page.length;
      const last = page.at(-1);
      if (last === undefined || page.length < REPORTS_AT_ONCE) return reports;
      after = last.obligationId;
    }
  }
}
