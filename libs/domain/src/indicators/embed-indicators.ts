import { checkFormDefinition } from '../forms/definition';
import { formatFigure, parseFigure, powerOfTen } from '../forms/figure';
import type { FormDefinition, Reason } from '../forms/form';
import { MONEY_SCALES, type MoneyScale } from '../forms/indicator';
import { moneyPower, moneyUnit } from '../forms/money-scale';
import { MEASURE_FIELDS } from '../forms/read-measure';
import type { Checked } from '../reading/definition-reader';
import type { CatalogueIndicator } from './catalogue-indicator';

type Loose = Readonly<Record<string, unknown>>;
export type Catalogue = ReadonlyMap<string, CatalogueIndicator>;

/** What a form says of an indicator itself; everything else is the catalogue's. */
const OWN = ['code', 'section', 'required', 'hint', 'parts'];
/** What the catalogue says of an indicator and no form repeats. */
const OF_THE_CATALOGUE = ['reportedBy', 'retired'];
const OWN_OF_MONEY = [...OWN, 'scale', 'decimals', 'min', 'max'];

/** The codes that a form being written names, to be looked up in the catalogue. */
export function indicatorCodesIn(definition: unknown): readonly string[] {
  return itemsOf(definition).flatMap((item) => (typeof item['code'] === 'string' ? [item['code']] : []));
}

/**
 * A form as an administrator writes it, made whole: it names indicators by their codes and says where they stand,
 * and takes from the catalogue a copy of all the rest, which it keeps for good. What it repeats of the catalogue
 * must agree with it. Money may be asked in another scale; a subtotal takes its unit from what it adds.
 */
export function embedIndicators(
  definition: unknown,
  catalogue: Catalogue,
  pointer = '',
): Checked<'definition', FormDefinition> {
  if (!isLoose(definition) || !Array.isArray(definition['indicators']))
    return checkFormDefinition(definition, pointer);
  const reasons: Reason[] = [];
  const unknown: string[] = [];
  const embedded = new Map<string, Loose>();
  const indicators = definition['indicators'].map((item: unknown, index) => {
    if (!isLoose(item)) return item;
    const at = `${pointer}/indicators/${String(index)}`;
    const code = String(item['code']);
    const known = catalogue.get(code);
    const whole = item['type'] === 'subtotal' ? withUnit(item, embedded) : embed(item, known, at, reasons);
    embedded.set(code, whole);
    if (item['type'] === 'subtotal' && known !== undefined) reasons.push(takenByCatalogue(code, at));
    if (item['type'] !== 'subtotal' && known === undefined && typeof item['code'] === 'string') {
      unknown.push(`${at}/`);
      reasons.push({
        pointer: `${at}/code`,
        code: 'form.unknownIndicator',
        message: `Danh mục không có chỉ tiêu mang mã «${code.slice(0, 63)}». Đề nghị thêm vào danh mục trước.`,
      });
    }
    if (item['type'] !== 'subtotal' && known?.retired === true) reasons.push(retired(code, at));
    return whole;
  });
  const checked = checkFormDefinition({ ...definition, indicators }, pointer);
  // Of what is in no catalogue only that is said: the rest of it would have come from there.
  const others = checked.ok
    ? []
    : checked.reasons.filter((reason) => !unknown.some((at) => reason.pointer.startsWith(at)));
  if (reasons.length + others.length > 0) return { ok: false, reasons: [...reasons, ...others] };
  return checked;
}

/**
 * A published form as an administrator would write it: of what the catalogue says only the codes. Embedding it again
 * gives the same form, as long as the catalogue has not changed.
 */
export function writtenForm(definition: FormDefinition): object {
  return {
    ...definition,
    indicators: definition.indicators.map((indicator) => {
      if (indicator.type === 'subtotal') return indicator;
      const own = indicator.type === 'money' ? OWN_OF_MONEY : OWN;
      const theirs = ['type', 'label', 'definition', 'time', ...MEASURE_FIELDS[indicator.type]];
      return Object.fromEntries(
        Object.entries(indicator).filter(([field]) => own.includes(field) || !theirs.includes(field)),
      );
    }),
  };
}

function embed(item: Loose, known: CatalogueIndicator | undefined, at: string, reasons: Reason[]): Loose {
  if (known === undefined) return item;
  const own = known.type === 'money' ? OWN_OF_MONEY : OWN;
  const theirs: Loose = { ...known };
  for (const [field, value] of Object.entries(item)) {
    if (own.includes(field) || !(field in theirs) || isSame(value, theirs[field])) continue;
    reasons.push({
      pointer: `${at}/${field}`,
      code: 'form.notOfCatalogue',
      message: `Mục này do danh mục chỉ tiêu quy định, biểu mẫu không ghi khác. Đề nghị bỏ đi, hoặc sửa trong danh mục.`,
    });
  }
  const foreign = Object.entries(item).filter(([field]) => own.includes(field) || !(field in theirs));
  const copied = Object.entries(inScale(known, item['scale'])).filter(
    ([field]) => !OF_THE_CATALOGUE.includes(field),
  );
  return Object.fromEntries([...copied, ...foreign]);
}

/** The catalogue's money, its bounds said in the form's own scale. */
function inScale(known: CatalogueIndicator, wanted: unknown): Loose {
  const scale = scaleOf(wanted);
  if (known.type !== 'money' || scale === undefined) return { ...known };
  const { decimals, min, max } = known;
  const bound = (name: 'min' | 'max', text: string | undefined): Loose => {
    const parsed = text === undefined ? null : parseFigure(text, decimals);
    if (parsed?.ok !== true) return {};
    const inDong = parsed.value * powerOfTen(moneyPower(known.scale) - decimals);
    const power = moneyPower(scale);
    const written = formatFigure(inDong, power);
    return { [name]: power === 0 ? written : written.replace(/\.?0+$/, '') };
  };
  return { ...known, ...bound('min', min), ...bound('max', max) };
}

/** A subtotal with the unit and the decimals of what it adds, unless it says them itself. */
function withUnit(item: Loose, embedded: ReadonlyMap<string, Loose>): Loose {
  const refs: readonly unknown[] = Array.isArray(item['of']) ? item['of'] : [];
  const added = refs
    .map((ref) => embedded.get(String(ref).split('.')[0] ?? ''))
    .filter((each) => each !== undefined);
  const [first] = added;
  if (first === undefined) return item;
  const scale = scaleOf(first['scale']);
  const decimals = added.map((each) => (typeof each['decimals'] === 'number' ? each['decimals'] : 0));
  return {
    unit: scale === undefined ? first['unit'] : moneyUnit(scale),
    decimals: Math.max(...decimals),
    ...item,
  };
}

function scaleOf(value: unknown): MoneyScale | undefined {
  return MONEY_SCALES.find((each) => each === value);
}

function retired(code: string, at: string): Reason {
  return {
    pointer: `${at}/code`,
    code: 'form.retiredIndicator',
    message: `Chỉ tiêu «${code}» đã ngừng dùng; biểu mẫu mới không hỏi nữa.`,
  };
}

function takenByCatalogue(code: string, at: string): Reason {
  return {
    pointer: `${at}/code`,
    code: 'form.codeOfCatalogue',
    message: `Mã «${code}» là của một chỉ tiêu trong danh mục; dòng cộng cần mã riêng.`,
  };
}

function itemsOf(definition: unknown): readonly Loose[] {
  const items = isLoose(definition) ? definition['indicators'] : undefined;
  return Array.isArray(items) ? items.filter(isLoose) : [];
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values say the same, whatever the order of their fields. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isLoose(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  );
}
