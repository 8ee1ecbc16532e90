import { backups } from '../integration/backup/backups';
import { describeWith } from '../support/parts';
import { temporaryFolders } from '../support/temporary-folder';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2'], 'a backup of a real cluster with ZooKeeper', () => {
  backups('zookeeper', temporaryFolders());
});
