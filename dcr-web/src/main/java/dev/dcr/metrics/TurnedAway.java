package dev.dcr.metrics;

/**
 * A request was answered 503 unread, because others were under way.
 *
 * @param others how many
 */
public record TurnedAway(int others) {}
