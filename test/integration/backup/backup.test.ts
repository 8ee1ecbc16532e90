import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';
import { backups } from './backups';

describeWith(['maven', 'java', 'openssl', 'kafka-4.3.1'], 'a backup of a real cluster with KRaft', () => {
  backups('kraft', temporaryFolders());
});
