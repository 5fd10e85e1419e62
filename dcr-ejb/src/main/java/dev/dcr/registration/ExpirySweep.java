package dev.dcr.registration;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Looks for clients that have expired, as often as their periods ask for, and never where clients do not expire. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ExpirySweep {
    @Resource
    TimerService timers;

    @Inject
    ExpiryConfig config;

    @EJB
    Expiry expiry;

    @PostConstruct
    void schedule() {
        config.interval()
                .map(Duration::toMillis)
                .ifPresent(every -> timers.createIntervalTimer(every, every, new TimerConfig(null, false)));
    }

    @Timeout
    void sweep() {
        var more = true;
        while (more) more = expiry.takeIn() == Expiry.BATCH;
        more = true;
        while (more) more = expiry.attend() == Expiry.BATCH;
    }
}
