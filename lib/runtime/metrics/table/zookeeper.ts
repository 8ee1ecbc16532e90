import type { MetricTable } from '../metric';

/**
 * What a ZooKeeper server says while it serves. In an ensemble the beans of the role vanish when the server leaves the quorum;
 * the `Leader` attribute of the peer stays 1 on a lone server, so it is of no use here.
 */
export const ZOOKEEPER_METRICS = {
  zookeeper_server_serving: {
    kind: 'gauge',
    help: '1 while the server serves, by role (leader, follower, observer, standalone); no series while it is out of quorum',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: ['role'],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'TickTime', labels: { role: 'standalone' } },
      {
        name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=Leader',
        attribute: 'TickTime',
        labels: { role: 'leader' },
      },
      {
        name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=Follower',
        attribute: 'TickTime',
        labels: { role: 'follower' },
      },
      {
        name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=Observer',
        attribute: 'TickTime',
        labels: { role: 'observer' },
      },
    ],
    value: 1,
  },
  zookeeper_avgrequestlatency: {
    kind: 'gauge',
    help: 'Milliseconds to answer a request, mean since the server started',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'AvgRequestLatency' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'AvgRequestLatency' },
    ],
  },
  zookeeper_maxrequestlatency: {
    kind: 'gauge',
    help: 'Milliseconds to answer a request, longest since the server started',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'MaxRequestLatency' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'MaxRequestLatency' },
    ],
  },
  zookeeper_outstandingrequests: {
    kind: 'gauge',
    help: 'Requests that wait to be processed',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'OutstandingRequests' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'OutstandingRequests' },
    ],
  },
  zookeeper_packetsreceived: {
    kind: 'counter',
    help: 'Packets that the server has received',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'PacketsReceived' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'PacketsReceived' },
    ],
  },
  zookeeper_packetssent: {
    kind: 'counter',
    help: 'Packets that the server has sent',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'PacketsSent' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'PacketsSent' },
    ],
  },
  zookeeper_numaliveconnections: {
    kind: 'gauge',
    help: 'Open client connections',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'NumAliveConnections' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'NumAliveConnections' },
    ],
  },
  zookeeper_fsyncthresholdexceedcount: {
    kind: 'counter',
    help: 'Writes to the transaction log that took longer than the warning threshold',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'FsyncThresholdExceedCount' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'FsyncThresholdExceedCount' },
    ],
  },
  zookeeper_datadirsize: {
    kind: 'gauge',
    help: 'Bytes of the snapshots on disk',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'DataDirSize' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'DataDirSize' },
    ],
  },
  zookeeper_logdirsize: {
    kind: 'gauge',
    help: 'Bytes of the transaction logs on disk',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*', attribute: 'LogDirSize' },
      { name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*', attribute: 'LogDirSize' },
    ],
  },
  zookeeper_inmemorydatatree_nodecount: {
    kind: 'gauge',
    help: 'Nodes of the data tree',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*,name1=InMemoryDataTree', attribute: 'NodeCount' },
      {
        name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*,name3=InMemoryDataTree',
        attribute: 'NodeCount',
      },
    ],
  },
  zookeeper_inmemorydatatree_watchcount: {
    kind: 'gauge',
    help: 'Watches that clients have set',
    source: 'zookeeper',
    modes: 'zookeeper',
    labels: [],
    mbeans: [
      { name: 'org.apache.ZooKeeperService:name0=StandaloneServer_port*,name1=InMemoryDataTree', attribute: 'WatchCount' },
      {
        name: 'org.apache.ZooKeeperService:name0=ReplicatedServer_id*,name1=replica.*,name2=*,name3=InMemoryDataTree',
        attribute: 'WatchCount',
      },
    ],
  },
} as const satisfies MetricTable;
