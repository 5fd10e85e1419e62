package dev.dcr.extension;

import dev.dcr.extension.ExtensionConfig.Merge;
import dev.dcr.extension.ExtensionConfig.Security;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** Builds the feature as the container would, for one service. */
class Asked {
    private final FakeService service;
    private URI baseUrl;
    private int attempts = 1;
    private Duration connectTimeout = Duration.ofSeconds(20);
    private Duration readTimeout = Duration.ofSeconds(20);
    private Security security = new Security.None();
    private Merge merge = Merge.ADD;
    private int maxConcurrentCalls = 48;
    private int breakerFailures = 100;
    private Duration breakerDelay = Duration.ofSeconds(10);
    private Clock clock = Clock.systemUTC();
    private EnumSet<ExtensionPoint> allowed = EnumSet.allOf(ExtensionPoint.class);
    final MeterRegistry meters = new SimpleMeterRegistry();

    Asked(FakeService service) {
        this.service = service;
        this.baseUrl = service.uri("");
    }

    Asked at(URI baseUrl) {
        this.baseUrl = baseUrl;
        return this;
    }

    Asked attempts(int attempts) {
        this.attempts = attempts;
        return this;
    }

    Asked timeouts(Duration each) {
        this.connectTimeout = each;
        this.readTimeout = each;
        return this;
    }

    Asked security(Security security) {
        this.security = security;
        return this;
    }

    Asked merging(Merge merge) {
        this.merge = merge;
        return this;
    }

    Asked concurrently(int calls) {
        this.maxConcurrentCalls = calls;
        return this;
    }

    Asked breaker(int failures, Duration delay) {
        this.breakerFailures = failures;
        this.breakerDelay = delay;
        return this;
    }

    Asked clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    Asked only(ExtensionPoint point) {
        this.allowed = EnumSet.of(point);
        return this;
    }

    Extensions open() {
        var extensions = new Extensions();
        extensions.config = new ExtensionConfig(
                Optional.of(baseUrl),
                allowed,
                attempts,
                connectTimeout,
                readTimeout,
                security,
                merge,
                maxConcurrentCalls,
                breakerFailures,
                breakerDelay);
        extensions.meters = new ExtensionMeters(Optional.of(meters));
        extensions.clock = clock;
        extensions.open();
        service.closesToo(extensions::close);
        return extensions;
    }
}
