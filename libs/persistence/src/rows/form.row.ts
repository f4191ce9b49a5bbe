import type { FormDefinition } from '@mach/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A report form (biểu mẫu báo cáo); its content is in its versions. */
@Entity('form')
export class FormRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  title!: string;
}

/** A published version: never changed, because figures are stored in its order. */
@Entity('form_version')
export class FormVersionRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'form_id' })
  formId!: string;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'jsonb' })
  definition!: FormDefinition;

  @Column({ type: 'timestamptz', name: 'published_at' })
  publishedAt!: Date;
}
