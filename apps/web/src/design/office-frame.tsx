import { ConfigProvider } from 'antd';
import viVN from 'antd/locale/vi_VN';
import type { ReactNode } from 'react';
import './office-frame.css';

const THEME = {
  token: {
    colorPrimary: '#8f1d21',
    colorLink: '#1b4f91',
    colorText: '#1b2230',
    colorTextSecondary: '#4d5668',
    colorTextDescription: '#4d5668',
    colorTextPlaceholder: '#646c7c',
    colorBorder: '#868fa0',
    colorBorderSecondary: '#d9dde5',
    borderRadius: 5,
    fontFamily: 'inherit',
    fontSize: 15,
  },
  components: { Table: { headerBg: '#eef0f4', headerColor: '#1b2230', cellPaddingBlockSM: 7 } },
};

/**
 * Ant Design in Vietnamese and in our colours; only the pages of an office load it, a phone's report page
 * does not.
 */
export function OfficeFrame({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ConfigProvider locale={viVN} theme={THEME}>
      {children}
    </ConfigProvider>
  );
}
