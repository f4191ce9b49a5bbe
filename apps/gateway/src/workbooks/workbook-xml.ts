import { columnLetters } from '@mach/domain';
import { NUMBER_STYLES, type CellStyle, type WorkbookCell, type WorkbookSheet } from './workbook-sheet';

/*
 * The parts of a workbook (SpreadsheetML, ECMA-376) as far as ours need them: every text is a text cell, so that
 * nothing that somebody typed is ever a formula.
 */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** In the order of `cellXfs`; 0 is a cell of nobody's. */
const STYLES: readonly CellStyle[] = ['title', 'heading', 'code', 'text', 'prose', ...NUMBER_STYLES, 'day'];
const STYLE_INDEX = Object.fromEntries(STYLES.map((style, index) => [style, index + 1])) as Readonly<
  Record<CellStyle, number>
>;
/** Number formats of one's own begin here. */
const FIRST_FORMAT = 170;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What SpreadsheetML cannot hold as it is: carriage returns, and text that looks like its own escapes. */
const TO_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)|\r/g;

function escaped(text: string): string {
  return text
    .replace(TO_ESCAPE, (found) => (found === '\r' ? '_x000D_' : '_x005F_'))
    .replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);
}

export function contentTypes(sheets: number): string {
  const overrides = Array.from(
    { length: sheets },
    (_, index) =>
      `<Override PartName="/xl/worksheets/sheet${String(index + 1)}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  );
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${overrides.join('')}</Types>`;
}

export function rootRelationships(): string {
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
}

export function workbookXml(sheets: readonly WorkbookSheet[]): string {
  const entries = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${String(index + 1)}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${String(index + 1)}"/>`,
  );
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${entries.join('')}</sheets></workbook>`;
}

export function workbookRelationships(sheets: number): string {
  const entries = Array.from(
    { length: sheets },
    (_, index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${String(index + 1)}.xml"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}<Relationship Id="rId${String(sheets + 1)}" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`;
}

export function stylesXml(): string {
  const formats = NUMBER_STYLES.map((_, decimals) => {
    const code = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
    return `<numFmt numFmtId="${String(FIRST_FORMAT + decimals)}" formatCode="${code}"/>`;
  });
  const dayFormat = FIRST_FORMAT + NUMBER_STYLES.length;
  formats.push(`<numFmt numFmtId="${String(dayFormat)}" formatCode="dd/mm/yyyy"/>`);
  // Format 49 is text: what is typed there later stays text too, and so does what begins with = (quotePrefix).
  const text = 'numFmtId="49" applyNumberFormat="1" quotePrefix="1"';
  const xfs: Readonly<Record<CellStyle, string>> = {
    title: `<xf ${text} fontId="2" fillId="0" borderId="0" applyFont="1"/>`,
    heading: `<xf ${text} fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>`,
    code: `<xf ${text} fontId="3" fillId="0" borderId="1" applyFont="1" applyBorder="1"/>`,
    text: `<xf ${text} fontId="0" fillId="0" borderId="1" applyBorder="1"/>`,
    prose: `<xf ${text} fontId="0" fillId="0" borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`,
    ...(Object.fromEntries(
      NUMBER_STYLES.map((style, decimals) => [style, numberXf(FIRST_FORMAT + decimals)]),
    ) as Record<(typeof NUMBER_STYLES)[number], string>),
    day: numberXf(dayFormat),
  };
  const fonts = [
    '<font><sz val="11"/><name val="Times New Roman"/></font>',
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font>',
    '<font><b/><sz val="14"/><name val="Times New Roman"/></font>',
    '<font><sz val="8"/><color rgb="FF767676"/><name val="Times New Roman"/></font>',
  ];
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF3E9D7"/></patternFill></fill>',
  ];
  const side = (name: string): string => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`;
  const borders = [
    '<border><left/><right/><top/><bottom/><diagonal/></border>',
    `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`,
  ];
  return `${DECLARATION}<styleSheet xmlns="${MAIN}">${counted('numFmts', formats)}${counted('fonts', fonts)}${counted('fills', fills)}${counted('borders', borders)}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${counted('cellXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', ...STYLES.map((style) => xfs[style])])}</styleSheet>`;
}

/** Everything of a sheet that stands before its rows. */
export function sheetHead({ columns, frozen }: WorkbookSheet): string {
  const pane =
    frozen === undefined
      ? ''
      : `<pane xSplit="${String(frozen.columns)}" ySplit="${String(frozen.rows)}" topLeftCell="${columnLetters(frozen.columns)}${String(frozen.rows + 1)}" activePane="bottomRight" state="frozen"/>`;
  const cols = columns.map(({ width, style }, index) => {
    const place = String(index + 1);
    return `<col min="${place}" max="${place}" width="${String(width)}" customWidth="1"${style === undefined ? '' : ` style="${String(STYLE_INDEX[style])}"`}/>`;
  });
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`;
}

/** `number` counts from 1. */
export function rowXml(number: number, cells: readonly WorkbookCell[]): string {
  let xml = `<row r="${String(number)}">`;
  cells.forEach((cell, index) => {
    if (cell === null) return;
    const at = `r="${columnLetters(index)}${String(number)}" s="${String(STYLE_INDEX[cell.style])}"`;
    xml +=
      'number' in cell
        ? `<c ${at}><v>${cell.number}</v></c>`
        : `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`;
  });
  return `${xml}</row>`;
}

/** Everything that stands behind the rows. */
export function sheetTail({ merges = [], filter }: WorkbookSheet): string {
  const autoFilter = filter === undefined ? '' : `<autoFilter ref="${filter}"/>`;
  const cells = merges.map((range) => `<mergeCell ref="${range}"/>`);
  return `</sheetData>${autoFilter}${cells.length === 0 ? '' : counted('mergeCells', cells)}</worksheet>`;
}

function numberXf(format: number): string {
  return `<xf numFmtId="${String(format)}" fontId="0" fillId="0" borderId="1" applyNumberFormat="1" applyBorder="1"/>`;
}

function counted(name: string, elements: readonly string[]): string {
  return `<${name} count="${String(elements.length)}">${elements.join('')}</${name}>`;
}
