package dev.dcr.bench;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is put under load.
 *
 * @param name     {@code dcr}, {@code undertow}, or a peer
 * @param database {@code h2}, {@code postgresql}; empty without one
 * @param endpoint where clients register
 * @param server   processor time of the server until now
 * @param store    processor time of its database until now
 */
record Target(String name, String database, URI endpoint, Supplier<Duration> server, Supplier<Duration> store) {}
