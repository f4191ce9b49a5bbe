import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { IMAGES, officeFile, pdfFile, pdfStream, zipOf } from '../../support/office-files';
import { inspectFile } from '../../../apps/gateway/src/files/inspecting/inspect-file';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mach-inspect-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function verdict(content: Buffer | Promise<Buffer>): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, await content);
  const found = await inspectFile(path);
  return found.ok ? found.kind : found.reason.code;
}

const packedObjects = (objects: string): Buffer =>
  pdfStream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(Buffer.from(objects, 'latin1')));
const utf16 = (text: string): string =>
  `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`;

it.each([
  ['pdf', pdfFile()],
  ['pdf', pdfFile('/Type /Catalog /Title (Bao cao thang 11)')],
  [
    'pdf',
    pdfFile('/Type /Catalog', pdfStream('/Filter /DCTDecode', Buffer.from('.. /JS /Encrypt /Launch ..'))),
  ],
  ['docx', officeFile('docx')],
  ['docx', officeFile('docx', { text: 'Bảo mật thông tin; mật độ dân số; tuyệt đối bí mật' })],
  ['xlsx', officeFile('xlsx')],
  ['xlsx', officeFile('xlsx', { more: { 'xl/printerSettings/printerSettings1.bin': 'x' } })],
  // The bytes of an archive's end may stand anywhere by chance: only one that ends the file makes an archive of it.
  [
    'pdf',
    pdfFile('/Type /Catalog', pdfStream('/Filter /DCTDecode', Buffer.from('PK\x05\x06'.padEnd(40, 'x')))),
  ],
  ['png', IMAGES.png],
  ['jpeg', IMAGES.jpeg],
  ['webp', IMAGES.webp],
])('knows %s by its content', async (kind, content) => {
  expect(await verdict(content)).toBe(kind);
});

