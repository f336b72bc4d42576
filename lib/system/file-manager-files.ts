/** What file managers of macOS and Windows leave in a folder that was only looked at: nobody's work, and made again when it is gone. */
export const FILE_MANAGER_FILES: readonly string[] = ['.DS_Store', 'Thumbs.db', 'desktop.ini'];
