package dev.dcr.metrics;

/** A request was answered 503 unread, because as many as may be were under way. */
public record TurnedAway() {}
