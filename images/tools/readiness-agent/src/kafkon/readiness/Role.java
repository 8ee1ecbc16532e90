package kafkon.readiness;

/** What the Kafka process is. */
enum Role {
    BROKER,
    CONTROLLER,
    COMBINED
}
