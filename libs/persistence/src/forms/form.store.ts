import { compileForm, type CompiledForm, type FormDefinition, type Instant } from '@mach/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { FormRow, FormVersionRow } from '../rows/form.row';
import { insertNew } from '../rows/insert-new';

export interface FormVersion {
  readonly id: string;
  readonly formCode: string;
  readonly version: number;
  readonly definition: FormDefinition;
  readonly publishedAt: Instant;
}

export interface Form {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** Oldest first. */
  readonly versions: readonly FormVersion[];
}

export interface CompiledVersion {
  readonly id: string;
  readonly formCode: string;
  readonly version: number;
  readonly compiled: CompiledForm;
}

/** Forms (biểu mẫu) and their published versions. */
@Injectable()
export class FormStore {
  /**
   * A version never changes once published, so what was compiled once serves for as long as the process runs.
   */
  private readonly compiled = new Map<string, Promise<CompiledVersion | null>>();

  constructor(private readonly dataSource: DataSource) {}

  async all(): Promise<Form[]> {
    const forms = await this.dataSource.getRepository(FormRow).find({ order: { code: 'ASC' } });
    const versions = await this.dataSource.getRepository(FormVersionRow).find({ order: { version: 'ASC' } });
    return forms.map((form) => withVersions(form, versions));
  }

  async byCode(code: string): Promise<Form | null> {
    const form = await this.dataSource.getRepository(FormRow).findOneBy({ code });
    if (form === null) return null;
    const versions = await this.dataSource
      .getRepository(FormVersionRow)
      .find({ where: { formId: form.id }, order: { version: 'ASC' } });
    return withVersions(form, versions);
  }

  /** The check and layout of a version, compiled once per process; null when there is no such version. */
  async compiledVersion(id: string): Promise<CompiledVersion | null> {
    const known = this.compiled.get(id);
    if (known !== undefined) return known;
    const loading = this.compile(id);
    this.compiled.set(id, loading);
    try {
      const version = await loading;
      // Only what exists is remembered: a version may be published a moment later.
      if (version === null) this.compiled.delete(id);
      return version;
    } catch (error) {
      this.compiled.delete(id);
      throw error;
    }
  }

  /** The check and layout of each of these versions; a version that does not exist is a bug. */
  async compiledForms(ids: Iterable<string>): Promise<(id: string) => CompiledForm> {
    const forms = new Map<string, CompiledForm>();
    for (const id of new Set(ids)) {
      const version = await this.compiledVersion(id);
      if (version !== null) forms.set(id, version.compiled);
    }
    return (id) => {
      const form = forms.get(id);
      if (form === undefined) throw new Error(`form version ${id} does not exist`);
      return form;
    };
  }

  /** @returns false when the code is taken. */
  async create(tx: EntityManager, form: { id: string; code: string; title: string }): Promise<boolean> {
    return (await insertNew(tx, FormRow, form)) !== null;
  }

  /** Publishes the next version of a form that exists. @returns its number. */
  async publish(
    tx: EntityManager,
    version: { id: string; formId: string; definition: FormDefinition; publishedAt: Instant },
  ): Promise<number> {
    const { formId } = version;
    // The form's row orders two administrators who publish at once.
    await tx
      .getRepository(FormRow)
      .findOneOrFail({ where: { id: formId }, lock: { mode: 'for_no_key_update' } });
    const published = tx.getRepository(FormVersionRow);
    const number = ((await published.maximum('version', { formId })) ?? 0) + 1;
    await published.insert({ ...version, version: number, publishedAt: new Date(version.publishedAt) });
    return number;
  }

  private async compile(id: string): Promise<CompiledVersion | null> {
    const row = await this.dataSource.getRepository(FormVersionRow).findOneBy({ id });
    if (row === null) return null;
    const form = await this.dataSource.getRepository(FormRow).findOneByOrFail({ id: row.formId });
    return { id, formCode: form.code, version: row.version, compiled: compileForm(row.definition) };
  }
}

function withVersions(form: FormRow, versions: readonly FormVersionRow[]): Form {
  return {
    id: form.id,
    code: form.code,
    title: form.title,
    versions: versions
      .filter((version) => version.formId === form.id)
      .map(({ id, version, definition, publishedAt }) => ({
        id,
        formCode: form.code,
        version,
        definition,
        publishedAt: publishedAt.getTime(),
      })),
  };
}
