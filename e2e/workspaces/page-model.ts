import { expect, type Locator, type Page } from 'playwright/test';

export interface SentFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const textFile = (name: string, text: string): SentFile => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

export const OFFICE: readonly SentFile[] = [
  textFile('parkir.md', '# Parkir\n\nTempat parkir di belakang aula memuat 42 mobil. Tamu memakai sisi timur.'),
  textFile('cuti.html', '<title>SDM</title><nav>Menu</nav><h1>Cuti tahunan</h1><p>Setiap pegawai mendapat 18 hari cuti setahun.</p>'),
];

/** The row of a workspace in the list. */
export const workspaceRow = (page: Page, title: string): Locator => page.getByRole('region', { name: 'Ruang kerja', exact: true }).getByRole('listitem', { name: title, exact: true });
export const chooser = (page: Page): Locator => page.getByRole('combobox', { name: 'Ruang kerja', exact: true });
/** Until the page hears it: what is chosen before its scripts run is lost. */
export const choose = (page: Page, name: string): Promise<void> =>
  expect(async () => {
    await chooser(page).selectOption(name);
    await expect(page).toHaveURL(new RegExp(`workspace=${name}`), { timeout: 12_000 });
  }).toPass({ timeout: 60_000 });
export const makeForm = (page: Page): Locator => page.getByRole('region', { name: 'Buat dari berkas Anda' });

/** Fills the form and presses its button. */
export async function make(page: Page, title: string, files: readonly SentFile[]): Promise<void> {
  const form = makeForm(page);
  await form.getByLabel('Judul').fill(title);
  await form.getByTestId('files').setInputFiles([...files]);
  await form.getByRole('button', { name: 'Buat ruang kerja' }).click();
}

/** What a test made goes before the next one. */
export async function removeAll(page: Page): Promise<void> {
  const { workspaces } = (await (await page.request.get('/api/workspaces')).json()) as { workspaces: { name: string; shipped: boolean }[] };
  for (const { name, shipped } of workspaces) if (!shipped) expect((await page.request.delete(`/api/workspaces/${name}`)).ok()).toBe(true);
}
