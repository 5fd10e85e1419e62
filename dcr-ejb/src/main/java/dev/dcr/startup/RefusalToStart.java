package dev.dcr.startup;

import static jakarta.ejb.TransactionManagementType.BEAN;

import dev.dcr.access.AccessConfig;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.inject.Inject;

/**
 * Needs the configuration as soon as the application is deployed: a mistake in it fails the deployment instead of the
 * first request. An enterprise bean, because only those are made at start without anybody asking for them.
 */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class RefusalToStart {
    @Inject
    AccessConfig anyPartOfTheConfiguration;
}