it.each([
  ['nothing', Buffer.alloc(0), 'file.empty'],
  ['a program', Buffer.from('MZ\x90\x00'), 'file.unknownKind'],
  ['a page', Buffer.from('<html><script>'), 'file.unknownKind'],
  ['a text', Buffer.from('Báo cáo'), 'file.unknownKind'],
  ['any archive', zipOf({ 'a.txt': 'a' }), 'file.unknownKind'],
  [
    'an archive of other Office content',
    zipOf({ '[Content_Types].xml': '<Types/>', 'a.xml': '' }),
    'file.unknownKind',
  ],
  ['half an archive', officeFile('docx').then((bytes) => bytes.subarray(0, bytes.length / 2)), 'file.broken'],
  ['half a PDF', pdfFile().subarray(0, 40), 'file.broken'],
  ['half a picture', IMAGES.png.subarray(0, 40), 'file.broken'],
  ['half a photograph', IMAGES.jpeg.subarray(0, 40), 'file.broken'],
  ['half a WebP', IMAGES.webp.subarray(0, 20), 'file.broken'],
  [
    'Office behind a password',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'file.encrypted',
  ],
  ['Office of before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file.unknownKind'],
  ['a PDF behind a password', pdfFile('/Type /Catalog /Encrypt 5 0 R'), 'file.encrypted'],
  ['a PDF with a script', pdfFile('/OpenAction << /S /JavaScript /JS (app.alert) >>'), 'file.executable'],
  ['a PDF with a script by other letters', pdfFile('/S /J#61vaScript'), 'file.executable'],
  [
    'a PDF with a packed script',
    pdfFile('/Type /Catalog', packedObjects('1 0 << /S /Launch >>')),
    'file.executable',
  ],
  ['a PDF with files in it', pdfFile('/Names << /EmbeddedFiles 3 0 R >>'), 'file.executable'],
  [
    'a PDF that swells',
    pdfFile('/Type /Catalog', packedObjects(' '.repeat(33 * 1024 * 1024))),
    'file.tooMuchInside',
  ],
  [
    'a PDF that is an archive too',
    officeFile('docx').then((zip) => Buffer.concat([pdfFile(), zip])),
    'file.twoKinds',
  ],
  [
    'a picture with an archive behind it',
    zipOf({ 'run.js': 'x' }).then((zip) => Buffer.concat([IMAGES.png, zip])),
    'file.twoKinds',
  ],
  [
    'a photograph that is a PDF too',
    Buffer.concat([IMAGES.jpeg.subarray(0, 20), pdfFile(), IMAGES.jpeg.subarray(20)]),
    'file.twoKinds',
  ],
  ['a drawing that is called a picture', Buffer.from('<svg onload="alert(1)"/>'), 'file.unknownKind'],
  ['an archive in it', officeFile('docx', { more: { 'word/media/image1.zip': 'x' } }), 'file.executable'],
  [
    'an archive of archives that swell',
    zipOf({ 'bomb.bin': Buffer.alloc(5 * 1024 * 1024) }).then((zip) =>
      officeFile('xlsx', { more: { 'xl/embeddings/Microsoft_Excel_Sheet1.ZIP': zip } }),
    ),
    'file.executable',
  ],
  [
    'a document with macros in it',
    officeFile('docx', { more: { 'word/embeddings/Microsoft_Excel_Sheet1.xlsm': 'x' } }),
    'file.executable',
  ],
  [
    'texts of blanks without end',
    officeFile('xlsx', { more: { 'xl/worksheets/sheet1.xml': Buffer.alloc(100 * 1024 * 1024, ' ') } }),
    'file.tooMuchInside',
  ],
  ['macros by name', officeFile('docx', { more: { 'word/vbaProject.bin': 'x' } }), 'file.macros'],
  ['macros by type', officeFile('docm'), 'file.macros'],
  [
    'macros of old sheets',
    officeFile('xlsx', { more: { 'xl/macrosheets/sheet1.xml': '<x/>' } }),
    'file.macros',
  ],
  ['a control in it', officeFile('docx', { more: { 'word/activeX/activeX1.bin': 'x' } }), 'file.executable'],
  [
    'an object in it',
    officeFile('docx', { more: { 'word/embeddings/oleObject1.bin': 'x' } }),
    'file.executable',
  ],
  ['a program in it', officeFile('xlsx', { more: { 'xl/media/run.exe': 'MZ' } }), 'file.executable'],
  [
    'entities',
    officeFile('docx', { more: { 'word/header1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } }),
    'file.executable',
  ],
  [
    'a bomb',
    officeFile('docx', { more: { 'word/media/image1.bmp': Buffer.alloc(20 * 1024 * 1024) } }),
    'file.tooMuchInside',
  ],
  [
    'too many parts',
    officeFile('docx', {
      more: Object.fromEntries(Array.from({ length: 3_001 }, (_, n) => [`word/media/${String(n)}`, ''])),
    }),
    'file.tooMuchInside',
  ],
  ['one part twice', officeFile('docx', { more: { 'WORD/document.xml': '<a/>' } }), 'file.broken'],
  ['a mark in a text', officeFile('docx', { text: 'TUYỆT MẬT' }), 'plan.classified'],
  [
    'a mark on a line of its own',
    officeFile('docx', { text: '</w:t></w:r></w:p><w:p><w:r><w:t>MẬT' }),
    'plan.classified',
  ],
  ['a mark written as numbers', officeFile('docx', { text: 'T&#x1ED0;I M&#7852;T' }), 'plan.classified'],
  ['a mark in a cell', officeFile('xlsx', { text: 'Mật' }), 'plan.classified'],
  [
    'a mark in a header',
    officeFile('docx', { more: { 'word/header2.xml': '<w:p><w:t>Độ mật: Mật</w:t></w:p>' } }),
    'plan.classified',
  ],
  ['a mark in a title', officeFile('docx', { title: 'Kế hoạch (Mật)' }), 'plan.classified'],
  ['a mark in the title of a PDF', pdfFile(`/Title ${utf16('Tờ trình tối mật')}`), 'plan.classified'],
  [
    'a mark in the description of a PDF',
    pdfFile(
      '/Type /Catalog',
      pdfStream(
        '/Type /Metadata /Subtype /XML',
        Buffer.from('<dc:title><rdf:li>Tuyệt mật</rdf:li></dc:title>'),
      ),
    ),
    'plan.classified',
  ],
])('refuses %s', async (_case, content, code) => {
  expect(await verdict(content)).toBe(code);
});

it('refuses an archive whose part unpacks to more than it says', async () => {
  const bytes = await officeFile('docx', { text: 'a'.repeat(5_000) });
  // The size in the directory at the end and in the part's own head.
  const said = Buffer.alloc(4);
  said.writeUInt32LE(
    5_000 + '<w:document><w:body><w:p><w:r><w:t></w:t></w:r></w:p></w:body></w:document>'.length,
  );
  const lie = Buffer.from([10, 0, 0, 0]);
  for (let at = bytes.indexOf(said); at !== -1; at = bytes.indexOf(said, at + 4)) lie.copy(bytes, at);
  expect(await verdict(bytes)).toBe('file.broken');
});

it('refuses an archive with a part behind a password', async () => {
  const bytes = await officeFile('docx');
  const directory = bytes.indexOf(Buffer.from('504b0102', 'hex'));
  bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);
  expect(await verdict(bytes)).toBe('file.encrypted');
});
