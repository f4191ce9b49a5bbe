import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { RollupAddress } from '../api/queries';
import { FigureParts } from './figure-parts';
import { ReportOrigin } from './report-origin';
import { useLineagePlace, type LineagePlace } from './use-lineage-place';
import './lineage.css';

/**
 * «Vì sao con số này?»: from a figure of the node down to the reports. Where it stands is in the address, so that it
 * can be sent to somebody and gone back step by step.
 */
export function LineageDrawer({ address }: { readonly address: RollupAddress }): ReactNode {
  const [place, go] = useLineagePlace();
  if (place === null) return null;
  return <OpenDrawer address={address} place={place} go={go} />;
}

interface OpenProps {
  readonly address: RollupAddress;
  readonly place: LineagePlace;
  readonly go: (place: LineagePlace | null) => void;
}

function OpenDrawer({ address, place, go }: OpenProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown !== null && !shown.open) shown.showModal();
    // Closing gives the focus back to the button that opened it, as long as the dialog still stands in the page.
    return () => {
      shown?.close();
    };
  }, []);
  const step = `${place.unit ?? ''} ${place.receipt ?? ''}`;
  useEffect(() => {
    heading.current?.focus();
  }, [step]);
  return (
    <dialog
      ref={dialog}
      className="lineage"
      aria-labelledby="vi-sao"
      data-testid="lineage"
      onCancel={(event) => {
        event.preventDefault();
        go(null);
      }}
    >
      <div className="lineage-head">
        <h2 id="vi-sao" ref={heading} tabIndex={-1}>
          {place.receipt === null ? 'Vì sao con số này?' : 'Báo cáo trong con số này'}
        </h2>
        <button
          type="button"
          className="button button-small"
          onClick={() => {
            go(null);
          }}
        >
          Đóng
        </button>
      </div>
      {place.receipt === null ? (
        <FigureParts address={{ ...address, unit: place.unit ?? address.unit }} place={place} go={go} />
      ) : (
        <ReportOrigin receiptNumber={place.receipt} place={place} go={go} />
      )}
    </dialog>
  );
}
