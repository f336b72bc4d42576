import { Notice } from '@/components/notice.tsx';

export default function NotFound() {
  return <Notice indonesian="Halaman ini tidak ada." english="There is no such page." />;
}
