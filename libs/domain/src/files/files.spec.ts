import fc from 'fast-check';
import { isPlainLine } from '../plain-text';
import { checkFormDefinition } from '../forms/definition';
import { checkPayloadShape } from '../forms/payload';
import { STUDY_FORM } from '../forms/study-form.sample';
import type { AttachmentSlot } from './attachment-slot';
import { checkAttachments, refuseInSlot } from './check-attachments';
import { showFileSize } from './file-kind';
import { checkFileName, refuseEnding } from './file-name';

const SLOT: AttachmentSlot = {
  code: 'van_ban',
  label: 'Văn bản kèm theo',
  required: true,
  kinds: ['pdf', 'docx'],
  maxFiles: 2,
};
const OTHER: AttachmentSlot = { code: 'anh', label: 'Ảnh', required: false, kinds: ['jpeg'], maxFiles: 3 };

describe('the name of a file', () => {
  it.each([
    'Báo cáo tháng 11.pdf',
    '  Biên bản (có ký).docx ',
    'bảo mật thông tin.pdf',
    'Danh sách bí mật nhà nước - hướng dẫn.pdf',
    'a.b.c.xlsx',
  ])('«%s» is taken', (name) => {
    expect(checkFileName(name)).toEqual({ ok: true, name: name.normalize('NFC').trim() });
  });

  it.each([
    [''],
    ['   '],
    ['../../etc/passwd'],
    ['..\\autorun.pdf'],
    ['C:bao-cao.pdf'],
    ['.bashrc'],
    ['bao-cao.pdf.'],
    ['bao\r\nSet-Cookie: a=b.pdf'],
    ['bao\u202efdp.exe'],
    ['bao\u0000.pdf'],
    ['x'.repeat(151)],
  ])('%j is refused as no name', (name) => {
    expect(checkFileName(name)).toMatchObject({ ok: false, reason: { code: 'file.badName' } });
  });

  it.each([
    'Tờ trình (Mật).pdf',
    'Tuyệt mật.docx',
    'bao_cao_mật.docx',
    'Kế hoạch - tối mật 2026.pdf',
    'MẬT.pdf',
  ])('«%s» bears a mark of classification', (name) => {
    expect(checkFileName(name)).toMatchObject({ ok: false, reason: { code: 'plan.classified' } });
  });

  it('is composed, so that the same name is the same text', () => {
    expect(checkFileName('báo cáo.pdf'.normalize('NFD'))).toEqual({ ok: true, name: 'báo cáo.pdf' });
  });

  it('never leads out of a folder nor to a second line, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const checked = checkFileName(raw);
        expect(!checked.ok || (isPlainLine(checked.name) && !/[/\\]|^\./.test(checked.name))).toBe(true);
      }),
    );
  });

  it('ends as its content is', () => {
    expect(refuseEnding('anh.JPG', 'jpeg')).toBeNull();
    expect(refuseEnding('bao-cao.pdf', 'docx')?.code).toBe('file.otherKind');
    expect(refuseEnding('pdf', 'pdf')?.code).toBe('file.otherKind');
  });
});

describe('places for files in a form', () => {
  const read = (attachments: unknown) => checkFormDefinition({ ...STUDY_FORM, attachments });

  it('are part of its definition', () => {
    expect(read([SLOT, OTHER])).toMatchObject({ ok: true, definition: { attachments: [SLOT, OTHER] } });
    expect(checkFormDefinition(STUDY_FORM)).not.toMatchObject({ definition: { attachments: [] } });
  });

  it.each([
    ['no list', {}, '/attachments'],
    ['an empty list', [], '/attachments'],
    ['the same code twice', [SLOT, SLOT], '/attachments/1/code'],
    ['an unknown kind', [{ ...SLOT, kinds: ['exe'] }], '/attachments/0/kinds/0'],
    ['no kind', [{ ...SLOT, kinds: [] }], '/attachments/0/kinds'],
    ['too many files', [{ ...SLOT, maxFiles: 21 }], '/attachments/0/maxFiles'],
    ['another field', [{ ...SLOT, size: 1 }], '/attachments/0/size'],
  ])('with %s are refused', (_case, attachments, pointer) => {
    const checked = read(attachments);
    expect(checked.ok ? [] : checked.reasons.map((reason) => reason.pointer)).toContain(pointer);
  });

  it('take the kinds they ask for', () => {
    expect(refuseInSlot(SLOT, 'pdf')).toBeNull();
    expect(refuseInSlot(SLOT, 'png')).toMatchObject({ code: 'file.kindNotAsked' });
  });
});

describe('the files that a report names', () => {
  const codes = (named: readonly string[], known: readonly { id: string; slot: string }[]) =>
    checkAttachments([SLOT, OTHER], named, known).map(({ code, pointer }) => `${code} ${pointer}`);
  const a = { id: 'a', slot: 'van_ban' };
  const b = { id: 'b', slot: 'van_ban' };
  const c = { id: 'c', slot: 'van_ban' };

  it.each([
    ['what is asked', ['a'], [a], []],
    ['no file where one is required', [], [], ['attachment.missing /attachments']],
    ['more than its place takes', ['a', 'b', 'c'], [a, b, c], ['attachment.tooMany /attachments']],
    ['one of another obligation', ['a', 'x'], [a], ['attachment.unknown /attachments/1']],
    [
      'one of a place that is gone',
      ['a', 'o'],
      [a, { id: 'o', slot: 'cu' }],
      ['attachment.unknown /attachments/1'],
    ],
  ])('may be %s', (_case, named, known, expected) => {
    expect(codes(named, known)).toEqual(expected);
  });

  it('travel as ids, each once', () => {
    const id = '019a0000-0000-7000-8000-000000000001';
    const shape = (attachments: unknown) => checkPayloadShape({ figures: {}, attachments });
    expect(shape([id])).toEqual({ ok: true, payload: { figures: {}, narratives: {}, attachments: [id] } });
    expect(shape([])).toEqual({ ok: true, payload: { figures: {}, narratives: {} } });
    for (const wrong of [
      id,
      [id, id],
      ['../x'],
      [1],
      {},
      null,
      Array.from({ length: 21 }, (_, n) => id.slice(0, -2) + String(n + 10)),
    ])
      expect(shape(wrong)).toMatchObject({ ok: false, reasons: [{ code: 'attachments.wrongType' }] });
  });
});

it.each([
  [1, '1 KB'],
  [310_000, '303 KB'],
  [2_500_000, '2,4 MB'],
  [10_485_760, '10 MB'],
])('%d bytes are «%s»', (bytes, words) => {
  expect(showFileSize(bytes)).toBe(words);
});
