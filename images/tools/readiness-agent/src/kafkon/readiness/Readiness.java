package kafkon.readiness;

import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Whether this process does its part in the cluster, read from the MBeans that Kafka registers. */
final class Readiness {
    private static final ObjectName BROKER_STATE = name("kafka.server:type=KafkaServer,name=BrokerState");
    private static final ObjectName RAFT = name("kafka.server:type=raft-metrics");

    /** RUNNING: registered, caught up and not fenced; below it the broker starts, above it the broker stops. */
    private static final int RUNNING = 3;

    private final boolean broker;
    private final boolean controller;

    Readiness(Role role) {
        broker = role != Role.CONTROLLER;
        controller = role != Role.BROKER;
    }

    /** Why the process is not ready, in one line; null when it is. */
    String reasonAgainst() {
        List<String> reasons = new ArrayList<>();
        if (controller) {
            add(reasons, raftReason());
        }
        if (broker) {
            add(reasons, brokerReason());
        }
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }

    private static String brokerReason() {
        Object state = read(BROKER_STATE, "Value");
        if (!(state instanceof Number)) {
            return "the broker has no state yet";
        }
        int number = ((Number) state).intValue();
        return number == RUNNING ? null : "the broker is " + stateName(number);
    }

    private static String raftReason() {
        Object state = read(RAFT, "current-state");
        if (state == null) {
            return "the controller has no place in the quorum yet";
        }
        return state.equals("leader") || state.equals("follower") ? null : "the controller is " + state + " in its quorum";
    }

    private static String stateName(int state) {
        switch (state) {
            case 0: return "not running";
            case 1: return "starting";
            case 2: return "recovering its logs";
            case 6: return "handing over its partitions";
            case 7: return "shutting down";
            default: return "in state " + state;
        }
    }

    private static void add(List<String> reasons, String reason) {
        if (reason != null) {
            reasons.add(reason);
        }
    }

    /**
     * Null when there is no such MBean or attribute. Only servers that exist are asked: creating the platform's own here, before
     * Kafka does, would fix the JVM's management and logging set-up too early.
     */
    private static Object read(ObjectName name, String attribute) {
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            try {
                return server.getAttribute(name, attribute);
            } catch (InstanceNotFoundException absent) {
                continue;
            } catch (JMException unreadable) {
                return null;
            }
        }
        return null;
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalArgumentException(text, impossible);
        }
    }
}
