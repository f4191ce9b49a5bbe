import type { RollupRowView } from '@mach/contracts';
import { Link } from '@tanstack/react-router';
import { memo, useState, type ReactNode } from 'react';
import { countsSentence, shortName, showPercent, showPercentShort, STEPS, stepOf } from './completeness';
import { Icon } from '../design/icon';
import { STATE_WORDS } from '../reports/obligation-words';
import { useNarrow } from './use-narrow';
import { ownMissing } from './worst-first';
import './tile-map.css';

interface Address {
  readonly requirement: string;
  readonly period: string;
}

interface TileMapProps {
  readonly rows: readonly RollupRowView[];
  readonly address: Address;
  /** What stands beside the map: the committees that have no place on it. */
  readonly beside: ReactNode;
}

/**
 * The committees of the communes where they lie, coloured by completeness. On a phone a tile is first chosen,
 * then opened.
 */
export function TileMap({ rows, address, beside }: TileMapProps): ReactNode {
  const narrow = useNarrow();
  const [chosenCode, setChosenCode] = useState<string | null>(null);
  const chosen = rows.find(({ unit }) => unit.code === chosenCode);
  const inOrder = [...rows].sort(byPlace);
  return (
    <section className="card" aria-labelledby="ban-do">
      <div className="card-head">
        <h2 id="ban-do">Bản đồ các xã, phường, đặc khu</h2>
        <Legend />
      </div>
      <a className="skip-link" href="#sau-ban-do">
        Bỏ qua bản đồ
      </a>
      <div className="tile-scroll">
        <ul className="tile-map">
          {inOrder.map((row) => (
            <Tile
              key={row.unit.code}
              row={row}
              requirement={address.requirement}
              period={address.period}
              narrow={narrow}
              chosen={row.unit.code === chosenCode}
              onChoose={setChosenCode}
            />
          ))}
        </ul>
      </div>
      <p className="tile-details" id="sau-ban-do" tabIndex={-1} aria-live={narrow ? 'polite' : 'off'}>
        {chosen ? (
          <ChosenTile row={chosen} address={address} />
        ) : narrow ? (
          'Chạm một ô để xem; vuốt ngang để xem hết bản đồ.'
        ) : (
          'Trỏ vào một ô để xem, bấm để mở.'
        )}
      </p>
      {beside}
    </section>
  );
}

function byPlace(a: RollupRowView, b: RollupRowView): number {
  return (
    (a.unit.tile?.row ?? 0) - (b.unit.tile?.row ?? 0) || (a.unit.tile?.col ?? 0) - (b.unit.tile?.col ?? 0)
  );
}

function ChosenTile({ row, address }: { readonly row: RollupRowView; readonly address: Address }): ReactNode {
  return (
    <>
      <Link to="/theo-doi/$requirement/$period/$unit" params={{ ...address, unit: row.unit.code }}>
        {row.unit.name}
      </Link>
      : <strong className="number">{showPercent(row.completeness)}</strong>, {countsSentence(row.counts)}
      {ownWords(row)}.
    </>
  );
}

/** «, báo cáo riêng: quá hạn» when the committee's own report is missing, which its percentage hides. */
function ownWords({ ownState }: RollupRowView): string {
  return ownState !== null && ownMissing(ownState)
    ? `, báo cáo riêng: ${STATE_WORDS[ownState].words.toLowerCase()}`
    : '';
}

function tileWords(row: RollupRowView): string {
  return `${row.unit.name}: ${showPercent(row.completeness)}, ${countsSentence(row.counts)}${ownWords(row)}`;
}

/** A sign on the tile; its words are in the tile's name and in the legend. */
function OwnFlag({ row }: { readonly row: RollupRowView }): ReactNode {
  return ownMissing(row.ownState) ? (
    <span className="tile-flag" data-testid={`flag-${row.unit.code}`}>
      <Icon name="alert" />
    </span>
  ) : null;
}

interface TileProps extends Address {
  readonly row: RollupRowView;
  readonly narrow: boolean;
  readonly chosen: boolean;
  readonly onChoose: (code: string) => void;
}

const Tile = memo(function Tile({
  row,
  requirement,
  period,
  narrow,
  chosen,
  onChoose,
}: TileProps): ReactNode {
  const { code, name, tile } = row.unit;
  const step = stepOf(row.counts);
  const label = tileWords(row);
  const className = `tile step-${String(step)}`;
  const choose = (): void => {
    onChoose(code);
  };
  const content = (
    <>
      <span className="tile-name">{shortName(name)}</span>
      <span className="tile-share number">{showPercentShort(row.completeness)}</span>
      <OwnFlag row={row} />
    </>
  );
  return (
    <li style={tile ? { gridColumn: tile.col + 1, gridRow: tile.row + 1 } : undefined}>
      {narrow ? (
        <button
          type="button"
          className={className}
          aria-label={label}
          aria-pressed={chosen}
          data-testid={`tile-${code}`}
          data-step={step}
          onClick={choose}
        >
          {content}
        </button>
      ) : (
        <Link
          to="/theo-doi/$requirement/$period/$unit"
          params={{ requirement, period, unit: code }}
          preload={false}
          className={className}
          aria-label={label}
          data-testid={`tile-${code}`}
          data-step={step}
          onMouseEnter={choose}
          onFocus={choose}
        >
          {content}
        </Link>
      )}
    </li>
  );
});

/** The committees directly under the city that are no commune: a row of tiles beside the map. */
export function CommitteeTiles({
  rows,
  address,
}: {
  readonly rows: readonly RollupRowView[];
  readonly address: Address;
}): ReactNode {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="beside-title">Đảng bộ cấp trên trực tiếp cơ sở</h3>
      <ul className="tile-row">
        {rows.map((row) => (
          <li key={row.unit.code}>
            <Link
              to="/theo-doi/$requirement/$period/$unit"
              params={{ ...address, unit: row.unit.code }}
              preload={false}
              className={`tile tile-wide step-${String(stepOf(row.counts))}`}
              aria-label={tileWords(row)}
              data-testid={`tile-${row.unit.code}`}
              data-step={stepOf(row.counts)}
            >
              <span className="tile-name">{row.unit.name}</span>
              <span className="tile-share number">{showPercentShort(row.completeness)}</span>
              <OwnFlag row={row} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Legend(): ReactNode {
  return (
    <ul className="legend small" aria-label="Chú giải: tỷ lệ báo cáo hợp lệ">
      {STEPS.map((words, step) => (
        <li key={words}>
          <span className={`legend-sample step-${String(step)}`} aria-hidden="true" />
          {words}
        </li>
      ))}
      <li>
        <span className="tile-flag">
          <Icon name="alert" />
        </span>
        Chưa có báo cáo riêng hợp lệ
      </li>
    </ul>
  );
}
