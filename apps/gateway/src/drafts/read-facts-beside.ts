import { tellFacts, type ToldFacts } from '@mach/domain';
import { FactsBesideReports, FormStore } from '@mach/persistence';
import { Injectable } from '@nestjs/common';

/** What the rules of a form ask beside one report, for the page on which it is typed. */
@Injectable()
export class ReadFactsBeside {
  constructor(
    private readonly forms: FormStore,
    private readonly facts: FactsBesideReports,
  ) {}

  async tell(obligationId: string, formVersionId: string): Promise<ToldFacts> {
    const formOf = await this.forms.compiledForms([formVersionId]);
    const known = await this.facts.of([{ id: obligationId, formVersionId }]);
    return tellFacts(formOf(formVersionId).besideRules, known.get(obligationId) ?? {});
  }
}
